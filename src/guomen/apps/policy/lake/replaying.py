"""Replays a draft over the lake: groups, decides each situation once, and counts what changes.

What was grouped is kept beside the files, so that the next replay that reads the same facts in the
same way need not scan them again.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from guomen.apps.policy.lake import grouping
from guomen.apps.policy.lake.files import Lake, literal
from guomen.core.canonical import Json, digest
from guomen.core.policy.measure import Measure
from guomen.core.policy.replay import Counts, Replay
from guomen.core.policy.rulebook import Rulebook

SAMPLE = 20
_FILES_AT_ONCE = 31
"""A month's files are scanned together; after each the progress is told."""

_KEPT = 32
"""So many groupings are kept; the one used longest ago makes room."""

Progress = Callable[[int, int], bool]
"""Told how many of how many days are grouped; False asks to stop."""


class Stopped(Exception):
    """The one who waits for a replay asked it to stop."""


@dataclass(frozen=True, slots=True)
class LakeReplay:
    """A replay with some of the acts it touches. `grouped_before`: nothing had to be scanned."""

    replay: Replay
    samples: tuple[grouping.Sample, ...]
    grouped_before: bool


def go_on(_done: int, _of: int) -> bool:
    """Let a replay run to its end."""
    return True


def replay_over(
    lake: Lake,
    before: Rulebook,
    draft: Measure,
    *,
    start: date,
    until: date,
    progress: Progress = go_on,
    most: int | None = SAMPLE,
) -> LakeReplay:
    """Replay a draft over the days from `start` until `until` (half-open) that the lake holds.

    `most`: how many of the acts that change are given with their facts; None for all.
    """
    files = lake.files(start, until)
    with closing(duckdb.connect()) as store:
        # The end of each file tells its columns, where its acts lie and how many: read it once.
        store.execute("SET parquet_metadata_cache = true")
        plan = grouping.Plan(before, draft)
        kept = _kept(lake, plan, files)
        grouped_before = kept.exists()
        if grouped_before:
            acts = _take(store, kept)
        else:
            _group_all(store, plan, files, progress)
            acts = _acts(store, files)
            _keep(store, kept, acts)
        situations = grouping.decide_situations(store, plan)
        replay = _counted(grouping.headings(store, plan), acts, situations)
        sampled = _sampled(files, replay.by_day, most)
        found = grouping.samples(store, plan, sampled, most) if sampled else []
        return LakeReplay(replay, tuple(found), grouped_before)


def _sampled(files: Sequence[Path], changed: Mapping[date, Counts], most: int | None) -> list[Path]:
    """Give the files of days that hold `most` acts that change, and no more days than that takes.

    The days come in the order of their digests, so that a sample is not always of the first ones.
    """
    wanted, held = set[date](), 0
    for day in sorted(changed, key=lambda one: digest(one.isoformat())):
        if most is None or held < most:
            wanted.add(day)
            held += sum(changed[day].values())
    return [one for one in files if date.fromisoformat(one.stem) in wanted]


def _kept(lake: Lake, plan: grouping.Plan, files: Sequence[Path]) -> Path:
    key, bounds = plan.key(), plan.reach.filter()
    told: dict[str, Json] = {
        "files": [[one.name, one.stat().st_size, one.stat().st_mtime_ns] for one in files],
        "key": [key.text, [str(value) for value in key.bound]],
        "reach": [bounds.text, [str(value) for value in bounds.bound]],
    }
    return lake.folder / "grouped" / f"{digest(told)}.parquet"


def _group_all(
    store: duckdb.DuckDBPyConnection,
    plan: grouping.Plan,
    files: Sequence[Path],
    progress: Progress,
) -> None:
    store.execute(
        "CREATE TABLE grouped (_day DATE, _place VARCHAR, _group VARCHAR, key BIGINT, n BIGINT)"
    )
    for at in range(0, len(files), _FILES_AT_ONCE):
        if not progress(at, len(files)):
            raise Stopped
        grouping.group(store, plan, files[at : at + _FILES_AT_ONCE])
    progress(len(files), len(files))


def _keep(store: duckdb.DuckDBPyConnection, kept: Path, acts: int) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_suffix(f".{os.getpid()}.part")
    # With the number of all acts, so that a later replay need not open a single day's file for it.
    told = f"KV_METADATA {{acts: '{acts}'}}"
    store.execute(f"COPY grouped TO '{literal(made)}' (FORMAT parquet, COMPRESSION zstd, {told})")
    os.replace(made, kept)
    by_use = sorted(kept.parent.glob("*.parquet"), key=lambda one: one.stat().st_mtime)
    for one in by_use[:-_KEPT]:
        one.unlink(missing_ok=True)


def _take(store: duckdb.DuckDBPyConnection, kept: Path) -> int:
    """Let `grouped` be what was kept, and give the number of all acts."""
    os.utime(kept)
    # Read twice where it lies: that is quicker than to make a table of it first.
    store.execute(f"CREATE VIEW grouped AS SELECT * FROM read_parquet('{literal(kept)}')")  # noqa: S608 - a path of our own
    told = store.execute(
        "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'acts'", [str(kept)]
    ).fetchone()
    return int(told[0]) if told else 0


def _acts(store: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> int:
    if not files:
        return 0
    found = store.execute(
        "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(?)", [[str(one) for one in files]]
    ).fetchone()
    return int(found[0]) if found else 0


def _counted(
    rows: Sequence[tuple[str, date | None, str | None, str | None, int]], acts: int, situations: int
) -> Replay:
    totals: dict[str, int] = {}
    days: dict[date, dict[str, int]] = {}
    places: dict[str, dict[str, int]] = {}
    groups: dict[str, dict[str, int]] = {}
    for verdict, day, place, group, count in rows:
        if day is not None:
            days.setdefault(day, {})[verdict] = count
        elif place is not None:
            places.setdefault(place, {})[verdict] = count
        elif group is not None:
            groups.setdefault(group, {})[verdict] = count
        else:
            totals[verdict] = count
    return Replay(acts, situations, totals, places, days, groups)
