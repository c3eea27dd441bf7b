"""Reads of the ledger: entries, seals, proofs, and the counts that figures are made of."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from guomen.apps.ledger.models import Entry, Seal
from guomen.core.canonical import Json
from guomen.core.events import COLUMNS, Event, EventKind
from guomen.core.refusal import Nature, Refusal
from guomen.core.seal import Head, ProofStep, inclusion_proof


class EntryUnknown(Refusal):
    """The ledger holds no such entry."""

    code = "ledger.entry_unknown"
    nature = Nature.NOT_FOUND


class EntryNotSealed(Refusal):
    """The entry waits for the next seal, so nothing proves it yet."""

    code = "ledger.entry_not_sealed"
    nature = Nature.CONFLICT


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as it is read back, with the leaf that was stored beside it."""

    sequence: int
    node: str
    version: int
    recorded_at: datetime
    event: Event
    leaf: bytes


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """An entry that nobody can have written so: its kind or payload is none of the catalogue's."""

    reference: str
    leaf: bytes
    told: str


@dataclass(frozen=True, slots=True)
class KeptSeal:
    """A head with its signature and the key it was made with."""

    head: Head
    signature: bytes
    public_key: bytes


@dataclass(frozen=True, slots=True)
class EntryProof:
    """Why an entry belongs to a sealed head: its leaf, the way up, the head."""

    entry: KeptEntry
    position: int
    steps: tuple[ProofStep, ...]
    seal: KeptSeal


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the ledger says about itself being synthetic."""

    scale: str
    seed: int
    periods: tuple[str, ...]


def mark_column() -> str:
    """Name the column that orders entries for sealing on the database at hand."""
    return "sequence" if connection.vendor == "sqlite" else "transaction"


def _between(node: str, from_mark: int, until_mark: int) -> QuerySet[Entry]:
    mark = mark_column()
    window = {f"{mark}__gte": from_mark, f"{mark}__lt": until_mark}
    return Entry.objects.filter(node=node, **window).order_by(mark, "sequence")


def segment_end(node: str, from_mark: int, safe_mark: int, most: int) -> int:
    """Give the mark before which at most `most` entries wait, or the end of one transaction."""
    mark = mark_column()
    waiting = _between(node, from_mark, safe_mark).values_list(mark, flat=True)
    beyond = list(waiting[most : most + 1])
    if not beyond:
        return safe_mark
    [first] = waiting[:1]
    return int(beyond[0]) if beyond[0] != first else int(beyond[0]) + 1


def leaves_between(node: str, from_mark: int, until_mark: int) -> list[bytes]:
    """Give the stored leaves in sealing order."""
    rows = _between(node, from_mark, until_mark).values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in rows.iterator()]


FIRST_MARK, LAST_MARK = -(2**63), 2**63 - 1
"""The ends of what a mark's column can hold; nobody writes below zero but a forger."""


def entries_between(
    node: str, from_mark: int, until_mark: int
) -> Iterator[KeptEntry | BrokenEntry]:
    """Read entries in sealing order, without holding them all; what is not readable too."""
    return map(_kept_or_broken, _between(node, from_mark, until_mark).iterator(chunk_size=2000))


def _kept(row: Entry) -> KeptEntry:
    event = Event(
        id=row.entry_id,
        kind=EventKind(row.kind),
        actor=row.actor,
        occurred_at=row.occurred_at,
        day=row.day,
        quantity=row.quantity,
        payload=_payload(row.payload),
        corrects=row.corrects,
        **{column: getattr(row, column) for column in COLUMNS},
    )
    return KeptEntry(row.sequence, row.node, row.version, row.recorded_at, event, bytes(row.leaf))


def _kept_or_broken(row: Entry) -> KeptEntry | BrokenEntry:
    try:
        return _kept(row)
    except (ValueError, Refusal) as error:
        return BrokenEntry(str(row.entry_id), bytes(row.leaf), str(error))


def _payload(text: str) -> Mapping[str, Json]:
    found: Json = json.loads(text)
    if not isinstance(found, Mapping):
        raise ValueError("the payload is no object")
    return found


def head_of(row: Seal) -> Head:
    """Read a seal's head."""
    return Head(
        row.node,
        row.number,
        row.from_mark,
        row.until_mark,
        row.count,
        row.root,
        row.previous,
        row.sealed_at,
    )


def _kept_seal(row: Seal) -> KeptSeal:
    return KeptSeal(head_of(row), bytes(row.signature), bytes(row.public_key))


def last_seal(node: str) -> Head | None:
    """Give the newest head of a node."""
    row = Seal.objects.filter(node=node).order_by("-number").first()
    return head_of(row) if row else None


def seals(node: str) -> Iterator[KeptSeal]:
    """Read the seals of a node in their order."""
    return map(_kept_seal, Seal.objects.filter(node=node).order_by("number").iterator())


def seal_numbered(node: str, number: int) -> KeptSeal | None:
    """Find one seal."""
    row = Seal.objects.filter(node=node, number=number).first()
    return _kept_seal(row) if row else None


