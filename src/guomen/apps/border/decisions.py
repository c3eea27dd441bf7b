"""An officer's decision on a referral as it is recorded, and its spelling for the way to the centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from guomen.core.canonical import Json
from guomen.core.wire import read_instant, read_text

DECISION = "decision"
"""What kind of act a decision is in an outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """What was decided, by whom and on which basis; `passage_actor` and `passage_nonce` name the
    passage where the referral has another id, because its gate had asked elsewhere too."""

    entry: UUID
    referral: UUID
    passage_actor: str
    passage_nonce: str
    outcome: str
    decided_by: str
    decided_at: datetime
    day: date
    legal_basis: str
    note: str

    def told(self) -> dict[str, Json]:
        """Spell it."""
        return {
            "act": DECISION,
            "entry": str(self.entry),
            "referral": str(self.referral),
            "passage_actor": self.passage_actor,
            "passage_nonce": self.passage_nonce,
            "outcome": self.outcome,
            "decided_by": self.decided_by,
            "decided_at": self.decided_at.astimezone(UTC).isoformat(),
            "day": self.day.isoformat(),
            "legal_basis": self.legal_basis,
            "note": self.note,
        }


def read_decision(told: Mapping[str, Any]) -> DecisionRecord:
    """Read a decision that another installation spelled; a ValueError says what does not fit."""
    if told["outcome"] not in ("admitted", "not_admitted"):
        raise ValueError("the outcome is none of a decision")
    return DecisionRecord(
        entry=UUID(told["entry"]),
        referral=UUID(told["referral"]),
        passage_actor=read_text(told, "passage_actor", 64),
        passage_nonce=read_text(told, "passage_nonce", 64),
        outcome=told["outcome"],
        decided_by=read_text(told, "decided_by", 64),
        decided_at=read_instant(told, "decided_at"),
        day=date.fromisoformat(told["day"]),
        legal_basis=read_text(told, "legal_basis", 65_536),
        note=read_text(told, "note", 65_536),
    )
