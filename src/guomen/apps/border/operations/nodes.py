"""At the centre: enrolling and revoking port nodes, and keeping the acts that they send."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from guomen.apps.accounts.operations import NameTaken
from guomen.apps.border.models import NodeAct, PortNode
from guomen.apps.border.nodes import NodeAtWork, NodeRevoked, NodeUnknown, node_named
from guomen.apps.border.operations.arriving import Kept, keep_arrived
from guomen.apps.ledger.acts import act, again_if_another_was_first, working_paper
from guomen.apps.ledger.operations import append_office_act
from guomen.apps.ledger.rows import insert_rows
from guomen.core.actor import Actor, Duty
from guomen.core.events import EventKind
from guomen.core.outbox import NO_ACT, NumberedAct, fresh_acts
from guomen.core.outbox.receiving import FreshAct
from guomen.core.refusal import Nature, Refusal

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_KEYS = 400
"""So many actors and nonces in one query."""


class NodeNameUnfit(Refusal):
    """A name that no node can have: seals and files are named after it."""

    code = "node.name_unfit"
    nature = Nature.BAD_INPUT


@act
def enroll_node(
    *,
    actor: Actor,
    at: datetime,
    entry: UUID,
    reference: UUID,
    name: str,
    port: str,
    public_key: bytes,
) -> None:
    """Enrol a port's node with its public key; leaves `node.enrolled`.

    Refuses a name that was used before: a node's acts are numbered for ever.
    """
    actor.require(Duty.MANAGE_ACCOUNTS)
    if not _NAME.fullmatch(name) or name == settings.GUOMEN_NODE:
        raise NodeNameUnfit(name=name[:64], taken=settings.GUOMEN_NODE)
    try:
        PortNode.objects.create(
            reference=reference,
            name=name,
            port=port,
            public_key=public_key,
            enrolled_at=at,
            last_digest=NO_ACT,
        )
    except IntegrityError:
        raise NameTaken(name=name) from None
    payload = {"node": str(reference)}
    append_office_act(
        entry=entry, kind=EventKind.NODE_ENROLLED, actor=actor, at=at, payload=payload
    )


@act
def revoke_node(*, actor: Actor, at: datetime, entry: UUID, name: str) -> None:
    """Take a node's key out of use: its next request is refused. Leaves `node.revoked`."""
    actor.require(Duty.MANAGE_ACCOUNTS)
    row = PortNode.objects.filter(name=name, revoked_at__isnull=True).first()
    if row is None:
        raise NodeUnknown(name=name[:64])
    PortNode.objects.filter(pk=row.pk).update(revoked_at=at)
    payload = {"node": str(row.reference)}
    append_office_act(entry=entry, kind=EventKind.NODE_REVOKED, actor=actor, at=at, payload=payload)


@working_paper
def note_heard(*, actor: Actor, at: datetime, node: str, told_number: int, skew: int) -> None:
    """Note that a node was heard, which act it has last, and by how many seconds it is ahead."""
    actor.require(Duty.REPORT_ACTS)
    rows = PortNode.objects.filter(name=node)
    rows.update(heard_at=at, told_number=told_number, skew_seconds=skew)


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive acts of a node; `signature` is that of the last."""

    node: str
    acts: tuple[NumberedAct, ...]
    signature: bytes


@again_if_another_was_first
@act
def receive_acts(*, actor: Actor, at: datetime, batch: Batch) -> int:
    """Keep the acts of a node that are new, in their order, all or none; give the last number.

    Each leaves the same entry as at the node, recorded now: what happened long ago is late. What
    a gate had told us too is there already and stays one passage. Refuses a gap with the number
    that is expected, a chain that does not follow, and an act that is not of the node's port.
    """
    actor.require(Duty.REPORT_ACTS)
    node = node_named(name=batch.node)
    if node.actor.reference != actor.reference:
        raise NodeUnknown(name=batch.node[:32])
    fresh = fresh_acts(node.received, batch.acts, batch.signature, node.public_key)
    if not fresh:
        return node.received.number
    kept = keep_arrived(acts=[one.act for one in fresh], node=node, at=at)
    _note_taken(node, batch, fresh, kept)
    return fresh[-1].act.number


_NODE_ACT = ("node", "number", "digest", "signature", "record", "stored")


def _note_taken(
    node: NodeAtWork, batch: Batch, fresh: Sequence[FreshAct], kept: Sequence[Kept]
) -> None:
    row = PortNode.objects.get(name=node.name)
    last = fresh[-1]
    signatures = [b""] * (len(fresh) - 1) + [batch.signature]
    insert_rows(
        NodeAct,
        _NODE_ACT,
        [
            (row.pk, one.act.number, one.digest, signature, where.record, where.stored)
            for one, where, signature in zip(fresh, kept, signatures, strict=True)
        ],
    )
    # Another request that was first has left the same numbers, and the rows above met them.
    changed = PortNode.objects.filter(
        pk=row.pk, last_number=node.received.number, revoked_at__isnull=True
    ).update(last_number=last.act.number, last_digest=last.digest)
    if not changed:
        raise NodeRevoked(name=node.name)
