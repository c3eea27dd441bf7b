"""What a cell of a table says: days, times, states and words, each mended or told with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from guomen.core.messages.findings import shape
from guomen.core.messages.headings import folded
from guomen.core.travel_documents import state_code

Value = object
"""A cell as a file's reader gives it: a text, a number, a day, a time, or nothing."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]00:00(?::00)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
_NAMED = re.compile(r"(\d{1,2})[- /.]*([A-Za-z]{3})[a-z]*[- /.,]*(\d{4})")
_TIME = re.compile(r"(\d{1,2})[:.hH时時]?(\d{2})(?::(\d{2}))?分?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFinding:
    """What is wrong in a cell, or was assumed: row from 1 and column as in the file.

    `found` shows the shape of what may be personal. `grave`: the row is left out until it is mended.
    """

    code: str
    row: int
    column: str
    field: str
    found: str = ""
    assumed: str = ""
    grave: bool = True


class CellUnreadable(Exception):
    """A cell does not say what its column is for; caught where the row is read."""

    def __init__(self, code: str, found: str = "") -> None:
        self.code, self.found = code, found
        super().__init__(code)


def text_of(value: Value) -> str:
    """Give a cell's text: blanks folded, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def day_of(value: Value) -> date | None:
    """Read a day with a year of four digits; where day and month may be exchanged, ask."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    if not text:
        return None
    year, month, day = _parts(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise CellUnreadable("date", shape(text)) from None


def _parts(text: str) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NAMED.fullmatch(text):
        if found[2].lower() not in _MONTHS:
            raise CellUnreadable("date", shape(text))
        return int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])
    if found := _DAY_FIRST.fullmatch(text):
        return _day_first(found)
    raise CellUnreadable("date", shape(text))


def _day_first(found: re.Match[str]) -> tuple[int, int, int]:
    # With points the day comes first everywhere; with strokes it depends on who writes.
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first == second or first > 12:
        return year, second, first
    if second > 12:
        return year, first, second
    raise CellUnreadable("date_ambiguous", shape(found[0]))


def time_of(value: Value) -> time | None:
    """Read a time of day, such as 06:20, 0620 or 6h20."""
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    text = text_of(value)
    if not text:
        return None
    found = _TIME.fullmatch(text)
    try:
        if found:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        pass
    raise CellUnreadable("time", shape(text))


def word_of(value: Value, words: Mapping[str, str], code: str) -> str:
    """Give what a word means; empty for an empty cell."""
    text = text_of(value)
    if not text:
        return ""
    meaning = words.get(folded(text))
    if meaning is None:
        raise CellUnreadable(code, shape(text))
    return meaning


def state_of(value: Value, states: Mapping[str, str]) -> str:
    """Give the three letters of a state: written so, D for Germany, or a name that `states` knows."""
    text = text_of(value)
    code = state_code(text.upper())
    if not text or re.fullmatch("[A-Z]{3}", code):
        return code
    named = states.get(folded(text))
    if named is None:
        raise CellUnreadable("state", shape(text))
    return named
