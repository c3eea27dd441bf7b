"""Decides again what was decided, with the rulebook that each act names and the facts it kept."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import duckdb

from guomen.apps.policy.lake.files import OWN_COLUMNS, Lake, quoted
from guomen.apps.policy.lake.grouping import columns_of
from guomen.core.policy import Facts, Rulebook, decide

RulebookNamed = Callable[[str], Rulebook | None]
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An act that comes out otherwise today; `again` None: its rulebook is not there."""

    entry: UUID | None
    on: date
    question: str
    recorded: tuple[str | None, str | None]
    again: tuple[str | None, str | None] | None
    count: int


@dataclass(frozen=True, slots=True)
class Redecided:
    """How many acts and answers were decided again, and those that differ."""

    acts: int
    answers: int
    differing: tuple[Disagreement, ...]


def redecide(lake: Lake, start: date, until: date, named: RulebookNamed) -> Redecided:
    """Decide every recorded answer of these days (half-open) again and compare."""
    acts, answers, differing = 0, 0, list[Disagreement]()
    for row in _situations(lake, start, until):
        acts += row.count
        for question, measure, clause in row.asked:
            answers += row.count
            again = _again(named(row.rulebook), question, row)
            if again != (measure, clause):
                differing.append(
                    Disagreement(row.entry, row.on, question, (measure, clause), again, row.count)
                )
    return Redecided(acts, answers, tuple(differing))


@dataclass(frozen=True, slots=True)
class _Row:
    """Acts in the same situation on a day, one of their entries, and what they were told."""

    on: date
    rulebook: str
    asked: Sequence[tuple[str, str | None, str | None]]
    entry: UUID | None
    count: int
    facts: Facts


def _again(
    rulebook: Rulebook | None, question: str, row: _Row
) -> tuple[str | None, str | None] | None:
    if rulebook is None:
        return None
    found = decide(rulebook, question, row.facts, row.on, explain=False)
    return found.measure, found.clause


def _situations(lake: Lake, start: date, until: date) -> Iterator[_Row]:
    for file in lake.files(start, until):
        with closing(duckdb.connect()) as store:
            names = [one for one in columns_of(store, [file]) if one not in OWN_COLUMNS]
            facts = "".join(f", {quoted(name)}" for name in names)
            found = store.execute(
                f"SELECT _day, _rulebook, _asked, min(_entry), count(*){facts} "  # noqa: S608 - names of our own
                "FROM read_parquet(?) GROUP BY ALL ORDER BY ALL",
                [str(file)],
            )
            while rows := found.fetchmany(_ROWS_AT_ONCE):
                yield from (_row(one, names) for one in rows)


def _row(row: Sequence[Any], names: Sequence[str]) -> _Row:
    day, rulebook, asked, entry, count, *values = row
    facts = {name: one for name, one in zip(names, values, strict=True) if one is not None}
    return _Row(day, rulebook, [tuple(one) for one in json.loads(asked)], entry, count, facts)
