"""Keeps a passage: decided once, kept once, told again the same, and counted by one entry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from guomen import clock
from guomen.apps.border.operations import NonceReused, TimeUnlikely
from guomen.apps.border.queries import PassageAnswer, open_referrals
from guomen.apps.border.queries import passage as passage_on_record
from guomen.apps.registry.operations import change_document_status
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.clearance import Direction
from guomen.core.events import EventKind
from guomen.core.refusal import Refusal
from tests.apps.border.conftest import AT, Lane
from tests.builders import (
    PERMIT,
    VALID_PERMIT,
    endorsement,
    instant,
    kept_entries,
    passage,
    presented,
    shown,
)

DAY = date(2023, 6, 1)
EXTENDED = shown(PERMIT.td1(), DAY)
"""The registered specimen that expired on 2022-06-30."""

UNKNOWN = shown(replace(VALID_PERMIT, number="H99999999").td1(), DAY)
"""A permit that is not on record."""


def answered(answer: PassageAnswer | Refusal) -> PassageAnswer:
    """The answer, where there was no refusal."""
    assert isinstance(answer, PassageAnswer), answer
    return answer


def test_extended_permit_of_a_registered_holder_passes_the_gate(gate: Lane) -> None:
    answer = gate.clear(passage("n1", EXTENDED, AT))
    assert (answer.outcome, answer.measure, answer.clause) == ("pass", "M-2023-0508-HRP", "a")
    assert (answer.referral, answer.again, answer.late) == (None, False, False)
    assert answer.rulebook == gate.nation.jurisdiction.rulebook.digest


def test_passage_that_passes_leaves_one_entry_with_what_figures_count_by(gate: Lane) -> None:
    before = len(kept_entries())
    answer = gate.clear(passage("n1", EXTENDED, AT))
    [entry] = kept_entries()[before:]
    event = entry.event
    assert (event.kind, event.day, event.outcome) == (EventKind.PASSAGE_CLEARED, DAY, "pass")
    assert (event.port, event.lane, event.direction) == ("HENGQIN", "ECHANNEL", "entry")
    assert (event.group, event.document_kind) == ("hmt", "HRP")
    assert (event.measure, event.quantity) == ("M-2023-0508-HRP", 1)
    assert event.payload == {
        "passage": str(answer.passage),
        "clause": "a",
        "rulebook": answer.rulebook[:16],
    }


def test_passage_that_is_referred_leaves_one_entry_with_its_reasons(gate: Lane) -> None:
    before = len(kept_entries())
    answer = gate.clear(passage("n1", replace(UNKNOWN, holder_verified=False), AT))
    assert (answer.outcome, answer.referral is not None) == ("refer", True)
    [entry] = kept_entries()[before:]
    assert entry.event.kind is EventKind.PASSAGE_REFERRED
    assert entry.event.payload["reasons"] == ["document.on_record", "holder.verified"]


def test_entry_and_row_hold_no_number(gate: Lane) -> None:
    gate.clear(passage("n1", UNKNOWN, AT))
    with connection.cursor() as cursor:
        found = []
        for table in ("border_passage", "ledger_entry", "registry_standing"):
            cursor.execute(f"SELECT * FROM {table}")
            found += cursor.fetchall()
    assert "H99999999" not in repr(found)
    assert "99999999" not in repr(found)


def test_day_of_a_passage_is_the_day_at_the_port(gate: Lane) -> None:
    at = instant("2023-05-31 16:00")
    gate.clear(passage("n1", EXTENDED, at), at)
    assert kept_entries()[-1].event.day == date(2023, 6, 1)


@pytest.mark.parametrize(
    ("occurred", "outcome"),
    [
        ("2023-05-07 15:59", "refer"),
        ("2023-05-07 16:00", "pass"),
        ("2023-12-31 15:59", "pass"),
        ("2023-12-31 16:00", "refer"),
    ],
)
def test_rulebook_is_asked_for_the_day_at_the_port(gate: Lane, occurred: str, outcome: str) -> None:
    at = instant(occurred)
    assert gate.clear(passage("n1", EXTENDED, at), at).outcome == outcome


# ---------------------------------------------------------------------------- once and again


def test_retry_is_told_the_first_answer_and_leaves_nothing(gate: Lane) -> None:
    first = gate.clear(passage("n1", UNKNOWN, AT))
    before = len(kept_entries())
    again = gate.clear(passage("n1", UNKNOWN, AT), AT + timedelta(hours=1))
    assert again == replace(first, again=True)
    assert len(kept_entries()) == before
    assert len(open_referrals(port="HENGQIN", most=9)) == 1


def test_retry_is_told_the_first_answer_though_the_document_was_lost_meanwhile(
    gate: Lane,
) -> None:
    gate.clear(passage("n1", EXTENDED, AT))
    change_document_status(
        actor=Actor(ActorKind.OFFICER, "registrar", frozenset({Duty.REGISTER_DOCUMENT})),
        at=AT,
        day=DAY,
        entry=clock.new_id(),
        kind=gate.nation.jurisdiction.documents["HRP"],
        document=EXTENDED.document,
        status="lost",
    )
    assert gate.clear(passage("n1", EXTENDED, AT)).outcome == "pass"
    assert gate.clear(passage("n2", EXTENDED, AT)).outcome == "refer"


@pytest.mark.parametrize(
    "other",
    [
        UNKNOWN,
        replace(EXTENDED, direction=Direction.EXIT),
        replace(EXTENDED, holder_verified=None),
        replace(EXTENDED, companion=endorsement()),
    ],
)
def test_same_nonce_with_another_content_is_refused(gate: Lane, other: object) -> None:
    gate.clear(passage("n1", EXTENDED, AT))
    before = len(kept_entries())
    assert isinstance(other, type(EXTENDED))
    with pytest.raises(NonceReused) as caught:
        gate.clear(passage("n1", other, AT))
    assert caught.value.facts == {"nonce": "n1"}
    assert len(kept_entries()) == before


def test_nonces_of_two_actors_do_not_meet(gate: Lane, desk: Lane) -> None:
    assert not gate.clear(passage("n1", EXTENDED, AT)).again
    assert not desk.clear(passage("n1", UNKNOWN, AT)).again


def test_answer_is_found_by_the_passages_reference(gate: Lane) -> None:
    answer = gate.clear(passage("n1", EXTENDED, AT))
    assert passage_on_record(passage_id=answer.passage) == replace(answer, again=True)
    assert passage_on_record(passage_id=clock.new_id()) is None


def test_presentation_from_the_future_is_not_believed(gate: Lane) -> None:
    just = AT + timedelta(minutes=5)
    assert gate.clear(passage("n1", EXTENDED, just)).outcome == "pass"
    with pytest.raises(TimeUnlikely) as caught:
        gate.clear(passage("n2", EXTENDED, just + timedelta(seconds=1)))
    assert caught.value.facts == {"seconds_ahead": 301}


def test_presentation_that_arrives_late_is_marked_late(gate: Lane) -> None:
    early = AT - timedelta(minutes=5)
    assert not gate.clear(passage("n1", EXTENDED, early)).late
    assert gate.clear(passage("n2", EXTENDED, early - timedelta(seconds=1))).late


def test_actor_without_the_duty_clears_nobody(gate: Lane) -> None:
    before = len(kept_entries())
    others = frozenset(Duty) - {Duty.CLEAR_PASSAGE}
    lane = replace(gate, actor=replace(gate.actor, duties=others))
    with pytest.raises(DutyMissing):
        lane.clear(passage("n1", EXTENDED, AT))
    assert len(kept_entries()) == before


# ---------------------------------------------------------------------------- batches


def test_batch_answers_in_its_order_and_leaves_one_entry_each(gate: Lane) -> None:
    before = len(kept_entries())
    requests = [
        passage(f"n{number}", presentation, AT)
        for number, presentation in enumerate([EXTENDED, UNKNOWN, EXTENDED])
    ]
    answers = [answered(one) for one in gate.clear_all(*requests)]
    assert [one.outcome for one in answers] == ["pass", "refer", "pass"]
    assert [one.passage for one in answers] == [one.passage for one in requests]
    assert [one.event.id for one in kept_entries()[before:]] == [one.entry for one in requests]


def test_bad_record_in_a_batch_harms_no_other(gate: Lane) -> None:
    gate.clear(passage("old", EXTENDED, AT))
    before = len(kept_entries())
    answers = gate.clear_all(
        passage("n1", EXTENDED, AT),
        passage("n2", EXTENDED, AT + timedelta(hours=1)),
        passage("old", UNKNOWN, AT),
        passage("old", EXTENDED, AT),
        passage("n3", UNKNOWN, AT),
    )
    assert answered(answers[0]).outcome == "pass"
    assert isinstance(answers[1], TimeUnlikely)
    assert isinstance(answers[2], NonceReused)
    assert answered(answers[3]).again
    assert answered(answers[4]).outcome == "refer"
    assert len(kept_entries()) == before + 2


def test_nonce_twice_in_a_batch_is_one_passage(gate: Lane) -> None:
    before = len(kept_entries())
    first, second = gate.clear_all(passage("n1", EXTENDED, AT), passage("n1", EXTENDED, AT))
    assert answered(first).passage == answered(second).passage
    assert len(kept_entries()) == before + 1


def test_nonce_twice_in_a_batch_with_two_travellers_clears_the_first_alone(gate: Lane) -> None:
    before = len(kept_entries())
    first, second = gate.clear_all(passage("n1", EXTENDED, AT), passage("n1", UNKNOWN, AT))
    assert answered(first).outcome == "pass"
    assert isinstance(second, NonceReused)
    assert len(kept_entries()) == before + 1
    assert gate.clear(passage("n1", EXTENDED, AT)).again
    with pytest.raises(NonceReused):
        gate.clear(passage("n1", UNKNOWN, AT))


def test_empty_batch_leaves_nothing(gate: Lane) -> None:
    before = len(kept_entries())
    assert gate.clear_all() == []
    assert len(kept_entries()) == before


def test_backlog_keeps_the_order_in_which_things_happened(gate: Lane) -> None:
    leaving = replace(EXTENDED, direction=Direction.EXIT)
    later, earlier = AT - timedelta(hours=1), AT - timedelta(hours=2)
    gate.clear_all(passage("n1", leaving, later), passage("n2", EXTENDED, earlier))
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_direction FROM registry_standing WHERE last_at IS NOT NULL")
        assert cursor.fetchall() == [("exit",)]


def test_foreign_traveller_who_passed_has_a_standing_from_then_on(gate: Lane) -> None:
    desk = replace(gate, place=gate.nation.place("HENGQIN", "STAFF_F"))
    leaving = presented("PPT_FOR", number="L898902C3", nationality="UTO", direction=Direction.EXIT)
    assert desk.clear(passage("n1", leaving, AT)).outcome == "pass"
    codes = [one.code for one in desk.clear(passage("n2", leaving, AT)).reasons]
    assert "document.status" in codes
