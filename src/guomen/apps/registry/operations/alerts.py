"""Alerts on documents: proposed by one officer, confirmed by a second, reviewed, ended or lapsed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guomen.apps.ledger.acts import act, derivation
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.models import Alert, Standing
from guomen.apps.registry.operations.standings import note_changes
from guomen.apps.registry.queries import (
    ALERT_NAME,
    alert_row,
    index_of,
    name_held,
    recounted_flags,
    vault,
)
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.alerts import (
    RULES,
    AlertIncomplete,
    AlertKind,
    AlertTerms,
    AlertUnfit,
    require_span,
    state_on,
)
from guomen.core.clearance import UNREGISTERED
from guomen.core.events import Event, EventKind
from guomen.core.near_names import name_words
from guomen.core.refusal import Nature, Refusal
from guomen.core.transitions import ALERT, TransitionNotPermitted
from guomen.core.travel_documents import DocumentKind, Identified


class SecondOfficerNeeded(Refusal):
    """Who proposed an alert neither confirms nor reviews it."""

    code = "registry.second_officer_needed"
    nature = Nature.NOT_ALLOWED


class AlertOfAnotherDocument(Refusal):
    """What the second officer read from the order is not what the first proposed."""

    code = "registry.alert_of_another_document"
    nature = Nature.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertProposal:
    """An alert to be proposed; `name`: the person's, for kinds that may hold one, or empty."""

    alert: UUID
    kind: DocumentKind
    document: Identified
    terms: AlertTerms
    name: str = ""


@act
def propose_alert(
    *, actor: Actor, at: datetime, day: date, entry: UUID, proposal: AlertProposal
) -> None:
    """Propose an alert on a document, registered or not; leaves `alert.proposed`.

    Refuses a device, terms that lack something or do not fit the kind, and a name where the kind
    needs none. Nothing refers on it before a second officer confirms.
    """
    actor.require(Duty.PROPOSE_ALERT)
    _require_person(actor, Duty.PROPOSE_ALERT)
    terms, keys = proposal.terms, vault()
    terms.require_fit()
    if terms.until <= day:
        raise AlertUnfit(why="span", kind=terms.kind.value, most=RULES[terms.kind].longest_days)
    if proposal.name.strip() and not RULES[terms.kind].may_hold_name:
        raise AlertUnfit(why="name", kind=terms.kind.value)
    index = index_of(kind=proposal.kind, document=proposal.document, keys=keys)
    row = _new(proposal, index, actor, at)
    row.save(force_insert=True)
    _leave(EventKind.ALERT_PROPOSED, row, actor, at, day, entry, kind=row.kind)


def _require_person(actor: Actor, duty: Duty) -> None:
    if actor.kind is not ActorKind.OFFICER:
        raise DutyMissing(duty=duty.value, actor=actor.reference)


def _new(proposal: AlertProposal, index: str, actor: Actor, at: datetime) -> Alert:
    terms = proposal.terms
    key, name = _sealed_name(str(proposal.alert), proposal.name.strip())
    return Alert(
        id=proposal.alert,
        number_index=index,
        document_kind=proposal.kind.code,
        kind=terms.kind.value,
        direction=terms.direction.value,
        legal_basis=terms.legal_basis.strip(),
        authority=terms.authority.strip(),
        instruction=terms.instruction.value,
        language=terms.language,
        valid_from=terms.valid_from,
        until=terms.until,
        review_on=terms.review_on,
        state="proposed",
        proposed_by=actor.reference,
        proposed_at=at,
        wrapped_key=key,
        name=name,
    )


def _sealed_name(subject: str, name: str) -> tuple[bytes, bytes]:
    if not name:
        return b"", b""
    key = vault().new_subject_key(subject)
    return key, vault().encrypt(key, subject, ALERT_NAME, name)


@act
def confirm_alert(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    alert: UUID,
    kind: DocumentKind,
    document: Identified,
    name: str = "",
) -> None:
    """Confirm what another officer proposed; from now on lanes refer. Leaves `alert.confirmed`.

    The second officer gives document and name anew, as the authority's order has them: refused
    where they are not those that were proposed, so that a slip of the first is found. Refused also:
    the proposer, a device, what does not wait, and an alert whose last day is over.
    """
    actor.require(Duty.CONFIRM_ALERT)
    _require_person(actor, Duty.CONFIRM_ALERT)
    row = _read_by_second(alert, actor, "in_force")
    _require_same(row, index_of(kind=kind, document=document, keys=vault()), name)
    if row.until <= day:
        raise AlertUnfit(why="span", kind=row.kind, most=RULES[AlertKind(row.kind)].longest_days)
    _hold_standing(row)
    _change(row, "in_force", decided_by=actor.reference, decided_at=at)
    _keep_in_step(row.number_index)
    _leave(EventKind.ALERT_CONFIRMED, row, actor, at, day, entry, proposed_by=row.proposed_by)


def _read_by_second(alert: UUID, actor: Actor, wished: str) -> Alert:
    row = alert_row(alert_id=alert)
    ALERT.require(row.state, wished)
    if row.proposed_by == actor.reference:
        raise SecondOfficerNeeded(alert=str(alert))
    return row


def _require_same(row: Alert, index: str, name: str) -> None:
    if index != row.number_index:
        raise AlertOfAnotherDocument(why="document")
    if sorted(name_words(name)) != sorted(name_words(name_held(row=row))):
        raise AlertOfAnotherDocument(why="name")


