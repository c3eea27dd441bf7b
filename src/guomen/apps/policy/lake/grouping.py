"""Finds the distinct situations among recorded decisions, and counts acts by them.

DuckDB scans and counts; what a situation means is decided elsewhere, once for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb

from guomen.apps.policy.lake.files import quoted
from guomen.core.policy import Operator, Value, Vocabulary
from guomen.core.policy.distinct import ValueClass, value_classes
from guomen.core.policy.measure import Measure
from guomen.core.policy.normal_form import Literal
from guomen.core.policy.replay import Judge, Verdict, asked_by_fact, reach
from guomen.core.policy.rulebook import Rulebook

Bound = list[object]
"""Values for the places of an SQL text, in their order."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One act that a draft touches, by its entry, with the facts that were read."""

    entry: UUID | None
    on: date
    place: str
    group: str
    verdict: Verdict
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Asked:
    """SQL with the values bound to it."""

    text: str
    bound: Bound


class Plan:
    """How the acts of a period are grouped for one draft: classes of each fact, and what is skipped."""

    def __init__(self, before: Rulebook, draft: Measure, columns: Sequence[str]) -> None:
        judge = Judge(before, draft)
        tests = asked_by_fact(before, draft.question)
        for fact, more in asked_by_fact(judge.after, draft.question).items():
            tests = {**tests, fact: tuple(dict.fromkeys((*tests.get(fact, ()), *more)))}
        vocabulary = before.vocabulary
        self.judge = judge
        self.classes = {
            fact: value_classes(vocabulary[fact], tests[fact])
            for fact in sorted(tests)
            if fact in columns
        }
        self.reach = _reach(before, draft, columns)

    def situation(self, key: int) -> dict[str, Value]:
        """Give the facts that stand for a key."""
        found: dict[str, Value] = {}
        for fact, classes in reversed(self.classes.items()):
            key, at = divmod(key, len(classes) + 1)
            if at:
                found[fact] = classes[at - 1].stands_for
        return found

    def key(self) -> Asked:
        """Give the SQL of a row's key: each fact's class as a digit of one number."""
        text, bound = "0::BIGINT", Bound()
        for fact, classes in self.classes.items():
            digit = _digit(fact, classes)
            text = f"({text} * {len(classes) + 1} + {digit.text})"
            bound += digit.bound
        return Asked(text, bound)

    def slot(self) -> Asked:
        """Give the SQL of a day's place between the days on which the rules change."""
        days = self.judge.boundaries()
        if not days:
            return Asked("0", [])
        arms = " ".join(f"WHEN _day < ? THEN {at}" for at in range(len(days)))
        return Asked(f"(CASE {arms} ELSE {len(days)} END)", list(days))


def _digit(fact: str, classes: Sequence[ValueClass]) -> Asked:
    """0 for a missing fact, else the number of the class that holds the value."""
    column, bound = quoted(fact), Bound()
    arms = [f"WHEN {column} IS NULL THEN 0"]
    for at, one in enumerate(classes, 1):
        if one.named:
            arms.append(f"WHEN {column} IN ({_places(one.named)}) THEN {at}")
            bound += one.named
        elif one.below is not None:
            arms.append(f"WHEN {column} < ? THEN {at}")
            bound.append(one.below)
        elif one.begins is not None:
            arms.append(f"WHEN starts_with({column}, ?) THEN {at}")
            bound.append(one.begins)
        else:
            arms.append(f"ELSE {at}")
    return Asked(f"(CASE {' '.join(arms)} END)", bound)


def _places(values: Sequence[Value]) -> str:
    return ", ".join("?" * len(values))


def _reach(before: Rulebook, draft: Measure, columns: Sequence[str]) -> Asked:
    """Give the SQL that keeps every act the draft can touch, and as few others as is easy."""
    texts, bound = [], Bound()
    for literals in reach(before, draft):
        asked = [_kept(one, before.vocabulary, columns) for one in literals]
        parts = [one for one in asked if one is not None]
        texts.append(" AND ".join(one.text for one in parts) or "TRUE")
        bound += [value for one in parts for value in one.bound]
    return Asked("(" + (" OR ".join(f"({one})" for one in texts) or "FALSE") + ")", bound)


_COMPARED = {
    Operator.EQUALS: "=",
    Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}


