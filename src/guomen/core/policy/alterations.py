"""Matches the tests of one clause before and after: which are new, gone, or ask something else."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from guomen.core.policy.conditions import All, Condition, Not, Operator, Test, findings
from guomen.core.policy.facts import Value
from guomen.core.policy.measure import Clause
from guomen.core.policy.tables import joined


@dataclass(frozen=True, slots=True)
class Asked:
    """A test where it stands: under a `not` it is not `wanted`, and speaks against the measure."""

    test: Test
    wanted: bool

    @property
    def values(self) -> frozenset[Value] | None:
        """The values that the test lists, None where it asks for something else than a list."""
        if self.test.operator not in (Operator.ONE_OF, Operator.EQUALS):
            return None
        operand = self.test.operand
        return frozenset(operand if isinstance(operand, tuple) else (operand,))


@dataclass(frozen=True, slots=True)
class Alteration:
    """A test before and after; None: there is none.

    `since`: the first day on which they differ, where only a dated table has changed.
    """

    before: Asked | None
    after: Asked | None
    since: date | None = None


States: TypeAlias = Sequence[Clause]
"""The states of one clause, in the order of their days."""


def altered_tests(before: States, after: States) -> Iterator[Alteration]:
    """Give the tests that differ between a clause before and after, in the order of the text.

    A test on a table is shown with the values of the first day on which they differ, or else with
    those of its last state. Values that only stand in another order are no difference.
    """
    old, new, pairs = _matched(before, after)
    for at, row in enumerate(old):
        if at not in pairs:
            yield Alteration(_asked(before[-1])[at], None)
        elif not _same(row, new[pairs[at]]):
            yield Alteration(_asked(before[-1])[at], _asked(after[-1])[pairs[at]])
        else:
            yield from _of_table(before, after, at, pairs[at])
    for at in range(len(new)):
        if at not in pairs.values():
            yield Alteration(None, _asked(after[-1])[at])


def rearranged(before: States, after: States) -> bool:
    """Tell whether the tests that stay are joined in another way, or stand in another order."""
    old, new, pairs = _matched(before, after)
    staying = [
        (new[pairs[at]] if not _same(row, new[pairs[at]]) else row) if at in pairs else None
        for at, row in enumerate(old)
    ]
    stayed = [row if at in pairs.values() else None for at, row in enumerate(new)]
    whole = None not in (*staying, *stayed)
    one = _shape(joined(before).when, iter(staying), whole)
    return one != _shape(joined(after).when, iter(stayed), whole)


def _asked(clause: Clause) -> tuple[Asked, ...]:
    return tuple(Asked(found.test, found.wanted) for found in findings(clause.when, {}))


def _same(one: Asked, other: Asked) -> bool:
    # The same values in another order ask the same.
    alike = one.values is not None and one.values == other.values
    return one == other or (alike and one.test.table == other.test.table)


def _of_table(before: States, after: States, at: int, there: int) -> Iterator[Alteration]:
    for day in sorted({state.in_force.start for state in (*before, *after)}):
        one, other = _asked_on(before, at, day), _asked_on(after, there, day)
        if one is not None and other is not None and not _same(one, other):
            yield Alteration(one, other, day)
            return


def _asked_on(states: States, at: int, day: date) -> Asked | None:
    found = next((state for state in states if state.in_force.contains(day)), None)
    return None if found is None else _asked(found)[at]


# ---------------------------------------------------------------------------- which is which

_KEYS: tuple[Callable[[Asked], Hashable], ...] = (
    lambda asked: asked,
    lambda asked: (asked.wanted, asked.test.fact, asked.test.operator),
    lambda asked: (asked.wanted, asked.test.fact),
)
"""What two tests must have in common to be taken for one, from the strictest to the loosest."""


def _matched(
    before: States, after: States
) -> tuple[tuple[Asked, ...], tuple[Asked, ...], Mapping[int, int]]:
    """Give the tests as they are written before and after, and which place goes with which."""
    old, new = _asked(joined(before)), _asked(joined(after))
    pairs: dict[int, int] = {}
    for key in _KEYS:
        for at, row in enumerate(old):
            fitting = (
                there
                for there, other in enumerate(new)
                if there not in pairs.values() and key(other) == key(row)
            )
            there = None if at in pairs else next(fitting, None)
            if there is not None:
                pairs[at] = there
    return old, new, pairs


# ---------------------------------------------------------------------------- how they are joined

_Shape: TypeAlias = Asked | tuple[str, tuple["_Shape", ...]] | None


def _shape(condition: Condition, staying: Iterator[Asked | None], whole: bool) -> _Shape:
    """Give the tree with the tests that stay; a group all of whose tests are gone goes with them.

    Where not all stay (`whole` is false), an `all` of one is that one: a second test makes it so.
    """
    if isinstance(condition, Test):
        return next(staying)
    if isinstance(condition, Not):
        inner = _shape(condition.part, staying, whole)
        return None if inner is None else ("not", (inner,))
    shapes = [_shape(part, staying, whole) for part in condition.parts]
    left = tuple(shape for shape in shapes if shape is not None)
    if condition.parts and not left:
        return None
    if isinstance(condition, All):
        return left[0] if len(left) == 1 and not whole else ("all", left)
    return "any", left
