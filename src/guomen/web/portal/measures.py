"""The measures in words: the list by family, and each with its clauses, conditions and cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guomen import clock
from guomen.apps.policy.queries import jurisdiction
from guomen.core.policy import Case, Clause, Measure
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_effect, say_value
from guomen.language.tags import text_in
from guomen.web.components.conditions import Line, lines_of
from guomen.web.components.refused import page


@dataclass(frozen=True, slots=True)
class Row:
    """One measure in the list; `state` is in_force, ended or to_come on the reader's day."""

    measure: Measure
    state: str
    start: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """One clause with its condition and its effect in words."""

    clause: Clause
    conditions: tuple[Line, ...]
    effect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One case of a measure in words."""

    facts: tuple[tuple[str, str], ...]
    on: date
    verdict: str


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
    """Show one measure: its text, its clauses with their days, its source and its cases."""
    pack = jurisdiction()
    found = pack.rulebook.measure(measure_id)
    if found is None:
        raise Http404("no such measure")
    content = {
        "measure": found,
        "row": _row(found, clock.today(pack.zone)),
        "clauses": [_clause(one, pack, tag) for one in found.clauses],
        "cases": [_case(one, pack, tag) for one in found.cases],
        "family": pack.families[found.family],
    }
    return render(request, "portal/measure.html", content)


def _clause(clause: Clause, pack: Jurisdiction, tag: str) -> ClauseShown:
    effect = tuple(say_effect(*one, tag, pack) for one in clause.effect.items())
    return ClauseShown(clause, lines_of(clause.when, pack, tag), effect)


_VERDICTS = {True: "applies", False: "does_not_apply", None: "cannot_be_told"}


def _case(case: Case, pack: Jurisdiction, tag: str) -> CaseShown:
    vocabulary = pack.rulebook.vocabulary
    facts = tuple(
        (text_in(vocabulary[name].names, tag)[0], say_value(value, vocabulary[name], tag))
        for name, value in case.facts.items()
    )
    return CaseShown(facts, case.on, _VERDICTS[case.expect])
