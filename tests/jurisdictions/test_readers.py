"""Keeps the language in which a holder is spoken to: the pack says it, by group and nationality."""

import pytest

from guomen.web.components.traveller import chosen_language, language_of
from tests.builders import pack


@pytest.mark.parametrize(
    ("name", "nationality", "group", "tag"),
    [
        ("cn", "", "hmt", "zh-Hant"),
        ("cn", "FRA", "mainland", "zh-Hans"),
        ("cn", "MEX", "foreign", "es"),
        ("cn", "UTO", "foreign", "en"),
        ("utopia", "QMA", "visitors", "fr"),
        ("utopia", "QMA", "citizens", "en"),
        ("utopia", "MEX", "visitors", "en"),
    ],
)
def test_holder_is_spoken_to_as_the_pack_says_or_in_english(
    name: str, nationality: str, group: str, tag: str
) -> None:
    assert language_of(nationality, group, pack(name)) == tag


@pytest.mark.parametrize(("wished", "tag"), [("ar", "ar"), ("tlh", "ru"), (None, "ru")])
def test_officer_chooses_among_the_languages_of_the_house(wished: str | None, tag: str) -> None:
    assert chosen_language(wished, "ru") == tag
