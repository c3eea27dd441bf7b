"""The gates' endpoint: one presentation in, a green light or a referral out."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Router, Status

from guomen import clock
from guomen.api.devices import DeviceKey
from guomen.api.problems import LANGUAGES
from guomen.api.schemas import (
    BacklogIn,
    BacklogOut,
    CompanionIn,
    KeptPassageIn,
    PassageIn,
    PassageOut,
    ProblemOut,
)
from guomen.apps.accounts.queries import DeviceAtWork
from guomen.apps.border.operations import (
    PassageRequest,
    Presentation,
    clear_passage,
    clear_passages,
)
from guomen.apps.border.queries import PassageAnswer
from guomen.apps.policy.queries import jurisdiction_at
from guomen.core.canonical import Json
from guomen.core.clearance import Companion, Direction, Place, Presented, Reason
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import local_day
from guomen.core.travel_documents import identified, identify_kind, read_mrz
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_reason, say_refusal

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
) -> Status[dict[str, Json]]:
    """Decide one presentation at the calling gate.

    201 for a new passage, 200 with the first answer when the Idempotency-Key was seen before.
    """
    device: DeviceAtWork = request.auth  # type: ignore[attr-defined]  # set by DeviceKey
    now = clock.now()
    # What a gate sends late was decided there by the rulebook of its moment, and so it is here.
    jurisdiction = jurisdiction_at(instant=happened_at(body, now))
    answer = clear_passage(
        actor=device.actor,
        at=now,
        place=place_of(device, jurisdiction),
        request=request_of(body, fit(idempotency_key), jurisdiction, now),
        jurisdiction=jurisdiction,
    )
    return Status(200 if answer.again else 201, told(answer, Sayings(jurisdiction)))


@router.post(
    "/passages/batch",
    auth=DeviceKey(),
    response={200: BacklogOut, **_PROBLEMS},
    summary="Bring in a backlog of passages",
)
def bring_in(request: HttpRequest, body: BacklogIn) -> dict[str, Json]:
    """Decide what a gate kept while it could not send: each has its own answer or problem.

    Those that happened long ago are marked late, and decided by the rulebook of their moment. Send
    the same backlog again when the answer is lost: each key gets its first answer.
    """
    device: DeviceAtWork = request.auth  # type: ignore[attr-defined]  # set by DeviceKey
    now = clock.now()
    shown = [_shown(one, device, now) for one in body.passages]
    ready = [one for one in shown if isinstance(one, Presentation)]
    answers = iter(clear_passages(at=now, presentations=ready))
    says = {id(one.jurisdiction): Sayings(one.jurisdiction) for one in ready}
    return {
        "answers": [
            _answered(given.key, one, answers, says)
            for given, one in zip(body.passages, shown, strict=True)
        ]
    }


def _shown(one: KeptPassageIn, device: DeviceAtWork, now: datetime) -> Presentation | Refusal:
    try:
        pack = jurisdiction_at(instant=happened_at(one, now))
        wished = request_of(one, fit(one.key), pack, now)
    except Refusal as refusal:
        return refusal
    return Presentation(device.actor, place_of(device, pack), wished, pack)


def _answered(
    key: str,
    one: Presentation | Refusal,
    answers: Iterator[PassageAnswer | Refusal],
    says: Mapping[int, "Sayings"],
) -> dict[str, Json]:
    if isinstance(one, Refusal):
        return _problem(key, one)
    answer = next(answers)
    if isinstance(answer, Refusal):
        return _problem(key, answer)
    return {"key": key, "answer": told(answer, says[id(one.jurisdiction)]), "problem": None}


def _problem(key: str, refusal: Refusal) -> dict[str, Json]:
    text = {tag: say_refusal(refusal.code, refusal.facts, tag) for tag in LANGUAGES}
    found: dict[str, Json] = {"code": refusal.code, "facts": refusal.facts, "text": text}
    return {"key": key, "answer": None, "problem": found}


def fit(key: str) -> str:
    """Give an idempotency key without blanks; refuse one that is empty or too long."""
    if not 0 < len(key.strip()) <= 64:
        raise IdempotencyKeyUnfit(length=len(key), most=64)
    return key.strip()


def place_of(device: DeviceAtWork, jurisdiction: Jurisdiction) -> Place:
    """Give the place at which a device stands."""
    port, lane = jurisdiction.ports[device.port], jurisdiction.lanes[device.lane_kind]
    return Place(port.code, port.group, device.lane, lane.code, lane.opened_by)


def request_of(
    body: PassageIn, nonce: str, jurisdiction: Jurisdiction, now: datetime
) -> PassageRequest:
    """Read the zone and make the request to clear, with fresh ids."""
    occurred_at = happened_at(body, now)
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


def happened_at(body: PassageIn, now: datetime) -> datetime:
    """Give the moment of the passage, now where the gate tells none; refuse one without zone."""
    return with_zone(body.presented_at or now)


def with_zone(at: datetime) -> datetime:
    """Give a time that a device told; refuse one without its zone."""
    if at.tzinfo is None:
        raise TimeWithoutZone(given=at.isoformat())
    return at


def _companion(given: CompanionIn | None) -> Companion | None:
    if given is None:
        return None
    return Companion(given.paper, given.kind, given.valid_until, given.entries_left)


def told(answer: PassageAnswer, say: "Sayings") -> dict[str, Json]:
    """Say an answer as the interface describes it (`PassageOut`)."""
    return {
        "passage": str(answer.passage),
        "outcome": answer.outcome,
        "measure": answer.measure,
        "clause": answer.clause,
        "rulebook": answer.rulebook,
        # In UTC always, so that it is spelled alike when it is told again.
        "occurred_at": answer.occurred_at.astimezone(UTC).isoformat(),
        "late": answer.late,
        "again": answer.again,
        "referral": None if answer.referral is None else str(answer.referral),
        "reasons": [say(one) for one in answer.reasons],
    }


class Sayings:
    """Reasons as the interface tells them under one pack, kept: a lane gives few different ones,
    and saying one costs as much as ten decisions."""

    MOST = 4096

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self._jurisdiction = jurisdiction
        self._said: dict[Reason, dict[str, Json]] = {}

    def __call__(self, reason: Reason) -> dict[str, Json]:
        """Tell a reason with its facts, and its sentence in every language of the answers."""
        if reason not in self._said:
            if len(self._said) >= self.MOST:
                self._said.clear()
            self._said[reason] = self._tell(reason)
        return self._said[reason]

    def _tell(self, reason: Reason) -> dict[str, Json]:
        said = {tag: say_reason(reason, tag, self._jurisdiction) for tag in LANGUAGES}
        facts = dict(reason.facts)
        return {"code": reason.code, "in_order": reason.in_order, "facts": facts, "text": said}
