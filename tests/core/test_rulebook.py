"""Keeps the rulebook's digest (what decides, and nothing else) and its cases."""

from dataclasses import replace
from datetime import date

import pytest

from guomen.core.policy import (
    All,
    Any,
    Case,
    FactType,
    Measure,
    Not,
    Operator,
    Question,
    Rulebook,
    Vocabulary,
    failed_cases,
)
from guomen.core.time import Period
from tests.builders import FACTS, asks, clause, declared, measure, rulebook

START = date(2023, 1, 1)
ADULT = asks("age", Operator.AT_LEAST, 18)
ENROLLED = asks("enrolled", Operator.EQUALS, True)
CLAUSE = clause(All((ADULT, ENROLLED)), {"lane": "fast"}, START, date(2024, 1, 1))
BOOK = rulebook(measure("m", CLAUSE))


def test_digest_is_the_same_for_what_decides_alike() -> None:
    assert rulebook(measure("m", CLAUSE)).digest == BOOK.digest
    assert len(BOOK.digest) == 64


def test_order_of_measures_does_not_touch_the_digest() -> None:
    one, other = measure("one", CLAUSE), measure("other", CLAUSE)
    assert rulebook(one, other).digest == rulebook(other, one).digest


def test_titles_and_cases_do_not_touch_the_digest() -> None:
    case = Case({"age": 20, "enrolled": True}, START, True, "house")
    renamed = replace(measure("m", CLAUSE, cases=[case]), titles={"en": "another title"})
    assert rulebook(renamed).digest == BOOK.digest


CHANGES = {
    "id": replace(CLAUSE, id="b"),
    "start": replace(CLAUSE, in_force=Period(date(2023, 1, 2), date(2024, 1, 1))),
    "end": replace(CLAUSE, in_force=Period(START, date(2024, 1, 2))),
    "no end": replace(CLAUSE, in_force=Period(START)),
    "effect": replace(CLAUSE, effect={"lane": "slow"}),
    "type of effect": replace(CLAUSE, effect={"lane": True}),
    "operand": replace(CLAUSE, when=All((asks("age", Operator.AT_LEAST, 19), ENROLLED))),
    "operator": replace(CLAUSE, when=All((asks("age", Operator.MORE_THAN, 18), ENROLLED))),
    "one of one": replace(CLAUSE, when=All((asks("age", Operator.ONE_OF, (18,)), ENROLLED))),
    "any": replace(CLAUSE, when=Any((ADULT, ENROLLED))),
    "not": replace(CLAUSE, when=All((Not(ADULT), ENROLLED))),
    "order": replace(CLAUSE, when=All((ENROLLED, ADULT))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_a_clause_changes_the_digest(change: str) -> None:
    assert rulebook(measure("m", CHANGES[change])).digest != BOOK.digest


def test_change_of_a_default_changes_the_digest() -> None:
    lane = Question("lane", {"en": "lane"}, {"lane": "fast"}, several=False)
    other = Rulebook("test", FACTS, {**BOOK.questions, "lane": lane}, BOOK.measures)
    several = replace(BOOK.questions["lane"], several=True)
    third = Rulebook("test", FACTS, {**BOOK.questions, "lane": several}, BOOK.measures)
    assert len({other.digest, third.digest, BOOK.digest}) == 3


def test_change_of_what_silence_means_changes_the_digest() -> None:
    facts = Vocabulary([*(FACTS[name] for name in FACTS.names()), declared("x", FactType.BOOLEAN)])
    silent = Vocabulary(
        [*(FACTS[name] for name in FACTS.names()), declared("x", FactType.BOOLEAN, absent=False)]
    )
    same, other = (rulebook(*BOOK.measures, vocabulary=one) for one in (facts, silent))
    assert same.digest == BOOK.digest
    assert other.digest != BOOK.digest


def test_same_measures_of_another_jurisdiction_have_another_digest() -> None:
    assert Rulebook("other", FACTS, BOOK.questions, BOOK.measures).digest != BOOK.digest


def with_case(facts: dict[str, str | bool | int | date], on: date, expect: bool | None) -> Measure:
    """The measure with one case."""
    return measure("m", CLAUSE, cases=[Case(facts, on, expect, "house")])


@pytest.mark.parametrize(
    ("facts", "on", "verdict"),
    [
        ({"age": 18, "enrolled": True}, date(2023, 12, 31), True),
        ({"age": 18, "enrolled": True}, date(2024, 1, 1), False),
        ({"age": 17, "enrolled": True}, START, False),
        ({"age": 18}, START, None),
        ({}, date(2022, 12, 31), False),
    ],
)
def test_case_is_told_as_failed_unless_it_comes_out_as_expected(
    facts: dict[str, str | bool | int | date], on: date, verdict: bool | None
) -> None:
    for expect in (True, False, None):
        failed = failed_cases(rulebook(with_case(facts, on, expect)))
        assert [one.found for one in failed] == ([] if expect is verdict else [verdict])


def test_failed_case_is_numbered_from_one() -> None:
    right = Case({"age": 18, "enrolled": True}, START, True, "house")
    wrong = Case({"age": 18, "enrolled": True}, START, False, "house")
    [failed] = failed_cases(rulebook(measure("m", CLAUSE, cases=[right, wrong])))
    assert (failed.measure, failed.number, failed.case) == ("m", 2, wrong)


def test_measure_is_found_by_its_id() -> None:
    assert BOOK.measure("m") == BOOK.measures[0]
    assert BOOK.measure("other") is None