@act
def refuse_alert(
    *, actor: Actor, at: datetime, day: date, entry: UUID, alert: UUID, reason: str
) -> None:
    """Refuse what another officer proposed, with a reason; leaves `alert.refused`."""
    actor.require(Duty.CONFIRM_ALERT)
    _require_person(actor, Duty.CONFIRM_ALERT)
    row = _read_by_second(alert, actor, "refused")
    _require_reason(reason)
    _change(
        row,
        "refused",
        decided_by=actor.reference,
        decided_at=at,
        closed_by=actor.reference,
        closed_at=at,
        closing_reason=reason.strip(),
        **_NOBODY,
    )
    _leave(EventKind.ALERT_REFUSED, row, actor, at, day, entry)


_NOBODY = {"wrapped_key": b"", "name": b""}
"""What is over holds no name any more: without its key nothing opens."""


@act
def end_alert(
    *, actor: Actor, at: datetime, day: date, entry: UUID, alert: UUID, reason: str
) -> None:
    """Lift an alert in force, with a reason; leaves `alert.ended`.

    One officer with either duty is enough: it is in the person's favour, and must not wait.
    """
    second = Duty.CONFIRM_ALERT in actor.duties
    actor.require(Duty.CONFIRM_ALERT if second else Duty.PROPOSE_ALERT)
    _require_person(actor, Duty.PROPOSE_ALERT)
    row = alert_row(alert_id=alert)
    ALERT.require(row.state, "ended")
    _require_reason(reason)
    _hold_standing(row)
    _change(
        row,
        "ended",
        closed_by=actor.reference,
        closed_at=at,
        closing_reason=reason.strip(),
        **_NOBODY,
    )
    _keep_in_step(row.number_index)
    _leave(EventKind.ALERT_ENDED, row, actor, at, day, entry)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise AlertIncomplete(field="reason")


@act
def review_alert(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    alert: UUID,
    until: date,
    review_on: date,
    legal_basis: str,
) -> None:
    """Review an alert in force: it goes on until `until` on the basis given; leaves `alert.reviewed`.

    Not by its proposer. The span of the kind counts from the day of the review. Refused: an alert
    that has lapsed by then, and a review without the basis on which it goes on.
    """
    actor.require(Duty.CONFIRM_ALERT)
    _require_person(actor, Duty.CONFIRM_ALERT)
    row = _read_by_second(alert, actor, "in_force")
    now = state_on(row.state, row.until, day)
    if now != "in_force":
        raise TransitionNotPermitted(thing=ALERT.thing, now=now, wished="in_force")
    if not legal_basis.strip():
        raise AlertIncomplete(field="legal_basis")
    require_span(AlertKind(row.kind), max(day, row.valid_from), until, review_on)
    _hold_standing(row)
    _change(
        row,
        "in_force",
        until=until,
        review_on=review_on,
        legal_basis=legal_basis.strip(),
        reviewed_by=actor.reference,
        reviewed_at=at,
    )
    _keep_in_step(row.number_index)
    _leave(EventKind.ALERT_REVIEWED, row, actor, at, day, entry, until=until.isoformat())


@derivation
def lapse_next_alert(*, at: datetime, day: date) -> bool:
    """Note of one alert that it has lapsed by `day`, and let go of its name; False: none is left.

    Lanes and pages do not wait for it: they go by the day. One at a time, so that it never holds
    the rows of several documents against a batch of passages.
    """
    over = Alert.objects.filter(state="in_force", until__lte=day)
    row = over.order_by("until").first()
    if row is None:
        return False
    _hold_standing(row)
    # Asked again: an officer may have lifted or extended it while we waited for the row.
    over.filter(pk=row.pk).update(state="lapsed", closed_at=at, **_NOBODY)
    _keep_in_step(row.number_index)
    return True


def _change(row: Alert, state: str, **columns: object) -> None:
    rows = Alert.objects.filter(pk=row.pk, state=row.state)
    ALERT.require_done(rows.update(state=state, **columns), state)


_STANDING = (
    "number_index",
    "kind",
    "status",
    "alerts",
    "enrolled",
    "last_direction",
    "last_port",
)
_HELD = "ON CONFLICT (number_index) DO UPDATE SET kind = registry_standing.kind"


def _hold_standing(row: Alert) -> None:
    """Make sure the document has a row for its alerts, and keep it until the act ends.

    Two officers who change two alerts on one document at once then count one after the other.
    """
    values = (row.number_index, row.document_kind, UNREGISTERED, "", False, "", "")
    insert_rows(Standing, _STANDING, [values], or_else=_HELD)


def _keep_in_step(index: str) -> None:
    Standing.objects.filter(number_index=index).update(alerts=recounted_flags(index=index))
    note_changes(indexes=[index])
    note_changes(indexes=[index])


def _leave(
    event: EventKind,
    row: Alert,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    **payload: str,
) -> None:
    # Reference and codes only: basis, authority and reason stay with the alert.
    told = Event(
        id=entry,
        kind=event,
        actor=actor.reference,
        occurred_at=at,
        day=day,
        direction=row.direction if row.direction != "both" else "",
        document_kind=row.document_kind,
        payload={"alert": str(row.id), **payload},
    )
    append(events=[told], recorded_at=at)
