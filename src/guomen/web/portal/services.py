"""The eligibility check of a service: at most five questions, and an answer that says why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from guomen import clock
from guomen.apps.policy.queries import jurisdiction
from guomen.core.entitlement import Entitlement, Service, decide_entitlement, may_concern
from guomen.core.policy import Clause, FactDeclaration, Facts, Measure
from guomen.core.policy.explanation import explain
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_finding, say_holds, say_nearest
from guomen.web.components.entitled import Belongs, what_belongs
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
    """The answer to an applicant, with the measure that gives it, and what belongs to a yes."""

    verdict: str
    text: Mapping[str, str]
    next_step: Mapping[str, str] | None
    on: date
    measure: Measure | None
    clause: Clause | None
    belongs: Belongs | None
    looked_at: tuple[Looked, ...]
    nearest: str
    holds: str
    related: tuple[Measure, ...]


@page
def service(request: HttpRequest, tag: str, service_id: str) -> HttpResponse:
    """Ask the questions of a service, and answer on the same address once they are told."""
    pack = jurisdiction()
    found = pack.services.get(service_id)
    if found is None:
        raise Http404("no such service")
    day_asked, on = _day(request)
    answers = read_answers(_put(found, pack), request.GET, tag)
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


def _put(service: Service, pack: Jurisdiction) -> list[FactDeclaration]:
    """Give the facts that are asked, each with the codes that this service lets choose from."""
    declared = (pack.rulebook.vocabulary[name] for name in service.asks)
    return [_among(one, service.among.get(one.name)) for one in declared]


def _among(declared: FactDeclaration, codes: tuple[str, ...] | None) -> FactDeclaration:
    if codes is None:
        return declared
    return replace(declared, codes={code: declared.codes[code] for code in codes})


def _day(request: HttpRequest) -> tuple[Asked, date | None]:
    return read_day(_DAY, gettext("On which day? (today, if you leave it empty)"), request.GET)


def _result(service: Service, pack: Jurisdiction, answers: Answers, on: date, tag: str) -> Result:
    found = decide_entitlement(service, pack.rulebook, answers.told, on)
    decision = found.decision
    explained = explain(
        pack.rulebook,
        service.question,
        {**service.given, **answers.told},
        on,
        fixed=service.given,
    )
    measure = pack.rulebook.measure(decision.measure) if decision.measure else None
    verdict = _verdict(found)
    return Result(
        verdict=verdict,
        text=service.texts[verdict],
        next_step=service.texts.get(f"next_{verdict}"),
        on=on,
        measure=measure,
        clause=measure.clause_on(on) if measure else None,
        belongs=what_belongs(found, pack, tag) if found.entitled else None,
        looked_at=tuple(
            Looked(say_finding(one, tag, pack), one.favourable) for one in decision.findings
        ),
        nearest=say_nearest(explained, tag, pack),
        holds=say_holds(explained, tag, pack),
        related=_related(pack, service, answers.told, measure),
    )


def _verdict(found: Entitlement) -> str:
    return {True: "yes", False: "no", None: "unknown"}[found.entitled]


def _related(
    pack: Jurisdiction, service: Service, told: Facts, but: Measure | None
) -> tuple[Measure, ...]:
    """Give the other measures that fit the answers on whatever day; without any, the nearest."""
    fitting = _that_may_apply(pack, service, {**service.given, **told})
    if not fitting and but is None:
        fitting = _that_may_apply(pack, service, service.given)
    return tuple(measure for measure in fitting if measure is not but)


def _that_may_apply(pack: Jurisdiction, service: Service, facts: Facts) -> list[Measure]:
    vocabulary = pack.rulebook.vocabulary
    return [
        measure
        for measure in pack.rulebook.measures
        if measure.question == service.question
        and any(may_concern(service, one, vocabulary, facts) for one in measure.clauses)
    ]
