"""Appending entries, sealing them, and declaring that what follows is synthetic."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from guomen.apps.ledger.acts import act, derivation, part_of_act
from guomen.apps.ledger.models import Entry, Seal
from guomen.apps.ledger.queries import last_seal, leaves_between, segment_end
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.ledger.transactions import ended_before
from guomen.core.actor import Actor, Duty
from guomen.core.canonical import Json, canonical_text
from guomen.core.events import CATALOGUE, Event, EventKind, entry_content
from guomen.core.refusal import Nature, Refusal
from guomen.core.seal import NO_HEAD, Head, leaf_hash, merkle_root, public_key_of, sign_head

_COLUMNS = (
    "entry_id",
    "node",
    "kind",
    "version",
    "actor",
    "occurred_at",
    "recorded_at",
    "day",
    "port",
    "direction",
    "group",
    "lane",
    "conveyance_kind",
    "document_kind",
    "measure",
    "outcome",
    "quantity",
    "payload",
    "corrects",
    "leaf",
)


SEGMENT = 10_000
"""So many entries at most go under one seal, but a transaction is never cut in two."""


class CounterBehindSeal(Refusal):
    """The database's transaction counter is behind the last seal: it was moved to a new cluster."""

    code = "ledger.counter_behind_seal"
    nature = Nature.CONFLICT


@part_of_act
def append(*, events: Sequence[Event], recorded_at: datetime) -> None:
    """Append one entry for each event, in their order, within the caller's transaction."""
    node = settings.GUOMEN_NODE
    insert_rows(Entry, _COLUMNS, [_row(event, node, recorded_at) for event in events])


@part_of_act
def append_office_act(
    *,
    entry: UUID,
    kind: EventKind,
    actor: Actor,
    at: datetime,
    payload: Mapping[str, Json],
    day: date | None = None,
) -> None:
    """Append the entry of an act that the administration does upon itself.

    It has a payload and no columns. `day` is the jurisdiction's; without it the day of `at`.
    """
    event = Event(
        id=entry,
        kind=kind,
        actor=actor.reference,
        occurred_at=at,
        day=day or at.date(),
        payload=payload,
    )
    append(events=[event], recorded_at=at)


def _row(event: Event, node: str, recorded_at: datetime) -> tuple[object, ...]:
    return (
        event.id,
        node,
        event.kind.value,
        CATALOGUE[event.kind].version,
        event.actor,
        event.occurred_at,
        recorded_at,
        event.day,
        event.port,
        event.direction,
        event.group,
        event.lane,
        event.conveyance_kind,
        event.document_kind,
        event.measure,
        event.outcome,
        event.quantity,
        canonical_text(event.payload),
        event.corrects,
        leaf_hash(entry_content(event, node, recorded_at)),
    )


@derivation
def seal_entries(*, node: str, private_key: bytes, at: datetime) -> Head | None:
    """Seal what is committed and not yet sealed; None when there is nothing.

    A transaction that still runs keeps its entries, and all later ones, for the next seal.
    Two sealers at once: the table's unique number lets one through, the other fails whole.
    One seal holds about `SEGMENT` entries, so that proving one of them stays cheap.
    """
    safe_mark = _safe_mark()
    last = last_seal(node)
    from_mark = last.until_mark if last else 0
    if safe_mark < from_mark:
        raise CounterBehindSeal(counter=safe_mark, sealed_until=from_mark)
    until_mark = segment_end(node, from_mark, safe_mark, SEGMENT)
    leaves = leaves_between(node, from_mark, until_mark)
    if not leaves:
        return None
    head = _head(node, last, (from_mark, until_mark), leaves, at)
    _keep(head, private_key)
    return head


def seal_everything(*, node: str, private_key: bytes, at: datetime) -> list[Head]:
    """Seal until nothing waits; each seal is a transaction of its own."""
    heads: list[Head] = []
    while (head := seal_entries(node=node, private_key=private_key, at=at)) is not None:
        heads.append(head)
    return heads


def _head(
    node: str, last: Head | None, marks: tuple[int, int], leaves: Sequence[bytes], at: datetime
) -> Head:
    return Head(
        node=node,
        number=last.number + 1 if last else 1,
        from_mark=marks[0],
        until_mark=marks[1],
        count=len(leaves),
        root=merkle_root(leaves).hex(),
        previous=last.digest() if last else NO_HEAD,
        sealed_at=at,
    )


def _keep(head: Head, private_key: bytes) -> None:
    Seal.objects.create(
        node=head.node,
        number=head.number,
        from_mark=head.from_mark,
        until_mark=head.until_mark,
        count=head.count,
        root=head.root,
        previous=head.previous,
        sealed_at=head.sealed_at,
        signature=sign_head(head, private_key),
        public_key=public_key_of(private_key),
    )


def _safe_mark() -> int:
    """Give the mark below which nothing can appear any more."""
    if connection.vendor == "sqlite":
        newest = Entry.objects.order_by("-sequence").first()
        return newest.sequence + 1 if newest else 0
    return ended_before()


@act
def declare_simulation(
    *,
    actor: Actor,
    at: datetime,
    entry: UUID,
    scale: str,
    seed: int,
    periods: Sequence[str],
) -> None:
    """State that the entries of these periods are synthetic, at which scale, from which seed.

    Pages show the banner, and the fact-check scales its figures, by this entry alone.
    """
    actor.require(Duty.DECLARE_SIMULATION)
    append_office_act(
        entry=entry,
        kind=EventKind.SIMULATION_DECLARED,
        actor=actor,
        at=at,
        payload={"scale": scale, "seed": seed, "periods": list(periods)},
    )
