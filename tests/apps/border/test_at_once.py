"""Keeps a passage single when its retries arrive at once, each on a connection of its own."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, connections

from guomen.apps.border.queries import PassageAnswer
from guomen.core.events import EventKind
from tests.apps.border.conftest import AT, Lane
from tests.builders import PERMIT, inspection, kept_entries, passage, shown
from tests.nation import NationForTests

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
EXTENDED = shown(PERMIT.td1(), date(2023, 6, 1))
AT_ONCE = 5


def test_retries_at_once_are_one_passage(committed: NationForTests) -> None:
    gate = Lane(committed, committed.gate.actor, committed.place())
    barrier = threading.Barrier(AT_ONCE)
    answers: list[PassageAnswer] = []

    def present() -> None:
        try:
            barrier.wait(20)
            answers.append(gate.clear(passage("n1", EXTENDED, AT)))
        finally:
            connections.close_all()

    _all_at_once(present)
    assert len(answers) == AT_ONCE
    assert len({one.passage for one in answers}) == 1
    assert sorted(one.again for one in answers) == [False] + [True] * (AT_ONCE - 1)
    assert len(kept_entries(EventKind.PASSAGE_CLEARED)) == 1


def test_inspections_at_once_are_one_inspection(committed: NationForTests) -> None:
    gate = Lane(committed, committed.gate.actor, committed.place())
    barrier = threading.Barrier(AT_ONCE)
    counts: list[int] = []

    def inspect() -> None:
        try:
            barrier.wait(20)
            counts.append(gate.inspect(inspection("n1", AT)))
        finally:
            connections.close_all()

    _all_at_once(inspect)
    assert sorted(counts) == [0] * (AT_ONCE - 1) + [1]
    assert len(kept_entries(EventKind.CONVEYANCE_INSPECTED)) == 1


def _all_at_once(act: Callable[[], None]) -> None:
    threads = [threading.Thread(target=act) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
