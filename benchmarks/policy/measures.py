"""The measures that are decided: twelve of the Chinese pack as they stand, and ten variations of each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from guomen.core.policy import All, Condition, Not, Operator, Rulebook, Test, Value
from guomen.core.policy.conditions import Operand, tests_of
from guomen.jurisdiction import load_jurisdiction

T = TypeVar("T")

PACK = Path(__file__).resolve().parents[2] / "jurisdictions" / "cn"

TWELVE = (
    "M-2023-0508-HRP",  # extended home-return permits: a window of days
    "M-2023-1201-VF6",  # six countries without visa: sets and an order
    "M-2024-1217-240",  # transit of 240 hours: 54 nationalities, booleans, an order
    "M-2025-0612-IDN",  # the same for the 55th
    "M-2019-0401-ND",  # ordinary documents anywhere: sets
    "M-2023-0515-1",  # group-tour endorsements anywhere
    "M-2023-0515-2",  # family, stay and other endorsements anywhere
    "M-2023-0108-1",  # outbound tourism resumed: any of several alls
    "M-2024-0506-1",  # renewal online in 20 cities: not, any, orders, eleven facts
    "M-2024-1120-FACE",  # the lane that asks for a face alone: any with an all in it
    "M-2024-0506-3",  # talent endorsements in two regions
    "M-2024-1201-SZ",  # Shenzhen's residents: any, and nots of optional facts
)


def load_rulebook() -> Rulebook:
    """Read the Chinese pack from disk."""
    return load_jurisdiction(PACK).rulebook


def twelve(rulebook: Rulebook) -> tuple[Condition, ...]:
    """Give the conditions of the twelve measures, in the order of the mask's bits."""
    by_id = {measure.id: measure for measure in rulebook.measures}
    return tuple(by_id[one].clauses[0].when for one in TWELVE)


def facts_asked(measures: Sequence[Condition]) -> tuple[str, ...]:
    """Name every fact that the measures ask about, in alphabetical order."""
    return tuple(sorted({test.fact for one in measures for test in tests_of(one)}))


def varied(measures: Sequence[Condition], times: int) -> tuple[Condition, ...]:
    """Give the measures and their variations: other days, counts and cities, one member of a set.

    No two are alike, as the measures of several years and places are not.
    """
    return tuple(_vary(one, step) for step in range(times) for one in measures)


def _vary(condition: Condition, step: int) -> Condition:
    if step == 0:
        return condition
    if isinstance(condition, Test):
        return replace(condition, operand=_vary_operand(condition, step))
    if isinstance(condition, Not):
        return Not(_vary(condition.part, step))
    return type(condition)(tuple(_vary(part, step) for part in condition.parts))


def _vary_operand(test: Test, step: int) -> Operand:
    operand = test.operand
    if test.operator is Operator.ONE_OF and isinstance(operand, tuple):
        place = step % len(operand)
        return (*operand[:place], f"another {step}", *operand[place + 1 :])
    if isinstance(operand, tuple):
        return tuple(_move(one, step) for one in operand)
    is_city = test.fact.endswith("_city")
    return f"another {step}" if is_city else _move(operand, step)


def _move(value: Value, step: int) -> Value:
    if isinstance(value, date):
        return value + timedelta(days=step)
    return value + step if type(value) is int else value


def fold(
    condition: Condition,
    leaf: Callable[[Test, bool], T],
    joined: Callable[[bool, list[T]], T],
    wanted: bool = True,
) -> T:
    """Spell "surely met" in another language, with every `not` pushed down to the tests.

    `leaf(test, wanted)` says that the fact is known and the test comes out as wanted;
    `joined(is_all, parts)` joins. By De Morgan that is when Kleene's verdict is True.
    """
    if isinstance(condition, Test):
        return leaf(condition, wanted)
    if isinstance(condition, Not):
        return fold(condition.part, leaf, joined, not wanted)
    parts = [fold(part, leaf, joined, wanted) for part in condition.parts]
    return joined(isinstance(condition, All) == wanted, parts)


def mask_of(verdicts: Sequence[object]) -> int:
    """Turn verdicts in the order of the measures into a mask: bit n is set when measure n is met."""
    return sum(1 << place for place, verdict in enumerate(verdicts) if verdict is True)
