"""Keeps the register: documents kept once, found by number, and nothing of them in clear text."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from guomen import clock
from guomen.apps.registry.operations import (
    DocumentRegistered,
    DocumentUnknown,
    Passed,
    Registration,
    change_document_status,
    note_passed,
    register_documents,
)
from guomen.apps.registry.queries import index_of, standings, vault
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.clearance import Standing
from guomen.core.events import EventKind
from guomen.core.transitions import TransitionNotPermitted
from guomen.core.travel_documents import Identified
from tests.builders import instant, kept_entries
from tests.nation import NationForTests

pytestmark = pytest.mark.django_db
AT, DAY = instant("2023-06-01 04:00"), date(2023, 6, 1)
REGISTRAR = Actor(ActorKind.OFFICER, "registrar", frozenset({Duty.REGISTER_DOCUMENT}))
PERMIT = Identified("HRP", "H77777777", "CHN", "CHN", date(1990, 1, 1), "M", date(2030, 1, 1))
HOLDER = "WONG, SECRET NAME"


def registration(nation: NationForTests, document: Identified = PERMIT) -> Registration:
    """Make a registration with fresh ids."""
    kind = nation.jurisdiction.documents[document.kind]
    ids = (clock.new_id(), clock.new_id(), clock.new_id())
    return Registration(*ids, kind, document, HOLDER, date(2020, 1, 1))


def register(*registrations: Registration, actor: Actor = REGISTRAR) -> None:
    """Register documents."""
    register_documents(actor=actor, at=AT, day=DAY, registrations=registrations)


def index(nation: NationForTests, document: Identified = PERMIT) -> str:
    """Give the index under which a document is found."""
    kind = nation.jurisdiction.documents[document.kind]
    return index_of(kind=kind, document=document, keys=vault())


def standing(nation: NationForTests, document: Identified = PERMIT) -> Standing | None:
    """Give the standing of a document."""
    return standings(indexes=[index(nation, document)]).get(index(nation, document))


def test_registered_document_is_found_by_its_number(nation: NationForTests) -> None:
    assert standing(nation) is None
    register(registration(nation))
    assert standing(nation) == Standing("valid", enrolled=True)


@pytest.mark.parametrize(
    "document",
    [
        replace(PERMIT, number="H7777777702"),
        replace(PERMIT, number="h777-77777"),
        replace(PERMIT, issuer="", nationality="", birth_date=None, sex="", expiry_date=None),
    ],
)
def test_document_is_found_whatever_renewal_and_spelling(
    nation: NationForTests, document: Identified
) -> None:
    register(registration(nation))
    assert standing(nation, document) is not None


def test_foreign_documents_of_one_number_are_told_apart_by_their_issuer(
    nation: NationForTests,
) -> None:
    french = replace(PERMIT, kind="PPT_FOR", number="12AB34567", issuer="FRA")
    assert index(nation, french) != index(nation, replace(french, issuer="DEU"))


def test_each_document_leaves_one_entry_without_name_and_number(nation: NationForTests) -> None:
    before = len(kept_entries())
    one, other = registration(nation), registration(nation, replace(PERMIT, number="H66666666"))
    register(one, other)
    events = [kept.event for kept in kept_entries()[before:]]
    assert [event.kind for event in events] == [EventKind.DOCUMENT_REGISTERED] * 2
    assert [event.payload for event in events] == [
        {"document": str(row.document_id)} for row in (one, other)
    ]
    assert "H7777" not in repr(events)
    assert "WONG" not in repr(events)


def everything_stored() -> bytes:
    """Every byte in every column of the register's and the border's tables."""
    tables = ("registry_person", "registry_traveldocument", "registry_standing", "ledger_entry")
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found += [value for row in cursor.fetchall() for value in row]
    return b"\n".join(map(_as_bytes, found))


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_no_personal_data_stand_in_clear_in_the_tables(nation: NationForTests) -> None:
    register(registration(nation))
    stored = everything_stored()
    for secret in ("WONG", "H77777777", "77777777", "1990-01-01"):
        assert secret.encode() not in stored, secret


def test_document_is_registered_once(nation: NationForTests) -> None:
    register(registration(nation))
    before = len(kept_entries())
    with pytest.raises(DocumentRegistered):
        register(registration(nation))
    assert len(kept_entries()) == before


def test_renewal_of_a_registered_number_is_the_same_document(nation: NationForTests) -> None:
    register(registration(nation))
    with pytest.raises(DocumentRegistered):
        register(registration(nation, replace(PERMIT, number="H7777777703")))


def test_batch_with_one_that_is_registered_registers_none(nation: NationForTests) -> None:
    register(registration(nation))
    fresh = replace(PERMIT, number="H66666666")
    with pytest.raises(DocumentRegistered):
        register(registration(nation, fresh), registration(nation))
    assert standing(nation, fresh) is None


def test_batch_with_the_same_document_twice_registers_none(nation: NationForTests) -> None:
    with pytest.raises(DocumentRegistered):
        register(registration(nation), registration(nation))
    assert standing(nation) is None


def change(nation: NationForTests, status: str, actor: Actor = REGISTRAR) -> None:
    """Change the status of the permit."""
    change_document_status(
        actor=actor,
        at=AT,
        day=DAY,
        entry=clock.new_id(),
        kind=nation.jurisdiction.documents["HRP"],
        document=PERMIT,
        status=status,
    )


@pytest.mark.parametrize("status", ["lost", "cancelled"])
def test_status_is_what_the_lane_finds_and_leaves_one_entry(
    nation: NationForTests, status: str
) -> None:
    row = registration(nation)
    register(row)
    before = len(kept_entries())
    change(nation, status)
    found = standing(nation)
    assert found is not None
    assert found.status == status
    [entry] = kept_entries()[before:]
    assert entry.event.kind is EventKind.DOCUMENT_STATUS_CHANGED
    assert entry.event.payload == {"document": str(row.document_id), "status": status}


def test_found_document_counts_again_and_a_cancelled_one_never(nation: NationForTests) -> None:
    register(registration(nation))
    change(nation, "lost")
    change(nation, "valid")
    change(nation, "cancelled")
    for status in ("valid", "lost", "stolen"):
        with pytest.raises(TransitionNotPermitted):
            change(nation, status)


def test_status_of_an_unknown_document_is_refused(nation: NationForTests) -> None:
    with pytest.raises(DocumentUnknown):
        change(nation, "lost")


def test_only_the_registrar_registers_and_changes(nation: NationForTests) -> None:
    others = frozenset(Duty) - {Duty.REGISTER_DOCUMENT}
    actor = Actor(ActorKind.OFFICER, "somebody", others)
    with pytest.raises(DutyMissing):
        register(registration(nation), actor=actor)
    with pytest.raises(DutyMissing):
        change(nation, "lost", actor)


def last_passage(nation: NationForTests) -> tuple[str, str]:
    """Give direction and port of the last passage on record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_direction, last_port FROM registry_standing WHERE number_index = %s",
            [index(nation)],
        )
        found: tuple[str, str] = cursor.fetchone()
    return found


