"""A gate that presents traveller after traveller, repeats what was not answered, and keeps count."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any

from benchmarks.link_cut.founding import CITIZEN, KEY

LATE_EVERY, BOTH_EVERY = 50, 20
"""Each fiftieth presentation is handed in ten minutes late; each twentieth goes to both."""


@dataclass(frozen=True)
class Answered:
    """What a gate was told, at which moment, after how many seconds, and what the link did then."""

    nonce: str
    passage: str
    outcome: str
    late: bool
    seconds: float
    fault: str


@dataclass
class Gate:
    """One lane. `fault` tells what the link does; `centre` is asked too, now and then."""

    name: str
    port: int
    fault: Callable[[], str]
    centre: int | None = None
    every: float = 0.0
    answered: list[Answered] = field(default_factory=list)
    asked: int = 0
    unanswered: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to present."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the traveller who stands there was answered."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        while not self._stop.is_set():
            self.asked += 1
            nonce = f"{self.name}-{self.asked}"
            body = self._body()
            if self.centre is not None and self.asked % BOTH_EVERY == 0:
                self._ask_centre(nonce, body)
            self._ask_until_answered(connection, nonce, body)
            self._stop.wait(self.every)
        connection.close()

    def _body(self) -> bytes:
        at = datetime.now(UTC)
        if self.asked % LATE_EVERY == 0:
            at -= timedelta(minutes=10)
        told = {"mrz": CITIZEN, "direction": "entry", "holder_verified": True}
        return json.dumps(told | {"presented_at": at.isoformat()}).encode()

    def _ask_centre(self, nonce: str, body: bytes) -> None:
        # A gate that reaches the centre now and then asks it first, and the node again.
        assert self.centre is not None
        connection = HTTPConnection("127.0.0.1", self.centre, timeout=2)
        try:
            ask(connection, nonce, body)
        except (OSError, HTTPException, ValueError):
            pass
        finally:
            connection.close()

    def _ask_until_answered(self, connection: HTTPConnection, nonce: str, body: bytes) -> None:
        for _ in range(3000):
            fault, began = self.fault(), time.perf_counter()
            try:
                status, told = ask(connection, nonce, body)
            except (OSError, HTTPException, ValueError):
                connection.close()
                status, told = 0, {}
            if status in (200, 201):
                took = time.perf_counter() - began
                one = (nonce, told["passage"], told["outcome"], told["late"])
                self.answered.append(Answered(*one, took, fault))
                return
            self.unanswered += 1
            time.sleep(0.05)
        raise AssertionError(f"{nonce} was never answered: {status} {told}")


def ask(connection: HTTPConnection, nonce: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """Present once; give status and answer."""
    headers = {
        "Authorization": f"Bearer {KEY}",
        "Idempotency-Key": nonce,
        "Content-Type": "application/json",
    }
    connection.request("POST", "/api/v1/border/passages", body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())
