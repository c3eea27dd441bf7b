"""Dated lists of values (nationalities, ports, cities) that clauses read, each value with its days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from guomen.core.policy.conditions import All, Any, Condition, Not, Operator, Test, tests_of
from guomen.core.policy.facts import Value
from guomen.core.policy.measure import Clause
from guomen.core.time import Period


@dataclass(frozen=True, slots=True)
class TableRow:
    """Values that are in a table during a period."""

    values: tuple[Value, ...]
    in_force: Period


@dataclass(frozen=True, slots=True)
class Table:
    """One list with its names and its source; `facts` are those whose values it may list."""

    id: str
    facts: tuple[str, ...]
    names: Mapping[str, str]
    source: str
    confidence: str
    rows: tuple[TableRow, ...]

    def values_on(self, day: date) -> tuple[Value, ...]:
        """Give the values of a day in a fixed order, each once."""
        found = {value for row in self.rows if row.in_force.contains(day) for value in row.values}
        return tuple(sorted(found, key=str))

    def boundaries(self) -> frozenset[date]:
        """Give the days on which the list changes."""
        ends = {row.in_force.until for row in self.rows if row.in_force.until is not None}
        return frozenset({row.in_force.start for row in self.rows} | ends)


Tables = Mapping[str, Table]


def by_states(clause: Clause, tables: Tables) -> tuple[Clause, ...]:
    """Divide a clause at the days on which a table that it reads changes.

    Each part keeps the id and asks for the values of its own days; `since` keeps the first day of
    the whole. A clause that reads no table is given back as it is.
    """
    read = {test.table for test in tests_of(clause.when) if test.table is not None}
    if not read:
        return (clause,)
    within = {day for name in read for day in tables[name].boundaries()}
    return tuple(
        replace(
            clause,
            in_force=part,
            when=_with_values(clause.when, _values_on(part.start, tables)),
            since=clause.in_force.start,
        )
        for part in _parts(clause.in_force, sorted(within))
    )


def _parts(whole: Period, days: Sequence[date]) -> list[Period]:
    inside = [day for day in days if day > whole.start and whole.contains(day)]
    return [
        Period(start, until)
        for start, until in pairwise([whole.start, *inside, whole.until])
        if start is not None
    ]


def states_of(clauses: Sequence[Clause]) -> tuple[tuple[Clause, ...], ...]:
    """Gather the states of each clause of a measure, in the order of their days."""
    return tuple(tuple(states) for _, states in groupby(clauses, key=lambda one: one.id))


def joined(states: Sequence[Clause]) -> Clause:
    """Give a clause as it is written, from its states: tests on a table name it, without values."""
    if states[0].since is None:
        return states[0]
    return replace(
        states[0],
        in_force=Period(states[0].in_force.start, states[-1].in_force.until),
        when=_with_values(states[0].when, lambda _table: ()),
        since=None,
    )


def _values_on(day: date, tables: Tables) -> Callable[[str], tuple[Value, ...]]:
    return lambda table: tables[table].values_on(day)


def _with_values(condition: Condition, values_of: Callable[[str], tuple[Value, ...]]) -> Condition:
    if isinstance(condition, Test):
        if condition.table is None:
            return condition
        values = values_of(condition.table)
        return Test(condition.fact, Operator.ONE_OF, values, condition.table)
    if isinstance(condition, Not):
        return Not(_with_values(condition.part, values_of))
    parts = tuple(_with_values(part, values_of) for part in condition.parts)
    return All(parts) if isinstance(condition, All) else Any(parts)
