"""Keeps the catalogue of acts: exact payloads, and entry bytes that depend on every column."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from guomen.core.canonical import Json
from guomen.core.events import CATALOGUE, COLUMNS, Event, EventKind, EventMalformed, entry_content
from guomen.core.refusal import Nature

AT = datetime(2023, 6, 1, 4, 0, tzinfo=UTC)
EVENT = Event(
    id=UUID(int=1),
    kind=EventKind.CONVEYANCE_INSPECTED,
    actor="somebody",
    occurred_at=AT,
    day=date(2023, 6, 1),
    port="GONGBEI",
    payload={"inspection": "i"},
)


def test_every_kind_is_described() -> None:
    assert set(CATALOGUE) == set(EventKind)


@pytest.mark.parametrize("kind", EventKind)
def test_kind_is_counted_or_says_why_not(kind: EventKind) -> None:
    described = CATALOGUE[kind]
    assert described.counted is (described.why_not_counted == "")
    assert described.version >= 1


@pytest.mark.parametrize(
    ("payload", "given"),
    [({}, ""), ({"inspection": "i", "name": "n"}, "inspection, name"), ({"other": 1}, "other")],
)
def test_payload_has_exactly_the_fields_of_the_catalogue(
    payload: dict[str, Json], given: str
) -> None:
    with pytest.raises(EventMalformed) as caught:
        replace(EVENT, payload=payload)
    assert caught.value.nature is Nature.BAD_INPUT
    assert caught.value.facts == {
        "kind": "conveyance.inspected",
        "expected": "inspection",
        "given": given,
    }


def with_column(column: str) -> Event:
    """The event with one of the columns that figures count by changed."""
    changed: dict[str, Any] = {column: "changed"}
    return replace(EVENT, **changed)


CHANGES = {
    "id": replace(EVENT, id=UUID(int=2)),
    "actor": replace(EVENT, actor="another"),
    "occurred_at": replace(EVENT, occurred_at=AT + timedelta(microseconds=1)),
    "day": replace(EVENT, day=date(2023, 6, 2)),
    "quantity": replace(EVENT, quantity=2),
    "payload": replace(EVENT, payload={"inspection": "j"}),
    "corrects": replace(EVENT, corrects=UUID(int=3)),
} | {column: with_column(column) for column in COLUMNS}


@pytest.mark.parametrize("column", CHANGES)
def test_every_column_stands_in_the_bytes_of_the_entry(column: str) -> None:
    assert entry_content(CHANGES[column], "centre", AT) != entry_content(EVENT, "centre", AT)


def test_node_time_of_recording_and_version_stand_in_the_bytes_too() -> None:
    contents = {
        entry_content(EVENT, "centre", AT),
        entry_content(EVENT, "south", AT),
        entry_content(EVENT, "centre", AT + timedelta(seconds=1)),
        entry_content(EVENT, "centre", AT, version=2),
    }
    assert len(contents) == 4
    assert entry_content(EVENT, "centre", AT, version=1) in contents


def test_zone_of_an_instant_does_not_touch_the_bytes() -> None:
    there = timezone(timedelta(hours=8))
    same = replace(EVENT, occurred_at=AT.astimezone(there))
    assert entry_content(same, "centre", AT.astimezone(there)) == entry_content(EVENT, "centre", AT)
