"""A passage as it is recorded, and its spelling for the way from a port node to the centre."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from guomen.apps.border.queries import read_reasons
from guomen.core.canonical import Json
from guomen.core.clearance import Outcome
from guomen.core.events import Event, EventKind
from guomen.core.wire import read_instant, read_text

PASSAGE = "passage"
"""What kind of act a passage is in an outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRecord:
    """One cleared or referred passage: the columns of its row, its referral and its day.

    `day` is the jurisdiction's day of the passage; `referral` is there where it was referred.
    """

    id: UUID
    entry: UUID
    actor: str
    nonce: str
    content: str
    document_index: str
    document_kind: str
    group: str
    direction: str
    port: str
    lane: str
    lane_kind: str
    outcome: str
    measure: str
    clause: str
    rulebook: str
    facts: str
    asked: str
    reasons: str
    occurred_at: datetime
    day: date
    referral: UUID | None

    @property
    def key(self) -> tuple[str, str]:
        """What comes once: the actor with the nonce."""
        return self.actor, self.nonce

    def told(self) -> dict[str, Json]:
        """Spell it: all that is needed to keep the same passage and the same entry elsewhere."""
        return {
            "act": PASSAGE,
            **{name: getattr(self, name) for name in _TEXTS},
            "id": str(self.id),
            "entry": str(self.entry),
            "referral": None if self.referral is None else str(self.referral),
            "occurred_at": self.occurred_at.astimezone(UTC).isoformat(),
            "day": self.day.isoformat(),
        }

    def event(self) -> Event:
        """Give the ledger's event of the passage."""
        return Event(
            id=self.entry,
            kind=_KINDS[Outcome(self.outcome)],
            actor=self.actor,
            occurred_at=self.occurred_at,
            day=self.day,
            port=self.port,
            direction=self.direction,
            group=self.group,
            lane=self.lane_kind,
            document_kind=self.document_kind,
            measure=self.measure,
            outcome=self.outcome,
            payload=self._payload(),
        )

    def _payload(self) -> dict[str, Json]:
        found: dict[str, Json] = {
            "passage": str(self.id),
            "clause": self.clause,
            "rulebook": self.rulebook[:16],
        }
        if self.referral is not None:
            against = (one.code for one in read_reasons(self.reasons) if one.in_order is not True)
            found["reasons"] = sorted(set(against))
        return found


_KINDS = {
    Outcome.PASS: EventKind.PASSAGE_CLEARED,
    Outcome.REFER: EventKind.PASSAGE_REFERRED,
}

COLUMNS = tuple(name for name in PassageRecord.__slots__ if name not in ("day", "referral"))
"""The columns of the passage's row that the record fills; the recording adds its moment."""

columns_of = attrgetter(*COLUMNS)
"""Give a record's values in the order of `COLUMNS`."""

_TEXTS = tuple(name for name in COLUMNS if name not in ("id", "entry", "occurred_at"))


def read_passage(told: Mapping[str, Any]) -> PassageRecord:
    """Read a record that another installation spelled; a ValueError says what does not fit."""
    record = PassageRecord(
        id=UUID(told["id"]),
        entry=UUID(told["entry"]),
        referral=None if told["referral"] is None else UUID(told["referral"]),
        occurred_at=read_instant(told, "occurred_at"),
        day=date.fromisoformat(told["day"]),
        **{name: read_text(told, name, _LONGEST.get(name, 64)) for name in _TEXTS},
    )
    if (record.referral is not None) != (Outcome(record.outcome) is Outcome.REFER):
        raise ValueError("outcome and referral do not agree")
    for name in ("facts", "asked", "reasons"):
        json.loads(getattr(record, name))
    return record


_LONGEST: Mapping[str, int] = {
    "document_kind": 24,
    "group": 16,
    "direction": 8,
    "port": 24,
    "lane": 24,
    "lane_kind": 24,
    "outcome": 8,
    "measure": 40,
    "clause": 24,
    "facts": 65_536,
    "asked": 65_536,
    "reasons": 65_536,
}
