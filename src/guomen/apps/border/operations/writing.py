"""Writes passages and decisions with their entries, wherever they were made."""

from collections.abc import Sequence
from datetime import datetime

from guomen.apps.border.decisions import DecisionRecord
from guomen.apps.border.models import Passage, Referral
from guomen.apps.border.records import COLUMNS, PassageRecord, columns_of
from guomen.apps.ledger.acts import part_of_act
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.operations import Passed, note_passed
from guomen.core.clearance import Outcome
from guomen.core.events import Event, EventKind

_REFERRAL = ("id", "passage", "state", "decided_by", "legal_basis", "note")


@part_of_act
def write_passages(*, records: Sequence[PassageRecord], at: datetime) -> None:
    """Write new passages as recorded at `at`, in the transaction of the act that brings them."""
    if not records:
        return
    insert_rows(Passage, (*COLUMNS, "recorded_at"), [(*columns_of(one), at) for one in records])
    referrals = [
        (one.referral, one.id, "open", "", "", "") for one in records if one.referral is not None
    ]
    if referrals:
        insert_rows(Referral, _REFERRAL, referrals)
    passed = [one for one in records if one.outcome == Outcome.PASS.value]
    note_passed(passed=map(_passed, passed))
    append(events=[one.event() for one in records], recorded_at=at)


def _passed(one: PassageRecord) -> Passed:
    return Passed(one.document_index, one.document_kind, one.direction, one.port, one.occurred_at)


@part_of_act
def write_decision(*, row: Referral, record: DecisionRecord, at: datetime) -> bool:
    """Write the decision on an open referral with its entry; False where another was first."""
    changed = Referral.objects.filter(pk=row.pk, state="open").update(
        state=record.outcome,
        decided_by=record.decided_by,
        decided_at=record.decided_at,
        legal_basis=record.legal_basis,
        note=record.note,
    )
    if changed:
        append(events=[_decided(row, record)], recorded_at=at)
    return bool(changed)


def _decided(row: Referral, record: DecisionRecord) -> Event:
    # The officer's words stay with the referral: an entry can never be erased, so it has none.
    passage: Passage = row.passage
    return Event(
        id=record.entry,
        kind=EventKind.REFERRAL_DECIDED,
        actor=record.decided_by,
        occurred_at=record.decided_at,
        day=record.day,
        port=passage.port,
        direction=passage.direction,
        group=passage.group,
        lane=passage.lane_kind,
        document_kind=passage.document_kind,
        measure=passage.measure,
        outcome=record.outcome,
        payload={"passage": str(passage.id), "referral": str(row.id)},
    )
