"""Keeps verification: whatever is changed behind the ledger's back is found and named."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from guomen import clock
from guomen.apps.ledger.heads import export_heads, exported_heads
from guomen.apps.ledger.operations import seal_entries
from guomen.apps.ledger.verification import Exported, verify_ledger
from guomen.core.seal import public_key_of
from tests.apps.ledger.tampering import (
    behind_its_back,
    faults,
    key_of,
    named,
    sealed_events,
    write,
)
from tests.builders import (
    inspected,
    instant,
    kept_entries,
    let_other_databases_end,
    seal_now,
)

pytestmark = pytest.mark.usefixtures("committed")
NODE = settings.GUOMEN_NODE
OTHER_KEY = bytes(range(32))

CHANGES: dict[str, object] = {
    "kind": "passage.cleared",
    "version": 2,
    "actor": "somebody else",
    "occurred_at": "2023-06-02 04:00:00",
    "recorded_at": "2023-06-02 04:00:00",
    "day": "2023-06-02",
    "port": "HENGQIN",
    "direction": "exit",
    "group": "foreign",
    "lane": "ECHANNEL",
    "conveyance_kind": "ship",
    "document_kind": "HRP",
    "measure": "M",
    "outcome": "pass",
    "quantity": 1000,
    "payload": '{"inspection":"another"}',
    "corrects": "0" * 32,
    "leaf": bytes(32),
}


@pytest.mark.parametrize("column", CHANGES)
def test_entry_changed_in_any_column_is_named(column: str) -> None:
    _, event, _ = sealed_events(3)
    name = connection.ops.quote_name(column)
    sql = f"UPDATE ledger_entry SET {name} = %s WHERE entry_id = %s"
    assert behind_its_back(sql, [CHANGES[column], key_of(event)]) == 1
    assert ("entry_changed", str(event.id)) in named(faults())


@pytest.mark.parametrize(
    "payload", ["{}", "[]", "no JSON", '{"inspection":"i","more":1}', "null", ""]
)
def test_payload_that_nobody_can_have_written_is_named_too(payload: str) -> None:
    [event] = sealed_events(1)
    sql = "UPDATE ledger_entry SET payload = %s WHERE entry_id = %s"
    behind_its_back(sql, [payload, key_of(event)])
    assert named(faults()) == {("entry_changed", str(event.id))}


def test_kind_that_does_not_exist_is_named_too() -> None:
    [event] = sealed_events(1)
    behind_its_back(
        "UPDATE ledger_entry SET kind = 'nonsense' WHERE entry_id = %s", [key_of(event)]
    )
    assert named(faults()) == {("entry_changed", str(event.id))}


def test_entry_changed_together_with_its_leaf_breaks_the_root() -> None:
    first, second = sealed_events(2)
    sql = (
        "UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE entry_id = %s) "
        "WHERE entry_id = %s"
    )
    behind_its_back(sql, [key_of(first), key_of(second)])
    assert ("order_or_leaf", None) in named(faults())


def test_entry_changed_before_it_is_sealed_is_named() -> None:
    event = inspected()
    write(event)
    sql = "UPDATE ledger_entry SET quantity = 9 WHERE entry_id = %s"
    behind_its_back(sql, [key_of(event)])
    assert named(faults()) == {("entry_changed", str(event.id))}


def test_deleted_entry_is_told_with_the_seal_that_misses_it() -> None:
    sealed_events(2)
    _, event, _ = sealed_events(3)
    behind_its_back("DELETE FROM ledger_entry WHERE entry_id = %s", [key_of(event)])
    [fault] = faults()
    assert (fault.kind, fault.seal) == ("entry_deleted", 2)
    assert fault.told == "3 entries were sealed, 2 are there"


def test_ledger_emptied_of_its_entries_does_not_verify() -> None:
    sealed_events(2)
    behind_its_back("DELETE FROM ledger_entry")
    assert [one.kind for one in faults()] == ["entry_deleted"]


def copy_entry(event_key: object, changes: dict[str, object]) -> None:
    """Insert a forged copy of an entry with a new id and some columns changed."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, "ledger_entry")
    new_id = clock.new_id() if connection.features.has_native_uuid_field else clock.new_id().hex
    changes = {"entry_id": new_id, **changes}
    names = [connection.ops.quote_name(one.name) for one in found]
    values = ["%s" if one.name in changes else name for one, name in zip(found, names, strict=True)]
    given = [changes[one.name] for one in found if one.name in changes]
    sql = (
        f"INSERT INTO ledger_entry ({', '.join(names)}) SELECT {', '.join(values)} "
        "FROM ledger_entry WHERE entry_id = %s"
    )
    assert behind_its_back(sql, [*given, event_key]) == 1


def test_inserted_entry_is_told_with_the_seal_that_has_one_too_many() -> None:
    event = sealed_events(3)[1]
    copy_entry(key_of(event), {"sequence": 0})
    found = faults()
    assert {one.kind for one in found} == {"entry_inserted", "entry_changed"}
    [inserted] = [one for one in found if one.kind == "entry_inserted"]
    assert inserted.seal == 1


