"""The port nodes as the centre knows them: their keys, and how far behind each is."""

from dataclasses import dataclass
from datetime import datetime

from guomen.apps.border.models import PortNode
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.outbox import Received
from guomen.core.refusal import Nature, Refusal


class NodeUnknown(Refusal):
    """No node in use has this name, or the signature is not its own."""

    code = "node.unknown"
    nature = Nature.NOT_ALLOWED


class NodeRevoked(Refusal):
    """The node's key was taken out of use."""

    code = "node.revoked"
    nature = Nature.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class NodeAtWork:
    """A node that may speak: as an actor, with its key and the last act that it has sent."""

    actor: Actor
    name: str
    port: str
    public_key: bytes
    received: Received


@dataclass(frozen=True, slots=True)
class NodeFile:
    """A node as the operator sees it. `waiting`: acts that it has and we have not, by its word
    of `heard_at`; `skew_seconds`: how far its clock was ahead then."""

    name: str
    port: str
    enrolled_at: datetime
    revoked_at: datetime | None
    heard_at: datetime | None
    last_number: int
    waiting: int
    skew_seconds: int

    def silent_seconds(self, at: datetime) -> int | None:
        """Tell for how long the node has not been heard; None if it never was."""
        return None if self.heard_at is None else int((at - self.heard_at).total_seconds())


def node_named(*, name: str) -> NodeAtWork:
    """Find a node in use, or refuse with `node.unknown` or `node.revoked`."""
    row = PortNode.objects.filter(name=name).first()
    if row is None:
        raise NodeUnknown(name=name[:32])
    if row.revoked_at is not None:
        raise NodeRevoked(name=name)
    duties = frozenset({Duty.REPORT_ACTS})
    actor = Actor(ActorKind.DEVICE, str(row.reference), duties, row.port)
    received = Received(row.last_number, row.last_digest)
    return NodeAtWork(actor, row.name, row.port, bytes(row.public_key), received)


def nodes_listed() -> tuple[NodeFile, ...]:
    """List all nodes by name, those out of use too."""
    return tuple(
        NodeFile(
            row.name,
            row.port,
            row.enrolled_at,
            row.revoked_at,
            row.heard_at,
            row.last_number,
            max(0, row.told_number - row.last_number),
            row.skew_seconds,
        )
        for row in PortNode.objects.order_by("name")
    )
