"""The start of the desks: the pages that the holder's duties open."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.apps.border.queries import open_referrals
from guomen.apps.policy.queries import jurisdiction
from guomen.core.actor import Actor, Duty
from guomen.web.access import actor_of
from guomen.web.components.refused import page

_MOST = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """A link to a desk, for the duties of which any one opens it."""

    duties: tuple[Duty, ...]
    route: str
    title: Promise
    what: Promise


DESKS = (
    Desk(
        (Duty.CLEAR_PASSAGE,),
        "desk.lane",
        _("Lane"),
        _("Read a document, compare the holder, and let pass with one key."),
    ),
    Desk(
        (Duty.DECIDE_REFERRAL,),
        "desk.referrals",
        _("Referrals"),
        _("Decide what a lane has referred, and print the notice for the traveller."),
    ),
    Desk(
        (Duty.PROPOSE_ALERT, Duty.CONFIRM_ALERT),
        "desk.alerts",
        _("Alerts on documents"),
        _("Propose, confirm, review and lift alerts, each with two officers and an end."),
    ),
    Desk(
        (Duty.PROPOSE_RULEBOOK, Duty.PUBLISH_RULEBOOK),
        "desk.policy",
        _("Policy desk"),
        _("Draft measures, try them on cases and records, and publish them with two officers."),
    ),
)


@page
def start(request: HttpRequest) -> HttpResponse:
    """Show the desks of the holder, and what else the posts allow."""
    actor = actor_of(request)
    pack = jurisdiction()
    content = {
        "desks": [one for one in DESKS if not actor.duties.isdisjoint(one.duties)],
        "duties": sorted(duty.value for duty in actor.duties),
        "port": pack.ports.get(actor.port) if actor.port else None,
        "waiting": _waiting(actor),
    }
    return render(request, "desks/start.html", content)


def _waiting(actor: Actor) -> int | None:
    if Duty.DECIDE_REFERRAL not in actor.duties:
        return None
    return len(open_referrals(port=actor.port, most=_MOST))
