"""The replays of a draft: asking for one, how far it is, and what it found."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from guomen import clock
from guomen.apps.border.queries import recorded_days
from guomen.apps.policy import queries as policy
from guomen.apps.policy.operations import ask_replay, resume_replay, stop_replay
from guomen.apps.policy.queries import DraftFile, ReplayFile, ReplayUnknown, jurisdiction
from guomen.core.policy import Measure
from guomen.core.time import Period
from guomen.jurisdiction import PackRefused, load_draft
from guomen.jurisdiction.drafting import MEASURE
from guomen.language.tags import active
from guomen.language.values import say_day
from guomen.web.access import actor_of
from guomen.web.components.refused import page
from guomen.web.desks.policy.form_fields import Control
from guomen.web.desks.policy.replay_days import closed_days, in_force_on_any, proposed_days
from guomen.web.desks.policy.replay_shown import CSV_HEAD, csv_rows, result_shown

_MOST = 50


@page
def replays(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """List the replays of a draft, and ask for another over days that are on record."""
    file, pack = policy.draft(draft_id=draft_id), jurisdiction()
    today = clock.today(pack.zone)
    closed = closed_days(recorded_days(zone=pack.zone), today)
    measure = _readable(file)
    if request.method != "POST" or measure is None or closed is None:
        days = proposed_days(closed, measure, today) if measure else None
        typed = {"first": days.start, "last": days.last_day} if days else {}
        said = {name: day.isoformat() for name, day in typed.items() if day}
        return _asking(request, file, measure, closed, said)
    typed_in = {name: request.POST.get(name, "").strip() for name in ("first", "last")}
    wished, errors = _wished(typed_in, closed)
    if wished is None:
        return _asking(request, file, measure, closed, typed_in, errors)
    run = clock.new_id()
    ask_replay(actor=actor_of(request), at=clock.now(), run=run, draft=draft_id, days=wished)
    return redirect("desk.policy_replay", draft_id=draft_id, run_id=run)


def _readable(file: DraftFile) -> Measure | None:
    try:
        return load_draft(file.text, MEASURE, jurisdiction())
    except PackRefused:
        return None


def _wished(typed: Mapping[str, str], closed: Period) -> tuple[Period | None, dict[str, str]]:
    """Read the first and the last day; refuse what is no day and what is not on record."""
    days = {name: _day(one) for name, one in typed.items()}
    errors = {name: gettext("There is no such day.") for name, day in days.items() if day is None}
    first, last = days["first"], days["last"]
    if first is None or last is None:
        return None, errors
    for name, day in (("first", first), ("last", last)):
        if not closed.contains(day):
            errors[name] = _on_record(closed)
    if not errors and last < first:
        errors["last"] = gettext("The last day lies before the first.")
    return (None if errors else Period(first, last + timedelta(days=1))), errors


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _on_record(closed: Period) -> str:
    here = active().tag
    ends = {
        "first": say_day(closed.start, here),
        "last": say_day(closed.last_day or closed.start, here),
    }
    return gettext("There are records from %(first)s to %(last)s.") % ends


def _asking(
    request: HttpRequest,
    file: DraftFile,
    measure: Measure | None,
    closed: Period | None,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    labels = {"first": gettext("First day"), "last": gettext("Last day")}
    hints = {"first": _on_record(closed) if closed else "", "last": ""}
    told = errors or {}
    fields = [
        Control(name, label, "day", (typed.get(name, ""),), (), told.get(name, ""), hints[name])
        for name, label in labels.items()
    ]
    proposed = _period(typed)
    content = {
        "file": file,
        "fields": fields,
        "errors": [one for one in fields if one.error],
        "readable": measure is not None,
        "closed": closed,
        "idle": bool(measure and proposed and not in_force_on_any(measure, proposed)),
        "runs": policy.replays(draft_id=file.id, most=_MOST),
        "zone": jurisdiction().zone,
    }
    return render(request, "desks/policy_replays.html", content, status=422 if told else 200)


def _period(typed: Mapping[str, str]) -> Period | None:
    first, last = _day(typed.get("first", "")), _day(typed.get("last", ""))
    in_order = first is not None and last is not None and first <= last < date.max
    return Period(first, last + timedelta(days=1)) if in_order and first and last else None


def _run(draft_id: UUID, run_id: UUID) -> ReplayFile:
    run = policy.replay(run=run_id)
    if run.draft != draft_id:
        raise ReplayUnknown(run=str(run_id))
    return run


@page
def replay(request: HttpRequest, draft_id: UUID, run_id: UUID) -> HttpResponse:
    """Show how far a replay is and what it found; stop it, or take it up again."""
    run = _run(draft_id, run_id)
    if request.method == "POST":
        change = stop_replay if request.POST.get("act") == "stop" else resume_replay
        change(actor=actor_of(request), at=clock.now(), run=run_id)
        return redirect("desk.policy_replay", draft_id=draft_id, run_id=run_id)
    pack, file = jurisdiction(), policy.draft(draft_id=draft_id)
    content = {
        "file": file,
        "run": run,
        "last_day": run.until - timedelta(days=1),
        "older": run.revision != file.revision,
        "idle": _idle(run),
        "why": (run.result or {}).get("why", "") if run.state == "failed" else "",
        "result": result_shown(run, pack, active().tag),
        "zone": pack.zone,
    }
    return render(request, "desks/policy_replay.html", content)


def _idle(run: ReplayFile) -> bool:
    """Tell whether the draft holds on none of the days, so that nothing can change."""
    try:
        measure = load_draft(run.text, MEASURE, jurisdiction())
    except PackRefused:
        return False
    return not in_force_on_any(measure, Period(run.start, run.until))


@page
def progress(request: HttpRequest, draft_id: UUID, run_id: UUID) -> HttpResponse:
    """Give the progress bar alone; the state goes in a header, for the script that asks."""
    run = _run(draft_id, run_id)
    answer = render(request, "desks/policy_progress.html", {"run": run})
    answer.headers["X-Replay-State"] = run.state
    return answer


@page
def result_csv(request: HttpRequest, draft_id: UUID, run_id: UUID) -> HttpResponse:
    """Give the result of a finished replay as a table; codes instead of words."""
    run = _run(draft_id, run_id)
    if run.state != "done" or run.result is None:
        raise Http404("the replay has no result yet")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="replay-{run.id}.csv"'
    writer = csv.writer(response)
    writer.writerow(CSV_HEAD)
    writer.writerows(csv_rows(run.result))
    return response
