"""Over which days a draft can be replayed, and which of them are proposed."""

from collections.abc import Iterable
from datetime import date, timedelta

from guomen.core.policy import Measure
from guomen.core.time import Period

HALF_YEAR = timedelta(days=182)


def closed_days(recorded: Period | None, today: date) -> Period | None:
    """Give the days with records that are over; None when there is none."""
    if recorded is None or recorded.start >= today:
        return None
    until = recorded.until or today
    return Period(recorded.start, min(until, today))


def proposed_days(closed: Period | None, draft: Measure, today: date) -> Period:
    """Propose the latest half-year of records in which the draft is in force, else the latest.

    Without any record it is the half-year before today.
    """
    if closed is None:
        return Period(today - HALF_YEAR, today)
    shared = [_shared(closed, clause.in_force) for clause in draft.clauses]
    ends = [one.until for one in shared if one is not None and one.until is not None]
    starts = [one.start for one in shared if one is not None]
    until = max(ends, default=closed.until or today)
    return Period(max(min(starts, default=closed.start), until - HALF_YEAR), until)


def in_force_on_any(draft: Measure, days: Period) -> bool:
    """Tell whether any clause of the draft holds on one of these days."""
    return any(clause.in_force.overlaps(days) for clause in draft.clauses)


def _shared(one: Period, other: Period) -> Period | None:
    if not one.overlaps(other):
        return None
    ends: Iterable[date] = [end for end in (one.until, other.until) if end is not None]
    return Period(max(one.start, other.start), min(ends, default=None))
