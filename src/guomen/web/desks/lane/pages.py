"""The pages of a lane: choose the place once, check without writing, and press one key."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from guomen import clock
from guomen.apps.border.operations import PassageRequest, clear_passage
from guomen.apps.border.queries import PassageAnswer
from guomen.apps.border.queries import passage as passage_kept
from guomen.apps.policy.queries import jurisdiction
from guomen.core.clearance import Direction
from guomen.core.refusal import Refusal
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_reason
from guomen.language.tags import active
from guomen.web.access import actor_of
from guomen.web.components.refused import page, sentence_of, status_of
from guomen.web.desks.lane.places import LanePlace, keep_place, kept_place, wished_place
from guomen.web.desks.lane.presented import Scan, Typed, read_scan, typed
from guomen.web.desks.lane.previews import Preview, preview

_LAST = "lane_last"


@page
def lane(request: HttpRequest) -> HttpResponse:
    """Show the empty scan field, with the result of the passage before."""
    pack = jurisdiction()
    place = kept_place(request, actor_of(request), pack)
    if place is None:
        return redirect("desk.lane_place")
    return _desk(request, pack, place, typed({}))


@page
def place(request: HttpRequest) -> HttpResponse:
    """Choose port, lane and direction; a post with a port keeps to it."""
    actor, pack = actor_of(request), jurisdiction()
    wished = wished_place(request, actor) if request.method == "POST" else None
    if wished is not None and wished.in_pack(pack):
        keep_place(request, wished)
        return redirect("desk.lane")
    chosen = wished or kept_place(request, actor, pack)
    content = {
        "ports": pack.ports,
        "own_port": pack.ports.get(actor.port) if actor.port else None,
        "lanes": pack.lanes,
        "chosen": chosen,
        "lane_name": chosen.lane if chosen else actor.lane or "1",
        "wrong": wished is not None,
    }
    return render(request, "desks/lane_place.html", content, status=422 if wished else 200)


@page
def check(request: HttpRequest) -> HttpResponse:
    """Decide what was scanned and show it; nothing is written."""
    pack = jurisdiction()
    place = kept_place(request, actor_of(request), pack)
    if place is None or request.method != "POST":
        return redirect("desk.lane")
    form = typed(request.POST)
    if form.errors:
        return _desk(request, pack, place, form, status=422)
    try:
        shown = _preview(form, place, pack)
    except Refusal as refusal:
        return _desk(request, pack, place, form, refusal)
    return _desk(request, pack, place, form, shown=shown)


@page
def passage(request: HttpRequest) -> HttpResponse:
    """Record the passage: the pass key, or the refer key. The operation decides by itself."""
    pack = jurisdiction()
    place = kept_place(request, actor_of(request), pack)
    if place is None or request.method != "POST":
        return redirect("desk.lane")
    form = typed(request.POST)
    try:
        answer = _clear(request, form, place, pack)
    except Refusal as refusal:
        return _desk(request, pack, place, form, refusal)
    request.session[_LAST] = str(answer.passage)
    return redirect("desk.lane")


def _scan(form: Typed, place: LanePlace, pack: Jurisdiction) -> Scan:
    return read_scan(form, Direction(place.direction), pack, clock.today(pack.zone))


def _preview(form: Typed, place: LanePlace, pack: Jurisdiction) -> Preview:
    scan = _scan(form, place, pack)
    return preview(scan, place.at(pack), pack, clock.now(), active().tag)


def _clear(
    request: HttpRequest, form: Typed, place: LanePlace, pack: Jurisdiction
) -> PassageAnswer:
    at, shown = clock.now(), _preview(form, place, pack)
    wished = PassageRequest(
        passage=clock.new_id(),
        entry=clock.new_entry(),
        referral=clock.new_id(),
        nonce=request.POST.get("nonce", "")[:64] or str(clock.new_id()),
        presented=shown.scan.with_holder(_compared(request, shown)),
        occurred_at=at,
    )
    return clear_passage(
        actor=actor_of(request), at=at, place=place.at(pack), request=wished, jurisdiction=pack
    )


def _compared(request: HttpRequest, shown: Preview) -> bool | None:
    """The pass key says "I have compared the holder"; referring in spite of it says "no match"."""
    if request.POST.get("act") == "pass":
        return True
    return False if shown.passes else None


def _desk(
    request: HttpRequest,
    pack: Jurisdiction,
    place: LanePlace,
    form: Typed,
    refusal: Refusal | None = None,
    shown: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    content: dict[str, Any] = {
        "place": place,
        "port": pack.ports[place.port],
        "lane_kind": pack.lanes[place.lane_kind],
        "form": form,
        "errors": form.errors,
        "refused": sentence_of(refusal) if refusal else "",
        "preview": shown,
        "nonce": clock.new_id(),
        "last": None if shown or refusal else _last(request, pack),
        "zone": pack.zone,
        "scan_hint": gettext("Put the document on the reader, or type its lines."),
    }
    found = status_of(refusal) if refusal else status
    return render(request, "desks/lane.html", content, status=found)


def _last(request: HttpRequest, pack: Jurisdiction) -> dict[str, object] | None:
    kept = request.session.get(_LAST)
    answer = passage_kept(passage_id=UUID(kept)) if kept else None
    if answer is None:
        return None
    against = [one for one in answer.reasons if one.in_order is not True]
    sentences = [say_reason(one, active().tag, pack) for one in against]
    return {"answer": answer, "sentences": sentences}
