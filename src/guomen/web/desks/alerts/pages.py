"""The pages of alerts: the list, a proposal, one alert, and what officers decide about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guomen import clock
from guomen.apps.policy.queries import jurisdiction
from guomen.apps.registry.operations import (
    confirm_alert,
    end_alert,
    propose_alert,
    refuse_alert,
    review_alert,
)
from guomen.apps.registry.queries import AlertFile, alert_file, alerts_listed
from guomen.core.actor import Actor, Duty
from guomen.core.refusal import Refusal
from guomen.core.travel_documents import DocumentKind
from guomen.jurisdiction import Jurisdiction
from guomen.language.tags import active
from guomen.web.access import actor_of
from guomen.web.components.labels import part_texts
from guomen.web.components.refused import page, sentence_of, status_of
from guomen.web.desks.alerts.forms import (
    LONGEST,
    Form,
    empty_proposal,
    proposal_of,
    read_document,
    read_proposal,
    read_review,
    typed_document,
)

_MOST = 500


@dataclass(frozen=True, slots=True)
class Row:
    """An alert with the words of the pack; `mine`: the reader proposed it."""

    file: AlertFile
    document: Mapping[str, str]
    mine: bool


@page
def alerts(request: HttpRequest) -> HttpResponse:
    """List what waits, what is due for review, what is in force, and what is over."""
    actor, pack = actor_of(request), jurisdiction()
    rows = [_row(one, actor, pack) for one in alerts_listed(day=clock.today(pack.zone), most=_MOST)]
    in_force = [row for row in rows if row.file.state == "in_force"]
    content = {
        "waiting": [row for row in rows if row.file.state == "proposed"],
        "due": [row for row in in_force if row.file.review_due],
        "in_force": [row for row in in_force if not row.file.review_due],
        "over": [row for row in rows if row.file.state not in ("proposed", "in_force")],
        "may_propose": Duty.PROPOSE_ALERT in actor.duties,
    }
    return render(request, "desks/alerts.html", content)


def _row(file: AlertFile, actor: Actor, pack: Jurisdiction) -> Row:
    document = part_texts("document_kind", file.document_kind, pack, active().tag)
    return Row(file, document, file.proposed_by == actor.reference)


@page
def propose(request: HttpRequest) -> HttpResponse:
    """Take a proposal; nothing refers on it before a second officer confirms."""
    pack = jurisdiction()
    if request.method != "POST":
        return _proposing(request, empty_proposal(pack))
    form = read_proposal(request.POST, pack)
    if form.errors:
        return _proposing(request, form, status=422)
    alert = clock.new_id()
    try:
        propose_alert(
            actor=actor_of(request),
            at=clock.now(),
            day=clock.today(pack.zone),
            entry=clock.new_entry(),
            proposal=proposal_of(form, pack, alert),
        )
    except Refusal as refusal:
        return _proposing(request, form, sentence_of(refusal), status_of(refusal))
    return redirect("desk.alert", alert_id=alert)


def _proposing(
    request: HttpRequest, form: Form, refused: str = "", status: int = 200
) -> HttpResponse:
    content = {"boxes": form.boxes.values(), "errors": form.errors, "refused": refused}
    return render(request, "desks/alert_new.html", content, status=status)


@page
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Show one alert, without number and name, and what the reader may do with it."""
    return _shown(request, alert_id)


@page
def confirm(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Confirm with the document read anew from the authority's order."""
    if request.method != "POST":
        return redirect("desk.alert", alert_id=alert_id)
    kind = _kind(alert_id)
    form = read_document(request.POST, kind, needed=True)
    if form.errors:
        return _shown(request, alert_id, document=form, status=422)
    document, name = typed_document(form, kind), form["name"]
    return _decided(request, alert_id, confirm_alert, kind=kind, document=document, name=name)


@page
def refuse(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Refuse a proposal with a reason."""
    return _closed(request, alert_id, refuse_alert)


@page
def end(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Lift an alert in force with a reason."""
    return _closed(request, alert_id, end_alert)


@page
def review(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Let an alert go on until a day, on the basis that is given."""
    if request.method != "POST":
        return redirect("desk.alert", alert_id=alert_id)
    form = read_review(request.POST, needed=True)
    if form.errors:
        return _shown(request, alert_id, reviewed=form, status=422)
    basis = form["legal_basis"]
    return _decided(request, alert_id, review_alert, legal_basis=basis, **form.days)


def _closed(request: HttpRequest, alert_id: UUID, act: Callable[..., None]) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk.alert", alert_id=alert_id)
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    return _decided(request, alert_id, act, reason=reason)


def _decided(
    request: HttpRequest, alert_id: UUID, act: Callable[..., None], **told: object
) -> HttpResponse:
    try:
        act(
            actor=actor_of(request),
            at=clock.now(),
            day=clock.today(jurisdiction().zone),
            entry=clock.new_entry(),
            alert=alert_id,
            **told,
        )
    except Refusal as refusal:
        return _shown(request, alert_id, sentence_of(refusal), status=status_of(refusal))
    return redirect("desk.alert", alert_id=alert_id)


def _kind(alert_id: UUID) -> DocumentKind:
    pack = jurisdiction()
    file = alert_file(alert_id=alert_id, day=clock.today(pack.zone))
    return pack.documents[file.document_kind]


def _shown(
    request: HttpRequest,
    alert_id: UUID,
    refused: str = "",
    document: Form | None = None,
    reviewed: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, pack = actor_of(request), jurisdiction()
    file = alert_file(alert_id=alert_id, day=clock.today(pack.zone))
    kind = pack.documents[file.document_kind]
    document = document or read_document(request.POST, kind, needed=False)
    reviewed = reviewed or read_review(request.POST, needed=False)
    content = {
        "row": _row(file, actor, pack),
        "kind": kind,
        "document": document.boxes,
        "reviewed": reviewed.boxes,
        "errors": document.errors + reviewed.errors,
        "reason": request.POST.get("reason", ""),
        "may_confirm": Duty.CONFIRM_ALERT in actor.duties,
        "refused": refused,
        "zone": pack.zone,
    }
    return render(request, "desks/alert.html", content, status=status)
