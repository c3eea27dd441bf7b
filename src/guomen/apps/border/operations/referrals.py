"""An officer decides what a lane has referred: the only place where a traveller is not admitted."""

from datetime import date, datetime
from uuid import UUID

from guomen.apps.border.decisions import DecisionRecord
from guomen.apps.border.models import Referral
from guomen.apps.border.operations.outbox import queue_acts
from guomen.apps.border.operations.writing import write_decision
from guomen.apps.border.queries import ReferralUnknown
from guomen.apps.ledger.acts import act
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.refusal import Nature, Refusal
from guomen.core.transitions import REFERRAL


class LegalBasisMissing(Refusal):
    """Nobody is turned away without the law that says so."""

    code = "border.legal_basis_missing"
    nature = Nature.BAD_INPUT


@act
def decide_referral(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    referral: UUID,
    outcome: str,
    legal_basis: str,
    note: str,
) -> None:
    """Decide a referral as `admitted` or `not_admitted`; leaves `referral.decided`.

    Refuses devices and the system (a person decides), a port that is not the officer's, a
    decision already taken, and `not_admitted` without a legal basis.
    """
    actor.require(Duty.DECIDE_REFERRAL)
    if actor.kind is not ActorKind.OFFICER:
        raise DutyMissing(duty=Duty.DECIDE_REFERRAL.value, actor=actor.reference)
    row = _open_file(referral, actor, outcome)
    if outcome == "not_admitted" and not legal_basis.strip():
        raise LegalBasisMissing(referral=str(referral))
    record = DecisionRecord(
        entry=entry,
        referral=row.id,
        passage_actor=row.passage.actor,
        passage_nonce=row.passage.nonce,
        outcome=outcome,
        decided_by=actor.reference,
        decided_at=at,
        day=day,
        legal_basis=legal_basis,
        note=note,
    )
    REFERRAL.require_done(int(write_decision(row=row, record=record, at=at)), outcome)
    queue_acts(acts=[record], at=at)


def _open_file(referral: UUID, actor: Actor, outcome: str) -> Referral:
    row = Referral.objects.filter(pk=referral).select_related("passage").first()
    if row is None or (actor.port is not None and row.passage.port != actor.port):
        raise ReferralUnknown(referral=str(referral))
    REFERRAL.require(row.state, outcome)
    return row
