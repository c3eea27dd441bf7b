"""Guesses which language a traveller reads, from what the document says; the officer can change it."""

from guomen.jurisdiction import Jurisdiction
from guomen.language.tags import FALLBACK, LANGUAGES


def language_of(nationality: str, group: str, pack: Jurisdiction) -> str:
    """Give the tag to speak to a holder in, as the pack says, or English."""
    return pack.readers.language_of(nationality, group) or FALLBACK


def chosen_language(wished: str | None, otherwise: str) -> str:
    """Give the language an officer chose for the traveller, if it is one of ours."""
    return wished if wished and wished in LANGUAGES else otherwise
