"""A figure as a file: months beside the year before, and every split, as CSV."""

import csv
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse

from guomen.apps.bulletins import queries as bulletins
from guomen.apps.policy.queries import jurisdiction
from guomen.core.time import parse_period, year_before
from guomen.jurisdiction import FigureDefinition
from guomen.web.components.refused import page

_HEAD = ("figure", "unit", "period", "split", "part", "value", "value_year_before")


@page
def figure_csv(request: HttpRequest, tag: str, figure_id: str, period: str) -> HttpResponse:
    """Give one figure with all its parts; codes instead of words, so that files can be joined."""
    definition = jurisdiction().figures.get(figure_id)
    if definition is None:
        raise Http404("no such figure")
    parse_period(period)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{figure_id}-{period}.csv"'
    writer = csv.writer(response)
    writer.writerow(_HEAD)
    writer.writerows(_rows(definition, period))
    return response


def _rows(definition: FigureDefinition, period: str) -> Iterator[tuple[object, ...]]:
    same = (definition.id, definition.unit, period)
    whole = bulletins.year_on_year(definition=definition, period=period)
    yield (*same, "", "", whole.now, whole.base)
    for split, now, before in _splits(definition, period):
        for part in now:
            yield (*same, split, part, now[part], before.get(_earlier(split, part), 0))


def _splits(
    definition: FigureDefinition, period: str
) -> Iterator[tuple[str, dict[str, int], dict[str, int]]]:
    earlier = year_before(period)
    yield "month", _months(definition, period), _months(definition, earlier)
    for column in definition.splits:
        yield column, _parts(definition, period, column), _parts(definition, earlier, column)


def _months(definition: FigureDefinition, period: str) -> dict[str, int]:
    found = bulletins.by_month(definition=definition, period=period)
    return {one.part: one.value for one in found}


def _parts(definition: FigureDefinition, period: str, column: str) -> dict[str, int]:
    found = bulletins.split(definition=definition, period=period, by=column)
    return {one.part: one.value for one in found}


def _earlier(split: str, part: str) -> str:
    return year_before(part) if split == "month" else part
