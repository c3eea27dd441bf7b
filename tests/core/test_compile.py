"""A compiled condition judges exactly as the condition itself."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import Value, conditions
from guomen.core.policy.compile import compile_condition
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator, judge
from tests.core.test_conflicts import DOMAIN, trees

situations = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in DOMAIN.items()}
)


@given(trees, situations)
def test_the_function_judges_as_the_condition_does(
    tree: Condition, facts: dict[str, Value]
) -> None:
    assert compile_condition(tree)(facts) is judge(tree, facts)


def test_a_missing_fact_behind_a_decisive_one_does_not_matter() -> None:
    kind = conditions.Test("kind", Operator.EQUALS, "A")
    age = conditions.Test("age", Operator.AT_LEAST, 5)
    assert compile_condition(All((age, kind)))({"kind": "B"}) is False
    assert compile_condition(Any((age, kind)))({"kind": "A"}) is True
    assert compile_condition(All((age, kind)))({"kind": "A"}) is None


def test_days_texts_and_presence_are_compared_as_values() -> None:
    between = conditions.Test("day", Operator.BETWEEN, (date(2020, 1, 1), date(2023, 12, 30)))
    assert compile_condition(between)({"day": date(2023, 12, 30)}) is True
    assert compile_condition(between)({"day": date(2023, 12, 31)}) is False
    starts = conditions.Test("number", Operator.STARTS_WITH, 'H"]')
    assert compile_condition(starts)({"number": 'H"]1'}) is True
    present = conditions.Test("number", Operator.PRESENT, True)
    assert compile_condition(Not(present))({}) is True


def test_an_empty_all_is_met_and_nothing_of_the_pack_becomes_code() -> None:
    assert compile_condition(All(()))({}) is True
    hostile = conditions.Test('x"] or True or facts["', Operator.EQUALS, "__import__('os')")
    assert compile_condition(hostile)({}) is None
