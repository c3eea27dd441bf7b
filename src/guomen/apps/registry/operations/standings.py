"""Noting for port nodes that a standing changed, and writing at a node what the centre says."""

from collections.abc import Iterable

from guomen.apps.ledger.acts import part_of_act
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.registry.feed import KnownStanding
from guomen.apps.registry.models import Standing, StandingChange


@part_of_act
def note_changes(*, indexes: Iterable[str]) -> None:
    """Note that these standings came or changed in status, alerts or enrolment, for port nodes.

    A passage's own advance is not noted: a node decides nothing by it.
    """
    insert_rows(StandingChange, ("number_index",), [(index,) for index in indexes])


_STANDING = ("number_index", "kind", "status", "alerts", "enrolled", "last_direction", "last_port")
_ADOPT = """
ON CONFLICT (number_index) DO UPDATE SET
    kind = excluded.kind,
    status = excluded.status,
    alerts = excluded.alerts,
    enrolled = excluded.enrolled
"""


@part_of_act
def adopt_standings(*, standings: Iterable[KnownStanding]) -> None:
    """Write what the centre says of documents, at a port node; last passages stay as they are."""
    rows = [
        (one.index, one.kind, one.status, one.alerts, one.enrolled, "", "") for one in standings
    ]
    insert_rows(Standing, _STANDING, rows, or_else=_ADOPT)
