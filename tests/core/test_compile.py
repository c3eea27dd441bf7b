"""Compiled conditions judge exactly as the conditions themselves, alone and many together."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import Value, conditions
from guomen.core.policy.compile import compile_conditions
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator, judge
from guomen.core.policy.facts import Facts
from tests.core.test_conflicts import DOMAIN, trees

situations = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in DOMAIN.items()}
)


def verdict(condition: Condition, facts: Facts) -> bool | None:
    """Judge by the compiled functions alone: met, refused, or neither."""
    if compile_conditions([condition])(facts):
        return True
    return None if compile_conditions([condition], unknown=True)(facts) else False


@given(trees, situations)
def test_the_functions_judge_as_the_condition_does(
    tree: Condition, facts: dict[str, Value]
) -> None:
    assert verdict(tree, facts) is judge(tree, facts)


@given(st.lists(trees, max_size=12), situations)
def test_many_conditions_together_judge_as_each_alone(
    several: list[Condition], facts: dict[str, Value]
) -> None:
    met = sum(1 << at for at, one in enumerate(several) if judge(one, facts) is True)
    possible = sum(1 << at for at, one in enumerate(several) if judge(one, facts) is not False)
    assert compile_conditions(several)(facts) == met
    assert compile_conditions(several, unknown=True)(facts) == possible


KIND = conditions.Test("kind", Operator.EQUALS, "A")


@given(st.lists(trees, min_size=4, max_size=8), st.lists(trees, max_size=4), situations)
def test_conditions_looked_up_by_kind_judge_the_same_beside_others(
    several: list[Condition], others: list[Condition], facts: dict[str, Value]
) -> None:
    together = [*(All((KIND, one)) for one in several), *others]
    met = sum(1 << at for at, one in enumerate(together) if judge(one, facts) is True)
    assert compile_conditions(together)(facts) == met


def test_conditions_that_contradict_themselves_are_never_met() -> None:
    ages = [conditions.Test("age", Operator.EQUALS, at) for at in (1, 2)]
    never = All((KIND, ages[0], ages[1]))
    assert compile_conditions([never, never])({"kind": "A", "age": 1}) == 0
    assert compile_conditions([never, All((KIND, ages[0]))])({"kind": "A", "age": 1}) == 2


def test_a_value_that_only_an_alternative_names_is_looked_up_too() -> None:
    named = [conditions.Test("kind", Operator.EQUALS, name) for name in "BCDE"]
    either = Any((KIND, conditions.Test("age", Operator.AT_LEAST, 5)))
    assert compile_conditions([*named, either])({"kind": "A"}) == 1 << 4


def test_a_missing_fact_behind_a_decisive_one_does_not_matter() -> None:
    age = conditions.Test("age", Operator.AT_LEAST, 5)
    assert verdict(All((age, KIND)), {"kind": "B"}) is False
    assert verdict(Any((age, KIND)), {"kind": "A"}) is True
    assert verdict(All((age, KIND)), {"kind": "A"}) is None


def test_days_texts_and_presence_are_compared_as_values() -> None:
    between = conditions.Test("day", Operator.BETWEEN, (date(2020, 1, 1), date(2023, 12, 30)))
    assert verdict(between, {"day": date(2023, 12, 30)}) is True
    assert verdict(between, {"day": date(2023, 12, 31)}) is False
    starts = conditions.Test("number", Operator.STARTS_WITH, 'H"]')
    assert verdict(starts, {"number": 'H"]1'}) is True
    present = conditions.Test("number", Operator.PRESENT, True)
    assert verdict(Not(present), {}) is True


def test_an_empty_all_is_met_and_nothing_of_the_pack_becomes_code() -> None:
    assert verdict(All(()), {}) is True
    hostile = conditions.Test('x"] or True or facts["', Operator.EQUALS, "__import__('os')")
    assert verdict(hostile, {}) is None
