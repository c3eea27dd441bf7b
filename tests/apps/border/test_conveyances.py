"""Keeps inspections of conveyances: each recorded once, only of kinds that the port inspects."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from guomen.apps.border.operations import NonceReused, TimeUnlikely
from guomen.apps.border.operations.conveyances import ConveyanceNotHere
from guomen.core.actor import Duty, DutyMissing
from guomen.core.events import EventKind
from tests.apps.border.conftest import AT, Lane
from tests.builders import inspection, instant, kept_entries


def test_each_inspection_leaves_one_entry_with_its_kind(gate: Lane) -> None:
    before = len(kept_entries())
    assert gate.inspect(inspection("n1", AT), inspection("n2", AT)) == 2
    events = [one.event for one in kept_entries()[before:]]
    assert [one.kind for one in events] == [EventKind.CONVEYANCE_INSPECTED] * 2
    assert {(one.port, one.direction, one.conveyance_kind) for one in events} == {
        ("HENGQIN", "entry", "vehicle")
    }


def test_inspection_is_counted_on_the_day_at_the_port(gate: Lane) -> None:
    gate.inspect(inspection("n1", instant("2023-05-31 16:00")))
    assert kept_entries()[-1].event.day == date(2023, 6, 1)


def test_retry_records_nothing_twice(gate: Lane) -> None:
    gate.inspect(inspection("n1", AT))
    before = len(kept_entries())
    assert gate.inspect(inspection("n1", AT), inspection("n2", AT)) == 1
    assert len(kept_entries()) == before + 1


def test_nonce_twice_in_a_batch_is_one_inspection(gate: Lane) -> None:
    before = len(kept_entries())
    assert gate.inspect(inspection("n1", AT), inspection("n1", AT)) == 1
    assert len(kept_entries()) == before + 1


@pytest.mark.parametrize("kind", ["ship", "aircraft", "train", "rocket"])
def test_kind_that_the_port_does_not_inspect_is_refused_whole(gate: Lane, kind: str) -> None:
    before = len(kept_entries())
    with pytest.raises(ConveyanceNotHere) as caught:
        gate.inspect(inspection("n1", AT), inspection("n2", AT, kind))
    assert caught.value.facts["permitted"] == "vehicle"
    assert len(kept_entries()) == before


def test_inspection_in_the_future_is_refused_whole(gate: Lane) -> None:
    before = len(kept_entries())
    with pytest.raises(TimeUnlikely):
        gate.inspect(inspection("n1", AT), inspection("n2", AT + timedelta(hours=1)))
    assert len(kept_entries()) == before


def test_nonce_of_another_conveyance_is_refused_whole(gate: Lane) -> None:
    gate.inspect(inspection("n1", AT))
    before = len(kept_entries())
    with pytest.raises(NonceReused):
        gate.inspect(inspection("n2", AT), inspection("n1", AT, mark="XYZ 999"))
    assert len(kept_entries()) == before


def test_mark_of_a_conveyance_stands_nowhere_in_clear(gate: Lane) -> None:
    gate.inspect(inspection("n1", AT, mark="粤Z 1234港"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM border_inspection")
        assert "1234" not in repr([row[4] for row in cursor.fetchall()])


def test_actor_without_the_duty_inspects_nothing(gate: Lane) -> None:
    duties = frozenset(Duty) - {Duty.INSPECT_CONVEYANCE}
    lane = replace(gate, actor=replace(gate.actor, duties=duties))
    with pytest.raises(DutyMissing):
        lane.inspect(inspection("n1", AT))
