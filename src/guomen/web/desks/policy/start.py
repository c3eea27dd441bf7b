"""The start of the policy desk: drafts, proposals that wait, and how a draft is begun."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guomen import clock
from guomen.apps.policy.operations import begin_draft
from guomen.apps.policy.queries import (
    DraftFile,
    drafts,
    files_of,
    jurisdiction,
    published_digest,
    versions,
)
from guomen.core.actor import Duty
from guomen.core.policy import Measure
from guomen.jurisdiction import Jurisdiction, PackRefused, load_draft
from guomen.jurisdiction.drafting import MEASURE, texts_of
from guomen.language.tags import active, text_in
from guomen.web.access import actor_of
from guomen.web.components.refused import page
from guomen.web.desks.policy.beginning import skeleton

_MOST_DRAFTS = 100
_MOST_VERSIONS = 5

Names = Mapping[str, str]
"""Texts by language."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list; `titles` is empty for one that cannot be read as it stands."""

    file: DraftFile
    titles: Names
    own: bool


@page
def start(request: HttpRequest) -> HttpResponse:
    """Show what is being written, what waits for a second officer, and how to begin."""
    pack, actor = jurisdiction(), actor_of(request)
    found = drafts(states=("open",), most=_MOST_DRAFTS)
    every = versions()
    content = {
        "drafts": [_row(one, pack, actor.reference) for one in found],
        "waiting": [one for one in every if one.state == "proposed"],
        "versions": every[:_MOST_VERSIONS],
        "families": _by_family(pack),
        "questions": pack.rulebook.questions.values(),
        "proposes": Duty.PROPOSE_RULEBOOK in actor.duties,
        "zone": pack.zone,
    }
    return render(request, "desks/policy_start.html", content)


def _row(file: DraftFile, pack: Jurisdiction, reader: str) -> DraftRow:
    try:
        titles = load_draft(file.text, MEASURE, pack).titles
    except PackRefused:
        titles = {}
    return DraftRow(file, titles, file.changed_by == reader)


def _by_family(pack: Jurisdiction) -> list[tuple[Names, list[Measure]]]:
    here = active().tag
    families: dict[str, list[Measure]] = defaultdict(list)
    for one in pack.rulebook.measures:
        families[one.family].append(one)
    return [
        (pack.families[name], sorted(several, key=lambda one: text_in(one.titles, here)[0]))
        for name, several in sorted(families.items())
    ]


@require_POST
@page
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft of a published measure or of a new one, and open it."""
    pack, draft = jurisdiction(), clock.new_id()
    name, text, cases, standing = _first_texts(request, pack)
    begin_draft(
        actor=actor_of(request),
        at=clock.now(),
        draft=draft,
        measure=name,
        text=text,
        cases=cases,
        standing=standing,
    )
    return redirect("desk.policy_draft", draft_id=draft)


def _first_texts(request: HttpRequest, pack: Jurisdiction) -> tuple[str, str, str, bool]:
    question = request.POST.get("question")
    if question is not None:
        asked = pack.rulebook.question(question)
        return *skeleton(asked.id, pack, clock.today(pack.zone)), False
    measure = pack.rulebook.measure(request.POST.get("measure", ""))
    if measure is None:
        raise Http404("no such measure")
    files = files_of(pack_digest=published_digest() or "")
    return measure.id, *texts_of(files, measure), measure.standing
