"""Clearing passages: decide purely, then write passages, standings and entries in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from guomen.apps.border.models import Passage, Referral
from guomen.apps.border.queries import (
    PassageAnswer,
    answer_of,
    is_late,
    kept_passages,
    spell_reasons,
)
from guomen.apps.ledger.acts import act, again_if_another_was_first
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.operations import Passed, note_passed
from guomen.apps.registry.queries import index_of, standings, vault
from guomen.apps.registry.vault import Vault
from guomen.core.actor import Actor, Duty
from guomen.core.canonical import Json, canonical_text
from guomen.core.clearance import (
    Clearance,
    Companion,
    Outcome,
    Place,
    Presented,
    Standing,
    decide_clearance,
)
from guomen.core.events import Event, EventKind
from guomen.core.policy.spelling import spell_value
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import local_day
from guomen.jurisdiction import Jurisdiction

AHEAD_AT_MOST = timedelta(minutes=5)
"""A device whose clock is further ahead than this is told so, not believed."""


class NonceReused(Refusal):
    """The same idempotency key came with another traveller's content."""

    code = "border.nonce_reused"
    nature = Nature.CONFLICT


class TimeUnlikely(Refusal):
    """The device says that the passage lies in the future."""

    code = "border.time_unlikely"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class PassageRequest:
    """One presentation, with the ids under which it will be kept.

    `told_at` is the time that the device itself gave, if it gave one: part of what a retry repeats.
    """

    passage: UUID
    entry: UUID
    referral: UUID
    nonce: str
    presented: Presented
    occurred_at: datetime
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Decided:
    """A request with its decision, ready to be written."""

    request: PassageRequest
    index: str
    content: str
    clearance: Clearance
    day: date


def clear_passage(
    *,
    actor: Actor,
    at: datetime,
    place: Place,
    request: PassageRequest,
    jurisdiction: Jurisdiction,
) -> PassageAnswer:
    """Clear one passage: a batch of one, whose refusal is raised."""
    [answer] = clear_passages(
        actor=actor, at=at, place=place, requests=[request], jurisdiction=jurisdiction
    )
    if isinstance(answer, Refusal):
        raise answer
    return answer


@again_if_another_was_first
@act
def clear_passages(
    *,
    actor: Actor,
    at: datetime,
    place: Place,
    requests: Sequence[PassageRequest],
    jurisdiction: Jurisdiction,
) -> list[PassageAnswer | Refusal]:
    """Clear presentations at one place; each gets its own answer or its own refusal.

    Leaves `passage.cleared` or `passage.referred` for each new one. A nonce seen before gets the
    first answer again and leaves nothing. `at` is when we record, `occurred_at` when it happened.
    """
    actor.require(Duty.CLEAR_PASSAGE, place.port)
    keys = vault()
    shown = [(one, _content(one, place, keys)) for one in requests]
    kept = kept_passages(actor=actor.reference, nonces={one.nonce for one in requests})
    decided = _decide_all(_fresh(shown, kept, at), place, jurisdiction, keys)
    _write(decided, actor, at, place, jurisdiction)
    answers = {nonce: (row.content, answer_of(row, again=True)) for nonce, row in kept.items()}
    answers |= {one.request.nonce: (one.content, _answer(one, jurisdiction, at)) for one in decided}
    return [_told(one, content, answers, at) for one, content in shown]


def _content(request: PassageRequest, place: Place, keys: Vault) -> str:
    # Keyed, because a plain digest of so little would give the number away. Spelled out, so that
    # a field added to the code does not make every honest retry another content.
    presented, paper = request.presented, request.presented.companion
    document = presented.document
    told: list[Json] = [
        document.kind,
        document.issuer,
        document.number,
        document.nationality,
        str(document.birth_date),
        str(document.expiry_date),
        presented.direction.value,
        presented.holder_verified,
        None if paper is None else _paper_told(paper),
        [[check.field, check.printed] for check in presented.checks],
        None if request.told_at is None else request.told_at.astimezone(UTC).isoformat(),
        [place.port, place.lane, place.lane_kind],
    ]
    return keys.index("presented", "1", canonical_text(told))


def _paper_told(paper: Companion) -> list[Json]:
    return [paper.paper, paper.kind, paper.valid_until.isoformat(), paper.entries_left]


_Shown = tuple[PassageRequest, str]
"""A request, and the keyed index of what it presents."""


def _fresh(shown: Sequence[_Shown], kept: Mapping[str, Passage], at: datetime) -> Sequence[_Shown]:
    fresh: dict[str, _Shown] = {}
    for one, content in shown:
        if one.nonce not in kept and one.occurred_at - at <= AHEAD_AT_MOST:
            fresh.setdefault(one.nonce, (one, content))
    return list(fresh.values())


def _told(
    one: PassageRequest,
    content: str,
    answers: Mapping[str, tuple[str, PassageAnswer]],
    at: datetime,
) -> PassageAnswer | Refusal:
    if one.nonce in answers:
        answered, answer = answers[one.nonce]
        return answer if answered == content else NonceReused(nonce=one.nonce)
    ahead = int((one.occurred_at - at).total_seconds())
    return TimeUnlikely(seconds_ahead=ahead)


