"""The inspection of conveyances over HTTP: one aircraft, ship, train or vehicle a request."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Header, Router, Schema, Status
from pydantic import BaseModel

from guomen import clock
from guomen.api.clearance import fit, with_zone
from guomen.api.devices import DeviceKey
from guomen.api.schemas import ProblemOut
from guomen.apps.accounts.queries import DeviceAtWork
from guomen.apps.border.operations import InspectionRequest, inspect_conveyances
from guomen.apps.border.queries import inspection_kept
from guomen.apps.policy.queries import jurisdiction_at
from guomen.core.clearance import Direction

router = Router(tags=["border"])

_PROBLEMS = {401: ProblemOut, 403: ProblemOut, 409: ProblemOut, 422: ProblemOut, 503: ProblemOut}


class ConveyanceIn(BaseModel):
    """One conveyance that was inspected at the device's port."""

    kind: Literal["aircraft", "ship", "train", "vehicle"]
    mark: Annotated[
        str,
        Field(
            min_length=1,
            max_length=40,
            description="Registration, IMO number, train number or plate; kept as a keyed index.",
        ),
    ]
    direction: Literal["entry", "exit"]
    inspected_at: Annotated[
        datetime | None,
        Field(description="When it happened, with its zone; now where it is missing."),
    ] = None


class ConveyanceOut(Schema):
    """The record of an inspection. `again`: the key was answered before."""

    inspection: UUID
    kind: str
    direction: str
    port: str
    again: bool


@router.post(
    "/conveyances",
    auth=DeviceKey(),
    response={200: ConveyanceOut, 201: ConveyanceOut, **_PROBLEMS},
    summary="Record the inspection of one conveyance",
)
def inspect(
    request: HttpRequest,
    body: ConveyanceIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")],
) -> Status[ConveyanceOut]:
    """Record an inspection at the port of the calling device.

    201 for a new one, 200 with the first record when the Idempotency-Key was seen before.
    """
    device: DeviceAtWork = request.auth  # type: ignore[attr-defined]  # set by DeviceKey
    now, nonce = clock.now(), fit(idempotency_key)
    at = with_zone(body.inspected_at or now)
    ids = (clock.new_id(), clock.new_entry())
    wished = InspectionRequest(*ids, nonce, body.kind, body.mark, Direction(body.direction), at)
    new = inspect_conveyances(
        actor=device.actor,
        at=now,
        port=device.port,
        requests=[wished],
        jurisdiction=jurisdiction_at(instant=at),
    )
    kept = inspection_kept(actor=device.actor.reference, nonce=nonce)
    told = ConveyanceOut(
        inspection=kept, kind=body.kind, direction=body.direction, port=device.port, again=not new
    )
    return Status(201 if new else 200, told)
