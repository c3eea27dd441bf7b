"""A virtual clock, network and disks around the pure outbox: a seed makes one schedule of faults."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random

from guomen.core.outbox import (
    NO_ACT,
    ActsMissing,
    NumberedAct,
    Received,
    Sending,
    fresh_acts,
    sign_act,
)
from guomen.core.refusal import Refusal
from guomen.core.seal import public_key_of

KEY = bytes(range(32))
PUBLIC = public_key_of(KEY)
BATCH = 7
TIMEOUT = 10_000


@dataclass
class Disk:
    """What a node has committed: it outlives every crash."""

    acts: list[NumberedAct] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def queue(self, content: str) -> None:
        """Commit one act."""
        previous = self.digests[-1] if self.digests else NO_ACT
        act = NumberedAct("node", len(self.acts) + 1, previous, content)
        self.acts.append(act)
        self.digests.append(act.digest())


@dataclass
class Centre:
    """What the centre has committed."""

    received: Received = field(default_factory=Received)
    stored: list[str] = field(default_factory=list)

    def take(self, acts: list[NumberedAct], signature: bytes) -> int:
        """Keep what is new in one transaction."""
        fresh = fresh_acts(self.received, acts, signature, PUBLIC)
        self.stored += [one.act.content for one in fresh]
        if fresh:
            self.received = Received(fresh[-1].act.number, fresh[-1].digest)
        return self.received.number

    def copy(self) -> "Centre":
        """Give a backup."""
        return Centre(self.received, list(self.stored))


class World:
    """Runs a node and a centre through a schedule; `now` is in milliseconds."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.now = 0
        self.disk, self.centre = Disk(), Centre()
        self.backup = self.centre.copy()
        self.sending = Sending()
        self.answered: list[str] = []
        self.faults = 0
        self.loss = self.random.choice([0.0, 0.1, 0.5, 0.9])
        self.ends_at = self.random.randrange(20_000, 600_000)
        self._life = 0
        self._asked = 0
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._order = count()

    def run(self) -> None:
        """Live through the faults, then a week of a good link, until everything is quiet."""
        self.after(0, self._traveller)
        self.after(0, self._step)
        self.after(self._soon(20_000), self._crash_node)
        self.after(self._soon(30_000), self._restore_centre)
        while self._events and self.now < self.ends_at + 7 * 86_400_000:
            self.now, _, happen = heapq.heappop(self._events)
            happen()
            if self.now > self.ends_at and self.centre.received.number == len(self.disk.acts):
                return

    def after(self, delay: int, happen: Callable[[], None]) -> None:
        """Let something happen later."""
        heapq.heappush(self._events, (self.now + delay, next(self._order), happen))

    def _soon(self, around: int) -> int:
        return self.random.randrange(1, 2 * around)

    @property
    def _is_bad(self) -> bool:
        return self.now < self.ends_at

    def _traveller(self) -> None:
        if not self._is_bad:
            return
        content = f"traveller {len(self.disk.acts)} at {self.now}"
        if self.random.random() < 0.95:
            self.disk.queue(content)
            self.answered.append(content)  # only after the commit
        self.after(self._soon(self.random.choice([50, 5_000])), self._traveller)

    # ------------------------------------------------------------------ the node

    def _step(self) -> None:
        life, last = self._life, len(self.disk.acts)
        start = self.sending.next_from(1, last)
        acts = [] if start is None else self.disk.acts[start - 1 : start - 1 + BATCH]
        signature = sign_act(self.disk.digests[acts[-1].number - 1], KEY) if acts else b""
        self._asked += 1
        asked = self._asked

        def is_ours() -> bool:
            return (self._life, self._asked) == (life, asked)

        def replied(reply: int | Refusal) -> None:
            if is_ours():
                self._hear(reply)

        def gave_up() -> None:
            if is_ours():
                self.sending = self.sending.failed()
                self._go_on()

        self.after(TIMEOUT, gave_up)
        self._over_the_link(lambda: self._arrive(acts, signature, replied))

    def _hear(self, reply: int | Refusal) -> None:
        last = len(self.disk.acts)
        if isinstance(reply, ActsMissing):
            self.sending = self.sending.asked_from(int(str(reply.facts["expected"])), 1, last)
        elif isinstance(reply, Refusal):
            self.sending = self.sending.stopped(reply.code)
        else:
            self.sending = self.sending.answered(reply, last)
        self._go_on()

    def _go_on(self) -> None:
        self._asked += 1
        pause = self.sending.pause(self.random.randrange(1000))
        life = self._life
        self.after(max(500, pause), lambda: self._step() if life == self._life else None)

    def _crash_node(self) -> None:
        if self._is_bad:
            self.faults += 1
            self._life += 1
            self.sending = Sending()
            self.after(self._soon(3_000), self._step)
            self.after(self._soon(20_000), self._crash_node)

    # ------------------------------------------------------------------ the link and the centre

    def _over_the_link(self, arrive: Callable[[], None]) -> None:
        copies = self.random.choice([1, 1, 1, 2, 3]) if self._is_bad else 1
        for _ in range(copies):
            if self._is_bad and self.random.random() < self.loss:
                self.faults += 1
                continue
            # Up to half a minute: an answer may come after the node gave it up and asked again.
            delay = self.random.choice([5, 200, 30_000]) if self._is_bad else 5
            self.after(self._soon(delay), arrive)

    def _arrive(
        self, acts: list[NumberedAct], signature: bytes, reply: Callable[[int | Refusal], None]
    ) -> None:
        if self._is_bad and self.random.random() < 0.1:
            self.faults += 1
            return  # killed before the commit
        found: int | Refusal
        try:
            found = self.centre.take(acts, signature)
        except Refusal as refusal:
            found = refusal
        if self._is_bad and self.random.random() < 0.1:
            self.faults += 1
            return  # killed between the commit and the answer
        self._over_the_link(lambda: reply(found))

    def _restore_centre(self) -> None:
        if not self._is_bad:
            return
        if self.random.random() < 0.3:
            self.faults += 1
            self.centre = self.backup.copy()
        else:
            self.backup = self.centre.copy()
        self.after(self._soon(30_000), self._restore_centre)
