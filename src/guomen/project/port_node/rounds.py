"""A node's rounds: learn what is new, send what waits, and wait longer while nobody answers.

It runs in a process of its own: the gates' process does not know whether there is a link.
"""

import secrets
import time

from django.db import InterfaceError, OperationalError

from guomen import clock
from guomen.apps.border.nodes import NodeRevoked
from guomen.apps.border.operations import adopt_bundle, note_answer, note_refused
from guomen.apps.border.outbox import ends, held, waiting
from guomen.apps.policy.operations import PackUnfit
from guomen.apps.policy.queries import published_digest
from guomen.core.outbox import ActsMissing, Sending
from guomen.core.outbox.sending import BATCH
from guomen.project.port_node.link import BundleUnfit, Link, LinkDown, Refused

LEARN_EVERY = 15.0
"""Seconds: a device or a key that is revoked at the centre ends here within that time."""

LARGEST_BATCH = 1_500_000
"""Characters: below what the centre reads of one request (2 MiB)."""

_FAILURES = (LinkDown, BundleUnfit, PackUnfit, OperationalError, InterfaceError)


class Rounds:
    """One node's synchronising; a round never takes longer than the link's timeouts."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._sending = Sending(held().acknowledged)
        self._learnt: float | None = None

    def go(self) -> int:
        """Do one round; give the milliseconds to wait before the next one where it failed."""
        try:
            if self._learning_is_due():
                self.learn()
                self._send_once(even_nothing=True)
                self._learnt = time.monotonic()
            while self._send_once(even_nothing=False) and not self._learning_is_due():
                pass
        except Refused as refused:
            self._refused(refused)
        except _FAILURES:
            self._sending = self._sending.failed()
        return self._sending.pause(secrets.randbelow(1000))

    def _learning_is_due(self) -> bool:
        return self._learnt is None or time.monotonic() - self._learnt >= LEARN_EVERY

    def learn(self) -> None:
        """Ask page after page until nothing is new; each is kept before the next is asked for."""
        complete = False
        while not complete:
            bundle = self._link.learn(held().cursor, published_digest() or "")
            adopt_bundle(at=clock.now(), bundle=bundle)
            complete = bundle.complete

    def _send_once(self, *, even_nothing: bool) -> bool:
        """Send one batch; give whether more waits. With nothing to send, say so if asked to."""
        there = ends()
        start = self._sending.next_from(there.first, there.last)
        if start is None and not even_nothing:
            return False
        batch = waiting(start=start or there.last + 1, most=BATCH, size=LARGEST_BATCH)
        last = self._link.send(batch, there.last)
        self._sending = self._sending.answered(last, there.last)
        if self._sending.refused:
            note_refused(code=self._sending.refused, revoked=False)
            return False
        note_answer(at=clock.now(), acknowledged=last)
        return self._sending.next_from(there.first, there.last) is not None

    def _refused(self, refused: Refused) -> None:
        expected = refused.facts.get("expected")
        if refused.code == ActsMissing.code and isinstance(expected, int):
            there = ends()
            self._sending = self._sending.asked_from(expected, there.first, there.last)
        else:
            self._sending = self._sending.stopped(refused.code)
        if self._sending.refused:
            note_refused(code=self._sending.refused, revoked=refused.code == NodeRevoked.code)
