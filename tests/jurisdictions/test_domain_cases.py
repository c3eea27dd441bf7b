"""Keeps the cases that came with the facts of the law, one by one, as they were handed over."""

import json
from datetime import date
from typing import Any

import pytest

from guomen.core.policy import Case, Facts, FactType, Value
from guomen.core.policy.rulebook import verdict_on
from tests.builders import SHARED, pack

FILE = SHARED / "domain" / "measures.json"

LEFT_OPEN = {("M-2023-0515-4", 1), ("M-2023-0515-4", 2)}
"""Where the file says "not met" because it reads a missing fact as false, "reported as unknown to
the clerk"; here a missing fact leaves the verdict open, and the case says so."""


def handed_over() -> list[Any]:
    """Every case of the file, or one that says why there is none."""
    if not FILE.exists():
        reason = f"the facts of the law are not at {FILE}"
        return [pytest.param("", 0, {}, marks=pytest.mark.skip(reason=reason), id="absent")]
    measures = json.loads(FILE.read_text(encoding="utf-8"))["measures"]
    return [
        pytest.param(one["id"], number, test, id=f"{one['id']}-{number + 1}")
        for one in measures
        for number, test in enumerate(one["tests"])
    ]


def facts_of(test: dict[str, Any]) -> Facts:
    """Read the facts as the pack's vocabulary declares them."""
    vocabulary = pack("cn").rulebook.vocabulary

    def value(name: str, given: Value) -> Value:
        is_date = vocabulary[name].type is FactType.DATE
        return date.fromisoformat(str(given)) if is_date else given

    return {name: value(name, given) for name, given in test["facts"].items()}


@pytest.mark.parametrize(("measure_id", "number", "test"), handed_over())
def test_case_stands_verbatim_in_the_pack_and_comes_out(
    measure_id: str, number: int, test: dict[str, Any]
) -> None:
    book = pack("cn").rulebook
    measure = book.measure(measure_id)
    assert measure is not None
    expect = None if (measure_id, number) in LEFT_OPEN else test["expect"]
    case = Case(facts_of(test), date.fromisoformat(test["date"]), expect, "domain")
    of_the_law = [one for one in measure.cases if one.origin == "domain"]
    assert of_the_law[number] == case
    assert verdict_on(book, measure, case) is expect


def test_pack_has_every_measure_that_was_handed_over() -> None:
    if not FILE.exists():
        pytest.skip(f"the facts of the law are not at {FILE}")
    measures = json.loads(FILE.read_text(encoding="utf-8"))["measures"]
    assert {one["id"] for one in measures} == {one.id for one in pack("cn").rulebook.announced}
    assert sum(len(one["tests"]) for one in measures) == 60


def test_first_and_last_day_are_those_that_were_handed_over() -> None:
    if not FILE.exists():
        pytest.skip(f"the facts of the law are not at {FILE}")
    book = pack("cn").rulebook
    for one in json.loads(FILE.read_text(encoding="utf-8"))["measures"]:
        measure = book.measure(one["id"])
        assert measure is not None
        first, last = measure.clauses[0].in_force, measure.clauses[-1].in_force
        assert first.start.isoformat() == one["date_from"], one["id"]
        told = None if last.last_day is None else last.last_day.isoformat()
        assert told == one["date_to"], one["id"]
