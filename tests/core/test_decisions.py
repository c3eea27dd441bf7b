"""Keeps one decision: which clause answers, what goes before, what adds up, and what is refused."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import All, Any, Clause, Measure, Not, Operator, Rulebook, decide
from guomen.core.policy.facts import FactNotDeclared, FactWrongType
from guomen.core.policy.rulebook import QuestionUnknown
from tests.builders import asks, clause, measure, rulebook

DAY = date(2023, 6, 1)
ADULT = asks("age", Operator.AT_LEAST, 18)
ENROLLED = asks("enrolled", Operator.EQUALS, True)
ALWAYS = All(())


def lane(name: str, when: object = ALWAYS, start: date = date(2020, 1, 1)) -> Measure:
    """A measure that answers with its own name."""
    assert isinstance(when, All | Any | Not | type(ADULT))
    return measure(name, clause(when, {"lane": name}, start))


def test_measure_whose_condition_is_met_answers_with_its_clause() -> None:
    decision = decide(rulebook(lane("fast", ADULT)), "lane", {"age": 18}, DAY)
    assert (decision.outcome, decision.measure, decision.clause) == ({"lane": "fast"}, "fast", "a")
    assert [(one.test.fact, one.given, one.met) for one in decision.findings] == [("age", 18, True)]


def test_default_holds_where_no_measure_answers() -> None:
    decision = decide(rulebook(), "lane", {"age": 18}, DAY)
    assert (decision.outcome, decision.measure) == ({"lane": "staffed"}, None)
    assert (decision.findings, decision.open) == ((), ())


def test_default_shows_the_findings_of_the_measure_that_came_nearest() -> None:
    near = lane("near", All((ADULT, ENROLLED)))
    far = lane("far", All((asks("age", Operator.AT_LEAST, 60), asks("kind", Operator.EQUALS, "X"))))
    decision = decide(rulebook(far, near), "lane", {"age": 18, "enrolled": False, "kind": "Y"}, DAY)
    assert decision.measure is None
    assert [(one.test.fact, one.met) for one in decision.findings] == [
        ("age", True),
        ("enrolled", False),
    ]


def test_measures_that_only_a_missing_fact_keeps_away_are_named() -> None:
    decision = decide(rulebook(lane("grown", ADULT), lane("other", ENROLLED)), "lane", {}, DAY)
    assert (decision.measure, set(decision.open)) == (None, {"grown", "other"})


def test_open_measures_are_named_beside_an_answer_too() -> None:
    decision = decide(
        rulebook(lane("grown", ADULT), lane("other", ENROLLED)), "lane", {"age": 20}, DAY
    )
    assert (decision.measure, decision.open) == ("grown", ("other",))


def test_silence_about_a_fact_means_what_its_declaration_says() -> None:
    book = rulebook(lane("fast", asks("student", Operator.EQUALS, False)))
    assert decide(book, "lane", {}, DAY).measure == "fast"
    assert decide(book, "lane", {"student": True}, DAY).measure is None


def test_later_measure_goes_before_the_earlier_one() -> None:
    earlier = lane("earlier", All((ADULT, ENROLLED)), date(2020, 1, 1))
    later = lane("later", ADULT, date(2022, 1, 1))
    decision = decide(rulebook(earlier, later), "lane", {"age": 20, "enrolled": True}, DAY)
    assert (decision.measure, decision.also) == ("later", ("earlier",))


def test_special_measure_goes_before_the_general_one_of_the_same_day() -> None:
    general, special = lane("a-general", ADULT), lane("z-special", All((ADULT, ENROLLED)))
    decision = decide(rulebook(general, special), "lane", {"age": 20, "enrolled": True}, DAY)
    assert (decision.measure, decision.also) == ("z-special", ("a-general",))


def test_alternative_weighs_as_its_lightest_part() -> None:
    either = lane("a-either", Any((ADULT, All((ADULT, ENROLLED)))))
    both = lane("b-both", All((ADULT, Not(asks("kind", Operator.EQUALS, "X")))))
    facts: dict[str, str | int | bool | date] = {"age": 20, "enrolled": True, "kind": "Y"}
    assert decide(rulebook(either, both), "lane", facts, DAY).measure == "b-both"


def test_among_equals_the_name_decides() -> None:
    assert decide(rulebook(lane("b"), lane("a")), "lane", {}, DAY).measure == "a"


def some_measures() -> list[Measure]:
    """Measures of every standing: two days, one to three tests, two names each."""
    conditions = [ADULT, All((ADULT, ENROLLED)), Any((ADULT, ENROLLED)), ALWAYS]
    days = [date(2020, 1, 1), date(2021, 1, 1)]
    return [
        lane(f"{prefix}{number}", when, start)
        for number, (when, start) in enumerate(itertools.product(conditions, days))
        for prefix in "ab"
    ]


@given(st.permutations(some_measures()))
def test_order_of_the_measures_in_the_pack_changes_no_decision(shuffled: list[Measure]) -> None:
    first, second = rulebook(*some_measures()), rulebook(*shuffled)
    facts: dict[str, str | int | bool | date] = {"age": 20, "enrolled": True}
    assert decide(first, "lane", facts, DAY) == decide(second, "lane", facts, DAY)
    names = [one.id for one, *_ in second.in_force("lane", DAY).rows]
    assert names == [one.id for one, *_ in first.in_force("lane", DAY).rows]
    assert len(set(names)) == len(names)


def test_clause_answers_from_its_first_day_until_the_day_before_the_next() -> None:
    old = clause(ALWAYS, {"lane": "old"}, date(2023, 1, 1), date(2023, 7, 1))
    new = Clause("b", None, type(old.in_force)(date(2023, 7, 1)), DAY, ALWAYS, {"lane": "new"})
    book = rulebook(measure("m", old, new))
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 1)]
    found = [decide(book, "lane", {}, day).outcome["lane"] for day in days]
    assert found == ["staffed", "old", "old", "new"]


def help_of(name: str, effect: dict[str, str], start: date) -> Measure:
    """A measure that adds its effect to the answer."""
    return measure(name, clause(ALWAYS, effect, start), question="help")


def test_answers_to_a_question_with_several_add_up() -> None:
    one = help_of("one", {"chair": "yes"}, date(2020, 1, 1))
    other = help_of("other", {"guide": "yes"}, date(2021, 1, 1))
    decision = decide(rulebook(one, other), "help", {}, DAY)
    assert decision.outcome == {"chair": "yes", "guide": "yes"}
    assert (decision.measure, decision.also) == ("other", ("one",))


def test_where_two_name_the_same_thing_what_goes_before_wins() -> None:
    one = help_of("one", {"chair": "old", "guide": "yes"}, date(2020, 1, 1))
    other = help_of("other", {"chair": "new"}, date(2021, 1, 1))
    assert decide(rulebook(one, other), "help", {}, DAY).outcome == {
        "chair": "new",
        "guide": "yes",
    }


def test_undeclared_question_is_refused_with_the_known_ones() -> None:
    with pytest.raises(QuestionUnknown) as caught:
        decide(rulebook(), "colour", {}, DAY)
    assert caught.value.facts == {"question": "colour", "known": "help, lane"}


def test_undeclared_fact_is_refused() -> None:
    with pytest.raises(FactNotDeclared) as caught:
        decide(rulebook(), "lane", {"height": 180}, DAY)
    assert caught.value.facts == {"fact": "height"}


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("age", "18", "integer"),
        ("age", True, "integer"),
        ("enrolled", 1, "boolean"),
        ("expiry", "2023-01-01", "date"),
        ("kind", 7, "code"),
    ],
)
def test_value_of_another_type_is_refused(
    fact: str, value: str | bool | int, expected: str
) -> None:
    with pytest.raises(FactWrongType) as caught:
        decide(rulebook(), "lane", {fact: value}, DAY)
    assert caught.value.facts == {"fact": fact, "expected": expected, "given": str(value)}


def test_same_input_gives_the_same_decision() -> None:
    book: Rulebook = rulebook(*some_measures())
    assert decide(book, "lane", {"age": 20}, DAY) == decide(book, "lane", {"age": 20}, DAY)
