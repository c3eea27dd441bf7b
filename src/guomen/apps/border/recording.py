"""Keeps the lake of recorded passages in step with the rows: a day is written again when it grew."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from guomen.apps.border.queries import passages_by_day, recorded_decisions
from guomen.apps.policy.lake import Lake
from guomen.jurisdiction import Jurisdiction

Progress = Callable[[int, int], bool]
"""Told how many of how many days are in the lake; False asks to stop."""


def passages_lake(folder: Path) -> Lake:
    """Give the lake of passages within an installation's lake folder."""
    return Lake(folder / "passages")


def fill_lake(
    lake: Lake, *, start: date, until: date, jurisdiction: Jurisdiction, progress: Progress
) -> bool:
    """Write what the lake lacks of the days from `start` until `until` (half-open).

    Gives False when it was asked to stop; what is written stays, so the next call goes on there.
    """
    zone, vocabulary = jurisdiction.zone, jurisdiction.rulebook.vocabulary
    days = (until - start).days
    for done, (day, rows) in enumerate(passages_by_day(start=start, until=until, zone=zone)):
        if not progress(done, days):
            return False
        if rows != (lake.rows(day) or 0):
            lake.write(day, recorded_decisions(day=day, zone=zone), vocabulary)
    progress(days, days)
    return True
