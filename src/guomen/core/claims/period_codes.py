"""Keeps the codes of calendar periods (2023H1) and which of them a claim can mean."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from guomen.core.claims.claim import ClaimPeriod

CALENDAR_KINDS: Final = frozenset({"half_year", "year", "quarter", "quarters", "month"})
_CODES: Final = {
    "half_year": "{year}H{part}",
    "year": "{year}",
    "quarter": "{year}Q{part}",
    "quarters": "{year}Q1-{part}",
    "month": "{year}-{part:02d}",
}
_MONTHS: Final = {"half_year": 6, "quarter": 3, "quarters": 3, "month": 1}


def code_of(period: ClaimPeriod, year: int) -> str:
    """The code of a claim's period in a given year; refused with KeyError for no calendar kind."""
    return _CODES[period.kind].format(year=year, part=period.part or 0)


def year_meant(period: ClaimPeriod, published: date | None) -> int | None:
    """The year the words mean: printed, else relative to publication, else the last ended.

    None where no year is printed and the day of publication is not known.
    """
    if period.year is not None or published is None:
        return period.year
    if period.relative is not None:
        return published.year + period.relative
    last_month = _MONTHS.get(period.kind, 12) * (period.part or 1)
    return published.year if published.month > last_month else published.year - 1


def years_on_record(period: ClaimPeriod, codes: Iterable[str]) -> tuple[int, ...]:
    """The years, latest first, in which a period of the same kind and part is on record."""
    years = {int(code[:4]) for code in codes if code[:4].isdecimal()}
    present = frozenset(codes)
    return tuple(sorted((y for y in years if code_of(period, y) in present), reverse=True))


def base_code(code: str, comparison: str) -> str | None:
    """The code of the period a change compares with; None where no base is stated.

    comparison: yoy (a year before), qoq (the period before), vs_<year> (same period then).
    """
    year, rest = int(code[:4]), code[4:]
    if comparison == "yoy":
        return f"{year - 1}{rest}"
    if comparison.startswith("vs_"):
        return f"{comparison.removeprefix('vs_')}{rest}"
    return _previous(year, rest) if comparison == "qoq" else None


def _previous(year: int, rest: str) -> str | None:
    """The half, quarter or month before; 前三季度 has none."""
    if not rest:
        return str(year - 1)
    mark, number = rest[0], rest[1:]
    if not number.isdecimal():
        return None
    last = {"H": 2, "Q": 4, "-": 12}[mark]
    earlier = int(number) - 1
    code = f"{year - (earlier == 0):04d}{mark}"
    return code + format(earlier or last, "02d" if mark == "-" else "d")