def _kept(literal: Literal, vocabulary: Vocabulary, columns: Sequence[str]) -> Asked | None:
    """Give a required test as a filter; None where silence has a meaning or the test is no scan's."""
    test = literal.test
    if vocabulary[test.fact].absent is not None:
        return None
    if test.fact not in columns:
        return Asked("FALSE", [])
    several = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.operator is Operator.ONE_OF:
        text = f"{quoted(test.fact)} IN ({_places(several)})" if several else "FALSE"
        return Asked(text, list(several))
    if test.operator is Operator.BETWEEN:
        return Asked(f"{quoted(test.fact)} BETWEEN ? AND ?", list(several))
    sign = _COMPARED.get(test.operator)
    return Asked(f"{quoted(test.fact)} {sign} ?", list(several)) if sign else None


def columns_of(lake: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> tuple[str, ...]:
    """Name the columns that any of the files has."""
    rows = lake.execute(
        "SELECT DISTINCT name FROM parquet_schema(?) WHERE type IS NOT NULL", [_paths(files)]
    )
    return tuple(sorted(name for (name,) in rows.fetchall()))


def _paths(files: Sequence[Path]) -> list[str]:
    return [str(one) for one in files]


def group(lake: duckdb.DuckDBPyConnection, plan: Plan, files: Sequence[Path]) -> None:
    """Add the acts of some files to the table `grouped`: day, place, group, key, number."""
    key = plan.key()
    lake.execute(
        "CREATE TABLE IF NOT EXISTS grouped "
        "(_day DATE, _place VARCHAR, _group VARCHAR, key BIGINT, n BIGINT)"
    )
    lake.execute(
        f"INSERT INTO grouped SELECT _day, _place, _group, {key.text} AS key, count(*) "  # noqa: S608 - our own text, values bound
        f"FROM read_parquet(?, union_by_name=true) WHERE {plan.reach.text} GROUP BY ALL",
        [*key.bound, _paths(files), *plan.reach.bound],
    )


def decide_situations(lake: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """Decide each distinct situation of `grouped` once; give their number.

    Leaves the table `verdicts`: key, slot, verdict; those that stay the same are left out.
    """
    slot = plan.slot()
    rows = lake.execute(
        f"SELECT key, {slot.text} AS slot, min(_day) FROM grouped GROUP BY ALL ORDER BY ALL",  # noqa: S608 - as above
        slot.bound,
    ).fetchall()
    judged = [
        (key, at, plan.judge.verdict(plan.situation(key), day).value) for key, at, day in rows
    ]
    changed = [one for one in judged if one[2] != Verdict.SAME]
    keys, slots, verdicts = ([one[at] for one in changed] for at in range(3))
    lake.execute(
        "CREATE OR REPLACE TABLE verdicts AS SELECT unnest(?::BIGINT[]) AS key, "
        "unnest(?::INTEGER[]) AS slot, unnest(?::VARCHAR[]) AS verdict",
        [keys, slots, verdicts],
    )
    return len(rows)


def headings(
    lake: duckdb.DuckDBPyConnection, plan: Plan
) -> list[tuple[str, date | None, str | None, str | None, int]]:
    """Count the acts that change: in all, by day, by place and by group."""
    slot = plan.slot()
    return lake.execute(
        f"SELECT verdict, _day, _place, _group, sum(n)::BIGINT FROM "  # noqa: S608 - as above
        f"(SELECT *, {slot.text} AS slot FROM grouped) JOIN verdicts USING (key, slot) "
        "GROUP BY GROUPING SETS ((verdict), (verdict, _day), (verdict, _place), (verdict, _group))",
        slot.bound,
    ).fetchall()


def samples(
    lake: duckdb.DuckDBPyConnection, plan: Plan, files: Sequence[Path], most: int | None
) -> list[Sample]:
    """Give acts that change, in the order of their entries (which are random); all with None."""
    key, slot = plan.key(), plan.slot()
    facts = list(plan.classes)
    wanted = "".join(f", {quoted(name)}" for name in facts)
    found = lake.execute(
        f"SELECT _entry, _day, _place, _group, verdict{wanted} FROM "  # noqa: S608 - as above
        f"(SELECT *, {key.text} AS key, {slot.text} AS slot "
        f"FROM read_parquet(?, union_by_name=true) WHERE {plan.reach.text}) "
        "JOIN verdicts USING (key, slot) ORDER BY _entry, _day, _place LIMIT ?",
        [*key.bound, *slot.bound, _paths(files), *plan.reach.bound, most or 2**62],
    ).fetchall()
    return [_sample(row, facts) for row in found]


def _sample(row: Sequence[Any], names: Sequence[str]) -> Sample:
    entry, day, place, group_, verdict, *values = row
    facts = {name: one for name, one in zip(names, values, strict=True) if one is not None}
    return Sample(entry, day, place, group_, Verdict(verdict), facts)
