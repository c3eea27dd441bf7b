"""Collects what arrives within milliseconds and hands it to one writer, who commits it at once.

A transaction a request is what a clearance costs, not its decision (measured: 740-1,900/s against
3,500-6,900/s). Nobody is answered before the commit of the batch with his act in it.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

One = TypeVar("One")
Answer = TypeVar("Answer")

Write = Callable[[Sequence[One]], Sequence[Answer]]

WAIT = 0.002
"""Seconds for which the first of a batch waits for others while the writer is idle."""

CROWD = 4
"""After a batch of so many the writer waits for the next to grow."""

MOST = 200
"""A larger batch would keep its first waiting longer than a gate should."""


class Overloaded(Exception):
    """More waits than can be answered in time: the gate refers, instead of waiting with the rest."""


class Collector(Generic[One, Answer]):
    """One queue and one writer; lives on one event loop."""

    def __init__(
        self,
        write: Write[One, Answer],
        *,
        wait: float = WAIT,
        most: int = MOST,
        waiting: int = 4000,
    ) -> None:
        self._write, self._wait, self._most, self._waiting = write, wait, most, waiting
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="clearance-writer")
        self._queue: list[tuple[One, asyncio.Future[Answer]]] = []
        self._busy = False
        self._crowded = False

    async def answer(self, one: One) -> Answer:
        """Give the answer of the writer, once what it did is committed.

        Raises what the writer raises, and `Overloaded` at once where the queue is too long.
        """
        if len(self._queue) >= self._waiting:
            raise Overloaded
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Answer] = loop.create_future()
        self._queue.append((one, waiting))
        if not self._busy:
            self._busy = True
            # Who comes alone need not wait for others; where many came last time, many come now.
            loop.call_later(self._wait if self._crowded else 0, self._flush)
        return await waiting

    def _flush(self) -> None:
        batch, self._queue = self._queue[: self._most], self._queue[self._most :]
        self._crowded = len(batch) >= CROWD
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._writer, self._write, [one for one, _ in batch])
        done.add_done_callback(lambda found: self._told(batch, found))

    def _told(
        self,
        batch: Sequence[tuple[One, "asyncio.Future[Answer]"]],
        found: "asyncio.Future[Sequence[Answer]]",
    ) -> None:
        if self._queue:
            self._flush()  # what came meanwhile has waited long enough
        else:
            self._busy = False
        error = found.exception()
        for at, (_, waiting) in enumerate(batch):
            if waiting.done():
                continue  # the gate went away; its act is recorded all the same
            if error is not None:
                waiting.set_exception(error)
            else:
                waiting.set_result(found.result()[at])
