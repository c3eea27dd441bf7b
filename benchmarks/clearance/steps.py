"""What one clearance costs, step by step, in milliseconds, in turns so that a drift meets all."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from random import Random

from django.db import connection
from django.test import Client

from guomen import clock
from guomen.apps.border.operations import (
    PassageRequest,
    Presentation,
    clear_passage,
    clear_passages,
)
from guomen.core.clearance import Direction, Presented, Standing, decide_clearance
from guomen.core.travel_documents import Identified
from tests.nation import NationForTests

BATCH = 100
_NUMBERS = count(1)
_RUN = clock.new_id()
_MRZ = [
    "CRCHNH000000009<<<<<<<<<<<<<<<",
    "9001011M3001019CHN<<<<<<<<<<<8",
    "CHAN<<TAI<MAN<<<<<<<<<<<<<<<<<",
]


def median_ms(step: Callable[[], None], seconds: float, per_call: int = 1) -> tuple[float, float]:
    """Give the median and the 99th percentile of a step in milliseconds."""
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        step()
        times.append((time.perf_counter() - began) * 1000 / per_call)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99)]


class Steps:
    """The steps of one clearance on a founded nation."""

    def __init__(self, nation: NationForTests) -> None:
        self.nation, self.place = nation, nation.place()
        self.gate = nation.gate.actor
        self.kind = nation.jurisdiction.documents["HRP"]
        self.document = Identified(
            "HRP",
            "H00000000",
            "CHN",
            "CHN",
            date(1990, 1, 1),
            "M",
            date(2030, 1, 1),
        )
        self.presented = Presented(self.document, (), Direction.ENTRY, None, True)
        self.client = Client()
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_row")
            cursor.execute("CREATE TABLE bench_row (id BIGINT PRIMARY KEY, told TEXT)")

    def bare_commit(self) -> None:
        """Insert one row in a transaction of its own: the database's own pace."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_row VALUES (%s, %s)", [next(_NUMBERS), "x" * 200])

    def decision(self) -> None:
        """Decide one passage in memory."""
        decide_clearance(
            self.presented,
            self.kind,
            Standing("valid", enrolled=True),
            self.place,
            self.nation.jurisdiction.rulebook,
            date(2023, 6, 1),
        )

    def _request(self) -> PassageRequest:
        at = datetime(2023, 6, 1, 4, tzinfo=UTC)
        return PassageRequest(
            clock.new_id(),
            clock.new_id(),
            clock.new_id(),
            f"{_RUN}-{next(_NUMBERS)}",
            self.presented,
            at,
        )

    def write_one(self) -> None:
        """Clear one passage: look up, decide, passage, standing and entry, committed."""
        clear_passage(
            actor=self.gate,
            at=clock.now(),
            place=self.place,
            request=self._request(),
            jurisdiction=self.nation.jurisdiction,
        )

    def write_batch(self) -> None:
        """Clear a hundred passages in one transaction."""
        clear_passages(
            at=clock.now(),
            presentations=[
                Presentation(self.gate, self.place, self._request(), self.nation.jurisdiction)
                for _ in range(BATCH)
            ],
        )

    def http(self) -> None:
        """Clear one passage through the whole HTTP stack, without the network."""
        answer = self.client.post(
            "/api/v1/border/passages",
            json.dumps({"mrz": _MRZ, "direction": "entry", "holder_verified": True}),
            content_type="application/json",
            headers={
                "Authorization": f"Bearer {self.nation.gate_key}",
                "Idempotency-Key": f"{_RUN}-http-{next(_NUMBERS)}",
            },
        )
        assert answer.status_code == 201, answer.content


def measure(steps: Steps, seconds: float) -> dict[str, tuple[float, float]]:
    """Run each step three times in a random order; keep the median round."""
    names = ["bare_commit", "decision", "write_one", "write_batch", "http"]
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for number in range(3):
        for name in Random(number).sample(names, len(names)):
            per_call = BATCH if name == "write_batch" else 1
            rounds[name].append(median_ms(getattr(steps, name), seconds, per_call))
            sys.stderr.write(f"bench clearance: {name} {rounds[name][-1][0]:.3f} ms\n")
    return {name: sorted(several)[1] for name, several in rounds.items()}
