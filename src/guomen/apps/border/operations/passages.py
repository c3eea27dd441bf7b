"""Clearing passages: decide purely, then write passages, standings and entries in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from guomen.apps.border.models import Passage
from guomen.apps.border.operations.outbox import queue_acts
from guomen.apps.border.operations.writing import write_passages
from guomen.apps.border.outbox import old_since
from guomen.apps.border.queries import (
    PassageAnswer,
    answer_of,
    is_late,
    kept_passages,
    spell_reasons,
)
from guomen.apps.border.records import PassageRecord
from guomen.apps.ledger.acts import act, again_if_another_was_first
from guomen.apps.registry.keys import number_index
from guomen.apps.registry.queries import index_of, standings
from guomen.apps.registry.vault import NumberIndex
from guomen.core.actor import Actor, Duty, DutyMissing
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
from guomen.core.policy.spelling import spell_value
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import local_day
from guomen.core.travel_documents import DocumentKind
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
class Presentation:
    """One presentation in a batch: who asks, at which place, and under which rules."""

    actor: Actor
    place: Place
    request: PassageRequest
    jurisdiction: Jurisdiction

    @property
    def key(self) -> tuple[str, str]:
        """What comes once: the actor with the nonce."""
        return self.actor.reference, self.request.nonce


@dataclass(frozen=True, slots=True)
class _Decided:
    """A presentation with its decision, ready to be written."""

    shown: Presentation
    index: str
    content: str
    clearance: Clearance
    day: date

    @property
    def kind(self) -> DocumentKind:
        """The kind of document that was presented."""
        return _kind(self.shown)


def clear_passage(
    *,
    actor: Actor,
    at: datetime,
    place: Place,
    request: PassageRequest,
    jurisdiction: Jurisdiction,
) -> PassageAnswer:
    """Clear one passage: a batch of one, whose refusal is raised."""
    shown = Presentation(actor, place, request, jurisdiction)
    [answer] = clear_passages(at=at, presentations=[shown])
    if isinstance(answer, Refusal):
        raise answer
    return answer


@again_if_another_was_first
@act
def clear_passages(
    *, at: datetime, presentations: Sequence[Presentation]
) -> list[PassageAnswer | Refusal]:
    """Clear presentations of any lanes; each gets its own answer or its own refusal.

    Leaves `passage.cleared` or `passage.referred` for each new one. A nonce seen before gets the
    first answer again and leaves nothing. `at` is when we record, `occurred_at` when it happened.
    """
    keys = number_index()
    told = [(one, _content(one.request, one.place, keys)) for one in presentations]
    kept = kept_passages(keys={one.key for one in presentations})
    fresh = _fresh(told, kept, at)
    decided = _decide_all(fresh, keys, old_since(at=at))
    records = [_record(one) for one in decided]
    write_passages(records=records, at=at)
    queue_acts(acts=records, at=at)
    answers = {key: (row.content, answer_of(row, again=True)) for key, row in kept.items()}
    answers |= {one.shown.key: (one.content, _answer(one, at)) for one in decided}
    return [_told(one, content, answers, at) for one, content in told]


def _content(request: PassageRequest, place: Place, keys: NumberIndex) -> str:
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


_Told = tuple[Presentation, str]
"""A presentation, and the keyed index of what it presents."""

_Key = tuple[str, str]


def _fresh(told: Sequence[_Told], kept: Mapping[_Key, Passage], at: datetime) -> Sequence[_Told]:
    fresh: dict[_Key, _Told] = {}
    for one, content in told:
        if one.key not in kept and not _not_permitted(one) and _ahead(one, at) <= AHEAD_AT_MOST:
            fresh.setdefault(one.key, (one, content))
    return list(fresh.values())


def _not_permitted(shown: Presentation) -> DutyMissing | None:
    """Tell whether the actor may not clear there: that harms no other of the batch."""
    try:
        shown.actor.require(Duty.CLEAR_PASSAGE, shown.place.port)
    except DutyMissing as refusal:
        return refusal
    return None


def _ahead(shown: Presentation, at: datetime) -> timedelta:
    return shown.request.occurred_at - at


def _told(
    one: Presentation,
    content: str,
    answers: Mapping[_Key, tuple[str, PassageAnswer]],
    at: datetime,
) -> PassageAnswer | Refusal:
    refusal = _not_permitted(one)
    if refusal is not None:
        return refusal
    if one.key in answers:
        answered, answer = answers[one.key]
        return answer if answered == content else NonceReused(nonce=one.request.nonce)
    return TimeUnlikely(seconds_ahead=int(_ahead(one, at).total_seconds()))


def _kind(shown: Presentation) -> DocumentKind:
    return shown.jurisdiction.documents[shown.request.presented.document.kind]


def _decide_all(fresh: Sequence[_Told], keys: NumberIndex, known_on: date | None) -> list[_Decided]:
    indexes = [
        index_of(kind=_kind(one), document=one.request.presented.document, keys=keys)
        for one, _ in fresh
    ]
    known = standings(indexes=indexes)
    return [
        _decide(one, index, content, known.get(index), known_on)
        for (one, content), index in zip(fresh, indexes, strict=True)
    ]


def _decide(
    shown: Presentation,
    index: str,
    content: str,
    standing: Standing | None,
    known_on: date | None,
) -> _Decided:
    request, rules = shown.request, shown.jurisdiction
    day = local_day(request.occurred_at, rules.zone)
    clearance = decide_clearance(
        request.presented,
        _kind(shown),
        standing,
        shown.place,
        rules.rulebook,
        day,
        known_on=known_on,
    )
    return _Decided(shown, index, content, clearance, day)


def _record(one: _Decided) -> PassageRecord:
    request, place, clearance = one.shown.request, one.shown.place, one.clearance
    return PassageRecord(
        id=request.passage,
        entry=request.entry,
        actor=one.shown.actor.reference,
        nonce=request.nonce,
        content=one.content,
        document_index=one.index,
        document_kind=one.kind.code,
        group=one.kind.group,
        direction=request.presented.direction.value,
        port=place.port,
        lane=place.lane,
        lane_kind=place.lane_kind,
        outcome=clearance.outcome.value,
        measure=clearance.measure or "",
        clause=clearance.clause or "",
        rulebook=one.shown.jurisdiction.rulebook.digest,
        facts=_spell_facts(clearance),
        asked=_spell_asked(clearance),
        reasons=spell_reasons(clearance.reasons),
        occurred_at=request.occurred_at,
        day=one.day,
        referral=request.referral if clearance.outcome is Outcome.REFER else None,
    )


def _spell_facts(clearance: Clearance) -> str:
    return canonical_text({name: spell_value(one) for name, one in clearance.facts.items()})


def _spell_asked(clearance: Clearance) -> str:
    return canonical_text([[one.question, one.measure, one.clause] for one in clearance.asked])


def _answer(one: _Decided, at: datetime) -> PassageAnswer:
    request, clearance = one.shown.request, one.clearance
    return PassageAnswer(
        request.passage,
        clearance.outcome.value,
        clearance.reasons,
        clearance.measure or "",
        clearance.clause or "",
        one.shown.jurisdiction.rulebook.digest,
        request.occurred_at,
        is_late(request.occurred_at, at),
        request.referral if clearance.outcome is Outcome.REFER else None,
        again=False,
    )