def test_late_news_of_an_older_passage_does_not_turn_the_standing_back(
    nation: NationForTests,
) -> None:
    register(registration(nation))
    key = index(nation)
    note_passed(passed=[Passed(key, "HRP", "entry", "GONGBEI", instant("2023-06-02 08:00"))])
    note_passed(passed=[Passed(key, "HRP", "exit", "HENGQIN", instant("2023-06-01 08:00"))])
    assert last_passage(nation) == ("entry", "GONGBEI")
    note_passed(passed=[Passed(key, "HRP", "exit", "HENGQIN", instant("2023-06-03 08:00"))])
    assert last_passage(nation) == ("exit", "HENGQIN")


def test_passage_changes_neither_status_nor_alert(nation: NationForTests) -> None:
    register(registration(nation))
    change(nation, "lost")
    note_passed(passed=[Passed(index(nation), "HRP", "entry", "GONGBEI", AT)])
    assert standing(nation) == Standing("lost", enrolled=True)


def test_standings_of_many_documents_are_found_at_once(nation: NationForTests) -> None:
    numbers = [f"H{number:08d}" for number in range(1, 1100)]
    documents = [replace(PERMIT, number=number) for number in numbers]
    register(registration(nation, documents[0]), registration(nation, documents[-1]))
    found = standings(indexes=[index(nation, one) for one in documents])
    assert found.keys() == {index(nation, documents[0]), index(nation, documents[-1])}
