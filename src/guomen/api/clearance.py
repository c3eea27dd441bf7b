"""The gates' endpoint: one presentation in, a green light or a referral out."""

from datetime import UTC, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Router, Status

from guomen import clock
from guomen.api.devices import DeviceKey
from guomen.api.problems import LANGUAGES
from guomen.api.schemas import CompanionIn, PassageIn, PassageOut, ProblemOut, ReasonOut
from guomen.apps.accounts.queries import DeviceAtWork
from guomen.apps.border.operations import PassageRequest, clear_passage
from guomen.apps.border.queries import PassageAnswer
from guomen.apps.policy.queries import jurisdiction_at
from guomen.core.clearance import Companion, Direction, Outcome, Place, Presented, Reason
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import local_day
from guomen.core.travel_documents import identified, identify_kind, read_mrz
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_reason

router = Router(tags=["border"])


class TimeWithoutZone(Refusal):
    """A time without its zone would be another instant on every machine."""

    code = "border.time_without_zone"
    nature = Nature.BAD_INPUT


class IdempotencyKeyUnfit(Refusal):
    """The Idempotency-Key is empty or longer than 64 characters."""

    code = "border.idempotency_key_unfit"
    nature = Nature.BAD_INPUT


_PROBLEMS = {401: ProblemOut, 403: ProblemOut, 409: ProblemOut, 422: ProblemOut, 503: ProblemOut}


@router.post(
    "/passages",
    auth=DeviceKey(),
    response={200: PassageOut, 201: PassageOut, **_PROBLEMS},
    summary="Clear one passage",
)
def present(
    request: HttpRequest,
    body: PassageIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")],
) -> Status[PassageOut]:
    """Decide one presentation at the calling gate.

    201 for a new passage, 200 with the first answer when the Idempotency-Key was seen before.
    """
    device: DeviceAtWork = request.auth  # type: ignore[attr-defined]  # set by DeviceKey
    now = clock.now()
    # What a gate sends late was decided there by the rulebook of its moment, and so it is here.
    jurisdiction = jurisdiction_at(instant=_happened_at(body, now))
    answer = clear_passage(
        actor=device.actor,
        at=now,
        place=place_of(device, jurisdiction),
        request=_request(body, _fit(idempotency_key), jurisdiction, now),
        jurisdiction=jurisdiction,
    )
    return Status(200 if answer.again else 201, _told(answer, jurisdiction))


def _fit(key: str) -> str:
    if not 0 < len(key.strip()) <= 64:
        raise IdempotencyKeyUnfit(length=len(key), most=64)
    return key.strip()


def place_of(device: DeviceAtWork, jurisdiction: Jurisdiction) -> Place:
    """Give the place at which a device stands."""
    port, lane = jurisdiction.ports[device.port], jurisdiction.lanes[device.lane_kind]
    return Place(port.code, port.group, device.lane, lane.code, lane.opened_by)


def _request(
    body: PassageIn, nonce: str, jurisdiction: Jurisdiction, now: datetime
) -> PassageRequest:
    occurred_at = _happened_at(body, now)
    mrz = read_mrz(body.mrz, local_day(occurred_at, jurisdiction.zone))
    kind = identify_kind(mrz, jurisdiction.documents.values(), jurisdiction.national_issuers)
    presented = Presented(
        document=identified(mrz, kind),
        checks=mrz.checks,
        direction=Direction(body.direction),
        companion=_companion(body.companion),
        holder_verified=body.holder_verified,
    )
    return PassageRequest(
        clock.new_id(),
        clock.new_entry(),
        clock.new_id(),
        nonce,
        presented,
        occurred_at,
        body.presented_at,
    )


def _happened_at(body: PassageIn, now: datetime) -> datetime:
    occurred_at = body.presented_at or now
    if occurred_at.tzinfo is None:
        raise TimeWithoutZone(given=occurred_at.isoformat())
    return occurred_at


def _companion(given: CompanionIn | None) -> Companion | None:
    if given is None:
        return None
    return Companion(given.paper, given.kind, given.valid_until, given.entries_left)


def _told(answer: PassageAnswer, jurisdiction: Jurisdiction) -> PassageOut:
    return PassageOut(
        passage=answer.passage,
        outcome=Outcome(answer.outcome),
        measure=answer.measure,
        clause=answer.clause,
        rulebook=answer.rulebook,
        occurred_at=answer.occurred_at.astimezone(UTC),  # spelled alike when it is told again
        late=answer.late,
        again=answer.again,
        referral=answer.referral,
        reasons=[_reason(one, jurisdiction) for one in answer.reasons],
    )


def _reason(reason: Reason, jurisdiction: Jurisdiction) -> ReasonOut:
    said = {tag: say_reason(reason, tag, jurisdiction) for tag in LANGUAGES}
    return ReasonOut(
        code=reason.code, in_order=reason.in_order, facts=dict(reason.facts), text=said
    )
