"""What has happened at the lanes: answers given, and referrals that wait."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, QuerySet

from guomen.apps.border.models import Inspection, Passage, Referral
from guomen.apps.policy.lake import RecordedDecision
from guomen.core.canonical import Json
from guomen.core.clearance import Reason
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import Period, local_day


class ReferralUnknown(Refusal):
    """There is no such referral."""

    code = "border.referral_unknown"
    nature = Nature.NOT_FOUND


LATE_AFTER = timedelta(minutes=5)
"""A passage recorded later than this after it happened is late: a backlog, or a slow link."""


def is_late(occurred_at: datetime, recorded_at: datetime) -> bool:
    """Tell whether a passage was recorded late."""
    return recorded_at - occurred_at > LATE_AFTER


@dataclass(frozen=True, slots=True)
class PassageAnswer:
    """What a lane was told, now or the first time; `again` when it had asked before."""

    passage: UUID
    outcome: str
    reasons: tuple[Reason, ...]
    measure: str
    clause: str
    rulebook: str
    occurred_at: datetime
    late: bool
    referral: UUID | None
    again: bool


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """A referral as the officer sees it: what was presented and what speaks against it.

    `unanswered`: the questions that no measure of the `rulebook` answered for these `facts`.
    """

    id: UUID
    passage: UUID
    state: str
    document_kind: str
    group: str
    direction: str
    port: str
    lane: str
    occurred_at: datetime
    reasons: tuple[Reason, ...]
    decided_at: datetime | None
    legal_basis: str
    rulebook: str
    facts: Mapping[str, Json]
    unanswered: tuple[str, ...]


def spell_reasons(reasons: Iterable[Reason]) -> str:
    """Write reasons for keeping."""
    return json.dumps(
        [[one.code, one.in_order, [list(fact) for fact in one.facts]] for one in reasons],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_reasons(text: str) -> tuple[Reason, ...]:
    """Read reasons back."""
    return tuple(
        Reason(code, in_order, tuple((name, value) for name, value in facts))
        for code, in_order, facts in json.loads(text)
    )


def alerts_met(*, passage: Passage) -> tuple[str, ...]:
    """Give the references of the alerts that a passage met; for this app's own operations."""
    met = (one for one in read_reasons(passage.reasons) if one.code == "document.alert")
    return tuple(dict(one.facts)["alert"] for one in met)


def kept_passages(*, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], Passage]:
    """Give the rows that actors' nonces already have; for this app's own operations."""
    actors, nonces = {actor for actor, _ in keys}, {nonce for _, nonce in keys}
    rows = Passage.objects.filter(actor__in=actors, nonce__in=nonces).select_related("referral")
    found = {(row.actor, row.nonce): row for row in rows}
    return {key: row for key, row in found.items() if key in keys}


def answer_of(row: Passage, again: bool) -> PassageAnswer:
    """Give the answer that a kept passage stands for."""
    referral = Referral.objects.filter(passage=row).values_list("id", flat=True).first()
    return PassageAnswer(
        row.id,
        row.outcome,
        read_reasons(row.reasons),
        row.measure,
        row.clause,
        row.rulebook,
        row.occurred_at,
        is_late(row.occurred_at, row.recorded_at),
        referral,
        again,
    )


def passage(*, passage_id: UUID) -> PassageAnswer | None:
    """Find the answer of one passage."""
    row = Passage.objects.filter(pk=passage_id).first()
    return answer_of(row, again=True) if row else None


def passages_by_day(*, start: date, until: date, zone: ZoneInfo) -> Iterator[tuple[date, int]]:
    """Count the passages of each day from `start` until `until` (half-open), days without too."""
    day = start
    while day < until:
        yield day, _on_day(day, zone).count()
        day += timedelta(days=1)


def recorded_days(*, zone: ZoneInfo) -> Period | None:
    """Give the days from the first passage on record to the last one; None when there is none."""
    ends = Passage.objects.aggregate(first=Min("occurred_at"), last=Max("occurred_at"))
    if ends["first"] is None:
        return None
    first, last = (local_day(ends[one], zone) for one in ("first", "last"))
    return Period(first, last + timedelta(days=1))


def recorded_decisions(*, day: date, zone: ZoneInfo) -> Iterator[RecordedDecision]:
    """Give what was decided on a day: the facts that were read, and the answers."""
    columns = ("entry", "port", "group", "rulebook", "asked", "facts")
    rows = _on_day(day, zone).values_list(*columns)
    for entry, port, group, rulebook, asked, facts in rows.iterator(chunk_size=5000):
        yield RecordedDecision(entry, port, group, rulebook, asked, facts)


def _on_day(day: date, zone: ZoneInfo) -> QuerySet[Passage]:
    first = datetime.combine(day, time.min, zone)
    after = datetime.combine(day + timedelta(days=1), time.min, zone)
    return Passage.objects.filter(occurred_at__gte=first, occurred_at__lt=after)


def _file(row: Referral) -> ReferralFile:
    shown = row.passage
    return ReferralFile(
        row.id,
        shown.id,
        row.state,
        shown.document_kind,
        shown.group,
        shown.direction,
        shown.port,
        shown.lane,
        shown.occurred_at,
        read_reasons(shown.reasons),
        row.decided_at,
        row.legal_basis,
        shown.rulebook,
        json.loads(shown.facts),
        tuple(question for question, measure, _ in json.loads(shown.asked) if measure is None),
    )


def open_referrals(*, port: str | None, most: int) -> tuple[ReferralFile, ...]:
    """List what waits, oldest first; at one port, or everywhere with None."""
    rows = Referral.objects.filter(state="open").select_related("passage")
    if port is not None:
        rows = rows.filter(passage__port=port)
    return tuple(_file(row) for row in rows.order_by("passage__occurred_at")[:most])


def referral(*, referral_id: UUID, port: str | None) -> ReferralFile:
    """Read one referral; one of another port is as unknown as one that is not there."""
    rows = Referral.objects.filter(pk=referral_id).select_related("passage")
    if port is not None:
        rows = rows.filter(passage__port=port)
    row = rows.first()
    if row is None:
        raise ReferralUnknown(referral=str(referral_id))
    return _file(row)


def inspection_kept(*, actor: str, nonce: str) -> UUID:
    """Give the id of the inspection that an actor recorded under a nonce."""
    found: UUID = Inspection.objects.values_list("id", flat=True).get(actor=actor, nonce=nonce)
    return found
