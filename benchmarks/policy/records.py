"""The situations that are decided: drawn from a fixed seed, a third of their facts unknown.

Three of four records aim at one of the measures, so that measures are met, fail late and fail early,
as at a counter; the facts that it does not ask about are whatever they are.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.policy.measures import fold
from guomen.core.policy import Condition, FactType, Test, Value, Vocabulary
from guomen.core.policy.conditions import judge, tests_of

AIMED = 0.75
ABSENT_IN_AIM = 0.15
ABSENT = 0.36
OTHER_CODES = {
    "person.nationality": ("CHN", "IND", "NGA", "EGY", "PAK", "VNM", "THA", "PHL", "MNG", "KEN"),
    "person.hukou_city": ("拉萨", "兰州", "西宁", "银川", "太原", "南宁", "贵阳", "长春"),
    "crossing.port": ("HENGQIN", "LUOHU", "HZMB", "PVG", "PEK", "CAN"),
}

Pools = Mapping[str, Sequence[Value]]
"""The values that a fact may take in a record."""


def pools(measures: Sequence[Condition], vocabulary: Vocabulary) -> Pools:
    """Gather for each fact values on both sides of every test, and codes that no measure names."""
    found: dict[str, set[Value]] = {}
    for test in (test for one in measures for test in tests_of(one)):
        found.setdefault(test.fact, set()).update(_around(test))
    for name, values in found.items():
        values.update(vocabulary[name].codes, OTHER_CODES.get(name, ()))
        if vocabulary[name].type is FactType.CODE:
            values.add("other")
    return {name: sorted(found[name], key=str) for name in sorted(found)}


def _around(test: Test) -> set[Value]:
    several = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return {near for one in several for near in _near(one)}


def _near(value: Value) -> tuple[Value, ...]:
    if isinstance(value, bool):
        return (True, False)
    if isinstance(value, date):
        return tuple(value + timedelta(days=days) for days in (-200, -1, 0, 1, 200))
    if isinstance(value, int):
        return (value // 2, value - 1, value, value + 1, value * 2)
    return (value,)


def make_records(
    measures: Sequence[Condition], values: Pools, count: int, seed: int
) -> list[dict[str, Value]]:
    """Draw records; the same seed gives the same records."""
    random = Random(seed)
    return [_record(measures, values, random) for _ in range(count)]


def _record(measures: Sequence[Condition], values: Pools, random: Random) -> dict[str, Value]:
    aimed: dict[str, Value] = {}
    if random.random() < AIMED:
        aimed = _meeting(random.choice(measures), values, random)
    drawn = {name: random.choice(several) for name, several in values.items()}
    return {
        name: aimed.get(name, value)
        for name, value in drawn.items()
        if random.random() >= (ABSENT_IN_AIM if name in aimed else ABSENT)
    }


def _meeting(condition: Condition, values: Pools, random: Random) -> dict[str, Value]:
    def leaf(test: Test, wanted: bool) -> dict[str, Value]:
        fitting = [v for v in values[test.fact] if judge(test, {test.fact: v}) is wanted]
        return {test.fact: random.choice(fitting)}

    def joined(is_all: bool, parts: list[dict[str, Value]]) -> dict[str, Value]:
        chosen = parts if is_all else [random.choice(parts)]
        return {name: value for part in chosen for name, value in part.items()}

    return fold(condition, leaf, joined)
