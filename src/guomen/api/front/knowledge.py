"""What the front keeps in memory: the rulebooks by their moment, and the devices by their keys.

Both are asked for anew every second or five, so a new rulebook decides, and a revoked key ends,
within five seconds; nothing here is written.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from guomen.api.clearance import Sayings
from guomen.apps.accounts.queries import DeviceAtWork, KeyUnknown, device_behind
from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction_of, publications
from guomen.jurisdiction import Jurisdiction, PackRefused

RULES_EVERY = 1.0
KEYS_EVERY = 5.0
"""Seconds."""

_MOST_KEYS = 10_000

Tick = Callable[[], float]


@dataclass(frozen=True)
class Published:
    """A pack with the instant of its publication, and its sentences."""

    at: datetime
    pack: Jurisdiction
    say: Sayings


class Rules:
    """The published packs in the order of their days."""

    def __init__(self) -> None:
        self._found: list[Published] = []
        self._kept: dict[str, tuple[Jurisdiction, Sayings]] = {}

    def refresh(self) -> None:
        """Read which packs are published; those that were compiled before are kept."""
        found = []
        for one in publications():
            kept = self._kept.get(one.pack_digest) or self._compiled(one.pack_digest)
            if kept is not None and one.decided_at is not None:
                found.append(Published(one.decided_at, *kept))
        self._found = found

    def _compiled(self, pack_digest: str) -> tuple[Jurisdiction, Sayings] | None:
        try:
            pack = jurisdiction_of(pack_digest=pack_digest)
        except PackRefused:  # of a time when packs were written otherwise: the others still decide
            return None
        if pack is not None:
            self._kept[pack_digest] = (pack, Sayings(pack))
        return self._kept.get(pack_digest)

    def at(self, instant: datetime) -> Published:
        """Give what was published at an instant; before the first publication, the first one."""
        if not self._found:
            raise NoRulebookPublished()
        before = [one for one in self._found if one.at <= instant]
        return before[-1] if before else self._found[0]


class Keys:
    """The devices behind keys, asked for again after some seconds."""

    def __init__(self, tick: Tick = time.monotonic) -> None:
        self._tick = tick
        self._found: dict[str, tuple[float, DeviceAtWork | None]] = {}

    def known(self, key: str) -> tuple[bool, DeviceAtWork | None]:
        """Tell whether the answer is fresh, and the answer."""
        until, device = self._found.get(key, (0.0, None))
        return self._tick() < until, device

    def ask(self, key: str) -> DeviceAtWork | None:
        """Ask the database; None for a key that is not in use."""
        try:
            device = device_behind(key=key)
        except KeyUnknown:
            device = None
        if len(self._found) >= _MOST_KEYS:
            self._found.clear()  # somebody is guessing; the real ones are asked for again
        self._found[key] = (self._tick() + KEYS_EVERY, device)
        return device
