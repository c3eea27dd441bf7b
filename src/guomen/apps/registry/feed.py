"""What port nodes are told of documents: the standings that came or changed, page after page."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from guomen.apps.ledger.transactions import ended_before
from guomen.apps.registry.models import Standing, StandingChange
from guomen.core.canonical import Json

_PARAMETERS = 900
"""As many ids in one query as every SQLite takes."""

FROM_THE_START = "0.0"
"""The cursor of a node that knows nothing yet."""


@dataclass(frozen=True, slots=True)
class KnownStanding:
    """What a port node is told of one document: never its number, nor whose it is.

    `alerts` is spelled as in the standing's own row.
    """

    index: str
    kind: str
    status: str
    alerts: str
    enrolled: bool

    def told(self) -> list[Json]:
        """Spell it for the wire."""
        return [self.index, self.kind, self.status, self.alerts, self.enrolled]


@dataclass(frozen=True, slots=True)
class ChangedStandings:
    """A page of changes; `cursor` is where the next begins, `complete` whether it is the last."""

    standings: tuple[KnownStanding, ...]
    cursor: str
    complete: bool


def changed_standings(*, after: str, most: int) -> ChangedStandings:
    """Give the standings that came or changed after a cursor, as they are now, in pages.

    A cursor that lies beyond what this database has (it was restored) begins from the start.
    """
    rows = StandingChange.objects.filter(transaction__lt=ended_before())
    order, columns = ("transaction", "sequence"), ("transaction", "sequence", "number_index")
    last = rows.order_by("-transaction", "-sequence").values_list(*order).first()
    place = _place(after)
    if last is None or place > last:
        place = (0, 0)
    beyond = Q(transaction__gt=place[0]) | Q(transaction=place[0], sequence__gt=place[1])
    page = list(rows.filter(beyond).order_by(*order).values_list(*columns)[: most + 1])
    complete, page = len(page) <= most, page[:most]
    transaction, sequence = page[-1][:2] if page else place
    known = _known({index for _, _, index in page})
    return ChangedStandings(known, f"{transaction}.{sequence}", complete)


def _place(cursor: str) -> tuple[int, int]:
    transaction, _, sequence = cursor.partition(".")
    fits = cursor.isascii() and len(cursor) < 36
    is_cursor = fits and transaction.isdigit() and sequence.isdigit()
    return (int(transaction), int(sequence)) if is_cursor else (0, 0)


def _known(indexes: Collection[str]) -> tuple[KnownStanding, ...]:
    wanted = sorted(indexes)
    columns = ("number_index", "kind", "status", "alerts", "enrolled")
    found: list[KnownStanding] = []
    for start in range(0, len(wanted), _PARAMETERS):
        rows = Standing.objects.filter(number_index__in=wanted[start : start + _PARAMETERS])
        found += [KnownStanding(*row) for row in rows.values_list(*columns)]
    return tuple(found)
