"""The versions of the rulebook: the list, the review, and publishing or withdrawing after a look."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from guomen import clock
from guomen.apps.policy.operations import (
    RulebookUnknown,
    publish_rulebook,
    withdraw_rulebook,
)
from guomen.apps.policy.queries import Version, jurisdiction, published_digest, version, versions
from guomen.core.actor import Actor, Duty
from guomen.core.refusal import Refusal
from guomen.language.tags import active
from guomen.web.access import actor_of
from guomen.web.components.refused import page, sentence_of, status_of
from guomen.web.desks.policy.reviewing import Review, review


@dataclass(frozen=True, slots=True)
class Row:
    """A version in the list; `mine` and `decided_by_me`: the reader proposed or decided it."""

    version: Version
    mine: bool
    decided_by_me: bool
    decides: bool


@page
def version_list(request: HttpRequest) -> HttpResponse:
    """List all versions, the newest first."""
    actor, now = actor_of(request), published_digest()
    rows = [_row(one, actor, now) for one in versions()]
    newest = next((row for row in rows if row.decides), None)
    content = {"rows": rows, "newest": newest, "zone": jurisdiction().zone}
    return render(request, "desks/policy_versions.html", content)


def _row(one: Version, actor: Actor, now: str | None) -> Row:
    me = actor.reference
    decides = one.state == "published" and one.pack_digest == now
    return Row(one, one.proposed_by == me, one.decided_by == me, decides)


@page
def version_page(request: HttpRequest, digest: str) -> HttpResponse:
    """Show one version with everything that it changes, and what the reader may do with it."""
    return _shown(request, "desks/policy_version.html", _review(digest))


def _review(digest: str) -> Review:
    found = version(pack_digest=digest)
    if found is None:
        raise RulebookUnknown(pack=digest)
    return review(found, active().tag)


def _shown(
    request: HttpRequest, template: str, found: Review, refused: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    content = {
        "review": found,
        "row": _row(found.version, actor, published_digest()),
        "may_publish": Duty.PUBLISH_RULEBOOK in actor.duties,
        "zone": jurisdiction().zone,
        "refused": refused,
    }
    return render(request, template, content, status=status)


@page
def publish(request: HttpRequest, digest: str) -> HttpResponse:
    """Name once more what changes; then publish, unless something else was published meanwhile."""
    found = _review(digest)
    if request.method != "POST":
        return _shown(request, "desks/policy_publish.html", found)
    if request.POST.get("base", "") != found.base:
        told = gettext("What is published has changed since you looked. Read the review again.")
        return _shown(request, "desks/policy_version.html", found, told, 409)
    return _decided(request, found, publish_rulebook)


@page
def withdraw(request: HttpRequest, digest: str) -> HttpResponse:
    """Say what withdrawing means; then withdraw."""
    found = _review(digest)
    if request.method != "POST":
        return _shown(request, "desks/policy_withdraw.html", found)
    return _decided(request, found, withdraw_rulebook)


def _decided(request: HttpRequest, found: Review, act: Callable[..., None]) -> HttpResponse:
    digest = found.version.pack_digest
    try:
        act(actor=actor_of(request), at=clock.now(), entry=clock.new_entry(), pack_digest=digest)
    except Refusal as refusal:
        told, status = sentence_of(refusal), status_of(refusal)
        return _shown(request, "desks/policy_version.html", found, told, status)
    return redirect("desk.policy_version", digest=digest)
