"""The closed catalogue of acts that the ledger keeps, and the columns that figures count by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from guomen.core.canonical import Json, canonical_bytes
from guomen.core.refusal import Nature, Refusal


class EventKind(StrEnum):
    """Everything that can have happened. A kind is never renamed and never reused."""

    PASSAGE_CLEARED = "passage.cleared"
    PASSAGE_REFERRED = "passage.referred"
    REFERRAL_DECIDED = "referral.decided"
    CONVEYANCE_INSPECTED = "conveyance.inspected"
    DOCUMENT_REGISTERED = "document.registered"
    DOCUMENT_STATUS_CHANGED = "document.status_changed"
    ALERT_PROPOSED = "alert.proposed"
    ALERT_CONFIRMED = "alert.confirmed"
    ALERT_REFUSED = "alert.refused"
    ALERT_ENDED = "alert.ended"
    ALERT_REVIEWED = "alert.reviewed"
    RULEBOOK_PROPOSED = "rulebook.proposed"
    RULEBOOK_PUBLISHED = "rulebook.published"
    RULEBOOK_WITHDRAWN = "rulebook.withdrawn"
    BULLETIN_COMPILED = "bulletin.compiled"
    BULLETIN_RELEASED = "bulletin.released"
    POST_ASSIGNED = "post.assigned"
    DEVICE_ENROLLED = "device.enrolled"
    DEVICE_REVOKED = "device.revoked"
    NODE_ENROLLED = "node.enrolled"
    NODE_REVOKED = "node.revoked"
    SIMULATION_DECLARED = "simulation.declared"


@dataclass(frozen=True, slots=True)
class Description:
    """What a kind's payload holds, and whether a figure counts it."""

    version: int
    payload: frozenset[str]
    counted: bool
    why_not_counted: str = ""


def _counted(*payload: str) -> Description:
    return Description(1, frozenset(payload), counted=True)


def _not_counted(why: str, *payload: str) -> Description:
    return Description(1, frozenset(payload), counted=False, why_not_counted=why)


_INTERNAL = "an act of the administration upon itself, not a service to the public"

CATALOGUE: Mapping[EventKind, Description] = MappingProxyType(
    {
        EventKind.PASSAGE_CLEARED: _counted("passage", "clause", "rulebook"),
        EventKind.PASSAGE_REFERRED: _counted("passage", "clause", "rulebook", "reasons"),
        EventKind.REFERRAL_DECIDED: _counted("passage", "referral"),
        EventKind.CONVEYANCE_INSPECTED: _counted("inspection"),
        EventKind.DOCUMENT_REGISTERED: _not_counted(
            "entries of the register; issuing is counted with the applications", "document"
        ),
        EventKind.DOCUMENT_STATUS_CHANGED: _not_counted(_INTERNAL, "document", "status"),
        EventKind.ALERT_PROPOSED: _not_counted(_INTERNAL, "alert", "kind"),
        EventKind.ALERT_CONFIRMED: _not_counted(_INTERNAL, "alert", "proposed_by"),
        EventKind.ALERT_REFUSED: _not_counted(_INTERNAL, "alert"),
        EventKind.ALERT_ENDED: _not_counted(_INTERNAL, "alert"),
        EventKind.ALERT_REVIEWED: _not_counted(_INTERNAL, "alert", "until"),
        EventKind.RULEBOOK_PROPOSED: _not_counted(_INTERNAL, "rulebook", "measures"),
        EventKind.RULEBOOK_PUBLISHED: _not_counted(_INTERNAL, "rulebook", "proposed_by"),
        EventKind.RULEBOOK_WITHDRAWN: _not_counted(_INTERNAL, "rulebook"),
        EventKind.BULLETIN_COMPILED: _not_counted(_INTERNAL, "bulletin", "period", "figures"),
        EventKind.BULLETIN_RELEASED: _not_counted(_INTERNAL, "bulletin", "period"),
        EventKind.POST_ASSIGNED: _not_counted(_INTERNAL, "post", "holder"),
        EventKind.DEVICE_ENROLLED: _not_counted(_INTERNAL, "device"),
        EventKind.DEVICE_REVOKED: _not_counted(_INTERNAL, "device"),
        EventKind.NODE_ENROLLED: _not_counted(_INTERNAL, "node"),
        EventKind.NODE_REVOKED: _not_counted(_INTERNAL, "node"),
        EventKind.SIMULATION_DECLARED: _not_counted(_INTERNAL, "scale", "seed", "periods"),
    }
)


class EventMalformed(Refusal):
    """An event's payload does not have exactly the fields of the catalogue."""

    code = "event.malformed"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act as it will be kept: references and codes only, never personal data.

    The columns are what figures count by; a column that says nothing is the empty text.
    `quantity` is how many the act counts for; `corrects` names the entry it replaces.
    """

    id: UUID
    kind: EventKind
    actor: str
    occurred_at: datetime
    day: date
    port: str = ""
    direction: str = ""
    group: str = ""
    lane: str = ""
    conveyance_kind: str = ""
    document_kind: str = ""
    measure: str = ""
    outcome: str = ""
    quantity: int = 1
    payload: Mapping[str, Json] = field(default_factory=dict)
    corrects: UUID | None = None

    def __post_init__(self) -> None:
        expected = CATALOGUE[self.kind].payload
        if self.payload.keys() != expected:
            raise EventMalformed(
                kind=self.kind.value,
                expected=", ".join(sorted(expected)),
                given=", ".join(sorted(self.payload)),
            )


COLUMNS = (
    "port",
    "direction",
    "group",
    "lane",
    "conveyance_kind",
    "document_kind",
    "measure",
    "outcome",
)
"""The columns a figure may filter and split by, beside the kind and the day."""


def entry_content(
    event: Event, node: str, recorded_at: datetime, version: int | None = None
) -> bytes:
    """Give the canonical bytes of the entry that keeps `event`: what the leaf is taken over.

    `version` is the one that was stored with the entry; None for a new one takes the catalogue's.
    """
    return canonical_bytes(
        {
            "id": str(event.id),
            "node": node,
            "kind": event.kind.value,
            "version": CATALOGUE[event.kind].version if version is None else version,
            "actor": event.actor,
            "occurred_at": _utc(event.occurred_at),
            "recorded_at": _utc(recorded_at),
            "day": event.day.isoformat(),
            "port": event.port,
            "direction": event.direction,
            "group": event.group,
            "lane": event.lane,
            "conveyance_kind": event.conveyance_kind,
            "document_kind": event.document_kind,
            "measure": event.measure,
            "outcome": event.outcome,
            "quantity": event.quantity,
            "payload": event.payload,
            "corrects": None if event.corrects is None else str(event.corrects),
        }
    )


def _utc(instant: datetime) -> str:
    # Stores give instants back in the zone they please; the leaf must not depend on it.
    return instant.astimezone(UTC).isoformat()
