"""The pages of referrals: the list, the decision with its legal basis, and the printed notice."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guomen import clock
from guomen.apps.border.operations import AlertsOpened, decide_referral, open_alerts
from guomen.apps.border.queries import ReferralFile, open_referrals
from guomen.apps.border.queries import referral as referral_file
from guomen.apps.policy.queries import jurisdiction, rulebook_named
from guomen.core.actor import Purpose
from guomen.core.clearance import Reason
from guomen.core.policy.explanation import explain
from guomen.core.policy.spelling import read_spelt
from guomen.core.refusal import Refusal
from guomen.core.time import local_day
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_in_full, say_reason
from guomen.language.tags import LANGUAGES, active, language, speaking
from guomen.web.access import actor_of
from guomen.web.components.labels import part_texts
from guomen.web.components.refused import page, sentence_of, status_of
from guomen.web.components.traveller import chosen_language, language_of

_MOST = 200
_LONGEST_BASIS = 200
_TYPED = ("outcome", "legal_basis", "note", "purpose", "name")
_OUTCOMES = ("admitted", "not_admitted")


@page
def referrals(request: HttpRequest) -> HttpResponse:
    """List what waits at the officer's port, oldest first."""
    pack = jurisdiction()
    found = open_referrals(port=actor_of(request).port, most=_MOST)
    content = {
        "rows": [(one, _presented(one, pack), _sentences(one, pack)) for one in found],
        "zone": pack.zone,
    }
    return render(request, "desks/referrals.html", content)


def _presented(file: ReferralFile, pack: Jurisdiction) -> dict[str, Mapping[str, str]]:
    here = active().tag
    return {
        "kind": part_texts("document_kind", file.document_kind, pack, here),
        "port": part_texts("port", file.port, pack, here),
        "group": part_texts("group", file.group, pack, here),
    }


def _sentences(file: ReferralFile, pack: Jurisdiction) -> list[str]:
    return [say_reason(one, active().tag, pack) for one in _against(file)]


def _against(file: ReferralFile) -> list[Reason]:
    return [one for one in file.reasons if one.in_order is not True]


def _sentences_to_traveller(file: ReferralFile, pack: Jurisdiction) -> list[str]:
    """Leave out that nobody had compared the holder yet: the deciding officer since has."""
    told = [one for one in _against(file) if (one.code, one.in_order) != ("holder.verified", None)]
    return [say_reason(one, active().tag, pack) for one in told]


def _explained(file: ReferralFile, pack: Jurisdiction) -> list[tuple[str, ...]]:
    """Say in full what the rulebook of that moment answered, and what would have changed it."""
    rulebook = rulebook_named(rulebook_digest=file.rulebook)
    if rulebook is None:
        return []
    facts = read_spelt(file.facts, rulebook.vocabulary)
    on = local_day(file.occurred_at, pack.zone)
    return [
        say_in_full(explain(rulebook, question, facts, on), active().tag, pack)
        for question in file.unanswered
    ]


@page
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral, and take the officer's decision."""
    actor = actor_of(request)
    file = referral_file(referral_id=referral_id, port=actor.port)
    if request.method != "POST":
        return _shown(request, file)
    if request.POST.get("outcome") not in _OUTCOMES:
        return _shown(request, file, unchosen=True)
    try:
        _decide(request, referral_id)
    except Refusal as refusal:
        return _shown(request, file, refusal)
    return redirect("desk.referral", referral_id=referral_id)


def _decide(request: HttpRequest, referral_id: UUID) -> None:
    at, sent = clock.now(), request.POST
    decide_referral(
        actor=actor_of(request),
        at=at,
        day=clock.today(jurisdiction().zone),
        entry=clock.new_entry(),
        referral=referral_id,
        outcome=sent["outcome"],
        legal_basis=sent.get("legal_basis", "").strip()[:_LONGEST_BASIS],
        note=sent.get("note", "").strip(),
    )


@page
def alerts(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Open the alerts that the passage met, and near names, for a purpose that is logged."""
    file = referral_file(referral_id=referral_id, port=actor_of(request).port)
    if request.method != "POST":
        return redirect("desk.referral", referral_id=referral_id)
    try:
        opened = _open(request, referral_id)
    except Refusal as refusal:
        return _shown(request, file, unopened=refusal)
    return _shown(request, file, opened=opened)


def _open(request: HttpRequest, referral_id: UUID) -> AlertsOpened:
    sent = request.POST
    return open_alerts(
        actor=actor_of(request),
        at=clock.now(),
        day=clock.today(jurisdiction().zone),
        referral=referral_id,
        purpose=sent.get("purpose", ""),
        name=sent.get("name", ""),
    )


def _shown(
    request: HttpRequest,
    file: ReferralFile,
    refusal: Refusal | None = None,
    unchosen: bool = False,
    unopened: Refusal | None = None,
    opened: AlertsOpened | None = None,
) -> HttpResponse:
    pack = jurisdiction()
    content = {
        "file": file,
        "presented": _presented(file, pack),
        "sentences": _sentences(file, pack),
        **{name: request.POST.get(name, "") for name in _TYPED},
        "refused": sentence_of(refusal) if refusal else "",
        "unchosen": unchosen,
        "met": [dict(one.facts)["alert"] for one in file.reasons if one.code == "document.alert"],
        "opened": opened,
        "refused_alerts": sentence_of(unopened) if unopened else "",
        "purposes": [one.value for one in Purpose],
        "traveller_tag": language_of("", file.group, pack),
        "languages": LANGUAGES.values(),
        "zone": pack.zone,
    }
    told = refusal or unopened
    status = status_of(told) if told else 422 if unchosen else 200
    return render(request, "desks/referral.html", content, status=status)


@page
def notice(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Give the decided referral as a page to print, in the traveller's language."""
    file = referral_file(referral_id=referral_id, port=actor_of(request).port)
    if file.state == "open":
        return redirect("desk.referral", referral_id=referral_id)
    pack = jurisdiction()
    theirs = chosen_language(request.GET.get("to"), language_of("", file.group, pack))
    with speaking(theirs):
        content = {
            "file": file,
            "presented": _presented(file, pack),
            "sentences": _sentences_to_traveller(file, pack),
            "explained": _explained(file, pack),
            "theirs": language(theirs),
            "remedy": pack.remedy,
            "hotline": pack.hotline,
            "hotline_hours": pack.hotline_hours,
            "zone": pack.zone,
        }
        return render(request, "desks/referral_notice.html", content)
