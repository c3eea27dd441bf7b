"""The page of a draft: its two texts, what can be told of them, and what can be done with it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guomen import clock
from guomen.apps.policy.operations import DraftChanged, discard_draft, propose_draft, save_draft
from guomen.apps.policy.queries import DraftFile, jurisdiction
from guomen.apps.policy.queries import draft as draft_file
from guomen.core.refusal import Refusal
from guomen.jurisdiction import PackRefused
from guomen.language.tags import active
from guomen.web.access import actor_of
from guomen.web.components.refused import page, sentence_of, status_of
from guomen.web.desks.policy.checking import Checked, checked
from guomen.web.desks.policy.taking_over import ALL, with_proposals


@dataclass(frozen=True, slots=True)
class Written:
    """The two texts as they stand in the page, and the revision that they were made of."""

    text: str
    cases: str
    revision: int


def _sent(request: HttpRequest, file: DraftFile) -> Written:
    """Give what the officer wrote; browsers end lines in their own way, and no text holds a NUL."""
    text, cases = (
        request.POST.get(name, kept).replace("\r\n", "\n").replace("\0", "")
        for name, kept in (("text", file.text), ("cases", file.cases))
    )
    revision = request.POST.get("revision", "")
    known = revision.isascii() and revision.isdigit() and len(revision) < _DIGITS
    return Written(text, cases, int(revision) if known else 0)


_DIGITS = 9
"""A revision has fewer digits than this; a longer number is none of ours."""


@page
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft with its check; keep, propose or discard it."""
    file = draft_file(draft_id=draft_id)
    if request.method != "POST":
        return _shown(request, file, Written(file.text, file.cases, file.revision))
    act, sent = request.POST.get("act"), _sent(request, file)
    if act == "check":
        return _shown(request, file, sent)
    if act == "discard":
        discard_draft(actor=actor_of(request), at=clock.now(), draft=draft_id)
        return redirect("desk.policy")
    if act in ("take", "take_all"):
        sent = _taken_over(request, file, sent)
    try:
        return _kept(request, file, sent)
    except Refusal as refusal:
        return _refused(request, sent, draft_id, refusal)


def _taken_over(request: HttpRequest, file: DraftFile, sent: Written) -> Written:
    taken = {ALL} if request.POST.get("act") == "take_all" else {*request.POST.getlist("take")}
    pack = jurisdiction()
    cases = with_proposals(sent.text, sent.cases, pack, standing=file.standing, taken=taken)
    return Written(sent.text, cases, sent.revision)


def _kept(request: HttpRequest, file: DraftFile, sent: Written) -> HttpResponse:
    """Save where anything was written, and propose when that was asked for."""
    actor, at = actor_of(request), clock.now()
    if sent != Written(file.text, file.cases, file.revision):
        save_draft(
            actor=actor,
            at=at,
            draft=file.id,
            revision=sent.revision,
            text=sent.text,
            cases=sent.cases,
        )
    if request.POST.get("act") == "propose":
        propose_draft(actor=actor, at=at, entry=clock.new_entry(), draft=file.id)
    return redirect("desk.policy_draft", draft_id=file.id)


def _refused(request: HttpRequest, sent: Written, draft_id: UUID, refusal: Refusal) -> HttpResponse:
    """Give the page back with what the officer wrote, and with what another wrote beside it.

    Saving again then goes upon what the other has saved, which is shown.
    """
    now = draft_file(draft_id=draft_id)
    theirs = now if isinstance(refusal, DraftChanged) else None
    return _shown(request, now, Written(sent.text, sent.cases, now.revision), refusal, theirs)


def _shown(
    request: HttpRequest,
    file: DraftFile,
    written: Written,
    refusal: Refusal | None = None,
    theirs: DraftFile | None = None,
) -> HttpResponse:
    content = {
        "file": file,
        "written": written,
        "saved": (written.text, written.cases) == (file.text, file.cases),
        "own": file.changed_by == actor_of(request).reference,
        "checked": _checked(file, written),
        "refused": sentence_of(refusal) if refusal else "",
        "pack_faults": refusal.faults if isinstance(refusal, PackRefused) else (),
        "theirs": theirs,
        "zone": jurisdiction().zone,
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "desks/policy_draft.html", content, status=status)


def _checked(file: DraftFile, written: Written) -> Checked:
    return checked(
        written.text, written.cases, jurisdiction(), standing=file.standing, tag=active().tag
    )


@require_POST
@page
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give the panel of the check alone, for the texts as they are sent; nothing is kept."""
    file = draft_file(draft_id=draft_id)
    content = {"file": file, "checked": _checked(file, _sent(request, file))}
    return render(request, "desks/policy_check.html", content)
