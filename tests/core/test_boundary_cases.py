"""Cases are proposed on both sides of every boundary, and expect what the measure says now."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import Case, FactType, Measure, Value, Vocabulary, conditions
from guomen.core.policy.boundaries import boundary_cases, left_out
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator
from guomen.core.policy.facts import FactDeclaration
from guomen.core.policy.measure import Boundary, Edge
from guomen.core.policy.tables import Table, TableRow, by_states
from guomen.core.time import Period
from tests.builders import FACTS, asks, clause, measure
from tests.core.test_conflicts import VOCABULARY, tests_, trees
from tests.core.test_conflicts import measure as small_measure

START, UNTIL = date(2023, 1, 1), date(2024, 1, 1)
ADULT = asks("age", Operator.AT_LEAST, 18)
ENROLLED = asks("enrolled", Operator.EQUALS, True)


def of(when: Condition, until: date | None = None) -> Measure:
    """Build a measure with one clause and no cases."""
    return measure("m", clause(when, {"lane": "fast"}, START, until))


def on_edge(found: tuple[Case, ...], edge: Edge, fact: str = "") -> dict[bool | None, Case]:
    """Give the cases that stand on one edge, by their side."""
    boundaries = [(case.boundary, case) for case in found if case.boundary is not None]
    return {one.inside: case for one, case in boundaries if one.edge is edge and one.fact == fact}


def test_first_and_last_day_are_tried_on_both_sides() -> None:
    found = boundary_cases(of(ADULT, UNTIL), FACTS)
    days = [(case.on, case.expect) for case in found if case.facts == {"age": 18}]
    assert days == [
        (date(2022, 12, 31), False),
        (START, True),
        (UNTIL, False),
        (date(2023, 12, 31), True),
    ]
    assert found[0].boundary == Boundary("a", Edge.FIRST_DAY, inside=False)


def test_clause_from_the_first_day_of_the_calendar_has_no_day_before() -> None:
    one = measure("m", clause(ADULT, {"lane": "fast"}, date.min))
    assert min(case.on for case in boundary_cases(one, FACTS)) == date.min


ENDS: list[tuple[Operator, conditions.Operand, Edge, Value, Value]] = [
    (Operator.AT_LEAST, 18, Edge.LOW, 18, 17),
    (Operator.MORE_THAN, 18, Edge.LOW, 19, 18),
    (Operator.AT_MOST, 18, Edge.HIGH, 18, 19),
    (Operator.LESS_THAN, 18, Edge.HIGH, 17, 18),
    (Operator.BETWEEN, (18, 20), Edge.LOW, 18, 17),
    (Operator.BETWEEN, (18, 20), Edge.HIGH, 20, 21),
]


@pytest.mark.parametrize(("operator", "operand", "edge", "last", "first"), ENDS)
def test_end_of_an_order_is_tried_at_the_last_value_inside_and_the_first_outside(
    operator: Operator, operand: conditions.Operand, edge: Edge, last: Value, first: Value
) -> None:
    # The first day and the way in may stand on the same situation: only one of them is kept.
    found = boundary_cases(of(asks("age", operator, operand)), FACTS)
    verdicts = {case.facts["age"]: case.expect for case in found if case.on == START and case.facts}
    assert (verdicts[last], verdicts[first]) == (True, False)
    assert on_edge(found, edge, "age")[False].facts == {"age": first}


def test_days_are_tried_like_numbers() -> None:
    ends = (date(2020, 1, 1), date(2023, 12, 30))
    found = boundary_cases(of(asks("expiry", Operator.BETWEEN, ends)), FACTS)
    assert on_edge(found, Edge.LOW, "expiry")[False].facts == {"expiry": date(2019, 12, 31)}
    assert on_edge(found, Edge.HIGH, "expiry")[True].facts == {"expiry": date(2023, 12, 30)}
    assert on_edge(found, Edge.HIGH, "expiry")[False].facts == {"expiry": date(2023, 12, 31)}


def test_list_is_tried_with_a_member_and_another_value() -> None:
    found = boundary_cases(
        small_measure("m", asks("kind", Operator.ONE_OF, ("A", "C")), "x"), VOCABULARY
    )
    verdicts = {case.facts.get("kind"): case.expect for case in found if case.on == START}
    assert verdicts == {"A": True, "B": False, None: None}


def test_boolean_is_tried_with_the_other_answer() -> None:
    found = boundary_cases(of(All((ADULT, ENROLLED))), FACTS)
    other = on_edge(found, Edge.LIST, "enrolled")[False]
    assert (other.facts, other.expect) == ({"age": 18, "enrolled": False}, False)


def test_test_under_a_not_is_met_where_the_measure_is_not() -> None:
    found = boundary_cases(of(All((ADULT, Not(ENROLLED)))), FACTS)
    excluded = on_edge(found, Edge.LIST, "enrolled")[True]
    assert (excluded.facts["enrolled"], excluded.expect) == (True, False)


def test_missing_fact_leaves_the_verdict_open() -> None:
    missing = on_edge(boundary_cases(of(All((ADULT, ENROLLED))), FACTS), Edge.MISSING, "age")[None]
    assert (missing.facts, missing.expect) == ({"enrolled": True}, None)


def test_missing_fact_counts_as_what_silence_means() -> None:
    found = boundary_cases(of(Not(asks("student", Operator.EQUALS, True))), FACTS)
    assert on_edge(found, Edge.MISSING, "student")[None].expect is True


def test_prefix_is_tried_with_a_value_that_begins_so_and_one_that_does_not() -> None:
    found = boundary_cases(of(asks("kind", Operator.STARTS_WITH, "W")), FACTS)
    verdicts = {case.facts.get("kind"): case.expect for case in found if case.on == START}
    assert verdicts == {"W": True, "other-0": False, None: None}


def test_presence_is_tried_with_a_value_and_without() -> None:
    found = boundary_cases(of(asks("kind", Operator.PRESENT, True)), FACTS)
    assert {case.expect for case in found if case.on == START} == {True, False}


def test_refused_presence_is_tried_with_a_value_and_without() -> None:
    found = boundary_cases(of(Not(asks("kind", Operator.PRESENT, True))), FACTS)
    verdicts = {bool(case.facts): case.expect for case in found if case.on == START}
    assert verdicts == {False: True, True: False}


def test_each_way_in_which_a_clause_is_met_is_tried() -> None:
    found = boundary_cases(of(Any((ADULT, ENROLLED))), FACTS)
    met = [case.facts for case in found if case.expect and case.on == START]
    assert {"age": 18} in met
    assert {"enrolled": True} in met


def test_value_that_joins_a_table_is_tried_on_the_day_it_joins() -> None:
    joins = date(2023, 6, 1)
    rows = (TableRow(("A",), Period(START)), TableRow(("B",), Period(joins)))
    table = Table("t", ("kind",), {}, "source", "V", rows)
    reads = clause(conditions.Test("kind", Operator.ONE_OF, (), "t"), {"lane": "fast"}, START)
    one = measure("m", *by_states(reads, {"t": table}))
    found = {
        case.on: case.expect
        for case in boundary_cases(one, VOCABULARY)
        if case.facts == {"kind": "B"} and case.on >= date(2023, 5, 1)
    }
    assert found == {date(2023, 5, 31): False, joins: True}


def test_case_that_the_measure_has_is_not_proposed_again() -> None:
    one = of(ADULT)
    proposed = boundary_cases(one, FACTS)
    assert boundary_cases(replace(one, cases=proposed), FACTS) == ()
    assert boundary_cases(replace(one, cases=proposed[:1]), FACTS) == proposed[1:]


def test_clause_that_can_never_be_met_gets_no_case() -> None:
    impossible = All((asks("age", Operator.LESS_THAN, 3), asks("age", Operator.MORE_THAN, 5)))
    assert boundary_cases(of(impossible), FACTS) == ()


def test_what_is_left_out_is_counted() -> None:
    one = of(All((ADULT, ENROLLED)), UNTIL)
    whole = boundary_cases(one, FACTS)
    assert boundary_cases(one, FACTS, most=3) == whole[:3]
    assert left_out(one, FACTS, most=3) == {"a": len(whole) - 3}
    assert left_out(one, FACTS) == {}


def test_fact_whose_every_value_is_listed_has_no_other_to_try() -> None:
    both = Vocabulary(
        [FactDeclaration("kind", FactType.CODE, None, "lane", {}, {"A": {}, "B": {}})]
    )
    found = boundary_cases(of(asks("kind", Operator.ONE_OF, ("A", "B"))), both)
    assert on_edge(found, Edge.LIST, "kind") == {}


@given(trees, st.none() | st.just(date(2023, 3, 1)))
def test_every_proposed_case_expects_what_the_measure_says(
    tree: Condition, until: date | None
) -> None:
    one = small_measure("m", tree, "fast", until=until)
    for case in boundary_cases(one, VOCABULARY):
        assert case.origin == "proposed"
        assert case.expect is one.says(VOCABULARY.complete(case.facts), case.on)


@given(trees)
def test_no_situation_is_proposed_twice(tree: Condition) -> None:
    found = boundary_cases(small_measure("m", tree, "fast"), VOCABULARY)
    situations = [(tuple(sorted(case.facts.items())), case.on) for case in found]
    assert len(set(situations)) == len(situations)
    assert found == boundary_cases(small_measure("m", tree, "fast"), VOCABULARY)


@given(tests_, st.booleans())
def test_single_test_gets_a_case_that_is_met_and_one_that_is_not(
    test: conditions.Test, refused: bool
) -> None:
    when: Condition = Not(test) if refused else test
    found = boundary_cases(small_measure("m", when, "fast"), VOCABULARY)
    assert {case.expect for case in found if case.on == START} == {True, False, None}
