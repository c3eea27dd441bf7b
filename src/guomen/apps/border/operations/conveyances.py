"""Inspecting conveyances: aircraft, ships, trains and vehicles, each inspection one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guomen.apps.border.models import Inspection
from guomen.apps.border.operations.passages import AHEAD_AT_MOST, TimeUnlikely
from guomen.apps.ledger.acts import act, again_if_another_was_first
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.queries import vault
from guomen.core.actor import Actor, Duty
from guomen.core.clearance import Direction
from guomen.core.events import Event, EventKind
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import local_day
from guomen.jurisdiction import Jurisdiction


class ConveyanceNotHere(Refusal):
    """The port does not inspect this kind of conveyance."""

    code = "border.conveyance_not_here"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class InspectionRequest:
    """One conveyance inspected; `registration` is its mark, plate or IMO number."""

    inspection: UUID
    entry: UUID
    nonce: str
    kind: str
    registration: str
    direction: Direction
    occurred_at: datetime


_COLUMNS = (
    "id",
    "actor",
    "nonce",
    "kind",
    "registration",
    "direction",
    "port",
    "occurred_at",
    "recorded_at",
)


@again_if_another_was_first
@act
def inspect_conveyances(
    *,
    actor: Actor,
    at: datetime,
    port: str,
    requests: Sequence[InspectionRequest],
    jurisdiction: Jurisdiction,
) -> int:
    """Record inspections at a port; leaves `conveyance.inspected` for each new one.

    Gives how many were new: a nonce seen before is not counted twice. Refuses a kind that the
    port does not inspect, and an inspection that lies in the future.
    """
    actor.require(Duty.INSPECT_CONVEYANCE, port)
    permitted = jurisdiction.ports[port].conveyances
    for one in requests:
        if one.kind not in permitted:
            raise ConveyanceNotHere(kind=one.kind, port=port, permitted=", ".join(permitted))
        if one.occurred_at - at > AHEAD_AT_MOST:
            raise TimeUnlikely(seconds_ahead=int((one.occurred_at - at).total_seconds()))
    seen = set(
        Inspection.objects.filter(
            actor=actor.reference, nonce__in=[one.nonce for one in requests]
        ).values_list("nonce", flat=True)
    )
    first = {one.nonce: one for one in reversed(requests)}
    fresh = [one for one in requests if one.nonce not in seen and first[one.nonce] is one]
    keys = vault()
    insert_rows(
        Inspection,
        _COLUMNS,
        [
            (
                one.inspection,
                actor.reference,
                one.nonce,
                one.kind,
                keys.index("conveyance", one.kind, one.registration),
                one.direction.value,
                port,
                one.occurred_at,
                at,
            )
            for one in fresh
        ],
    )
    append(events=[_event(one, actor, port, jurisdiction) for one in fresh], recorded_at=at)
    return len(fresh)


def _event(one: InspectionRequest, actor: Actor, port: str, jurisdiction: Jurisdiction) -> Event:
    return Event(
        id=one.entry,
        kind=EventKind.CONVEYANCE_INSPECTED,
        actor=actor.reference,
        occurred_at=one.occurred_at,
        day=local_day(one.occurred_at, jurisdiction.zone),
        port=port,
        direction=one.direction.value,
        conveyance_kind=one.kind,
        payload={"inspection": str(one.inspection)},
    )
