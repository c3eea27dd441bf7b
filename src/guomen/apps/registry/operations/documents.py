"""Registering documents, changing their status, and noting that one has passed a lane."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guomen.apps.ledger.acts import act, part_of_act
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.models import Person, Standing, TravelDocument
from guomen.apps.registry.operations.standings import note_changes
from guomen.apps.registry.queries import index_of, vault
from guomen.apps.registry.vault import Vault
from guomen.core.actor import Actor, Duty
from guomen.core.events import Event, EventKind
from guomen.core.refusal import Nature, Refusal
from guomen.core.transitions import DOCUMENT
from guomen.core.travel_documents import DocumentKind, Identified


class DocumentRegistered(Refusal):
    """A document of this kind and number is registered already."""

    code = "registry.document_registered"
    nature = Nature.CONFLICT


class DocumentUnknown(Refusal):
    """The register holds no such document."""

    code = "registry.document_unknown"
    nature = Nature.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Registration:
    """A document to be registered with its holder; the ids are given by the caller."""

    entry: UUID
    person: UUID
    document_id: UUID
    kind: DocumentKind
    document: Identified
    holder_name: str
    issued_on: date


@act
def register_documents(
    *, actor: Actor, at: datetime, day: date, registrations: Sequence[Registration]
) -> None:
    """Register documents with their holders; leaves `document.registered` for each.

    Refuses the whole batch if one is registered already.
    """
    actor.require(Duty.REGISTER_DOCUMENT)
    keys = vault()
    indexes = [index_of(kind=one.kind, document=one.document, keys=keys) for one in registrations]
    _refuse_registered(indexes)
    wrapped = [keys.new_subject_key(str(one.person)) for one in registrations]
    insert_rows(Person, _PERSON, map(_person, registrations, wrapped, [keys] * len(wrapped)))
    insert_rows(
        TravelDocument,
        _DOCUMENT,
        map(_document, registrations, wrapped, indexes, [keys] * len(wrapped)),
    )
    standings = map(_standing, registrations, indexes)
    insert_rows(Standing, _STANDING, standings, or_else=_NOW_REGISTERED)
    note_changes(indexes=indexes)
    append(events=[_registered(one, actor, at, day) for one in registrations], recorded_at=at)


_PERSON = ("id", "wrapped_key", "name", "birth_date", "sex", "nationality")
_DOCUMENT = (
    "id",
    "person",
    "kind",
    "issuer",
    "number",
    "number_index",
    "issued_on",
    "expiry_date",
)
_STANDING = (
    "number_index",
    "kind",
    "status",
    "alerts",
    "enrolled",
    "last_direction",
    "last_port",
    "last_at",
)
_NOW_REGISTERED = """
ON CONFLICT (number_index) DO UPDATE SET
    kind = excluded.kind,
    status = excluded.status,
    enrolled = excluded.enrolled
"""
"""A row that stands for an alert alone, or for a passage, keeps both when the register takes it."""


def _refuse_registered(indexes: Sequence[str]) -> None:
    if len(set(indexes)) < len(indexes):
        raise DocumentRegistered(why="twice in one batch")
    for start in range(0, len(indexes), 900):
        known = TravelDocument.objects.filter(number_index__in=indexes[start : start + 900])
        if known.exists():
            raise DocumentRegistered(kind=known.values_list("kind", flat=True)[0])


def _person(one: Registration, wrapped: bytes, keys: Vault) -> tuple[object, ...]:
    subject = str(one.person)
    born = one.document.birth_date.isoformat() if one.document.birth_date else ""

    def sealed(column: str, text: str) -> bytes:
        return keys.encrypt(wrapped, subject, f"registry_person.{column}", text)

    return (
        one.person,
        wrapped,
        sealed("name", one.holder_name),
        sealed("birth_date", born),
        sealed("sex", one.document.sex),
        one.document.nationality,
    )


def _document(one: Registration, wrapped: bytes, index: str, keys: Vault) -> tuple[object, ...]:
    place = "registry_traveldocument.number"
    number = keys.encrypt(wrapped, str(one.person), place, one.document.number)
    return (
        one.document_id,
        one.person,
        one.kind.code,
        one.document.issuer,
        number,
        index,
        one.issued_on,
        one.document.expiry_date,
    )


def _standing(one: Registration, index: str) -> tuple[object, ...]:
    return (index, one.kind.code, "valid", "", True, "", "", None)


def _registered(one: Registration, actor: Actor, at: datetime, day: date) -> Event:
    return Event(
        id=one.entry,
        kind=EventKind.DOCUMENT_REGISTERED,
        actor=actor.reference,
        occurred_at=at,
        day=day,
        group=one.kind.group,
        document_kind=one.kind.code,
        payload={"document": str(one.document_id)},
    )


@act
def change_document_status(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    kind: DocumentKind,
    document: Identified,
    status: str,
) -> None:
    """Mark a document lost, cancelled or valid again; leaves `document.status_changed`.

    Refuses what the table of transitions does not permit: a cancelled document stays cancelled.
    """
    actor.require(Duty.REGISTER_DOCUMENT)
    index = index_of(kind=kind, document=document, keys=vault())
    row = TravelDocument.objects.filter(number_index=index).first()
    if row is None:
        raise DocumentUnknown(kind=kind.code)
    standing = Standing.objects.get(number_index=index)
    DOCUMENT.require(standing.status, status)
    rows = Standing.objects.filter(number_index=index, status=standing.status)
    DOCUMENT.require_done(rows.update(status=status), status)
    note_changes(indexes=[index])
    event = Event(
        id=entry,
        kind=EventKind.DOCUMENT_STATUS_CHANGED,
        actor=actor.reference,
        occurred_at=at,
        day=day,
        document_kind=kind.code,
        payload={"document": str(row.id), "status": status},
    )
    append(events=[event], recorded_at=at)


@dataclass(frozen=True, slots=True)
class Passed:
    """What a lane notes about a document that has passed."""

    index: str
    kind: str
    direction: str
    port: str
    at: datetime


_ADVANCE = """
ON CONFLICT (number_index) DO UPDATE SET
    last_direction = excluded.last_direction,
    last_port = excluded.last_port,
    last_at = excluded.last_at
WHERE registry_standing.last_at IS NULL OR registry_standing.last_at <= excluded.last_at
"""


@part_of_act
def note_passed(*, passed: Iterable[Passed]) -> None:
    """Advance standings; an older passage that comes late does not turn them back."""
    latest: dict[str, Passed] = {}
    for one in passed:
        if one.index not in latest or latest[one.index].at <= one.at:
            latest[one.index] = one
    rows = [
        (one.index, one.kind, "valid", "", False, one.direction, one.port, one.at)
        for one in latest.values()
    ]
    insert_rows(Standing, _STANDING, rows, or_else=_ADVANCE)
