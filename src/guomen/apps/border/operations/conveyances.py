"""Inspecting conveyances: aircraft, ships, trains and vehicles, each inspection one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guomen.apps.border.models import Inspection
from guomen.apps.border.operations.passages import AHEAD_AT_MOST, NonceReused, TimeUnlikely
from guomen.apps.ledger.acts import act, again_if_another_was_first
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.keys import number_index
from guomen.apps.registry.vault import NumberIndex
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
    port does not inspect, an inspection that lies in the future, and a nonce that was another's.
    """
    actor.require(Duty.INSPECT_CONVEYANCE, port)
    _refuse_unfit(requests, port, jurisdiction.ports[port].conveyances, at)
    marked = [(one, _mark(one, port, number_index())) for one in requests]
    fresh = _fresh(marked, actor)
    insert_rows(
        Inspection,
        _COLUMNS,
        [
            (one.inspection, actor.reference, one.nonce, *mark, one.occurred_at, at)
            for one, mark in fresh
        ],
    )
    append(events=[_event(one, actor, port, jurisdiction) for one, _ in fresh], recorded_at=at)
    return len(fresh)


def _refuse_unfit(
    requests: Sequence[InspectionRequest], port: str, permitted: Sequence[str], at: datetime
) -> None:
    for one in requests:
        if one.kind not in permitted:
            raise ConveyanceNotHere(kind=one.kind, port=port, permitted=", ".join(permitted))
        if one.occurred_at - at > AHEAD_AT_MOST:
            raise TimeUnlikely(seconds_ahead=int((one.occurred_at - at).total_seconds()))


_Mark = tuple[str, str, str, str]
"""What an inspection is of: kind, keyed index of the registration, direction, port."""


def _mark(one: InspectionRequest, port: str, keys: NumberIndex) -> _Mark:
    registration = keys.index("conveyance", one.kind, one.registration)
    return one.kind, registration, one.direction.value, port


def _fresh(
    marked: Sequence[tuple[InspectionRequest, _Mark]], actor: Actor
) -> list[tuple[InspectionRequest, _Mark]]:
    nonces = [one.nonce for one, _ in marked]
    rows = Inspection.objects.filter(actor=actor.reference, nonce__in=nonces)
    seen = {row.nonce: (row.kind, row.registration, row.direction, row.port) for row in rows}
    fresh = []
    for one, mark in marked:
        if one.nonce not in seen:
            fresh.append((one, mark))
        if seen.setdefault(one.nonce, mark) != mark:
            raise NonceReused(nonce=one.nonce)
    return fresh


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
