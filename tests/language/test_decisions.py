"""A decision is said in a line for the lane and in full for a letter, in every language."""

from datetime import date

import pytest

from guomen.core.policy import Value
from guomen.core.policy.explanation import Explanation, explain
from guomen.language.sentences import say_briefly, say_in_full
from guomen.language.tags import LANGUAGES
from tests.builders import pack

FACTS: dict[str, Value] = {"document.type": "HRP", "document.expiry_date": date(2022, 6, 30)}


def validity(on: date, **changed: Value) -> Explanation:
    """Explain whether a home-return permit still counts."""
    facts = {**FACTS, **{name.replace("__", "."): value for name, value in changed.items()}}
    return explain(pack("cn").rulebook, "document.validity", facts, on)


def test_a_lane_is_told_what_holds_and_by_which_measure() -> None:
    said = say_briefly(validity(date(2023, 6, 1)), "en", pack("cn"))
    assert "31 December 2023" in said
    assert "This is said by \u201cExtension of expired home-return permits\u201d." in said


def test_a_lane_is_told_what_would_have_to_be_otherwise() -> None:
    refused = validity(date(2023, 6, 1), document__expiry_date=date(2019, 12, 31))
    said = say_briefly(refused, "en", pack("cn"))
    assert said.startswith(
        "No measure applies. \u201cExtension of expired home-return permits\u201d"
    )
    assert "the day 1 January 2020 (now: 31 December 2019)" in said


def test_a_letter_says_until_when_it_holds_and_where_it_stands_written() -> None:
    said = say_in_full(validity(date(2023, 6, 1)), "en", pack("cn"))
    assert said[0] == "Does the document still count as valid? (1 June 2023)"
    assert any("in force from 8 May 2023 until the end of 31 December 2023" in one for one in said)
    assert any("bjnews 168264997114620" in one for one in said)
    assert (
        "This answer holds from 8 May 2023 until the end of 31 December 2023. "
        "From 1 January 2024 no measure applies any more."
    ) in said
    assert "12367" in said[-1]


def test_one_who_comes_too_early_is_told_the_day() -> None:
    said = say_in_full(validity(date(2023, 5, 7)), "en", pack("cn"))
    assert any(
        "From 8 May 2023 another measure answers: \u201cExtension of expired" in one for one in said
    )


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_both_forms_without_a_raw_code(tag: str) -> None:
    for on in (date(2023, 5, 7), date(2023, 6, 1), date(2024, 1, 1)):
        explained = validity(on)
        lines = (say_briefly(explained, tag, pack("cn")), *say_in_full(explained, tag, pack("cn")))
        for line in lines:
            assert line.strip()
            assert "%(" not in line
            assert "document." not in line
            assert "deemed_expiry_date" not in line


def test_a_list_of_many_values_is_cut_and_counted() -> None:
    facts: dict[str, Value] = {
        "person.category": "mainland_resident",
        "person.hukou_city": "拉萨",
        "person.age": 30,
        "application.service": "document_renew",
        "document.type": "PPT_ORD",
        "document.valid_on_application": True,
        "document.fingerprint_on_file": True,
        "document.months_left": 3,
        "person.registered_functionary": False,
        "person.active_military": False,
    }
    found = explain(pack("cn").rulebook, "application.channel", facts, date(2024, 6, 1))
    said = say_briefly(found, "en", pack("cn"))
    assert "and 8 more (now: " in said
