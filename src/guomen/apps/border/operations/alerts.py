"""Opening the alerts that a passage has met: a reading of a person's data, with purpose and log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guomen.apps.accounts.operations import note_read
from guomen.apps.border.models import Referral
from guomen.apps.border.queries import ReferralUnknown, alerts_met
from guomen.apps.ledger.acts import act
from guomen.apps.registry.queries import (
    AlertFile,
    Holder,
    alert_files,
    holder_behind,
    names_in_force,
)
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.near_names import near_names

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An alert in force whose name is near to the traveller's, with the words that agree."""

    alert: AlertFile
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertsOpened:
    """What an officer sees: the alerts that the passage met, and others as a suggestion only."""

    met: tuple[AlertFile, ...]
    near: tuple[Suggestion, ...]
    named: bool


@act
def open_alerts(
    *, actor: Actor, at: datetime, day: date, referral: UUID, purpose: str, name: str
) -> AlertsOpened:
    """Open the alerts that a referred passage met, and suggest near names; leaves a line in the log.

    Each alert shown and each person whose name was opened has its line. `name`: as the officer
    reads it on the document, where the register holds none; it is compared and not kept. A
    suggestion decides nothing and is not kept either. Refuses devices, a referral of another
    port, and a reading without a purpose.
    """
    actor.require(Duty.DECIDE_REFERRAL)
    if actor.kind is not ActorKind.OFFICER:
        raise DutyMissing(duty=Duty.DECIDE_REFERRAL.value, actor=actor.reference)
    passage = _row(referral, actor).passage
    met = alert_files(references=alerts_met(passage=passage), day=day)
    holder = holder_behind(index=passage.document_index)
    names = [one for one in (name[:_LONGEST_NAME].strip(), holder.name if holder else "") if one]
    near = _suggestions(names, passage.direction, day, {str(one.id) for one in met})
    note_read(actor=actor, at=at, purpose=purpose, references=_read(met, near, holder))
    return AlertsOpened(met, near, bool(names))


def _row(referral: UUID, actor: Actor) -> Referral:
    row = Referral.objects.filter(pk=referral).select_related("passage").first()
    if row is None or (actor.port is not None and row.passage.port != actor.port):
        raise ReferralUnknown(referral=str(referral))
    return row


def _suggestions(
    names: Iterable[str], direction: str, day: date, met: set[str]
) -> tuple[Suggestion, ...]:
    held = names_in_force(direction=direction, day=day)
    others = {reference: name for reference, name in held.items() if reference not in met}
    words = {one.reference: one.words for name in names for one in near_names(name, others)}
    files = alert_files(references=words, day=day)
    return tuple(Suggestion(one, words[str(one.id)]) for one in files)


def _read(met: Iterable[AlertFile], near: Iterable[Suggestion], holder: Holder | None) -> list[str]:
    alerts = [*met, *(one.alert for one in near)]
    persons = [f"person:{holder.person}"] if holder else []
    return [*(f"alert:{one.id}" for one in alerts), *persons]
