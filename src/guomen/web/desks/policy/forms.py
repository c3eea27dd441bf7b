"""The form of a draft: every part of a measure as a field, written back as the measure's YAML."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guomen import clock
from guomen.apps.policy.operations import DraftChanged, save_draft
from guomen.apps.policy.queries import DraftFile, jurisdiction
from guomen.apps.policy.queries import draft as draft_file
from guomen.core.policy import Measure
from guomen.core.refusal import Refusal
from guomen.jurisdiction import Fault, Jurisdiction, PackRefused, load_draft
from guomen.jurisdiction.drafting import MEASURE
from guomen.language.tags import active
from guomen.web.access import actor_of
from guomen.web.components.refused import page, sentence_of, status_of
from guomen.web.desks.policy.form_fields import FormFields
from guomen.web.desks.policy.form_rows import MeasureRows, rows_of, rows_sent, with_change
from guomen.web.desks.policy.form_writing import FormWritten, write_rows

_UNWRITTEN = FormWritten("", {})


@page
def form(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft as a form, change its rows, and save it; a draft with faults has no form."""
    file, pack = draft_file(draft_id=draft_id), jurisdiction()
    if file.state != "open":
        return redirect("desk.policy_draft", draft_id=draft_id)
    try:
        stored = load_draft(file.text, MEASURE, pack)
    except PackRefused as refused:
        return _unreadable(request, file, refused.faults)
    if request.method != "POST":
        return _shown(request, file, stored, rows_of(stored, pack.effects))
    rows, act = rows_sent(request.POST), request.POST.get("act", "")
    if act != "save":
        today = clock.today(pack.zone).isoformat()
        rows, focus = with_change(rows, act, today)
        return _shown(request, file, stored, rows, focus=focus)
    written = write_rows(rows, stored, pack)
    if written.errors:
        return _shown(request, file, stored, rows, written)
    return _kept(request, file, stored, rows, written.text)


def _unreadable(request: HttpRequest, file: DraftFile, faults: tuple[Fault, ...]) -> HttpResponse:
    content = {"file": file, "faults": faults}
    return render(request, "desks/policy_form_none.html", content, status=409)


def _kept(
    request: HttpRequest, file: DraftFile, stored: Measure, rows: MeasureRows, text: str
) -> HttpResponse:
    revision = request.POST.get("revision", "")
    try:
        save_draft(
            actor=actor_of(request),
            at=clock.now(),
            draft=file.id,
            revision=int(revision) if re.fullmatch(r"[0-9]{1,8}", revision) else 0,
            text=text,
            cases=_renamed(file.cases, stored.id, rows.plain["id"]),
        )
    except Refusal as refusal:
        return _refused(request, file, stored, rows, refusal)
    return redirect("desk.policy_draft", draft_id=file.id)


def _renamed(cases: str, was: str, now: str) -> str:
    """Let the file of the cases name the measure by its new id; all else stays as it is."""
    if was == now:
        return cases
    return re.sub(rf"(?m)^measure: *{re.escape(was)} *$", f"measure: {now}", cases)


def _refused(
    request: HttpRequest, file: DraftFile, stored: Measure, rows: MeasureRows, refusal: Refusal
) -> HttpResponse:
    theirs = file if isinstance(refusal, DraftChanged) else None
    return _shown(request, file, stored, rows, refusal=refusal, theirs=theirs)


def _shown(
    request: HttpRequest,
    file: DraftFile,
    stored: Measure,
    rows: MeasureRows,
    written: FormWritten = _UNWRITTEN,
    *,
    refusal: Refusal | None = None,
    theirs: DraftFile | None = None,
    focus: str = "",
) -> HttpResponse:
    pack: Jurisdiction = jurisdiction()
    fields = FormFields(pack, active().tag, written.errors)
    own, clauses = fields.measure(rows), fields.clauses(rows, stored)
    errors, loose = fields.problems()
    content = {
        "file": file,
        "revision": _revision(request, file, theirs),
        "fields": own,
        "clauses": clauses,
        "errors": errors,
        "loose": loose,
        "refused": sentence_of(refusal) if refusal else "",
        "theirs": theirs,
        "focus": focus,
    }
    status = status_of(refusal) if refusal else 422 if written.errors else 200
    return render(request, "desks/policy_form.html", content, status=status)


def _revision(request: HttpRequest, file: DraftFile, theirs: DraftFile | None) -> object:
    """Keep the revision that the form was made of, until the officer has seen another's text."""
    return file.revision if theirs else request.POST.get("revision", file.revision)
