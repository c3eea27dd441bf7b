"""The measures in words: the list by family, and each with its clauses, cases and history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guomen import clock
from guomen.apps.bulletins import queries as bulletins
from guomen.apps.policy.queries import jurisdiction
from guomen.core.policy import Measure
from guomen.core.time import parse_period
from guomen.jurisdiction import FigureDefinition, Jurisdiction
from guomen.web.components.cases import case_shown
from guomen.web.components.changes import history_of
from guomen.web.components.clauses import clauses_shown
from guomen.web.components.refused import page


@dataclass(frozen=True, slots=True)
class Row:
    """One measure in the list; `state` is in_force, ended or to_come on the reader's day."""

    measure: Measure
    state: str
    start: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure that counts what passed under a measure, in the latest period with any."""

    definition: FigureDefinition
    period: str
    value: int


@page
def measures(request: HttpRequest, tag: str) -> HttpResponse:
    """List all measures by family, with the days on which they hold; then the standing rules."""
    pack = jurisdiction()
    today = clock.today(pack.zone)
    book = pack.rulebook
    content = {
        "families": _by_family(pack, book.announced, today),
        "total": len(book.announced),
        "rules": _by_family(pack, book.standing, today),
        "rules_total": len(book.standing),
        "today": today,
        "licence": pack.licence,
    }
    return render(request, "portal/measures.html", content)


_Family: TypeAlias = tuple[Mapping[str, str], list[Row]]


def _by_family(pack: Jurisdiction, measures: Iterable[Measure], today: date) -> list[_Family]:
    families: dict[str, list[Row]] = defaultdict(list)
    for measure in measures:
        families[measure.family].append(_row(measure, today))
    return [
        (pack.families[name], sorted(rows, key=lambda row: row.start, reverse=True))
        for name, rows in sorted(families.items())
    ]


def _row(measure: Measure, today: date) -> Row:
    clause = measure.clause_on(today) or measure.clauses[-1]
    state = "in_force" if clause.in_force.contains(today) else "ended"
    if clause.in_force.start > today:
        state = "to_come"
    return Row(measure, state, measure.clauses[0].in_force.start, clause.in_force.last_day)


@page
def measure(request: HttpRequest, tag: str, measure_id: str) -> HttpResponse:
    """Show one measure: its text, its clauses with their days, its source, cases and history."""
    pack = jurisdiction()
    found = pack.rulebook.measure(measure_id)
    if found is None:
        raise Http404("no such measure")
    content = {
        "measure": found,
        "row": _row(found, clock.today(pack.zone)),
        "clauses": clauses_shown(found, pack, tag),
        "cases": [case_shown(one, pack, tag) for one in found.cases],
        "family": pack.families[found.family],
        "figures": list(_figures(found, pack)),
        "history": history_of(found.id, pack, tag),
        "licence": pack.licence,
        "zone": pack.zone,
    }
    return render(request, "portal/measure.html", content)


def _figures(measure: Measure, pack: Jurisdiction) -> Iterator[FigureShown]:
    """Give the figures that count by this measure, where anything was counted."""
    for definition in pack.figures.values():
        if any(measure.id in one.where.get("measure", ()) for one in definition.selections):
            yield from _latest(definition)


def _latest(definition: FigureDefinition) -> Iterator[FigureShown]:
    for period in reversed(bulletins.covered_periods()):
        value = bulletins.value(definition=definition, period=parse_period(period))
        if value:
            yield FigureShown(definition, period, value)
            return
