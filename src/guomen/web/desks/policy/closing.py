"""Closing a clause or withdrawing a measure: what changes, in words, and then a draft of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from guomen import clock
from guomen.apps.policy.operations import begin_draft
from guomen.apps.policy.queries import drafts, files_of, jurisdiction, published_digest
from guomen.core.policy import Clause, Measure
from guomen.core.policy.tables import joined, states_of
from guomen.jurisdiction import Jurisdiction
from guomen.jurisdiction.drafting import (
    CaseTried,
    ClauseNotOpen,
    check_draft,
    close_clause,
    close_measure,
    texts_of,
)
from guomen.jurisdiction.writing import write_cases, write_measure
from guomen.language.sentences import say_difference
from guomen.language.tags import active
from guomen.language.values import isolated, say_day
from guomen.web.access import actor_of
from guomen.web.components.cases import facts_shown, verdict_word
from guomen.web.components.fields import Asked, Choice, Shape, read_day
from guomen.web.components.refused import page, sentence_of

WHOLE, CLAUSE = "measure", "clause:"
"""What ends: the whole measure, or the clause whose id follows."""

_MOST_DRAFTS = 200
_BEFORE_THE_END = date.max - timedelta(days=1)
"""The last day on which something can end: `until` is the day after."""


@dataclass(frozen=True, slots=True)
class OtherwiseShown:
    """A case that comes out otherwise once the clause is closed."""

    facts: tuple[tuple[str, str], ...]
    on: date
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The texts of the draft, what they change, and the cases for which the officer must decide."""

    text: str
    cases: str
    changes: tuple[str, ...]
    otherwise: tuple[OtherwiseShown, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """The two questions as they were answered, and what would come of it once both are."""

    what: Asked
    last: Asked
    closed: Closed | None

    @property
    def errors(self) -> tuple[Asked, ...]:
        """The questions with something wrong."""
        return tuple(one for one in (self.what, self.last) if one.error)


@page
def measures(request: HttpRequest) -> HttpResponse:
    """List by family what is in force or to come, each with the way to close it."""
    pack = jurisdiction()
    today = clock.today(pack.zone)
    families: dict[str, list[Measure]] = defaultdict(list)
    for one in pack.rulebook.measures:
        if not _has_ended(one, today):
            families[one.family].append(one)
    rows = [(pack.families[name], several) for name, several in sorted(families.items())]
    return render(request, "desks/policy_measures.html", {"families": rows})


def _has_ended(measure: Measure, today: date) -> bool:
    until = measure.clauses[-1].in_force.until
    return until is not None and until <= today


@page
def close(request: HttpRequest, measure_id: str) -> HttpResponse:
    """Ask what ends and when, show what that changes, and begin a draft of it."""
    pack = jurisdiction()
    measure = pack.rulebook.measure(measure_id)
    if measure is None:
        raise Http404("no such measure")
    sent = request.POST if request.method == "POST" else request.GET
    closing = _read(sent, measure, pack)
    if request.method == "POST" and closing.closed:
        return _begin(request, measure, closing.closed)
    open_drafts = drafts(states=("open",), most=_MOST_DRAFTS)
    content = {
        "measure": measure,
        "closing": closing,
        "errors": closing.errors,
        "sent": [(name, sent[name]) for name in sent if name.startswith(("what", "last."))],
        "drafts": [one for one in open_drafts if one.measure == measure.id],
        "family": pack.families[measure.family],
    }
    status = 422 if closing.errors else 200
    return render(request, "desks/policy_close.html", content, status=status)


def _begin(request: HttpRequest, measure: Measure, closed: Closed) -> HttpResponse:
    draft = clock.new_id()
    begin_draft(
        actor=actor_of(request),
        at=clock.now(),
        draft=draft,
        measure=measure.id,
        text=closed.text,
        cases=closed.cases,
        standing=measure.standing,
    )
    return redirect("desk.policy_draft", draft_id=draft)


def _read(sent: Mapping[str, str], measure: Measure, pack: Jurisdiction) -> Closing:
    what, error = _what(sent, measure)
    last, day = read_day("last", gettext("Last day on which it holds"), sent)
    if "what" not in sent and not any(part.value for part in last.parts):
        return Closing(what, last, None)  # nothing was sent yet
    what = replace(what, error=error)
    if day is None:
        last = replace(last, error=last.error or gettext("Give day, month and year."))
    if error or day is None:
        return Closing(what, last, None)
    try:
        return Closing(what, last, _closed(measure, what.typed, day, pack))
    except ClauseNotOpen as refusal:
        return Closing(what, replace(last, error=sentence_of(refusal)), None)


def _what(sent: Mapping[str, str], measure: Measure) -> tuple[Asked, str]:
    """Give the question what ends; where there is one clause, nothing is to be chosen."""
    clauses = [joined(states) for states in states_of(measure.clauses)]
    named = {CLAUSE + one.id: _named(one) for one in clauses} if len(clauses) > 1 else {}
    texts = {WHOLE: gettext("The whole measure"), **named}
    typed = sent.get("what", "") if named else WHOLE
    choices = tuple(Choice(code, text, active().tag, code == typed) for code, text in texts.items())
    error = "" if typed in texts else gettext("Choose what ends.")
    return Asked("what", gettext("What ends"), Shape.RADIOS, typed, choices=choices), error


def _named(clause: Clause) -> str:
    tag, last = active().tag, clause.in_force.last_day
    days = {"clause": isolated(clause.id, tag), "first": say_day(clause.in_force.start, tag)}
    if last is None:
        return gettext("Clause %(clause)s, in force from %(first)s on") % days
    days["last"] = say_day(last, tag)
    return gettext("Clause %(clause)s, in force from %(first)s to %(last)s") % days


def _closed(measure: Measure, what: str, last: date, pack: Jurisdiction) -> Closed:
    """Close what was chosen; refuse where nothing holds on that day, or it ends then already."""
    until = min(last, _BEFORE_THE_END) + timedelta(days=1)
    whole = what == WHOLE
    found = (
        close_measure(measure, until)
        if whole
        else close_clause(measure, what.removeprefix(CLAUSE), until)
    )
    text, cases = write_measure(found), _cases(measure)
    check = check_draft(text, cases, pack, standing=measure.standing)
    tag = active().tag
    return Closed(
        text=text,
        cases=cases,
        changes=tuple(say_difference(one, tag, pack) for one in check.differences),
        otherwise=tuple(_otherwise(one, pack, tag) for one in check.cases if not one.as_expected),
    )


def _cases(measure: Measure) -> str:
    """Give the measure's cases as they are published; they are the officer's to adjust."""
    _text, cases = texts_of(files_of(pack_digest=published_digest() or ""), measure)
    return cases or write_cases(measure.id, measure.cases)


def _otherwise(one: CaseTried, pack: Jurisdiction, tag: str) -> OtherwiseShown:
    case = one.case
    expected, found = verdict_word(case.expect), verdict_word(one.found)
    return OtherwiseShown(facts_shown(case.facts, pack, tag), case.on, expected, found)
