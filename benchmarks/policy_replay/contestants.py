"""Who answers: the replay, with and without a grouping kept, DuckDB's SQL, and a mere scan.

All but the scan give how many acts a draft helps: in all, by day, by place and by group.
"""

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.policy_replay.drafts import Draft
from benchmarks.policy_replay.passages import FIRST, UNTIL, Passages
from guomen.apps.policy.lake import replay_over
from guomen.apps.policy.lake.files import quoted
from guomen.core.policy.replay import Counts, Verdict

COLD = "replay, nothing grouped before"
GROUPED = "replay, grouped before"
PLAIN_SQL = "DuckDB SQL on plain files"
LAKE_SQL = "DuckDB SQL on the lake's files"
SCAN = "scan roof: max() of the same columns of the plain files"

Answer = Mapping[tuple[str, str | date], int]
"""Acts helped by heading ("all", "day", "place" or "group") and its value."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of a wall clock, and the answer; None from one who only reads."""

    seconds: float
    answer: Answer | None


Contestant = Callable[[Passages, Draft], Timed]


def _replayed(passages: Passages, draft: Draft) -> Timed:
    began = time.perf_counter()
    found = replay_over(passages.lake, draft.before, draft.measure, start=FIRST, until=UNTIL)
    seconds = time.perf_counter() - began
    told = found.replay
    answer: Answer = {
        ("all", ""): told.totals.get(Verdict.HELPED, 0),
        **_helped("day", told.by_day),
        **_helped("place", told.by_place),
        **_helped("group", told.by_group),
    }
    return Timed(seconds, answer)


def _helped(heading: str, several: Mapping[str, Counts] | Mapping[date, Counts]) -> Answer:
    return {(heading, value): counts[Verdict.HELPED] for value, counts in several.items()}


def _replayed_anew(passages: Passages, draft: Draft) -> Timed:
    shutil.rmtree(passages.lake.folder / "grouped", ignore_errors=True)
    return _replayed(passages, draft)


def _asked(files: Sequence[Path], draft: Draft) -> Timed:
    # Each place on each day first, then the headings of those few rows: faster than sets over all.
    sql = (
        f"WITH met AS (SELECT _day, _place, _group, count(*) AS n FROM read_parquet(?) "
        f"WHERE {draft.asks} AND ({draft.asked_before}) IS NOT TRUE GROUP BY ALL) "
        "SELECT _day, _place, _group, coalesce(sum(n), 0)::BIGINT FROM met "
        "GROUP BY GROUPING SETS ((), (_day), (_place), (_group))"
    )
    began = time.perf_counter()
    with duckdb.connect() as store:  # within the time, as the replay's own connection is
        rows = store.execute(sql, [[str(one) for one in files]]).fetchall()
    return Timed(time.perf_counter() - began, {_heading(*row): n for *row, n in rows})


def _heading(day: date | None, place: str | None, group: str | None) -> tuple[str, str | date]:
    if day is not None:
        return "day", day
    if place is not None:
        return "place", place
    return ("all", "") if group is None else ("group", group)


def _scanned(passages: Passages, draft: Draft) -> Timed:
    columns = ("_day", "_place", "_group", *draft.facts)
    read = ", ".join(f"max({quoted(name)})" for name in columns)
    began = time.perf_counter()
    with duckdb.connect() as store:
        store.execute(
            f"SELECT {read} FROM read_parquet(?)", [[str(one) for one in passages.plain]]
        ).fetchall()
    return Timed(time.perf_counter() - began, None)


CONTESTANTS: Mapping[str, Contestant] = {
    COLD: _replayed_anew,
    GROUPED: _replayed,
    PLAIN_SQL: lambda passages, draft: _asked(passages.plain, draft),
    LAKE_SQL: lambda passages, draft: _asked(passages.ours, draft),
    SCAN: _scanned,
}
"""In the order in which a round runs them: what was grouped before is what the first left."""