def nodes() -> tuple[str, ...]:
    """List the nodes that have written or sealed."""
    written = Entry.objects.order_by().values_list("node", flat=True).distinct()
    sealed = Seal.objects.order_by().values_list("node", flat=True).distinct()
    return tuple(sorted({*written, *sealed}))


def entry(entry_id: UUID) -> KeptEntry:
    """Read one entry or refuse with `ledger.entry_unknown`."""
    row = Entry.objects.filter(entry_id=entry_id).first()
    if row is None:
        raise EntryUnknown(entry=str(entry_id))
    return _kept(row)


def prove(entry_id: UUID) -> EntryProof:
    """Prove that an entry is sealed; refuse what is unknown or not sealed yet."""
    found = entry(entry_id)
    row = Entry.objects.get(entry_id=entry_id)
    mark = getattr(row, mark_column())
    seal = Seal.objects.filter(node=found.node, from_mark__lte=mark, until_mark__gt=mark).first()
    if seal is None:
        raise EntryNotSealed(entry=str(entry_id))
    sealed = list(_between(found.node, seal.from_mark, seal.until_mark).values_list("sequence"))
    position = sealed.index((found.sequence,))
    leaves = leaves_between(found.node, seal.from_mark, seal.until_mark)
    return EntryProof(found, position, inclusion_proof(leaves, position), _kept_seal(seal))


def simulation() -> Simulation | None:
    """Tell whether the entries are synthetic, by the entry that declares it."""
    kind = EventKind.SIMULATION_DECLARED.value
    row = Entry.objects.filter(kind=kind).order_by("-sequence").first()
    if row is None:
        return None
    told = json.loads(row.payload)
    return Simulation(told["scale"], told["seed"], tuple(told["periods"]))


Where = Mapping[str, Sequence[str]]
"""Values a column may have; `("*",)` means any, but not empty."""


def _matching(kind: str, where: Where, start: date, until: date | None) -> QuerySet[Entry]:
    rows = Entry.objects.filter(kind=kind, day__gte=start)
    if until is not None:
        rows = rows.filter(day__lt=until)
    for column, values in where.items():
        any_but_empty = ~Q(**{column: ""})
        rows = rows.filter(
            any_but_empty if tuple(values) == ("*",) else Q(**{f"{column}__in": list(values)})
        )
    return rows


def _sealed(rows: QuerySet[Entry], head: Head) -> QuerySet[Entry]:
    return rows.filter(**{"node": head.node, f"{mark_column()}__lt": head.until_mark})


Counts = Iterable[tuple[tuple[object, ...], int]]
"""Sums of `quantity`, each with the values it is grouped by."""


def count_by(
    *, kind: str, where: Where, start: date, until: date | None, by: Sequence[str]
) -> Counts:
    """Sum `quantity` of matching entries, grouped by columns (`day` among them if wished)."""
    return _grouped(_matching(kind, where, start, until), by)


def count_days(*, kind: str, days: Sequence[date], up_to: Head, by: Sequence[str]) -> Counts:
    """Sum `quantity` of a kind on these days, of what a head has sealed, grouped by columns."""
    return _grouped(_sealed(Entry.objects.filter(kind=kind, day__in=days), up_to), by)


def _grouped(rows: QuerySet[Entry], by: Sequence[str]) -> Counts:
    grouped = rows.order_by().values_list(*by).annotate(total=Sum("quantity"))
    return [(tuple(row[:-1]), int(row[-1])) for row in grouped]


def days_sealed(*, kinds: Sequence[str], since_mark: int | None, up_to: Head) -> list[date]:
    """Give the days of which entries were sealed from a mark on, up to a head."""
    rows = _sealed(Entry.objects.filter(kind__in=kinds), up_to)
    if since_mark is not None:
        rows = rows.filter(**{f"{mark_column()}__gte": since_mark})
    return list(rows.order_by("day").values_list("day", flat=True).distinct())


def sample(
    *, kind: str, where: Where, start: date, until: date | None, up_to: Head, most: int
) -> list[UUID]:
    """Give the references of the latest matching entries that a head has sealed."""
    rows = _sealed(_matching(kind, where, start, until), up_to).order_by("-day", "-sequence")
    return list(rows.values_list("entry_id", flat=True)[:most])


def recorded_days() -> tuple[date, date] | None:
    """Give the first and the last day with a counted service act, or None."""
    kinds = [EventKind.PASSAGE_CLEARED.value, EventKind.CONVEYANCE_INSPECTED.value]
    days = Entry.objects.filter(kind__in=kinds).order_by("day").values_list("day", flat=True)
    first, last = days.first(), days.last()
    return (first, last) if first and last else None


def unsealed_days(*, start: date, until: date | None) -> int:
    """Count the entries of these days that no seal covers yet."""
    mark = mark_column()
    waiting = 0
    for node in nodes():
        head = last_seal(node)
        after = {f"{mark}__gte": head.until_mark if head else 0}
        rows = Entry.objects.filter(node=node, day__gte=start, **after)
        waiting += (rows if until is None else rows.filter(day__lt=until)).count()
    return waiting
