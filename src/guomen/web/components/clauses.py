"""The clauses of a measure in words; one that reads a dated table stands once, with its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guomen.core.policy import Clause, Measure, Test, Value
from guomen.core.policy.conditions import tests_of
from guomen.core.policy.tables import Table, TableRow, joined, states_of
from guomen.jurisdiction import Jurisdiction
from guomen.language.amounts import say_several
from guomen.language.sentences import say_effect, say_value
from guomen.web.components.conditions import Line, lines_of


@dataclass(frozen=True, slots=True)
class RowShown:
    """Values of a table in words, with their first and last day."""

    values: str
    start: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class TableShown:
    """A dated table that a clause reads."""

    table: Table
    rows: tuple[RowShown, ...]


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """One clause with its condition and its effect in words, and the tables that it reads."""

    clause: Clause
    conditions: tuple[Line, ...]
    effect: tuple[str, ...]
    tables: tuple[TableShown, ...]


def clauses_shown(measure: Measure, pack: Jurisdiction, tag: str) -> list[ClauseShown]:
    """Say the clauses of a measure in the order of their days."""
    return [_clause(states, pack, tag) for states in states_of(measure.clauses)]


def _clause(states: Sequence[Clause], pack: Jurisdiction, tag: str) -> ClauseShown:
    clause = joined(states)
    effect = tuple(say_effect(*one, tag, pack) for one in clause.effect.items())
    tables = tuple(_tables(clause, pack, tag))
    return ClauseShown(clause, lines_of(clause.when, pack, tag), effect, tables)


def _tables(clause: Clause, pack: Jurisdiction, tag: str) -> Iterator[TableShown]:
    read = {test.table: test for test in tests_of(clause.when) if test.table is not None}
    for name, test in read.items():
        table = pack.tables[name]
        rows = tuple(_row(row, test, pack, tag) for row in table.rows)
        yield TableShown(table, rows)


def _row(row: TableRow, test: Test, pack: Jurisdiction, tag: str) -> RowShown:
    declared = pack.rulebook.vocabulary[test.fact]

    def said(value: Value) -> str:
        return say_value(value, declared, tag)

    values = say_several(map(said, row.values), tag)
    return RowShown(values, row.in_force.start, row.in_force.last_day)
