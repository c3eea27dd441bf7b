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

from guomen.apps.policy.lake.files import SQL_TYPES, quoted
from guomen.apps.policy.lake.reaching import Asked, Bound, Reach, places
from guomen.core.policy import Value
from guomen.core.policy.distinct import ValueClass, value_classes
from guomen.core.policy.measure import Measure
from guomen.core.policy.replay import Judge, Verdict, asked_by_fact
from guomen.core.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Sample:
    """One act that a draft touches, by its entry, with the facts that were read."""

    entry: UUID | None
    on: date
    place: str
    group: str
    verdict: Verdict
    facts: Mapping[str, Value]


class Plan:
    """How the acts of a period are grouped for one draft: classes of each fact, and what is skipped."""

    def __init__(self, before: Rulebook, draft: Measure) -> None:
        judge = Judge(before, draft)
        tests = asked_by_fact(before, draft.question)
        for fact, more in asked_by_fact(judge.after, draft.question).items():
            tests = {**tests, fact: tuple(dict.fromkeys((*tests.get(fact, ()), *more)))}
        self.vocabulary = vocabulary = before.vocabulary
        self.judge = judge
        classes = {fact: value_classes(vocabulary[fact], tests[fact]) for fact in sorted(tests)}
        self.reach = Reach(before, draft, classes)
        self.classes = {fact: self.reach.left(fact) for fact in classes}

    def situation(self, key: int) -> dict[str, Value]:
        """Give the facts that stand for a key."""
        found: dict[str, Value] = {}
        for fact, classes in reversed(self.classes.items()):
            key, at = divmod(key, len(classes))
            one = classes[at]
            if one is not None:
                found[fact] = one.stands_for
        return found

    def key(self) -> Asked:
        """Give the SQL of a row's key: each fact's class as a digit of one number.

        A fact of which the filter leaves one class needs no digit, and its column is not read.
        """
        text, bound = "0::BIGINT", Bound()
        for fact, classes in self.classes.items():
            if len(classes) > 1:
                digit = _digit(fact, classes)
                text = f"({text} * {len(classes)} + {digit.text})"
                bound += digit.bound
        return Asked(text, bound)

    def slot(self) -> Asked:
        """Give the SQL of a day's place between the days on which the rules change."""
        days = self.judge.boundaries()
        if not days:
            return Asked("0", [])
        arms = " ".join(f"WHEN _day < ? THEN {at}" for at in range(len(days)))
        return Asked(f"(CASE {arms} ELSE {len(days)} END)", list(days))


def _digit(fact: str, classes: Sequence[ValueClass | None]) -> Asked:
    """Give the SQL of the place of a value's class; whatever no arm holds is in the last class."""
    arms, bound = list[str](), Bound()
    for at, one in enumerate(classes[:-1]):
        arm = _holds(fact, one)
        arms.append(f"WHEN {arm.text} THEN {at}")
        bound += arm.bound
    return Asked(f"(CASE {' '.join(arms)} ELSE {len(classes) - 1} END)", bound)


def _holds(fact: str, one: ValueClass | None) -> Asked:
    column = quoted(fact)
    if one is None:
        return Asked(f"{column} IS NULL", [])
    if one.named:
        return Asked(f"{column} IN ({places(one.named)})", list(one.named))
    if one.below is not None:
        return Asked(f"{column} < ?", [one.below])
    return Asked(f"starts_with({column}, ?)", [one.begins])


def columns_of(lake: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> tuple[str, ...]:
    """Name the columns that any of the files has."""
    rows = lake.execute(
        "SELECT DISTINCT name FROM parquet_schema(?) WHERE type IS NOT NULL", [_paths(files)]
    )
    return tuple(sorted(name for (name,) in rows.fetchall()))


def _acts_of(lake: duckdb.DuckDBPyConnection, plan: Plan, files: Sequence[Path]) -> str:
    """Give the SQL of the acts of some files; a fact that none of them tells has a column of nulls."""
    there = columns_of(lake, files)
    silent = "".join(
        f", NULL::{SQL_TYPES[plan.vocabulary[fact].type]} AS {quoted(fact)}"
        for fact in plan.classes
        if fact not in there
    )
    return f"(SELECT *{silent} FROM read_parquet(?, union_by_name=true))"  # noqa: S608 - names of our own


def _paths(files: Sequence[Path]) -> list[str]:
    return [str(one) for one in files]


def group(lake: duckdb.DuckDBPyConnection, plan: Plan, files: Sequence[Path]) -> None:
    """Add the acts of some files to the table `grouped`: day, place, group, key, number."""
    key, reach = plan.key(), plan.reach.filter()
    lake.execute(
        "CREATE TABLE IF NOT EXISTS grouped "
        "(_day DATE, _place VARCHAR, _group VARCHAR, key BIGINT, n BIGINT)"
    )
    lake.execute(
        f"INSERT INTO grouped SELECT _day, _place, _group, {key.text} AS key, count(*) "  # noqa: S608 - our own text, values bound
        f"FROM {_acts_of(lake, plan, files)} WHERE {reach.text} GROUP BY ALL",
        [*key.bound, _paths(files), *reach.bound],
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
    key, slot, reach = plan.key(), plan.slot(), plan.reach.filter()
    facts = list(plan.classes)
    wanted = "".join(f", {quoted(name)}" for name in facts)
    found = lake.execute(
        f"SELECT _entry, _day, _place, _group, verdict{wanted} FROM "  # noqa: S608 - as above
        f"(SELECT *, {key.text} AS key, {slot.text} AS slot "
        f"FROM {_acts_of(lake, plan, files)} WHERE {reach.text}) "
        "JOIN verdicts USING (key, slot) ORDER BY _entry, _day, _place LIMIT ?",
        [*key.bound, *slot.bound, _paths(files), *reach.bound, most or 2**62],
    ).fetchall()
    return [_sample(row, facts) for row in found]


def _sample(row: Sequence[Any], names: Sequence[str]) -> Sample:
    entry, day, place, group_, verdict, *values = row
    facts = {name: one for name, one in zip(names, values, strict=True) if one is not None}
    return Sample(entry, day, place, group_, Verdict(verdict), facts)
