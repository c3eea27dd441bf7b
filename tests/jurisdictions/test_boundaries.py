"""On both sides of every boundary of every measure, the compiled rulebook decides as `judge` does."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import Case, Measure, Rulebook, decide
from guomen.core.policy.boundaries import boundary_cases, boundary_days, left_out
from guomen.core.policy.coverage import coverage, days_without_case
from guomen.core.policy.rulebook import failed_cases
from tests.builders import pack

PACKS = ("cn", "utopia")
MEASURES = [(name, one) for name in PACKS for one in pack(name).rulebook.measures]
by_measure = pytest.mark.parametrize(
    ("name", "measure"), MEASURES, ids=[measure.id for _, measure in MEASURES]
)


def proposed(name: str, measure: Measure) -> tuple[Case, ...]:
    """Give every case that is proposed for a measure, also those that it has."""
    return boundary_cases(replace(measure, cases=()), pack(name).rulebook.vocabulary)


def compiled(book: Rulebook, measure: Measure, case: Case) -> bool | None:
    """Give what the compiled rulebook says of a measure: met, refused, or open."""
    slot = book.in_force(measure.question, case.on)
    facts = book.vocabulary.complete(case.facts)
    at = next((at for at, (one, _) in enumerate(slot.rows) if one.id == measure.id), None)
    if at is None:
        return False
    if slot.met(facts) >> at & 1:
        return True
    return None if slot.possible(facts) >> at & 1 else False


@by_measure
def test_compiled_rulebook_decides_every_boundary_as_the_measure_says(
    name: str, measure: Measure
) -> None:
    book = pack(name).rulebook
    for case in proposed(name, measure):
        assert compiled(book, measure, case) is case.expect, case


@by_measure
def test_every_boundary_is_tried_on_both_sides(name: str, measure: Measure) -> None:
    vocabulary = pack(name).rulebook.vocabulary
    adopted = replace(measure, cases=proposed(name, measure))
    assert left_out(replace(measure, cases=()), vocabulary) == {}
    assert {case.expect for case in adopted.cases} >= {True, False}
    assert days_without_case(adopted) == ()
    assert [row for row in coverage(adopted, vocabulary) if not row.wholly] == []


@by_measure
def test_decision_names_a_measure_exactly_where_the_case_is_met(
    name: str, measure: Measure
) -> None:
    book = pack(name).rulebook
    for case in proposed(name, measure):
        decision = decide(book, measure.question, case.facts, case.on, explain=False)
        answering = {decision.measure, *decision.also}
        assert (measure.id in answering) is (case.expect is True), case
        assert (measure.id in decision.open) is (case.expect is None), case


@pytest.mark.parametrize("name", PACKS)
def test_pack_with_all_proposed_cases_passes_its_own_check(name: str) -> None:
    book = pack(name).rulebook
    measures = tuple(
        replace(one, cases=(*one.cases, *boundary_cases(one, book.vocabulary)))
        for one in book.measures
    )
    assert failed_cases(replace(book, measures=measures)) == ()


@given(st.sampled_from(MEASURES), st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.data())
def test_situation_of_a_boundary_is_decided_alike_on_any_day(
    named: tuple[str, Measure], day: date, data: st.DataObject
) -> None:
    name, measure = named
    book = pack(name).rulebook
    near = [one.day for one in boundary_days(measure)]
    case = data.draw(st.sampled_from(proposed(name, measure)))
    moved = replace(case, on=data.draw(st.sampled_from([day, *near])))
    said = measure.says(book.vocabulary.complete(moved.facts), moved.on)
    assert compiled(book, measure, moved) is said
