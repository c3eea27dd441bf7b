"""The eligibility check of a service: at most five questions, and an answer that says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from guomen import clock
from guomen.apps.policy.queries import jurisdiction
from guomen.core.entitlement import Entitlement, Service, decide_entitlement
from guomen.core.policy import Clause, Measure
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_finding
from guomen.web.components.fields import Answers, Asked, read_answers, read_day
from guomen.web.components.refused import page

_DAY = "on"
_SUBMITTED = "check"


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at, in words; `speaks_for` None: it was not told."""

    sentence: str
    speaks_for: bool | None


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to an applicant, with the measure that gives it."""

    verdict: str
    text: Mapping[str, str]
    next_step: Mapping[str, str] | None
    on: date
    measure: Measure | None
    clause: Clause | None
    looked_at: tuple[Looked, ...]
    related: tuple[Measure, ...]


@page
def service(request: HttpRequest, tag: str, service_id: str) -> HttpResponse:
    """Ask the questions of a service, and answer on the same address once they are told."""
    pack = jurisdiction()
    found = pack.services.get(service_id)
    if found is None:
        raise Http404("no such service")
    day_asked, on = _day(request)
    answers = read_answers([pack.rulebook.vocabulary[n] for n in found.asks], request.GET, tag)
    errors = [one for one in (*answers.asked, day_asked) if one.error]
    wished = _SUBMITTED in request.GET or answers.told
    result = None
    if wished and not errors:
        result = _result(found, pack, answers, on or clock.today(pack.zone), tag)
    content = {
        "service": found,
        "asked": answers.asked,
        "day_asked": day_asked,
        "errors": errors,
        "result": result,
    }
    return render(request, "portal/service.html", content, status=422 if errors else 200)


def _day(request: HttpRequest) -> tuple[Asked, date | None]:
    return read_day(_DAY, gettext("On which day? (today, if you leave it empty)"), request.GET)


def _result(service: Service, pack: Jurisdiction, answers: Answers, on: date, tag: str) -> Result:
    found = decide_entitlement(service, pack.rulebook, answers.told, on)
    decision = found.decision
    measure = pack.rulebook.measure(decision.measure) if decision.measure else None
    verdict = _verdict(found)
    return Result(
        verdict=verdict,
        text=service.texts[verdict],
        next_step=service.texts.get(f"next_{verdict}"),
        on=on,
        measure=measure,
        clause=measure.clause_on(on) if measure else None,
        looked_at=tuple(
            Looked(say_finding(one, tag, pack), one.favourable) for one in decision.findings
        ),
        related=_related(pack, service, measure),
    )


def _verdict(found: Entitlement) -> str:
    return {True: "yes", False: "no", None: "unknown"}[found.entitled]


def _related(pack: Jurisdiction, service: Service, but: Measure | None) -> tuple[Measure, ...]:
    """Give the other measures that answer the same question, on whatever day."""
    return tuple(
        one for one in pack.rulebook.measures if one.question == service.question and one is not but
    )
