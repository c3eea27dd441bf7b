"""Days, half-open periods and their codes: the one meaning of "from", "until" and "2023H1"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from guomen.core.refusal import Nature, Refusal


class PeriodUnreadable(Refusal):
    """A period's code is none of 2023, 2023H1, 2023Q2, 2023-06."""

    code = "period.unreadable"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start`, inclusive, to `until`, exclusive; `None` leaves the end open."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.start:
            raise PeriodUnreadable(start=self.start.isoformat(), until=self.until.isoformat())

    def contains(self, day: date) -> bool:
        """Tell whether `day` lies in the period; the day `until` does not."""
        return self.start <= day and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two periods share a day."""
        starts_before = other.until is None or self.start < other.until
        return starts_before and (self.until is None or other.start < self.until)

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people say it ("until 31 December inclusive")."""
        return None if self.until is None else self.until - timedelta(days=1)


_CODE = re.compile(
    r"(?P<year>\d{4})(?:(?P<kind>[HQ])(?P<part>[1-4])|-(?P<month>\d{2}))?\Z", re.ASCII
)
_MONTHS = {"H": 6, "Q": 3}


def parse_period(code: str) -> Period:
    """Read `2023`, `2023H1`, `2023Q2` or `2023-06`; refuse anything else."""
    found = _CODE.match(code)
    if found is None:
        raise PeriodUnreadable(given=code)
    first, months = _first_month_and_length(found, code)
    year = int(found["year"])
    try:
        start = date(year, first, 1)
        last = first + months - 1
        until = date(year + last // 12, last % 12 + 1, 1)
    except ValueError:
        raise PeriodUnreadable(given=code) from None
    return Period(start, until)


def _first_month_and_length(found: re.Match[str], code: str) -> tuple[int, int]:
    if found["month"]:
        return int(found["month"]), 1
    if not found["kind"]:
        return 1, 12
    months = _MONTHS[found["kind"]]
    first = (int(found["part"]) - 1) * months + 1
    if first > 12:
        raise PeriodUnreadable(given=code)
    return first, months


def year_before(code: str) -> str:
    """Give the code of the same period one year earlier, for 同比 (year-on-year)."""
    parse_period(code)
    return f"{int(code[:4]) - 1:04d}{code[4:]}"


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Give the calendar day of `instant` in the jurisdiction's zone.

    A day there begins at its own midnight; an instant without a zone is refused, because it would
    be read differently on every machine, and so is one whose day there lies beyond the calendar.
    """
    if instant.tzinfo is None:
        raise PeriodUnreadable(given=instant.isoformat(), why="no time zone")
    try:
        return instant.astimezone(zone).date()
    except OverflowError:
        why = "beyond the calendar"
        raise PeriodUnreadable(given=instant.isoformat(), why=why) from None


def age_on(birth_date: date, day: date) -> int:
    """Count completed years; who is born on 29 February completes them on 1 March."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday
