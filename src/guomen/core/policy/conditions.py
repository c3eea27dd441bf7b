"""Conditions: a tree of all / any / not over a closed set of tests on facts, three-valued.

A test on a missing fact is unknown (None), and so is what depends on it alone: Kleene's logic, which
is also how CEL absorbs an error in `&&` and `||`.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from guomen.core.policy.facts import Facts, Value


class Operator(StrEnum):
    """The closed set of tests. A new one is a change of code with a test, not of a pack."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    STARTS_WITH = "starts_with"
    PRESENT = "present"


Operand: TypeAlias = Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """One question about one fact, and the place in the pack where it is asked.

    `between` includes both ends, as the notices do ("between 2020-01-01 and 2023-12-30").
    `table` names the dated table from which the values of a `one_of` were taken.
    """

    fact: str
    operator: Operator
    operand: Operand
    table: str | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Met when every part is met; an empty one always is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Met when at least one part is met."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Met when its part is not met; unknown when the part is."""

    part: "Condition"


Condition: TypeAlias = Test | All | Any | Not


class Finding(NamedTuple):
    """How one test came out: the value that was given (None when unknown) and the verdict.

    `wanted` is False under a `not`: there, a test that is met speaks against the measure.
    """

    test: Test
    given: Value | None
    met: bool | None
    wanted: bool

    @property
    def favourable(self) -> bool | None:
        """The verdict from the measure's point of view."""
        return None if self.met is None else self.met == self.wanted


def _between(given: Value, ends: Operand) -> bool:
    first, last = ends if isinstance(ends, tuple) else (ends, ends)
    return bool(operator.le(first, given) and operator.le(given, last))


_TESTS: Mapping[Operator, Callable[[Value, Operand], bool]] = {
    Operator.EQUALS: operator.eq,
    Operator.ONE_OF: lambda given, several: isinstance(several, tuple) and given in several,
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
    Operator.MORE_THAN: operator.gt,
    Operator.LESS_THAN: operator.lt,
    Operator.BETWEEN: _between,
    Operator.STARTS_WITH: lambda given, prefix: str(given).startswith(str(prefix)),
    Operator.PRESENT: lambda _given, _yes: True,
}


def judge(condition: Condition, facts: Facts) -> bool | None:
    """Tell whether a condition is met (True), not met (False) or cannot be told (None)."""
    if isinstance(condition, Test):
        return _judge_given(condition, facts.get(condition.fact))
    if isinstance(condition, Not):
        inner = judge(condition.part, facts)
        return None if inner is None else not inner
    decisive = isinstance(condition, Any)
    return _judge_parts(condition.parts, facts, decisive)


def _judge_given(test: Test, given: Value | None) -> bool | None:
    if given is None:
        return False if test.operator is Operator.PRESENT else None
    return _TESTS[test.operator](given, test.operand)


def _judge_parts(parts: tuple[Condition, ...], facts: Facts, decisive: bool) -> bool | None:
    # `any` is decided by the first True, `all` by the first False; unknown only if none decides.
    result: bool | None = not decisive
    for part in parts:
        verdict = judge(part, facts)
        if verdict is decisive:
            return decisive
        if verdict is None:
            result = None
    return result


def findings(condition: Condition, facts: Facts) -> tuple[Finding, ...]:
    """Give every test of the tree with its value and verdict, in the order of the text."""
    found: list[Finding] = []
    _gather(condition, facts, True, found)
    return tuple(found)


def _gather(condition: Condition, facts: Facts, wanted: bool, found: list[Finding]) -> None:
    if isinstance(condition, Test):
        given = facts.get(condition.fact)
        found.append(Finding(condition, given, _judge_given(condition, given), wanted))
    elif isinstance(condition, Not):
        _gather(condition.part, facts, not wanted, found)
    else:
        for part in condition.parts:
            _gather(part, facts, wanted, found)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Give every test of the tree."""
    for finding in findings(condition, {}):
        yield finding.test
