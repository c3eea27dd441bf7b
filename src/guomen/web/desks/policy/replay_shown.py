"""What a replay found, in words and numbers: totals, by day, by place and group, and some acts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from guomen.apps.policy.queries import ReplayFile
from guomen.core.policy.spelling import read_spelt
from guomen.jurisdiction import Jurisdiction
from guomen.language.tags import language
from guomen.language.values import say_day, say_month, say_month_briefly, say_quantity
from guomen.web.components.cases import facts_shown
from guomen.web.components.chart import Chart, Month, bar_chart
from guomen.web.components.labels import Texts, part_texts

MOST_BARS = 31
"""More days than this are drawn as weeks, and more weeks than this as months."""

VERDICTS = ("helped", "lost", "changed")

_Steps = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """How many acts one place, group or stretch of days gains and loses."""

    code: str
    texts: Texts
    helped: int
    lost: int
    changed: int


@dataclass(frozen=True, slots=True)
class SampleShown:
    """One act that the draft touches, with the facts that were recorded."""

    entry: str
    on: date
    verdict: str
    place: Texts
    group: Texts
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResultShown:
    """Everything that the page of a finished replay shows; `by` says what one bar stands for."""

    acts: int
    situations: int
    helped: int
    lost: int
    changed: int
    by: str
    days: tuple[Row, ...]
    most: Row | None
    chart: Chart | None
    places: tuple[Row, ...]
    groups: tuple[Row, ...]
    samples: tuple[SampleShown, ...]

    @property
    def touched(self) -> int:
        """How many acts come out otherwise."""
        return self.helped + self.lost + self.changed


def result_shown(run: ReplayFile, pack: Jurisdiction, tag: str) -> ResultShown | None:
    """Say the result of a replay in a reader's language; None as long as there is none."""
    if run.state != "done" or run.result is None:
        return None
    found = run.result
    by, days = _days(run, found["by_day"], tag)
    return ResultShown(
        acts=found["acts"],
        situations=found["situations"],
        **{verdict: found[verdict] for verdict in VERDICTS},
        by=by,
        days=days,
        most=max(days, key=_touched, default=None),
        chart=_chart(days, by, tag) if len(days) > 1 else None,
        places=_rows(found["by_place"], "port", pack, tag),
        groups=_rows(found["by_group"], "group", pack, tag),
        samples=tuple(_sample(one, pack, tag) for one in found["sample"]),
    )


def _touched(row: Row) -> int:
    return row.helped + row.lost + row.changed


def _rows(
    counts: Mapping[str, Mapping[str, int]], column: str, pack: Jurisdiction, tag: str
) -> tuple[Row, ...]:
    rows = (_row(code, part_texts(column, code, pack, tag), one) for code, one in counts.items())
    return tuple(sorted(rows, key=lambda row: (-_touched(row), row.code)))


def _row(code: str, texts: Texts, counts: Mapping[str, int]) -> Row:
    return Row(code, texts, *(counts.get(verdict, 0) for verdict in VERDICTS))


# ---------------------------------------------------------------------------- by day


def _days(
    run: ReplayFile, counts: Mapping[str, Mapping[str, int]], tag: str
) -> tuple[str, tuple[Row, ...]]:
    """Give the days that were replayed, in steps of which no more than `MOST_BARS` are needed."""
    every = [run.start + timedelta(days=at) for at in range((run.until - run.start).days)]
    by, steps = _steps(every, tag)
    found = []
    for (code, said), days in groupby(zip(steps, every, strict=True), key=lambda one: one[0]):
        several = [counts.get(day.isoformat(), {}) for _step, day in days]
        sums = {one: sum(count.get(one, 0) for count in several) for one in VERDICTS}
        found.append(_row(code, {tag: said}, sums))
    return by, tuple(found)


def _steps(days: list[date], tag: str) -> tuple[str, list[tuple[str, str]]]:
    """Name for each day the step it belongs to: itself, its week by the Monday, or its month."""
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    if len(days) <= MOST_BARS:
        return "day", [(day.isoformat(), say_day(day, tag)) for day in days]
    if len({*mondays}) <= MOST_BARS:
        return "week", [(day.isoformat(), say_day(day, tag)) for day in mondays]
    codes = [f"{day:%Y-%m}" for day in days]
    return "month", [(code, say_month(code, tag)) for code in codes]


_LABELS = 6
"""So many bars get a label on the axis: more would run into one another on a phone."""


def _chart(rows: tuple[Row, ...], by: str, tag: str) -> Chart:
    each = -(-len(rows) // _LABELS)
    bars = [
        Month(
            code=row.code,
            label=_label(row.code, by, tag) if at % each == 0 else "",
            value=row.helped,
            before=row.lost + row.changed,
            title=row.texts[tag],
        )
        for at, row in enumerate(rows)
    ]
    mirrored = language(tag).direction == "rtl"
    return bar_chart(bars, lambda value: say_quantity(value, tag), mirrored)


def _label(code: str, by: str, tag: str) -> str:
    if by == "month":
        return say_month_briefly(code, tag)
    return f"{int(code[5:7])}-{int(code[8:])}"


# ---------------------------------------------------------------------------- single acts


def _sample(one: Mapping[str, Any], pack: Jurisdiction, tag: str) -> SampleShown:
    facts = read_spelt(one["facts"], pack.rulebook.vocabulary)
    return SampleShown(
        entry=one["entry"] or "",
        on=date.fromisoformat(one["day"]),
        verdict=one["verdict"],
        place=part_texts("port", one["place"], pack, tag),
        group=part_texts("group", one["group"], pack, tag),
        facts=facts_shown(facts, pack, tag),
    )


CSV_HEAD = ("split", "part", *VERDICTS)


def csv_rows(result: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """Give the whole result as rows of a table, codes instead of words."""
    yield ("", "", *(result[verdict] for verdict in VERDICTS))
    for split in ("day", "place", "group"):
        for part, counts in result[f"by_{split}"].items():
            yield (split, part, *(counts.get(verdict, 0) for verdict in VERDICTS))
