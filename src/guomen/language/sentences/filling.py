"""Fills a translated sentence with facts, keeping every value apart in right-to-left text."""

from collections.abc import Mapping

from django.utils.functional import Promise

from guomen.language.tags import speaking
from guomen.language.values import isolated


class _Told(dict[str, str]):
    """The facts at hand; one that nobody told is a dash, never an error at a counter."""

    def __missing__(self, name: str) -> str:
        return "\u2014"


def fill(sentence: Promise, facts: Mapping[str, object], tag: str) -> str:
    """Say a sentence in a language with its facts in their places."""
    told = _Told({name: isolated(_plain(value), tag) for name, value in facts.items()})
    with speaking(tag):
        return str(sentence) % told


def _plain(value: object) -> str:
    return "\u2014" if value is None else str(value)
