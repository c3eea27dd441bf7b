"""What no case tries is told: tests that are never met, never fail or never decide, and days."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from guomen.core.policy import Case, Measure, Value, conditions
from guomen.core.policy.boundaries import boundary_cases
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator
from guomen.core.policy.coverage import coverage, days_without_case
from guomen.core.policy.tables import Table, TableRow, by_states
from guomen.core.time import Period
from tests.builders import FACTS, asks, clause, measure
from tests.core.test_conflicts import VOCABULARY, tests_, trees
from tests.core.test_conflicts import measure as small_measure

START, UNTIL = date(2023, 1, 1), date(2024, 1, 1)
ADULT = asks("age", Operator.AT_LEAST, 18)
ENROLLED = asks("enrolled", Operator.EQUALS, True)


def tried(when: Condition, *situations: dict[str, Value], on: date = START) -> Measure:
    """Build a measure with a case for each situation."""
    cases = [Case(facts, on, None, "house") for facts in situations]
    return measure("m", clause(when, {"lane": "fast"}, START, UNTIL), cases=cases)


def marks(one: Measure) -> list[tuple[int | None, int | None, int | None]]:
    """Give what tries each test: met, failed, decisive."""
    return [(row.met, row.failed, row.decisive) for row in coverage(one, FACTS)]


def test_test_that_no_case_touches_is_told() -> None:
    assert marks(tried(All((ADULT, ENROLLED)))) == [(None, None, None)] * 2


def test_case_is_told_by_its_number() -> None:
    one = tried(ADULT, {}, {"age": 17}, {"age": 18})
    assert marks(one) == [(3, 2, 2)]
    assert coverage(one, FACTS)[0].wholly


def test_test_is_not_decisive_where_another_decides_alike() -> None:
    assert marks(tried(Any((ADULT, ENROLLED)), {"age": 18, "enrolled": True})) == [
        (1, None, None),
        (1, None, None),
    ]


def test_test_is_decisive_where_the_others_leave_it_to_it() -> None:
    one = tried(Any((ADULT, ENROLLED)), {"age": 18, "enrolled": False})
    assert marks(one) == [(1, None, 1), (None, 1, None)]


def test_test_on_a_missing_fact_is_not_tried() -> None:
    assert marks(tried(All((ADULT, Not(ENROLLED))), {"age": 18})) == [(1, None, 1), (None,) * 3]


def test_same_test_in_two_places_is_told_twice() -> None:
    one = tried(Any((ADULT, All((ADULT, ENROLLED)))), {"age": 18, "enrolled": True})
    assert [row.place for row in coverage(one, FACTS)] == [0, 1, 2]
    assert not coverage(one, FACTS)[1].wholly


def test_case_on_a_day_without_the_clause_does_not_count() -> None:
    assert marks(tried(ADULT, {"age": 18}, on=UNTIL)) == [(None, None, None)]


def test_case_in_any_state_of_a_table_counts() -> None:
    later = date(2023, 6, 1)
    rows = (TableRow(("A",), Period(START)), TableRow(("B",), Period(later)))
    table = Table("t", ("kind",), {}, "source", "V", rows)
    reads = clause(conditions.Test("kind", Operator.ONE_OF, (), "t"), {"lane": "fast"}, START)
    cases = [Case({"kind": "B"}, day, None, "house") for day in (START, later)]
    one = measure("m", *by_states(reads, {"t": table}), cases=cases)
    [row] = coverage(one, FACTS)
    assert (row.met, row.failed, row.decisive) == (2, 1, 1)
    assert row.test.operand == ("A", "B")


def test_days_on_which_no_case_stands_are_told() -> None:
    one = tried(ADULT, {"age": 18})
    assert [row.day for row in days_without_case(one)] == [
        date(2022, 12, 31),
        date(2023, 12, 31),
        UNTIL,
    ]


def test_day_between_two_clauses_is_told_once() -> None:
    first = clause(ADULT, {"lane": "fast"}, START, UNTIL)
    second = replace(clause(ADULT, {"lane": "slow"}, UNTIL), id="b")
    days = [row.day for row in days_without_case(measure("m", first, second))]
    assert len(set(days)) == len(days) == 4


@given(tests_)
def test_proposed_cases_try_a_single_test_wholly(test: conditions.Test) -> None:
    one = small_measure("m", test, "fast")
    whole = replace(one, cases=boundary_cases(one, VOCABULARY))
    assert all(row.wholly for row in coverage(whole, VOCABULARY))


@given(trees)
def test_proposed_cases_leave_no_day_of_what_can_be_met_untried(tree: Condition) -> None:
    one = small_measure("m", tree, "fast", until=UNTIL)
    cases = boundary_cases(one, VOCABULARY)
    if cases:
        assert days_without_case(replace(one, cases=cases)) == ()


@given(trees)
def test_every_test_has_a_row_in_the_order_of_the_text(tree: Condition) -> None:
    rows = coverage(small_measure("m", tree, "fast"), VOCABULARY)
    assert [row.test for row in rows] == list(conditions.tests_of(tree))
