"""The node's side: what is to be sent next, and how long to wait after a failure."""

from dataclasses import dataclass, replace

from guomen.core.outbox.receiving import ActsForked, ActsMissing

FIRST_PAUSE, LONGEST_PAUSE = 250, 15_000
"""Milliseconds. A node that was cut off for days asks four times a minute."""

BATCH = 2_000
"""So many acts at most go in one request."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What a node knows of the centre: the last act it has; None until it was told.

    `failures` counts the attempts since the last answer; `refused` is the code with which the
    centre refused for good, and then a person has to look.
    """

    acknowledged: int | None = None
    failures: int = 0
    refused: str = ""

    def next_from(self, first: int, last: int) -> int | None:
        """Give the number from which to send, of an outbox that holds `first` to `last`.

        None: nothing waits. Before the first answer the oldest act is sent: if the centre has it,
        it says so, and if not, it is the one that is wanted.
        """
        start = first if self.acknowledged is None else max(first, self.acknowledged + 1)
        return start if start <= last else None

    def answered(self, last: int, mine: int) -> "Sending":
        """Note the last number that the centre says it has, whatever was believed before.

        `mine` is the last in the outbox. A centre that has more has acts that this outbox has
        lost: its numbers would be given out a second time, so it stops.
        """
        if last > mine:
            return self.stopped(ActsForked.code)
        return Sending(acknowledged=last)

    def asked_from(self, expected: int, first: int, last: int) -> "Sending":
        """Note a gap that the centre refused: it wants `expected` of an outbox `first` to `last`.

        It was restored if it wants what it had; what it lacks is sent again as long as it is here.
        """
        if first <= expected <= last + 1:
            return Sending(acknowledged=expected - 1)
        return self.stopped(ActsMissing.code)

    def failed(self) -> "Sending":
        """Note that no answer came: what was sent may be there or not."""
        return replace(self, failures=self.failures + 1)

    def stopped(self, code: str) -> "Sending":
        """Note that the centre refused for a reason that a repetition does not mend."""
        return replace(self, failures=self.failures + 1, refused=code)

    def pause(self, random: int) -> int:
        """Give the milliseconds to wait before the next attempt; `random` is from 0 to 999.

        Doubles with each failure up to the longest pause; half of it is random, so that a
        thousand nodes do not come back in the same moment.
        """
        if not self.failures:
            return 0
        full = min(LONGEST_PAUSE, FIRST_PAUSE << min(self.failures - 1, 16))
        return full // 2 + full // 2 * random // 1000
