"""Which values of a fact no test of the rules can tell apart: so that millions of acts become few.

A test compares a fact with constants, so all values between two neighbouring constants (or all that
no list names) get the same verdicts. One value stands for each such class and is decided by the very
function that decides at the lanes: grouping finds situations, it never judges them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guomen.core.policy.conditions import Operator, Test, judge
from guomen.core.policy.facts import FactDeclaration, FactType, Value

_ORDERED = (FactType.DATE, FactType.INTEGER)
_UNNAMED = "\ufffdunnamed"
"""Stands for every code that no test names; no pack can name it, for it is no character."""


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values that go together: those `named`, those below `below`, or those that begin `begins`.

    Classes are asked in their order and the first that holds a value has it; one that asks nothing
    holds every value that is left.
    """

    stands_for: Value
    named: tuple[Value, ...] = ()
    below: Value | None = None
    begins: str | None = None


def value_classes(declared: FactDeclaration, tests: Iterable[Test]) -> tuple[ValueClass, ...]:
    """Divide a fact's values by the tests on it, in the order in which the classes are to be asked.

    A missing fact is apart from all of these. Classes and order depend on the tests alone.
    """
    asked = tuple(dict.fromkeys(one for one in tests if one.operator is not Operator.PRESENT))
    if declared.type in _ORDERED:
        return _intervals(declared.type, asked)
    return _lists(declared.type, asked)


def _intervals(fact_type: FactType, asked: Sequence[Test]) -> tuple[ValueClass, ...]:
    cuts = sorted({cut for one in asked for cut in _cuts(one)})
    if not cuts:
        return (ValueClass(_at(fact_type, 1)),)
    lows = [cuts[0] - 1, *cuts]
    within = [
        ValueClass(_at(fact_type, low), below=_at(fact_type, high))
        for low, high in zip(lows, cuts, strict=False)
    ]
    return (*within, ValueClass(_at(fact_type, cuts[-1])))


def _cuts(test: Test) -> tuple[int, ...]:
    """Give the first places of what a test tells apart from what lies below."""
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    places = [_place(one) for one in operands]
    if test.operator in (Operator.AT_LEAST, Operator.LESS_THAN):
        return (places[0],)
    if test.operator in (Operator.AT_MOST, Operator.MORE_THAN):
        return (places[0] + 1,)
    if test.operator is Operator.BETWEEN:
        return (places[0], places[-1] + 1)
    return tuple(cut for place in places for cut in (place, place + 1))


def _place(value: Value) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)


def _at(fact_type: FactType, place: int) -> Value:
    if fact_type is FactType.INTEGER:
        return place
    # A cut beyond the calendar divides nothing that can be recorded.
    return date.fromordinal(min(max(place, 1), date.max.toordinal()))


def _lists(fact_type: FactType, asked: Sequence[Test]) -> tuple[ValueClass, ...]:
    named: dict[tuple[bool | None, ...], list[Value]] = {}
    for value in _named(fact_type, asked):
        verdicts = tuple(judge(one, {one.fact: value}) for one in asked)
        named.setdefault(verdicts, []).append(value)
    classes = [ValueClass(several[0], tuple(several)) for several in named.values()]
    if fact_type is FactType.BOOLEAN:
        return tuple(classes)
    # The longest prefix that fits tells which of the shorter ones fit as well.
    prefixes = sorted(_prefixes(asked), key=lambda one: (-len(one), one))
    begun = [ValueClass(prefix + _UNNAMED, begins=prefix) for prefix in prefixes]
    return (*classes, *begun, ValueClass(_UNNAMED))


def _named(fact_type: FactType, asked: Sequence[Test]) -> list[Value]:
    if fact_type is FactType.BOOLEAN:
        return [True, False]
    operands = [
        value
        for one in asked
        if one.operator is not Operator.STARTS_WITH
        for value in (one.operand if isinstance(one.operand, tuple) else (one.operand,))
    ]
    return sorted(set(operands), key=str)


def _prefixes(asked: Sequence[Test]) -> set[str]:
    return {str(one.operand) for one in asked if one.operator is Operator.STARTS_WITH}
