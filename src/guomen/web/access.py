"""Who may open which page: one row for every route, and nothing opens without a row."""

from collections.abc import Callable, Mapping
from enum import Enum
from weakref import WeakKeyDictionary

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from guomen import clock
from guomen.apps.accounts.queries import officer
from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction
from guomen.core.actor import Actor, Duty


class Open(Enum):
    """Pages that ask for no duty: for everybody, or for everybody with a login."""

    PUBLIC = "public"
    STAFF = "staff"


Requirement = Open | Duty | tuple[Duty, ...]
"""What a page asks for; of several duties any one opens it."""

_EITHER_OFFICER = (Duty.PROPOSE_RULEBOOK, Duty.PUBLISH_RULEBOOK)

_EITHER_OF_ALERTS = (Duty.PROPOSE_ALERT, Duty.CONFIRM_ALERT)

PAGES: Mapping[str, Requirement] = {
    "portal.root": Open.PUBLIC,
    "portal.home": Open.PUBLIC,
    "portal.service": Open.PUBLIC,
    "portal.measures": Open.PUBLIC,
    "portal.measure": Open.PUBLIC,
    "portal.measures_file": Open.PUBLIC,
    "portal.measure_file": Open.PUBLIC,
    "portal.figures": Open.PUBLIC,
    "portal.figure": Open.PUBLIC,
    "portal.figure_csv": Open.PUBLIC,
    "portal.seal": Open.PUBLIC,
    "portal.entry": Open.PUBLIC,
    "portal.bulletins": Open.PUBLIC,
    "portal.bulletin": Open.PUBLIC,
    "desk.login": Open.PUBLIC,
    "desk.logout": Open.STAFF,
    "desk.start": Open.STAFF,
    "desk.lane": Duty.CLEAR_PASSAGE,
    "desk.lane_place": Duty.CLEAR_PASSAGE,
    "desk.lane_check": Duty.CLEAR_PASSAGE,
    "desk.lane_passage": Duty.CLEAR_PASSAGE,
    "desk.referrals": Duty.DECIDE_REFERRAL,
    "desk.referral": Duty.DECIDE_REFERRAL,
    "desk.referral_notice": Duty.DECIDE_REFERRAL,
    "desk.referral_alerts": Duty.DECIDE_REFERRAL,
    "desk.alerts": _EITHER_OF_ALERTS,
    "desk.alert_new": Duty.PROPOSE_ALERT,
    "desk.alert": _EITHER_OF_ALERTS,
    "desk.alert_confirm": Duty.CONFIRM_ALERT,
    "desk.alert_refuse": Duty.CONFIRM_ALERT,
    "desk.alert_review": Duty.CONFIRM_ALERT,
    "desk.alert_end": _EITHER_OF_ALERTS,
    "desk.policy": _EITHER_OFFICER,
    "desk.policy_begin": Duty.PROPOSE_RULEBOOK,
    "desk.policy_draft": Duty.PROPOSE_RULEBOOK,
    "desk.policy_check": Duty.PROPOSE_RULEBOOK,
    "desk.policy_form": Duty.PROPOSE_RULEBOOK,
    "desk.policy_replays": Duty.PROPOSE_RULEBOOK,
    "desk.policy_replay": _EITHER_OFFICER,
    "desk.policy_replay_progress": _EITHER_OFFICER,
    "desk.policy_replay_csv": _EITHER_OFFICER,
    "desk.policy_versions": _EITHER_OFFICER,
    "desk.policy_version": _EITHER_OFFICER,
    "desk.policy_publish": Duty.PUBLISH_RULEBOOK,
    "desk.policy_withdraw": _EITHER_OFFICER,
    "desk.policy_measures": Duty.PROPOSE_RULEBOOK,
    "desk.policy_close": Duty.PROPOSE_RULEBOOK,
}

DOORS_OF_THEIR_OWN = ("/api/", "/healthz", "/metrics")
"""Paths that machines use: the API asks for keys itself, and web does not know its routes."""

_ACTORS: WeakKeyDictionary[HttpRequest, Actor] = WeakKeyDictionary()
"""The officer of each staff request that is being answered."""

Answer = Callable[[HttpRequest], HttpResponse]


def require_duty(get_response: Answer) -> Answer:
    """Let a request through to its page when its row in `PAGES` allows it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DOORS_OF_THEIR_OWN):
            return get_response(request)
        refused = _refuse(request, _requirement(request))
        return refused or get_response(request)

    return answer


def _requirement(request: HttpRequest) -> Requirement | None:
    """Give the row of a request's route; None when no route answers it (Django says 404)."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    if found.view_name not in PAGES:
        raise Http404("This route has no row in access.PAGES.")
    return PAGES[found.view_name]


def _refuse(request: HttpRequest, requirement: Requirement | None) -> HttpResponse | None:
    if requirement is None or requirement is Open.PUBLIC:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    actor = _officer(request)
    duties = (requirement,) if isinstance(requirement, Duty) else requirement
    if isinstance(duties, tuple) and actor.duties.isdisjoint(duties):
        raise PermissionDenied(", ".join(duties))
    return None


def _officer(request: HttpRequest) -> Actor:
    holder = request.user
    if not holder.is_authenticated:
        raise PermissionDenied("nobody is signed in")
    try:
        zone = jurisdiction().zone
    except NoRulebookPublished:
        raise PermissionDenied("no rulebook is published") from None
    actor = officer(login=holder.reference, on=clock.today(zone))
    _ACTORS[request] = actor
    return actor


def actor_of(request: HttpRequest) -> Actor:
    """Give the officer whom the access table let in."""
    return _ACTORS[request]


def officer_of(request: HttpRequest) -> Actor | None:
    """Give the officer of a staff page, and None on a page for everybody."""
    return _ACTORS.get(request)
