"""The figures: the list, and a figure's page that walks back to definition, seal and records."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guomen.apps.bulletins import queries as bulletins
from guomen.apps.ledger import queries as ledger
from guomen.apps.policy.queries import jurisdiction
from guomen.core.numerals import Growth
from guomen.core.time import year_before
from guomen.jurisdiction import FigureDefinition, Jurisdiction
from guomen.language.tags import active, language
from guomen.language.values import say_month_briefly, say_quantity
from guomen.web.components.chart import Chart, Month, bar_chart, months_beside
from guomen.web.components.labels import Texts, column_name, part_texts
from guomen.web.components.refused import page

_MOST_PARTS = 15
_RECORDS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a split, with its share of the whole in percent."""

    texts: Texts
    value: int
    share: int


@dataclass(frozen=True, slots=True)
class Split:
    """A figure split by one column; `rest` is what the rows leave out."""

    name: str
    parts: tuple[Part, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Filter:
    """One kind of act that a figure counts, and what its columns must be."""

    kind: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything that the page of a figure shows."""

    definition: FigureDefinition
    counted: bulletins.CountedFigure
    unit: Texts
    growth: Growth
    year_before: str
    months: tuple[Month, ...]
    chart: Chart | None
    busiest: Month | None
    splits: tuple[Split, ...]
    filters: tuple[Filter, ...]
    seal: ledger.KeptSeal | None
    records: tuple[UUID, ...]


@page
def figures(request: HttpRequest, tag: str) -> HttpResponse:
    """List all figures with their values in the periods that the records cover."""
    pack = jurisdiction()
    periods = bulletins.covered_periods()
    rows = [
        (one, pack.units[one.unit], [(period, _value(one, period)) for period in periods])
        for one in pack.figures.values()
    ]
    return render(request, "portal/figures.html", {"rows": rows, "periods": periods})


def _value(definition: FigureDefinition, period: str) -> int:
    return bulletins.year_on_year(definition=definition, period=period).now


@page
def figure(request: HttpRequest, tag: str, figure_id: str, period: str) -> HttpResponse:
    """Show one figure in one period."""
    pack = jurisdiction()
    definition = definition_of(pack, figure_id)
    content = {"figure": _page(pack, definition, period, tag), "zone": pack.zone}
    return render(request, "portal/figure.html", content)


def definition_of(pack: Jurisdiction, figure_id: str) -> FigureDefinition:
    """Give a figure's definition, or the page that says there is none."""
    if figure_id not in pack.figures:
        raise Http404("no such figure")
    return pack.figures[figure_id]


def _page(pack: Jurisdiction, definition: FigureDefinition, period: str, tag: str) -> FigurePage:
    counted = bulletins.counted(definition=definition, period=period)
    months = months_of(definition, period)
    return FigurePage(
        definition=definition,
        counted=counted,
        unit=pack.units[definition.unit],
        growth=bulletins.year_on_year(definition=definition, period=period),
        year_before=year_before(period),
        months=months,
        chart=_chart(months, tag) if len(months) > 1 else None,
        busiest=max(months, key=lambda one: one.value, default=None),
        splits=tuple(_split(pack, definition, period, column) for column in definition.splits),
        filters=_filters(definition),
        seal=ledger.seal_numbered(counted.seal_node, counted.seal_number),
        records=bulletins.records_behind(definition=definition, period=period, most=_RECORDS),
    )


def months_of(definition: FigureDefinition, period: str) -> tuple[Month, ...]:
    """Give a figure by month beside the year before."""
    return months_beside(
        _by_month(definition, period),
        _by_month(definition, year_before(period)),
        lambda code: say_month_briefly(code, active().tag),
    )


def _by_month(definition: FigureDefinition, period: str) -> Mapping[str, int]:
    found = bulletins.by_month(definition=definition, period=period)
    return {one.part: one.value for one in found}


def _chart(months: tuple[Month, ...], tag: str) -> Chart:
    mirrored = language(tag).direction == "rtl"
    return bar_chart(months, lambda value: say_quantity(value, tag), mirrored)


def _split(pack: Jurisdiction, definition: FigureDefinition, period: str, column: str) -> Split:
    shares = bulletins.split(definition=definition, period=period, by=column)
    total, shown = sum(one.value for one in shares), shares[:_MOST_PARTS]
    here = active().tag
    parts = tuple(
        Part(part_texts(column, one.part, pack, here), one.value, _share(one.value, total))
        for one in shown
    )
    return Split(column_name(column, here), parts, total - sum(one.value for one in shown))


def _share(value: int, total: int) -> int:
    return round(100 * value / total) if total else 0


def _filters(definition: FigureDefinition) -> tuple[Filter, ...]:
    here = active().tag
    return tuple(
        Filter(
            one.kind.value,
            tuple((column_name(column, here), values) for column, values in one.where.items()),
        )
        for one in definition.selections
    )