def _decide_all(
    fresh: Sequence[_Shown], place: Place, jurisdiction: Jurisdiction, keys: Vault
) -> list[_Decided]:
    kinds = jurisdiction.documents
    documents = [one.presented.document for one, _ in fresh]
    indexes = [index_of(kind=kinds[one.kind], document=one, keys=keys) for one in documents]
    known = standings(indexes=indexes)
    return [
        _decide(one, index, content, known.get(index), place, jurisdiction)
        for (one, content), index in zip(fresh, indexes, strict=True)
    ]


def _decide(
    request: PassageRequest,
    index: str,
    content: str,
    standing: Standing | None,
    place: Place,
    jurisdiction: Jurisdiction,
) -> _Decided:
    day = local_day(request.occurred_at, jurisdiction.zone)
    kind = jurisdiction.documents[request.presented.document.kind]
    clearance = decide_clearance(
        request.presented, kind, standing, place, jurisdiction.rulebook, day
    )
    return _Decided(request, index, content, clearance, day)


_PASSAGE = (
    "id",
    "entry",
    "actor",
    "nonce",
    "content",
    "document_index",
    "document_kind",
    "group",
    "direction",
    "port",
    "lane",
    "lane_kind",
    "outcome",
    "measure",
    "clause",
    "rulebook",
    "facts",
    "asked",
    "reasons",
    "occurred_at",
    "recorded_at",
)
_REFERRAL = ("id", "passage", "state", "decided_by", "legal_basis", "note")


def _write(
    decided: Sequence[_Decided],
    actor: Actor,
    at: datetime,
    place: Place,
    jurisdiction: Jurisdiction,
) -> None:
    if not decided:
        return
    rows = [_passage_row(one, actor, at, place, jurisdiction) for one in decided]
    insert_rows(Passage, _PASSAGE, rows)
    referred = [one for one in decided if one.clearance.outcome is Outcome.REFER]
    if referred:
        referrals = [
            (one.request.referral, one.request.passage, "open", "", "", "") for one in referred
        ]
        insert_rows(Referral, _REFERRAL, referrals)
    note_passed(
        passed=[_passed(one, place) for one in decided if one.clearance.outcome is Outcome.PASS]
    )
    append(events=[_event(one, actor, place, jurisdiction) for one in decided], recorded_at=at)


def _passage_row(
    one: _Decided, actor: Actor, at: datetime, place: Place, jurisdiction: Jurisdiction
) -> tuple[object, ...]:
    request, clearance = one.request, one.clearance
    kind = jurisdiction.documents[request.presented.document.kind]
    return (
        request.passage,
        request.entry,
        actor.reference,
        request.nonce,
        one.content,
        one.index,
        kind.code,
        kind.group,
        request.presented.direction.value,
        place.port,
        place.lane,
        place.lane_kind,
        clearance.outcome.value,
        clearance.measure or "",
        clearance.clause or "",
        jurisdiction.rulebook.digest,
        _spell_facts(clearance),
        _spell_asked(clearance),
        spell_reasons(clearance.reasons),
        request.occurred_at,
        at,
    )


def _spell_facts(clearance: Clearance) -> str:
    return canonical_text({name: spell_value(one) for name, one in clearance.facts.items()})


def _spell_asked(clearance: Clearance) -> str:
    return canonical_text([[one.question, one.measure, one.clause] for one in clearance.asked])


def _passed(one: _Decided, place: Place) -> Passed:
    presented = one.request.presented
    return Passed(
        one.index,
        presented.document.kind,
        presented.direction.value,
        place.port,
        one.request.occurred_at,
    )


_EVENT_KINDS = {
    Outcome.PASS: EventKind.PASSAGE_CLEARED,
    Outcome.REFER: EventKind.PASSAGE_REFERRED,
}


def _event(one: _Decided, actor: Actor, place: Place, jurisdiction: Jurisdiction) -> Event:
    request, clearance = one.request, one.clearance
    kind = jurisdiction.documents[request.presented.document.kind]
    payload: dict[str, str | list[str]] = {
        "passage": str(request.passage),
        "clause": clearance.clause or "",
        "rulebook": jurisdiction.rulebook.digest[:16],
    }
    if clearance.outcome is Outcome.REFER:
        payload["reasons"] = sorted({reason.code for reason in clearance.against})
    return Event(
        id=request.entry,
        kind=_EVENT_KINDS[clearance.outcome],
        actor=actor.reference,
        occurred_at=request.occurred_at,
        day=one.day,
        port=place.port,
        direction=request.presented.direction.value,
        group=kind.group,
        lane=place.lane_kind,
        document_kind=kind.code,
        measure=clearance.measure or "",
        outcome=clearance.outcome.value,
        payload=payload,
    )


def _answer(one: _Decided, jurisdiction: Jurisdiction, at: datetime) -> PassageAnswer:
    request, clearance = one.request, one.clearance
    return PassageAnswer(
        request.passage,
        clearance.outcome.value,
        clearance.reasons,
        clearance.measure or "",
        clearance.clause or "",
        jurisdiction.rulebook.digest,
        request.occurred_at,
        is_late(request.occurred_at, at),
        request.referral if clearance.outcome is Outcome.REFER else None,
        again=False,
    )
