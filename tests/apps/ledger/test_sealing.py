"""Keeps sealing, proving and exporting: what is committed is sealed once and can be proved."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, connections

from guomen.apps.ledger import queries
from guomen.apps.ledger.acts import act, one_act
from guomen.apps.ledger.heads import export_heads, exported_heads
from guomen.apps.ledger.operations import CounterBehindSeal, append, seal_entries
from guomen.apps.ledger.queries import EntryNotSealed, EntryUnknown
from guomen.apps.ledger.verification import verify_ledger
from guomen.core.events import Event
from guomen.core.seal import NO_HEAD, Head, is_signed_by, root_from_proof
from tests.apps.ledger.tampering import RECORDED, behind_its_back, faults, sealed_events, write
from tests.builders import (
    inspected,
    instant,
    kept_entries,
    let_other_databases_end,
    seal_now,
)

pytestmark = pytest.mark.usefixtures("committed")
NODE = settings.GUOMEN_NODE
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


def head(sealed: Head | None) -> Head:
    """The head of a seal that was made."""
    assert sealed is not None
    return sealed


def test_sealed_entries_verify() -> None:
    before = len(kept_entries())
    sealed_events(5)
    verified = verify_ledger({}, None)
    assert (verified.entries, verified.unsealed, verified.faults) == (before + 5, 0, ())


def test_entries_read_back_as_they_were_written() -> None:
    event = inspected(7)
    write(event)
    kept = queries.entry(event.id)
    assert (kept.event, kept.node, kept.recorded_at) == (event, NODE, RECORDED)


def test_heads_follow_one_another_without_a_gap() -> None:
    first, second = (head(_sealed_one()) for _ in range(2))
    assert (first.number, first.previous, first.from_mark) == (1, NO_HEAD, 0)
    assert (second.number, second.previous) == (2, first.digest())
    assert (second.from_mark, second.count) == (first.until_mark, 1)
    assert queries.last_seal(NODE) == second
    assert [one.head for one in queries.seals(NODE)] == [first, second]


def _sealed_one() -> Head | None:
    write(inspected())
    return seal_now()


def test_nothing_new_makes_no_seal() -> None:
    sealed_events(1)
    assert seal_now() is None


def test_head_is_signed_with_the_installations_key() -> None:
    sealed_events(1)
    seal = queries.seal_numbered(NODE, 1)
    assert seal is not None
    assert is_signed_by(seal.head, seal.signature, seal.public_key)
    assert queries.seal_numbered(NODE, 2) is None


@pytest.mark.parametrize("count", [1, 2, 7])
def test_every_sealed_entry_is_proved_up_to_the_head(count: int) -> None:
    sealed_events(2)
    for event in sealed_events(count):
        proof = queries.prove(event.id)
        assert root_from_proof(proof.entry.leaf, proof.steps).hex() == proof.seal.head.root
        assert (proof.seal.head.number, proof.entry.event) == (2, event)


def test_entry_without_a_seal_proves_nothing_yet() -> None:
    event = inspected()
    write(event)
    with pytest.raises(EntryNotSealed):
        queries.prove(event.id)


def test_entry_that_does_not_exist_is_refused() -> None:
    for read in (queries.prove, queries.entry):
        with pytest.raises(EntryUnknown):
            read(inspected().id)


def test_unsealed_days_are_counted_by_their_day() -> None:
    event = inspected()
    sealed_events(1)
    write(event)
    day = event.day
    assert queries.unsealed_days(start=day, until=None) == 1
    assert queries.unsealed_days(start=day.replace(day=2), until=None) == 0
    assert queries.unsealed_days(start=day.replace(month=1), until=day) == 0
    seal_now()
    assert queries.unsealed_days(start=day, until=None) == 0


@act
def failing_act(event: Event) -> None:
    """Append an entry, and then fail."""
    append(events=[event], recorded_at=RECORDED)
    raise ZeroDivisionError


def test_entry_of_an_act_that_fails_is_not_there() -> None:
    event = inspected()
    with pytest.raises(ZeroDivisionError):
        failing_act(event)
    with pytest.raises(EntryUnknown):
        queries.entry(event.id)


def test_same_entry_is_not_kept_twice() -> None:
    event = inspected()
    write(event)
    with pytest.raises(IntegrityError):
        write(event)


def test_seal_of_the_same_number_is_not_kept_twice() -> None:
    sealed_events(1)
    columns = "node, number, from_mark, until_mark, count, root, previous, sealed_at, signature"
    elsewhere = columns.replace("from_mark", "from_mark + 1")
    copy = (
        f"INSERT INTO ledger_seal ({columns}, public_key) "
        f"SELECT {elsewhere}, public_key FROM ledger_seal"
    )
    with pytest.raises(IntegrityError):
        behind_its_back(copy)


def test_counter_that_was_moved_back_seals_nothing() -> None:
    sealed_events(1)
    behind_its_back("UPDATE ledger_seal SET until_mark = %s", [2**60])
    with pytest.raises(CounterBehindSeal):
        seal_now()


# ---------------------------------------------------------------------------- heads that leave


def test_heads_are_exported_once_each(tmp_path: Path) -> None:
    sealed_events(1)
    assert export_heads(node=NODE, folder=tmp_path / "heads") == 1
    sealed_events(1)
    assert export_heads(node=NODE, folder=tmp_path / "heads") == 1
    assert export_heads(node=NODE, folder=tmp_path / "heads") == 0
    lines = (tmp_path / "heads" / f"{NODE}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2]


def test_exported_heads_agree_with_an_untouched_ledger(tmp_path: Path) -> None:
    sealed_events(2)
    sealed_events(1)
    export_heads(node=NODE, folder=tmp_path)
    exported = exported_heads(tmp_path)
    assert exported.keys() == {(NODE, 1), (NODE, 2)}
    assert faults(exported) == []


def test_folder_without_heads_exports_nothing(tmp_path: Path) -> None:
    assert exported_heads(tmp_path / "nowhere") == {}


# ---------------------------------------------------------------------------- two at once


@contextmanager
def running_transaction(event: Event) -> Iterator[None]:
    """Keep a transaction open in which an entry was appended, on a connection of its own."""
    written, may_commit = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with one_act():
                append(events=[event], recorded_at=RECORDED)
                written.set()
                assert may_commit.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    assert written.wait(20)
    try:
        yield
    finally:
        may_commit.set()
        thread.join(20)


@on_postgresql
def test_entries_of_a_running_transaction_wait_for_the_next_seal() -> None:
    seal_now()
    early, late = inspected(1), inspected(2)
    with running_transaction(early):
        write(late)
        assert seal_now() is None
        assert faults() == []
    second = head(seal_now())
    assert second.count == 2
    assert {queries.prove(one.id).seal.head.number for one in (early, late)} == {second.number}
    assert faults() == []


@on_postgresql
def test_entries_from_before_a_running_transaction_are_sealed_at_once() -> None:
    seal_now()
    before, during = inspected(1), inspected(2)
    write(before)
    with running_transaction(during):
        assert head(seal_now()).count == 1
    assert queries.prove(before.id)
    assert head(seal_now()).count == 1
    assert faults() == []


@on_postgresql
def test_of_two_sealers_at_once_one_seals_and_nothing_is_sealed_twice() -> None:
    write(*[inspected(number) for number in range(20)])
    whole = len(kept_entries())
    let_other_databases_end()
    barrier, at = threading.Barrier(4), instant("2023-07-01 00:00")

    def seal() -> None:
        try:
            barrier.wait(20)
            with suppress(IntegrityError):
                seal_entries(node=NODE, private_key=settings.GUOMEN_SEAL_KEY, at=at)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    counts = [one.head.count for one in queries.seals(NODE)]
    assert (sum(counts), len(counts)) == (whole, 1)
    assert faults() == []


def test_second_sealer_goes_on_where_the_first_stopped() -> None:
    sealed_events(3)
    write(inspected())
    first, second = seal_now(), seal_now()
    assert (head(first).count, second) == (1, None)
