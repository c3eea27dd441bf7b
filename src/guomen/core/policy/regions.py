"""Which situations a condition lets through, as regions: so that two conditions can be compared.

A region fixes for each fact which values are in it; a condition is the union of its regions
(disjunctive normal form). Facts that a region does not name are free.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from guomen.core.policy.conditions import All, Condition, Not, Operator, Test
from guomen.core.policy.facts import FactDeclaration, FactType, Value, Vocabulary
from guomen.core.refusal import Nature, Refusal

UNLISTED = "other-"
"""Begins a value that stands for any of an open list that nobody named."""

MOST_REGIONS = 512
"""A condition with more alternatives than this is not compared."""


class ConditionTooWide(Refusal):
    """A condition has more alternatives than can be compared with others."""

    code = "policy.condition_too_wide"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class Values:
    """Some of a fact's values: within the ends (inclusive), in the list, not among the excluded.

    Days are counted as ordinals. `listed` None: any value of the ends.
    """

    listed: frozenset[Value] | None = None
    excluded: frozenset[Value] = frozenset()
    least: int | None = None
    most: int | None = None

    def meet(self, other: "Values") -> "Values":
        """Give what both hold."""
        listed = self.listed if other.listed is None else other.listed
        if self.listed is not None and other.listed is not None:
            listed = self.listed & other.listed
        return Values(
            listed,
            self.excluded | other.excluded,
            max((x for x in (self.least, other.least) if x is not None), default=None),
            min((x for x in (self.most, other.most) if x is not None), default=None),
        )

    def candidates(self, declaration: FactDeclaration) -> Iterable[Value]:
        """Give values that may be in here, enough to find one if there is one."""
        if self.listed is not None:
            return sorted(self.listed, key=str)
        if declaration.type is FactType.BOOLEAN:
            return (True, False)
        if declaration.type is FactType.CODE and declaration.codes:
            return tuple(declaration.codes)  # a closed list has no other value
        if declaration.type is FactType.CODE:
            return tuple(f"{UNLISTED}{i}" for i in range(len(self.excluded) + 1))
        return _around(self, declaration.type)

    def holds(self, value: Value) -> bool:
        """Tell whether a value is in here."""
        if value in self.excluded or (self.listed is not None and value not in self.listed):
            return False
        place = _place(value)
        above = self.least is None or place >= self.least
        return above and (self.most is None or place <= self.most)

    def example(self, declaration: FactDeclaration) -> Value | None:
        """Give one value, or None when there is none."""
        return next((one for one in self.candidates(declaration) if self.holds(one)), None)


def _around(values: Values, fact_type: FactType) -> Iterable[Value]:
    middle = date(2023, 6, 1).toordinal() if fact_type is FactType.DATE else 1
    start = values.least if values.least is not None else values.most
    first = middle if start is None else start
    step = 1 if values.least is not None or start is None else -1
    places = [first + step * i for i in range(len(values.excluded) + 1)]
    return [date.fromordinal(p) if fact_type is FactType.DATE else p for p in places]


def _place(value: Value) -> int:
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, int) else 0


Region: TypeAlias = Mapping[str, Values]


def regions_of(condition: Condition, vocabulary: Vocabulary) -> tuple[Region, ...]:
    """Give the regions of a condition that hold at least one situation."""
    return tuple(
        region
        for region in _regions(condition, wanted=True)
        if example(region, vocabulary) is not None
    )


def _regions(condition: Condition, wanted: bool) -> list[Region]:
    if isinstance(condition, Test):
        return _of_test(condition, wanted)
    if isinstance(condition, Not):
        return _regions(condition.part, not wanted)
    parts = [_regions(part, wanted) for part in condition.parts]
    # De Morgan: a refused `all` is an `any` of refusals, and the other way about.
    joined = isinstance(condition, All) == wanted
    return _product(parts) if joined else [region for part in parts for region in part]


def _product(parts: list[list[Region]]) -> list[Region]:
    found: list[Region] = [{}]
    for part in parts:
        found = [meet(one, other) for one in found for other in part]
        if len(found) > MOST_REGIONS:
            raise ConditionTooWide(most=MOST_REGIONS)
    return found


def meet(one: Region, other: Region) -> Region:
    """Give the region that two have in common; it may hold nothing."""
    free = Values()
    # In the order of the text, not of a set: what is told of a region is the same everywhere.
    names = dict.fromkeys([*one, *other])
    return {name: one.get(name, free).meet(other.get(name, free)) for name in names}


def _of_test(test: Test, wanted: bool) -> list[Region]:
    several = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operator in (Operator.EQUALS, Operator.ONE_OF):
        chosen = frozenset(several)
        values = Values(listed=chosen) if wanted else Values(excluded=chosen)
        return [{test.fact: values}]
    if test.operator in (Operator.PRESENT, Operator.STARTS_WITH):
        return [{test.fact: Values()}]  # wide on purpose: no false "never"
    return [{test.fact: values} for values in _of_order(test.operator, several, wanted)]


def _of_order(operator: Operator, ends: tuple[Value, ...], wanted: bool) -> list[Values]:
    first, last = _place(ends[0]), _place(ends[-1])
    inside = {
        Operator.AT_LEAST: Values(least=first),
        Operator.MORE_THAN: Values(least=first + 1),
        Operator.AT_MOST: Values(most=first),
        Operator.LESS_THAN: Values(most=first - 1),
        Operator.BETWEEN: Values(least=first, most=last),
    }[operator]
    if wanted:
        return [inside]
    below = [] if inside.least is None else [Values(most=inside.least - 1)]
    above = [] if inside.most is None else [Values(least=inside.most + 1)]
    return below + above


def example(region: Region, vocabulary: Vocabulary) -> dict[str, Value] | None:
    """Give one situation of a region, or None when it holds none; the free region gives {}."""
    found: dict[str, Value] = {}
    for name in sorted(region):
        value = region[name].example(vocabulary[name])
        if value is None:
            return None
        found[name] = value
    return found


def covers(outer: Region, inner: Region, vocabulary: Vocabulary) -> bool:
    """Tell whether every situation of `inner` is in `outer` (sufficient, not necessary)."""
    return all(
        name in inner and _within(inner[name], values, vocabulary[name])
        for name, values in outer.items()
    )


def _within(inner: Values, outer: Values, declaration: FactDeclaration) -> bool:
    if inner.listed is not None or declaration.type is FactType.BOOLEAN:
        members = [one for one in inner.candidates(declaration) if inner.holds(one)]
        return all(outer.holds(one) for one in members)
    if outer.listed is not None or not outer.excluded <= inner.excluded:
        return False
    above = outer.least is None or (inner.least is not None and inner.least >= outer.least)
    return above and (outer.most is None or (inner.most is not None and inner.most <= outer.most))
