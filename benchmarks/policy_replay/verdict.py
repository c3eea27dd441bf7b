"""What a run is held against: the goals, the table for a reader, and the one line for a machine."""

import json
import os
import platform
from collections.abc import Sequence

import duckdb

from benchmarks.policy.verdict import Goal
from benchmarks.policy_replay.contest import Times
from benchmarks.policy_replay.contestants import COLD, GROUPED, LAKE_SQL, PLAIN_SQL, SCAN

NATIONAL = 168_000_000
"""The passages of a half-year, for which the goals were set."""

_SHORT = {
    COLD: "cold",
    GROUPED: "grouped",
    PLAIN_SQL: "plain_sql",
    LAKE_SQL: "lake_sql",
    SCAN: "scan",
}


def ratios(times: Times) -> dict[str, float]:
    """Give what each takes beside DuckDB's SQL on plain files: medians of ratios within a round."""
    return {
        f"{short} / plain_sql": round(times.ratio(name, PLAIN_SQL), 3)
        for name, short in _SHORT.items()
        if name != PLAIN_SQL
    }


def goals(times: Times) -> list[Goal]:
    """Hold what was found on one draft against the goals."""
    over = f"{times.rows:,} rows, {times.draft}"
    return [
        Goal(f"cold / plain SQL, {over}", "<=", 0.8, times.ratio(COLD, PLAIN_SQL)),
        Goal(f"grouped / plain SQL, {over}", "<=", 0.05, times.ratio(GROUPED, PLAIN_SQL)),
    ]


def line(several: Sequence[Times]) -> str:
    """Give the one JSON line; the goals are told of the largest number of rows."""
    largest = _largest(several)
    six = max(largest, key=lambda one: "6 facts" in one.draft)
    return json.dumps(
        {
            "bench": "policy-replay",
            "figure": round(six.median(COLD), 3),
            "unit": f"s for a replay of {six.draft}, over {six.rows:,} passages, nothing grouped",
            "runs": [_told(one) for one in several],
            "goals": [
                {"goal": f"{one.name} {one.sign} {one.wanted:g}"}
                | {"found": round(one.found, 3), "met": one.is_met}
                for times in largest
                for one in goals(times)
            ],
            "goals_set_for_rows": NATIONAL,
            "disagreements": sum(not one.is_equal for one in several),
            "load": [round(one, 1) for one in os.getloadavg()],
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
            f"DuckDB {duckdb.__version__}",
        },
        ensure_ascii=False,
    )


def _told(times: Times) -> dict[str, object]:
    return {
        "rows": times.rows,
        "draft": times.draft,
        "helped": times.acts,
        "is_equal": times.is_equal,
        "ratios": ratios(times),
        "seconds": {short: round(times.median(name), 4) for name, short in _SHORT.items()},
        "rounds": len(times.seconds[COLD]),
    }


def _largest(several: Sequence[Times]) -> list[Times]:
    rows = max(one.rows for one in several)
    return [one for one in several if one.rows == rows]


def table(several: Sequence[Times]) -> str:
    """Give the runs as a table, then the goals."""
    held = [one for times in _largest(several) for one in goals(times)]
    return "".join(
        [
            *(_lines(one) for one in several),
            f"The goals are set for {NATIONAL:,} rows.\n",
            *(
                f"{'met' if one.is_met else 'MISSED':>7}: {one.name} {one.sign} {one.wanted:g}: "
                f"{one.found:.3f}\n"
                for one in held
            ),
        ]
    )


def _lines(times: Times) -> str:
    peer = times.median(PLAIN_SQL)
    agreed = "all counts equal" if times.is_equal else "THE COUNTS DIFFER"
    return f"{times.rows:,} rows; {times.draft}; {times.acts:,} helped; {agreed}\n" + "".join(
        f"{times.median(name):10.3f} s {times.median(name) / peer:8.3f} x  {name}\n"
        for name in times.seconds
    )
