"""Keeps a referral: decided once, by a person, at the officer's port, and never adverse without a law."""

import threading
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction

from guomen import clock
from guomen.apps.border.operations import LegalBasisMissing, clear_passage, decide_referral
from guomen.apps.border.queries import ReferralUnknown, open_referrals, referral
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.events import EventKind
from guomen.core.refusal import Refusal
from guomen.core.transitions import TransitionNotPermitted
from tests.apps.border.conftest import AT, Lane
from tests.builders import VALID_PERMIT, kept_entries, passage, shown
from tests.nation import NationForTests

DAY = date(2023, 6, 1)
STRANGER = shown(replace(VALID_PERMIT, number="H99999999").td1(), DAY)
BASIS = "Exit and Entry Administration Law, Art. 12"


def refer(lane: Lane, nonce: str = "n1") -> UUID:
    """Present somebody who is referred; give the referral."""
    answer = lane.clear(passage(nonce, STRANGER, AT))
    assert answer.referral is not None
    return answer.referral


def decide(
    actor: Actor, which: UUID, outcome: str = "admitted", basis: str = "", note: str = ""
) -> None:
    """Decide a referral."""
    decide_referral(
        actor=actor,
        at=AT,
        day=DAY,
        entry=clock.new_id(),
        referral=which,
        outcome=outcome,
        legal_basis=basis,
        note=note,
    )


def test_referral_waits_with_what_is_against_the_passage(desk: Lane) -> None:
    which = refer(desk)
    [waiting] = open_referrals(port="GONGBEI", most=9)
    assert (waiting.id, waiting.state, waiting.document_kind) == (which, "open", "HRP")
    assert [one.code for one in waiting.reasons if one.in_order is not True] == [
        "document.on_record"
    ]
    assert open_referrals(port="LUOHU", most=9) == ()
    assert len(open_referrals(port=None, most=9)) == 1


def test_oldest_referral_waits_first_and_no_more_are_listed_than_asked(desk: Lane) -> None:
    first = refer(desk)
    refer(desk, "n2")
    assert [one.id for one in open_referrals(port="GONGBEI", most=1)] == [first]


@pytest.mark.parametrize(("outcome", "basis"), [("admitted", ""), ("not_admitted", BASIS)])
def test_officer_decides_and_leaves_one_entry(desk: Lane, outcome: str, basis: str) -> None:
    which = refer(desk)
    before = len(kept_entries())
    decide(desk.actor, which, outcome, basis)
    found = referral(referral_id=which, port="GONGBEI")
    assert (found.state, found.decided_at, found.legal_basis) == (outcome, AT, basis)
    assert open_referrals(port="GONGBEI", most=9) == ()
    [entry] = kept_entries()[before:]
    event = entry.event
    assert (event.kind, event.outcome, event.group) == (
        EventKind.REFERRAL_DECIDED,
        outcome,
        "hmt",
    )
    assert (event.port, event.lane, event.direction) == ("GONGBEI", "STAFF_HMT", "entry")
    assert event.payload == {
        "passage": str(found.passage),
        "referral": str(which),
    }


@pytest.mark.parametrize("basis", ["", "   ", "\n"])
def test_nobody_is_turned_away_without_the_law_that_says_so(desk: Lane, basis: str) -> None:
    which = refer(desk)
    before = len(kept_entries())
    with pytest.raises(LegalBasisMissing):
        decide(desk.actor, which, "not_admitted", basis)
    assert referral(referral_id=which, port=None).state == "open"
    assert len(kept_entries()) == before


@pytest.mark.parametrize("second", ["admitted", "not_admitted"])
def test_referral_is_decided_once(desk: Lane, second: str) -> None:
    which = refer(desk)
    decide(desk.actor, which)
    before = len(kept_entries())
    with pytest.raises(TransitionNotPermitted):
        decide(desk.actor, which, second, BASIS)
    assert len(kept_entries()) == before


@pytest.mark.parametrize("outcome", ["open", "deported", ""])
def test_there_are_two_ways_to_decide(desk: Lane, outcome: str) -> None:
    with pytest.raises(TransitionNotPermitted):
        decide(desk.actor, refer(desk), outcome, BASIS)


@pytest.mark.parametrize("kind", [ActorKind.DEVICE, ActorKind.SYSTEM])
def test_machine_does_not_decide_whatever_its_duties(desk: Lane, kind: ActorKind) -> None:
    which = refer(desk)
    machine = Actor(kind, "machine", frozenset(Duty), "GONGBEI")
    with pytest.raises(DutyMissing):
        decide(machine, which)


def test_officer_without_the_duty_does_not_decide(desk: Lane) -> None:
    which = refer(desk)
    with pytest.raises(DutyMissing):
        decide(replace(desk.actor, duties=frozenset({Duty.CLEAR_PASSAGE})), which)


def test_referral_of_another_port_is_as_unknown_as_none(desk: Lane, southern_desk: Lane) -> None:
    which = refer(desk)
    with pytest.raises(ReferralUnknown):
        decide(southern_desk.actor, which)
    with pytest.raises(ReferralUnknown):
        referral(referral_id=which, port="LUOHU")
    with pytest.raises(ReferralUnknown):
        decide(desk.actor, clock.new_id())
    assert referral(referral_id=which, port="GONGBEI").state == "open"


@pytest.mark.parametrize(
    "change", ["state = 'admitted'", "state = 'not_admitted', decided_by = 'somebody'"]
)
def test_database_itself_keeps_no_decision_of_nobody_and_none_without_a_law(
    desk: Lane, change: str
) -> None:
    refer(desk)
    refusal = pytest.raises(IntegrityError)
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE border_referral SET {change}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_of_two_officers_at_once_one_decides(committed: NationForTests) -> None:
    answer = clear_passage(
        actor=committed.officer("lane"),
        at=AT,
        place=committed.place("GONGBEI", "STAFF_HMT"),
        request=passage("n1", STRANGER, AT),
        jurisdiction=committed.jurisdiction,
    )
    assert answer.referral is not None
    which, actor = answer.referral, committed.officer("lane")
    barrier = threading.Barrier(6)
    refused: list[Refusal] = []

    def at_once(outcome: str) -> None:
        try:
            barrier.wait(20)
            decide(actor, which, outcome, BASIS)
        except TransitionNotPermitted as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    outcomes = ["admitted", "not_admitted"] * 3
    threads = [threading.Thread(target=at_once, args=[one]) for one in outcomes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(refused) == 5
    [entry] = kept_entries(EventKind.REFERRAL_DECIDED)
    assert entry.event.outcome == referral(referral_id=which, port=None).state
