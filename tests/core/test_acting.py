"""Keeps who may act, which states follow which, what a refusal tells, and identifiers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.identifiers import record_id
from guomen.core.refusal import Nature, Refusal
from guomen.core.transitions import (
    BULLETIN,
    REFERRAL,
    RULEBOOK,
    TransitionNotPermitted,
    TransitionTable,
)


@pytest.mark.parametrize("held", Duty)
def test_actor_may_do_what_is_listed_and_nothing_else(held: Duty) -> None:
    actor = Actor(ActorKind.OFFICER, "somebody", frozenset({held}))
    for wished in Duty:
        if wished is held:
            actor.require(wished)
            continue
        with pytest.raises(DutyMissing) as caught:
            actor.require(wished)
        assert caught.value.facts == {"duty": wished.value, "actor": "somebody"}
        assert caught.value.nature is Nature.NOT_ALLOWED


TABLES = [RULEBOOK, REFERRAL, BULLETIN]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.thing)
def test_state_leads_only_to_what_the_table_holds(table: TransitionTable) -> None:
    states = {state for row in table.rows for state in row} | {"nonsense", ""}
    for now in states:
        for wished in states:
            if (now, wished) in table.rows:
                table.require(now, wished)
                continue
            with pytest.raises(TransitionNotPermitted) as caught:
                table.require(now, wished)
            assert caught.value.facts == {"thing": table.thing, "now": now, "wished": wished}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.thing)
def test_every_permitted_change_has_its_reason(table: TransitionTable) -> None:
    assert all(reason.strip() for reason in table.rows.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.thing)
def test_decided_state_leads_nowhere(table: TransitionTable) -> None:
    decided = {wished for _, wished in table.rows}
    assert not [now for now, _ in table.rows if now in decided]


def test_update_that_changed_nothing_means_another_was_first() -> None:
    REFERRAL.require_done(1, "admitted")
    with pytest.raises(TransitionNotPermitted):
        REFERRAL.require_done(0, "admitted")


def test_refusal_tells_its_code_and_facts() -> None:
    refusal = Refusal(port="GONGBEI", number=3)
    assert str(refusal) == "refusal(port=GONGBEI, number=3)"
    assert refusal.facts == {"port": "GONGBEI", "number": 3}


INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))
RANDOMNESS = st.binary(min_size=10, max_size=10)


@given(INSTANTS, RANDOMNESS)
def test_identifier_is_a_uuid_of_version_seven_and_repeatable(
    at: datetime, randomness: bytes
) -> None:
    found = record_id(at, randomness)
    assert (found.version, found.variant) == (7, "specified in RFC 4122")
    assert found == record_id(at, randomness)
    assert found.int >> 80 == int(at.timestamp() * 1000)


@given(INSTANTS, RANDOMNESS, RANDOMNESS)
def test_identifiers_sort_by_their_time(at: datetime, one: bytes, other: bytes) -> None:
    assert record_id(at, one) < record_id(at + timedelta(milliseconds=2), other)
