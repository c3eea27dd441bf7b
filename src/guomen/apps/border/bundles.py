"""What the centre tells a port node: the rulebook, the port's devices, and a page of standings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from guomen.apps.accounts.queries import KnownDevice, devices_at
from guomen.apps.policy.publications import Publication, newest_publication, read_publication
from guomen.apps.registry.feed import KnownStanding, changed_standings
from guomen.core.canonical import Json

PAGE = 2_000
"""So many changes of standings at most go in one bundle: a node writes them within 50 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One answer to a node. `asked_at` repeats the request's own time, so that an answer to
    another request is none to this one; `complete`: nothing more was known at `made_at`, and gates
    may go by it for `good_for`."""

    node: str
    port: str
    asked_at: datetime
    made_at: datetime
    good_for: timedelta
    publication: Publication | None
    devices: tuple[KnownDevice, ...]
    standings: tuple[KnownStanding, ...]
    cursor: str
    complete: bool

    def told(self) -> dict[str, Json]:
        """Spell it for the wire."""
        return {
            "node": self.node,
            "port": self.port,
            "asked_at": self.asked_at.astimezone(UTC).isoformat(),
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "good_for": int(self.good_for.total_seconds()),
            "publication": None if self.publication is None else self.publication.told(),
            "devices": [one.told() for one in self.devices],
            "standings": [one.told() for one in self.standings],
            "cursor": self.cursor,
            "complete": self.complete,
        }


def bundle_for(
    *,
    node: str,
    port: str,
    asked_at: datetime,
    made_at: datetime,
    good_for: timedelta,
    after: str,
    pack: str,
) -> Bundle:
    """Give what a node needs beyond the cursor `after` and the pack whose digest it names."""
    changes = changed_standings(after=after, most=PAGE)
    return Bundle(
        node=node,
        port=port,
        asked_at=asked_at,
        made_at=made_at,
        good_for=good_for,
        publication=newest_publication(held=pack),
        devices=devices_at(port=port),
        standings=changes.standings,
        cursor=changes.cursor,
        complete=changes.complete,
    )


def read_bundle(told: Mapping[str, Any]) -> Bundle:
    """Read what `told` spelled; ValueError, KeyError or TypeError where it does not fit."""
    publication = told["publication"]
    return Bundle(
        node=told["node"],
        port=told["port"],
        asked_at=datetime.fromisoformat(told["asked_at"]),
        made_at=datetime.fromisoformat(told["made_at"]),
        good_for=timedelta(seconds=told["good_for"]),
        publication=None if publication is None else read_publication(publication),
        devices=tuple(_device(*one) for one in told["devices"]),
        standings=tuple(KnownStanding(*one) for one in told["standings"]),
        cursor=told["cursor"],
        complete=told["complete"] is True,
    )


def _device(
    reference: str, name: str, lane: str, lane_kind: str, duties: list[str], key_hash: str
) -> KnownDevice:
    return KnownDevice(UUID(reference), name, lane, lane_kind, tuple(duties), key_hash)
