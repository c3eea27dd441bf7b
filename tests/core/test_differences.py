"""The difference between two rulebooks names everything that decides otherwise, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from guomen.core.policy import Clause, FactType, Measure, Question, Rulebook, Vocabulary, conditions
from guomen.core.policy.alterations import Asked
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator
from guomen.core.policy.differences import (
    AnswersChanged,
    ClauseListed,
    ConditionRearranged,
    DayMoved,
    DayOf,
    DefaultChanged,
    Difference,
    EffectChanged,
    Field,
    FieldChanged,
    MeasureListed,
    QuestionListed,
    SilenceChanged,
    TestChanged,
    differences,
)
from guomen.core.policy.measure import Citation, Scope
from guomen.core.policy.tables import Table, TableRow, by_states
from guomen.core.time import Period
from tests.builders import FACTS, asks, clause, declared, measure, rulebook
from tests.core.test_conflicts import trees
from tests.core.test_rulebook import CHANGES
from tests.core.test_rulebook import CLAUSE as BEFORE

START, UNTIL = date(2023, 1, 1), date(2024, 1, 1)
ADULT = asks("age", Operator.AT_LEAST, 18)
ENROLLED = asks("enrolled", Operator.EQUALS, True)
KINDS = asks("kind", Operator.ONE_OF, ("A", "B"))
CLAUSE = clause(All((ADULT, ENROLLED)), {"lane": "fast"}, START, UNTIL)
MEASURE = measure("m", CLAUSE)


def between(before: Measure, after: Measure) -> tuple[Difference, ...]:
    """Compare two rulebooks of one measure."""
    return differences(rulebook(before), rulebook(after))


def of_clause(after: Clause, before: Clause = CLAUSE) -> tuple[Difference, ...]:
    """Compare two states of one clause."""
    return between(measure("m", before), measure("m", after))


def of_condition(before: Condition, after: Condition) -> tuple[Difference, ...]:
    """Compare two conditions of one clause."""
    return of_clause(replace(CLAUSE, when=after), replace(CLAUSE, when=before))


def altered(found: tuple[Difference, ...]) -> list[tuple[Asked | None, Asked | None]]:
    """Give the tests that differ."""
    return [(one.before, one.after) for one in found if isinstance(one, TestChanged)]


def test_rulebook_does_not_differ_from_itself() -> None:
    assert between(MEASURE, MEASURE) == ()


def test_measure_is_added_and_removed() -> None:
    one, other = rulebook(), rulebook(MEASURE)
    [added], [removed] = differences(one, other), differences(other, one)
    assert isinstance(added, MeasureListed)
    assert isinstance(removed, MeasureListed)
    assert (added.place.measure, added.added, removed.added) == ("m", True, False)


def test_clause_is_closed_and_the_next_begins() -> None:
    closed = replace(CLAUSE, in_force=Period(START, date(2023, 7, 1)))
    new = replace(CLAUSE, id="b", in_force=Period(date(2023, 7, 1)))
    moved, added = between(MEASURE, measure("m", closed, new))
    assert isinstance(moved, DayMoved)
    assert (moved.day, moved.before, moved.after) == (DayOf.UNTIL, UNTIL, date(2023, 7, 1))
    assert isinstance(added, ClauseListed)
    assert (added.place.clause, added.in_force, added.added) == ("b", new.in_force, True)


def test_clause_begins_and_is_announced_on_another_day() -> None:
    later = replace(CLAUSE, announced=START, in_force=Period(date(2023, 2, 1), UNTIL))
    found = of_clause(later)
    assert [(one.day, one.after) for one in found if isinstance(one, DayMoved)] == [
        (DayOf.START, date(2023, 2, 1)),
        (DayOf.ANNOUNCED, START),
    ]


def test_test_is_added_and_removed() -> None:
    kinds = Asked(KINDS, wanted=True)
    with_kinds = All((ADULT, ENROLLED, KINDS))
    assert altered(of_condition(CLAUSE.when, with_kinds)) == [(None, kinds)]
    assert altered(of_condition(with_kinds, CLAUSE.when)) == [(kinds, None)]
    assert len(of_condition(CLAUSE.when, with_kinds)) == 1


def test_operand_and_operator_change_within_one_test() -> None:
    older = asks("age", Operator.MORE_THAN, 20)
    [one] = of_condition(CLAUSE.when, All((older, ENROLLED)))
    assert isinstance(one, TestChanged)
    assert one.before == Asked(ADULT, wanted=True)
    assert one.after == Asked(older, wanted=True)
    assert one.since is None


def test_test_put_under_a_not_is_another() -> None:
    found = of_condition(CLAUSE.when, All((ADULT, Not(ENROLLED))))
    assert altered(found) == [
        (Asked(ENROLLED, wanted=True), None),
        (None, Asked(ENROLLED, wanted=False)),
    ]


@pytest.mark.parametrize("when", [Any((ADULT, ENROLLED)), All((ENROLLED, ADULT))])
def test_tests_joined_or_ordered_otherwise_are_told_as_such(when: Condition) -> None:
    [one] = of_condition(CLAUSE.when, when)
    assert isinstance(one, ConditionRearranged)


def test_group_that_goes_with_its_tests_leaves_nothing_rearranged() -> None:
    found = of_condition(All((ADULT, Any((ENROLLED, KINDS)))), All((ADULT,)))
    assert not any(isinstance(one, ConditionRearranged) for one in found)
    assert len(found) == 2


def test_second_test_beside_a_lone_one_leaves_nothing_rearranged() -> None:
    assert len(of_condition(ADULT, All((ADULT, ENROLLED)))) == 1
    alternative = of_condition(All((ADULT, ENROLLED)), Any((ADULT, KINDS)))
    assert any(isinstance(one, ConditionRearranged) for one in alternative)


def test_list_in_another_order_asks_the_same_in_another_order() -> None:
    turned = asks("kind", Operator.ONE_OF, ("B", "A"))
    [one] = of_condition(KINDS, turned)
    assert isinstance(one, ConditionRearranged)


def test_keys_of_an_effect_are_compared_one_by_one() -> None:
    before = replace(CLAUSE, effect={"lane": "fast", "fee": 1, "gone": "x"})
    after = replace(CLAUSE, effect={"lane": "slow", "fee": True, "new": None})
    found = [
        (one.key, one.before, one.after)
        for one in of_clause(after, before)
        if isinstance(one, EffectChanged)
    ]
    assert found == [
        ("lane", {"lane": "fast"}, {"lane": "slow"}),
        ("fee", {"fee": 1}, {"fee": True}),
        ("gone", {"gone": "x"}, {}),
        ("new", {}, {"new": None}),
    ]


def test_everything_beside_the_clauses_is_compared() -> None:
    after = replace(
        MEASURE,
        titles={"en": "M"},
        texts={"en": "m", "fr": "m"},
        citation=Citation("elsewhere", "K-low", "doubtful"),
        note="a note",
        family="other",
        question="help",
        standing=True,
        scope=Scope(places="ports"),
        named_in_article=False,
    )
    found = [one for one in between(MEASURE, after) if isinstance(one, FieldChanged)]
    assert {one.field for one in found} == set(Field)
    assert (found[0].language, found[0].before, found[0].after) == ("en", "m", "M")
    assert (found[1].language, found[1].before, found[1].after) == ("fr", "", "m")


def test_questions_and_their_defaults_are_compared() -> None:
    before = rulebook(MEASURE)
    lane = replace(before.questions["lane"], default={"lane": "open"}, several=True)
    after = replace(before, questions={"lane": lane, "new": Question("new", {}, {}, several=False)})
    default, answers, added, removed = sorted(
        differences(before, after),
        key=lambda one: (type(one).__name__ != "DefaultChanged", str(one)),
    )
    assert isinstance(default, DefaultChanged)
    assert (default.before, default.after) == ({"lane": "staffed"}, {"lane": "open"})
    assert isinstance(answers, AnswersChanged)
    assert answers.several
    assert isinstance(added, QuestionListed)
    assert isinstance(removed, QuestionListed)
    assert {(one.question, one.added) for one in (added, removed)} == {
        ("new", True),
        ("help", False),
    }


def test_what_silence_means_is_compared() -> None:
    others = [FACTS[name] for name in FACTS.names() if name != "enrolled"]
    silent = Vocabulary([*others, declared("enrolled", FactType.BOOLEAN, absent=False)])
    [one] = differences(rulebook(MEASURE), rulebook(MEASURE, vocabulary=silent))
    assert isinstance(one, SilenceChanged)
    assert (one.fact, one.before, one.after) == ("enrolled", None, False)


def reading(*rows: TableRow) -> Measure:
    """Build a measure whose one clause reads a table."""
    table = Table("t", ("kind",), {}, "source", "V", rows)
    test = conditions.Test("kind", Operator.ONE_OF, (), "t")
    return measure("m", *by_states(replace(CLAUSE, when=All((test, ADULT))), {"t": table}))


def test_states_of_a_table_are_one_clause() -> None:
    later = date(2023, 6, 1)
    one = reading(TableRow(("A",), Period(START)), TableRow(("B",), Period(later)))
    assert len(one.clauses) == 2
    assert between(one, one) == ()


def test_change_of_a_table_is_told_with_the_day_from_which_it_counts() -> None:
    later = date(2023, 6, 1)
    before = reading(TableRow(("A",), Period(START)))
    after = reading(TableRow(("A",), Period(START)), TableRow(("B",), Period(later)))
    [one] = between(before, after)
    assert isinstance(one, TestChanged)
    assert one.before is not None
    assert one.after is not None
    assert one.since == later
    assert one.before.values == frozenset({"A"})
    assert one.after.values == frozenset({"A", "B"})


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_changes_the_digest_is_told(change: str) -> None:
    assert of_clause(CHANGES[change], BEFORE)


@given(trees, trees)
def test_two_conditions_differ_exactly_when_their_rulebooks_do(
    one: Condition, other: Condition
) -> None:
    before, after = (
        Rulebook("x", FACTS, {}, (measure("m", replace(CLAUSE, when=when)),))
        for when in (one, other)
    )
    assert bool(differences(before, after)) == (before.digest != after.digest)


@given(trees, trees)
def test_what_is_added_one_way_is_removed_the_other_way(one: Condition, other: Condition) -> None:
    def count(found: list[tuple[Asked | None, Asked | None]], side: int) -> int:
        return sum(pair[side] is None for pair in found)

    there, back = altered(of_condition(one, other)), altered(of_condition(other, one))
    assert count(there, 0) == count(back, 1)
    assert count(there, 1) == count(back, 0)
