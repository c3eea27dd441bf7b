"""Days and times of a message (DTM, code list 2379), and which two-digit year is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from guomen.core.messages.findings import Finding, shape
from guomen.core.messages.segments import Segment
from guomen.core.two_digit_years import birth_date, nearby_date

_LENGTHS = {"101": 6, "102": 8, "201": 10, "202": 12, "203": 12, "204": 14}
_LONG_YEAR = {"102", "203", "204"}
_BY_LENGTH = {6: "101", 8: "102", 10: "201", 12: "203", 14: "204"}

Years = Callable[[str, date], date | None]
"""How six digits become a day: as a birth, or as the day nearest to the reading."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time of day where one is given."""

    day: date
    at: time | None = None


def read_moment(
    segment: Segment, on: date, usual: str, findings: list[Finding], years: Years = nearby_date
) -> Moment | None:
    """Read the moment of a DTM segment; an empty one is told and gives None.

    `usual` is the format that the field has. Another one is told, so is one that is not named; what
    names no moment is refused with its place.
    """
    given, form = segment.at(1, 2), segment.at(1, 3)
    if len(segment.elements[1]) == 4 and form.isdigit() and segment.at(1, 4) in _LENGTHS:
        given, form = given + form, segment.at(1, 4)
        findings.append(segment.told("date_format", found="9:9", assumed=form))
    if not given:
        findings.append(segment.told("date_empty"))
        return None
    used = form if form in _LENGTHS else _BY_LENGTH.get(len(given), "")
    # Births and documents go without a format; elsewhere it has to be named.
    if used != usual or (form != used and (form or usual != "101")):
        findings.append(segment.told("date_format", found=form or shape(given), assumed=used))
    moment = _moment(given, used, on, years)
    if moment is None:
        raise segment.unreadable("date", 2, 2, found=shape(given), format=used or usual)
    return moment


def read_birth(segment: Segment, on: date, findings: list[Finding]) -> date | None:
    """Read a birth date: YYMMDD as the latest such day; a day after `on` is refused.

    Month and day written as zeros are unknown (told, and None).
    """
    given = segment.at(1, 2)
    if len(given) in (6, 8) and given.isdigit() and given.endswith("00"):
        findings.append(segment.told("birth_incomplete", found=shape(given)))
        return None
    moment = read_moment(segment, on, "101", findings, birth_date)
    if moment is not None and moment.day > on:
        raise segment.unreadable("birth_in_future", 2, 2, found=shape(given))
    return moment.day if moment else None


def read_preparation(segment: Segment, element: int, on: date) -> tuple[date | None, time | None]:
    """Read a service segment's date (YYMMDD or CCYYMMDD) and time (HHMM); None where there is none."""
    day, at = segment.at(element), segment.at(element, 2)
    if not day:
        return None, None
    moment = _moment(day + at, _BY_LENGTH.get(len(day + at), ""), on, nearby_date)
    if len(day) == 8 and len(at) == 4:
        moment = _moment(day + at, "203", on, nearby_date)
    if moment is None:
        raise segment.unreadable("date", element + 1, 1, found=shape(f"{day}:{at}"), format="101")
    return moment.day, moment.at


def _moment(given: str, form: str, on: date, years: Years) -> Moment | None:
    if len(given) != _LENGTHS.get(form) or not (given.isascii() and given.isdigit()):
        return None
    long_year = form in _LONG_YEAR
    digits, rest = (given[:8], given[8:]) if long_year else (given[:6], given[6:])
    try:
        day = date.fromisoformat(digits) if long_year else years(digits, on)
        if day is None:
            return None
        at = time(int(rest[:2]), int(rest[2:4]), int(rest[4:] or 0)) if rest else None
    except ValueError:
        return None
    return Moment(day, at)
