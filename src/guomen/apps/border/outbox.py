"""At a port node: what it was told by the centre, and which acts wait to go there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max, Min

from guomen.apps.border.models import HeldKnowledge, OutboxAct
from guomen.core.outbox import NO_ACT, NumberedAct

THE_ROW = 1


@dataclass(frozen=True, slots=True)
class Held:
    """What a node knows: where the centre's changes go on, and how far the sending is.

    `known_on`: when the centre last said all; `good_until`: gates go by it before that instant of
    the node's own clock.
    """

    cursor: str = ""
    known_on: datetime | None = None
    good_until: datetime | None = None
    heard_at: datetime | None = None
    acknowledged: int | None = None
    refused: str = ""

    def is_good(self, at: datetime) -> bool:
        """Tell whether gates may go by it."""
        return self.good_until is not None and at < self.good_until


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and the last number in the outbox, with the last digest; 1 and 0 while empty."""

    first: int = 1
    last: int = 0
    digest: str = NO_ACT


@dataclass(frozen=True, slots=True)
class Waiting:
    """Acts to send, in their order, with the signature of the last."""

    acts: tuple[NumberedAct, ...]
    signature: bytes


def is_port_node() -> bool:
    """Tell whether this installation is a port's own."""
    return settings.GUOMEN_NODE_KEY is not None


def held() -> Held:
    """Give what the node knows; nothing before the first answer of the centre."""
    row = HeldKnowledge.objects.filter(pk=THE_ROW).first()
    if row is None:
        return Held()
    return Held(
        row.cursor,
        row.known_on,
        row.good_until,
        row.heard_at,
        row.acknowledged,
        row.refused,
    )


def old_since(*, at: datetime) -> date | None:
    """Give the day that a node's knowledge is from where it is too old at `at`.

    None at the centre, and while the knowledge is good.
    """
    if not is_port_node():
        return None
    found = held()
    return None if found.is_good(at) else (found.known_on or at).date()


def ends() -> Ends:
    """Tell which acts the outbox holds."""
    found = OutboxAct.objects.aggregate(first=Min("number"), last=Max("number"))
    if found["last"] is None:
        return Ends()
    digest = OutboxAct.objects.values_list("digest", flat=True).get(number=found["last"])
    return Ends(found["first"], found["last"], digest)


def waiting(*, start: int, most: int, size: int) -> Waiting:
    """Give the acts from a number on: at most so many, and of so many characters together.

    The first is given whatever its size.
    """
    rows = OutboxAct.objects.filter(number__gte=start).order_by("number")[:most]
    taken: list[OutboxAct] = []
    for row in rows:
        size -= len(row.content) + 200  # the act's other fields and the quotes of its content
        if taken and size < 0:
            break
        taken.append(row)
    return Waiting(_numbered(taken), bytes(taken[-1].signature) if taken else b"")


def _numbered(rows: Sequence[OutboxAct]) -> tuple[NumberedAct, ...]:
    node = settings.GUOMEN_NODE
    return tuple(NumberedAct(node, row.number, row.previous, row.content) for row in rows)
