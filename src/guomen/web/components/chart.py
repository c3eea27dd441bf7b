"""Lays out the bar chart of months beside those of the year before, for SVG without a script.

Widths are in percent and heights in pixels: the bars stretch with the page, the letters do not
shrink with it, and a right-to-left page gets the mirror image.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

HEIGHT = 240
BASE = 212
TOP = 24
_START = 15.0
"""Percent of the width that belongs to the labels of the axis."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month with its value and that of the same month a year before (None: not known).

    `title` names it beside its bar where the label on the axis is too short to, or left out.
    """

    code: str
    label: str
    value: int
    before: int | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `x` and `width` in percent, the rest in pixels."""

    x: str
    y: str
    width: str
    height: str
    series: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place: `x` in percent, `y` in pixels."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws."""

    bars: tuple[Bar, ...]
    lines: tuple[Label, ...]
    months: tuple[Label, ...]
    height: int
    start: str
    axis_from: str
    axis_until: str


Spell = Callable[[int], str]


def bar_chart(months: Sequence[Month], spell: Spell, mirrored: bool) -> Chart:
    """Lay out one chart; `spell` writes the numbers of the axis and the bars' titles."""
    top = _rounded_up(max((max(one.value, one.before or 0) for one in months), default=0))
    place = _Place(len(months), top, mirrored)
    return Chart(
        bars=tuple(bar for at, one in enumerate(months) for bar in place.bars(at, one, spell)),
        lines=tuple(place.line(step, spell) for step in _steps(top)),
        months=tuple(place.month(at, one) for at, one in enumerate(months)),
        height=HEIGHT,
        start=place.across(0.0),
        axis_from=place.across(_START),
        axis_until=place.across(100.0),
    )


class _Place:
    """Where things stand in a chart with so many months and such a top."""

    def __init__(self, months: int, top: int, mirrored: bool) -> None:
        self._each = (100.0 - _START) / max(months, 1)
        self._top, self._mirrored = top, mirrored

    def bars(self, at: int, month: Month, spell: Spell) -> list[Bar]:
        left = _START + at * self._each
        width = self._each * 0.36
        found = [self._bar(left + self._each * 0.5, width, month.value, "now", month, spell)]
        if month.before is not None:
            before = self._bar(
                left + self._each * 0.12, width, month.before, "before", month, spell
            )
            found.insert(0, before)
        return found

    def _bar(
        self, x: float, width: float, value: int, series: str, month: Month, spell: Spell
    ) -> Bar:
        tall = max(round((BASE - TOP) * value / self._top, 1), 1.0 if value else 0.0)
        edge = 100.0 - x - width if self._mirrored else x
        title = f"{month.title or month.label}: {spell(value)}"
        return Bar(_percent(edge), str(BASE - tall), _percent(width), str(tall), series, title)

    def line(self, value: int, spell: Spell) -> Label:
        y = BASE - (BASE - TOP) * value / self._top
        return Label(self.across(0.0), str(round(y, 1)), spell(value))

    def month(self, at: int, month: Month) -> Label:
        middle = _START + (at + 0.49) * self._each
        return Label(self.across(middle), str(BASE + 20), month.label)

    def across(self, x: float) -> str:
        return _percent(100.0 - x if self._mirrored else x)


def _percent(number: float) -> str:
    return f"{number:.2f}%"


def _steps(top: int) -> list[int]:
    return [top * part // 4 for part in range(5)] if top >= 4 else list(range(top + 1))


def _rounded_up(most: int) -> int:
    """Give the next round number that four steps divide."""
    size = 1
    while True:
        for step in (4, 8, 12, 20, 40):
            if step * size >= most:
                return step * size
        size *= 10


def months_beside(
    now: Mapping[str, int], before: Mapping[str, int], label: Callable[[str], str]
) -> tuple[Month, ...]:
    """Put the months of a period beside the same months of the year before."""
    codes = sorted({*now, *(_next_year(code) for code in before)})
    return tuple(
        Month(code, label(code), now.get(code, 0), before.get(_year_before(code))) for code in codes
    )


def _next_year(code: str) -> str:
    return f"{int(code[:4]) + 1}{code[4:]}"


def _year_before(code: str) -> str:
    return f"{int(code[:4]) - 1}{code[4:]}"
