"""Guesses which language a traveller reads, from what the document says; the officer can change it."""

from collections.abc import Mapping

from guomen.language.tags import LANGUAGES

_SPANISH = "ESP MEX ARG COL CHL PER VEN ECU GTM CUB BOL DOM HND PRY SLV NIC CRI PAN URY"
_ARABIC = "SAU EGY ARE DZA MAR TUN IRQ JOR LBN KWT QAT BHR OMN YEM SYR LBY SDN PSE"
_FRENCH = "FRA BEL LUX MCO SEN CIV CMR MLI BFA NER TGO BEN GAB COG COD HTI"
_RUSSIAN = "RUS BLR KAZ KGZ"

_BY_NATIONALITY: Mapping[str, str] = {
    **dict.fromkeys(_SPANISH.split(), "es"),
    **dict.fromkeys(_ARABIC.split(), "ar"),
    **dict.fromkeys(_FRENCH.split(), "fr"),
    **dict.fromkeys(_RUSSIAN.split(), "ru"),
    "HKG": "zh-Hant",
    "MAC": "zh-Hant",
    "TWN": "zh-Hant",
    "CHN": "zh-Hans",
    "SGP": "zh-Hans",
}
_BY_GROUP: Mapping[str, str] = {"mainland": "zh-Hans", "hmt": "zh-Hant"}


def language_of(nationality: str, group: str) -> str:
    """Give the tag to speak to a holder in: by the group first, then by nationality."""
    return _BY_GROUP.get(group) or _BY_NATIONALITY.get(nationality, "en")


def chosen_language(wished: str | None, otherwise: str) -> str:
    """Give the language an officer chose for the traveller, if it is one of ours."""
    return wished if wished and wished in LANGUAGES else otherwise