def test_entry_inserted_where_no_seal_reaches_is_named() -> None:
    event = sealed_events(3)[1]
    copy_entry(key_of(event), {"sequence": -7, "transaction": -7})
    [found] = [one for one in faults() if one.kind == "entry_inserted"]
    assert found.entry is not None
    assert found.entry != str(event.id)


def test_entry_written_under_another_nodes_name_is_named() -> None:
    event = sealed_events(3)[1]
    behind_its_back("UPDATE ledger_entry SET node = 'south' WHERE entry_id = %s", [key_of(event)])
    assert named(faults()) == {("entry_deleted", None), ("entry_changed", str(event.id))}


def test_exchanged_entries_are_found() -> None:
    first, _, last = sealed_events(3)
    places = {one.event.id: one.sequence for one in kept_entries()}
    sql = "UPDATE ledger_entry SET sequence = %s WHERE entry_id = %s"
    behind_its_back(sql, [-1, key_of(first)])
    behind_its_back(sql, [places[first.id], key_of(last)])
    behind_its_back(sql, [places[last.id], key_of(first)])
    assert named(faults()) == {("order_or_leaf", None)}


# ---------------------------------------------------------------------------- seals


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("root = '" + "0" * 64 + "'", {"seal_signature", "order_or_leaf"}),
        ("count = count + 1", {"seal_signature", "entry_deleted"}),
        ("previous = '" + "1" * 64 + "'", {"seal_signature", "seal_chain"}),
        ("sealed_at = '2020-01-01 00:00:00'", {"seal_signature"}),
    ],
)
def test_changed_seal_is_found(change: str, kinds: set[str]) -> None:
    sealed_events(2)
    behind_its_back(f"UPDATE ledger_seal SET {change}")
    assert {one.kind for one in faults()} == kinds


@pytest.mark.parametrize("column", ["signature", "public_key"])
@pytest.mark.parametrize("value", [b"", bytes(5), bytes(64)])
def test_signature_and_key_of_another_form_are_found_without_a_crash(
    column: str, value: bytes
) -> None:
    sealed_events(1)
    behind_its_back(f"UPDATE ledger_seal SET {column} = %s", [value])
    assert {one.kind for one in verify_ledger({}, None).faults} == {"seal_signature"}


def test_seal_taken_out_of_the_middle_is_missed() -> None:
    for _ in range(3):
        sealed_events(1)
    behind_its_back("DELETE FROM ledger_seal WHERE number = 2")
    [fault] = faults()
    assert (fault.kind, fault.seal) == ("seal_missing", 3)


def test_seal_that_skips_entries_leaves_a_gap() -> None:
    sealed_events(2)
    sealed_events(2)
    behind_its_back("UPDATE ledger_seal SET from_mark = from_mark + 1 WHERE number = 2")
    assert "seal_gap" in {one.kind for one in faults()}


def test_seal_made_with_another_key_is_found_only_when_the_key_is_known() -> None:
    write(inspected())
    let_other_databases_end()
    seal_entries(node=NODE, private_key=OTHER_KEY, at=instant("2023-07-01 00:00"))
    assert verify_ledger({}, public_key_of(OTHER_KEY)).faults == ()
    assert verify_ledger({}, None).faults == ()
    assert [one.kind for one in faults()] == ["seal_signature"]


# ---------------------------------------------------------------------------- heads outside


def exported(folder: Path) -> Exported:
    """Export all heads and read them back."""
    export_heads(node=NODE, folder=folder)
    return exported_heads(folder)


def test_cut_tail_shows_against_the_exported_heads_alone(tmp_path: Path) -> None:
    sealed_events(2)
    last = sealed_events(1)[0]
    outside = exported(tmp_path)
    behind_its_back("DELETE FROM ledger_entry WHERE entry_id = %s", [key_of(last)])
    behind_its_back("DELETE FROM ledger_seal WHERE number = 2")
    assert faults() == []
    [fault] = faults(outside)
    assert (fault.kind, fault.seal) == ("seal_missing", 2)


def test_history_rewritten_with_the_right_key_shows_against_the_exported_heads(
    tmp_path: Path,
) -> None:
    event = sealed_events(3)[1]
    outside = exported(tmp_path)
    behind_its_back("DELETE FROM ledger_entry WHERE entry_id = %s", [key_of(event)])
    behind_its_back("DELETE FROM ledger_seal")
    assert seal_now() is not None
    assert faults() == []
    [fault] = faults(outside)
    assert (fault.kind, fault.seal) == ("seal_rewritten", 1)


def test_everything_gone_shows_against_the_exported_heads(tmp_path: Path) -> None:
    sealed_events(1)
    outside = exported(tmp_path)
    behind_its_back("DELETE FROM ledger_entry")
    behind_its_back("DELETE FROM ledger_seal")
    assert [one.kind for one in faults(outside)] == ["seal_missing"]
