"""The peer: the same work in a plain Django and django-ninja view with the ORM, a transaction a request.

It finds the device, reads the zone, looks the standing up, decides with the same function, and keeps
passage, standing and entry: what a team would write first, without batches or prepared statements.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db import transaction
from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI, Schema

from guomen import clock
from guomen.apps.accounts.queries import device_behind
from guomen.apps.border.models import Passage
from guomen.apps.ledger.models import Entry
from guomen.apps.policy.queries import jurisdiction
from guomen.apps.registry.models import Standing as StandingRow
from guomen.apps.registry.queries import index_of, vault
from guomen.core.clearance import Direction, Place, Presented, Standing, decide_clearance
from guomen.core.time import local_day
from guomen.core.travel_documents import identified, identify_kind, read_mrz

api = NinjaAPI()


class PresentedIn(Schema):
    """What a gate sends."""

    mrz: list[str]
    direction: str
    holder_verified: bool


@api.post("/plain")
def clear(request: HttpRequest, body: PresentedIn) -> tuple[int, dict[str, Any]] | dict[str, Any]:
    """Clear one passage."""
    device = device_behind(key=request.headers["Authorization"].split()[1])
    pack, now = jurisdiction(), clock.now()
    day = local_day(now, pack.zone)
    mrz = read_mrz(body.mrz, day)
    kind = identify_kind(mrz, pack.documents.values(), pack.national_issuers)
    document = identified(mrz, kind)
    port, lane = pack.ports[device.port], pack.lanes[device.lane_kind]
    place = Place(port.code, port.group, device.lane, lane.code, lane.opened_by)
    shown = Presented(document, mrz.checks, Direction(body.direction), None, body.holder_verified)
    index = index_of(kind=kind, document=document, keys=vault())
    with transaction.atomic():
        row = StandingRow.objects.filter(number_index=index).first()
        standing = Standing(row.status, row.enrolled) if row else None
        found = decide_clearance(shown, kind, standing, place, pack.rulebook, day)
        passage = Passage.objects.create(
            id=clock.new_id(),
            entry=clock.new_entry(),
            actor=device.actor.reference,
            nonce=request.headers["Idempotency-Key"],
            content=hashlib.sha256(request.body).hexdigest(),
            document_index=index,
            document_kind=kind.code,
            group=kind.group,
            direction=body.direction,
            port=place.port,
            lane=place.lane,
            lane_kind=place.lane_kind,
            outcome=found.outcome.value,
            measure=found.measure or "",
            clause=found.clause or "",
            rulebook=pack.rulebook.digest,
            facts=json.dumps({name: str(value) for name, value in found.facts.items()}),
            asked="[]",
            reasons=json.dumps([[one.code, one.in_order] for one in found.reasons]),
            occurred_at=now,
            recorded_at=now,
        )
        if row is not None and row.status == "valid":
            row.last_direction, row.last_port, row.last_at = body.direction, place.port, now
            row.save(update_fields=["last_direction", "last_port", "last_at"])
        payload = json.dumps({"passage": str(passage.id)})
        Entry.objects.create(
            entry_id=passage.entry,
            node="plain",
            kind="passage.cleared",
            version=1,
            actor=passage.actor,
            occurred_at=now.astimezone(UTC),
            recorded_at=now,
            day=day,
            port=place.port,
            direction=body.direction,
            group=kind.group,
            lane=place.lane_kind,
            conveyance_kind="",
            document_kind=kind.code,
            measure="",
            outcome=found.outcome.value,
            quantity=1,
            payload=payload,
            corrects=None,
            leaf=hashlib.sha256(payload.encode()).digest(),
        )
    return {"passage": str(passage.id), "outcome": found.outcome.value}


urlpatterns = [path("", api.urls)]
