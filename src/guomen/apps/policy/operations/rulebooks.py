"""Proposing a rulebook and publishing it by a second officer."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from guomen.apps.ledger.acts import act, part_of_act
from guomen.apps.ledger.operations import append_office_act
from guomen.apps.policy.models import Draft, RulebookVersion
from guomen.apps.policy.queries import published_digest
from guomen.core.actor import Actor, Duty
from guomen.core.canonical import Json, digest
from guomen.core.events import EventKind
from guomen.core.refusal import Nature, Refusal
from guomen.core.transitions import RULEBOOK
from guomen.jurisdiction import load_files


class RulebookKnown(Refusal):
    """This very pack waits for its second officer, or decides already."""

    code = "policy.rulebook_known"
    nature = Nature.CONFLICT


class RulebookUnknown(Refusal):
    """No version has this digest."""

    code = "policy.rulebook_unknown"
    nature = Nature.NOT_FOUND


class SecondOfficerNeeded(Refusal):
    """Who proposed a rulebook does not publish it."""

    code = "policy.second_officer_needed"
    nature = Nature.NOT_ALLOWED


@act
def propose_rulebook(
    *, actor: Actor, at: datetime, entry: UUID, name: str, files: Mapping[str, str]
) -> str:
    """Propose a pack; give its digest. Leaves `rulebook.proposed`.

    Refuses a pack with faults (`pack.refused`, all listed), one that waits, and the one in use.
    An earlier pack may come back: that is how a publication is undone.
    """
    actor.require(Duty.PROPOSE_RULEBOOK)
    return propose(actor=actor, at=at, entry=entry, name=name, files=files)


@part_of_act
def propose(*, actor: Actor, at: datetime, entry: UUID, name: str, files: Mapping[str, str]) -> str:
    """Write a proposal with its entry, as a part of the act that proposes."""
    pack = load_files(name, files)
    pack_digest = digest(dict(files))
    waits = RulebookVersion.objects.filter(pack_digest=pack_digest, state="proposed").exists()
    if waits or published_digest() == pack_digest:
        raise RulebookKnown(pack=pack_digest)
    RulebookVersion.objects.create(
        pack_digest=pack_digest,
        rulebook_digest=pack.rulebook.digest,
        jurisdiction=name,
        files=dict(files),
        rules=pack.rulebook.kept,
        state="proposed",
        proposed_by=actor.reference,
        proposed_at=at,
        decided_by="",
    )
    payload: dict[str, Json] = {
        "rulebook": pack.rulebook.digest,
        "measures": len(pack.rulebook.announced),
    }
    append_office_act(
        entry=entry, kind=EventKind.RULEBOOK_PROPOSED, actor=actor, at=at, payload=payload
    )
    return pack_digest


@act
def publish_rulebook(*, actor: Actor, at: datetime, entry: UUID, pack_digest: str) -> None:
    """Publish a proposed pack; from now on it decides. Leaves `rulebook.published`.

    Refuses the officer who proposed it, and a version that is not waiting.
    """
    actor.require(Duty.PUBLISH_RULEBOOK)
    row = _waiting(pack_digest, "published")
    if row.proposed_by == actor.reference:
        raise SecondOfficerNeeded(pack=pack_digest)
    _decide(row, "published", actor, at)
    payload: dict[str, Json] = {"rulebook": row.rulebook_digest, "proposed_by": row.proposed_by}
    append_office_act(
        entry=entry, kind=EventKind.RULEBOOK_PUBLISHED, actor=actor, at=at, payload=payload
    )


@act
def withdraw_rulebook(*, actor: Actor, at: datetime, entry: UUID, pack_digest: str) -> None:
    """Take back a proposal, by either officer; leaves `rulebook.withdrawn`.

    The draft of which it was made is open again, so that the writing can go on.
    """
    second = Duty.PUBLISH_RULEBOOK in actor.duties
    actor.require(Duty.PUBLISH_RULEBOOK if second else Duty.PROPOSE_RULEBOOK)
    row = _waiting(pack_digest, "withdrawn")
    _decide(row, "withdrawn", actor, at)
    Draft.objects.filter(state="proposed", proposed_as=pack_digest).update(
        state="open", proposed_as="", changed_by=actor.reference, changed_at=at
    )
    payload: dict[str, Json] = {"rulebook": row.rulebook_digest}
    append_office_act(
        entry=entry, kind=EventKind.RULEBOOK_WITHDRAWN, actor=actor, at=at, payload=payload
    )


def _waiting(pack_digest: str, wished: str) -> RulebookVersion:
    row = RulebookVersion.objects.filter(pack_digest=pack_digest).order_by("-id").first()
    if row is None:
        raise RulebookUnknown(pack=pack_digest)
    RULEBOOK.require(row.state, wished)
    return row


def _decide(row: RulebookVersion, state: str, actor: Actor, at: datetime) -> None:
    changed = RulebookVersion.objects.filter(pk=row.pk, state=row.state).update(
        state=state, decided_by=actor.reference, decided_at=at
    )
    RULEBOOK.require_done(changed, state)
