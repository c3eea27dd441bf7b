"""Keeps who may act: posts held from a day, devices with keys, and names that belong to one."""

from datetime import date
from uuid import UUID

import pytest

from guomen import clock
from guomen.apps.accounts.operations import (
    DeviceUnknown,
    NameTaken,
    PasswordTooShort,
    assign_post,
    enroll_device,
    new_device_key,
    revoke_device,
)
from guomen.apps.accounts.queries import (
    KeyUnknown,
    device_behind,
    login_named,
    officer,
    postings,
)
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.events import EventKind
from tests.builders import instant, kept_entries
from tests.nation import GATE_KEY, OPERATOR, NationForTests

AT = instant("2023-06-01 04:00")
NOBODY = Actor(ActorKind.OFFICER, "nobody", frozenset())


def assign(
    name: str = "new-officer",
    login: UUID | None = None,
    *,
    actor: Actor = OPERATOR,
    day: date = date(2023, 6, 1),
    post: str = "post-new",
    port: str = "HENGQIN",
    duties: tuple[Duty, ...] = (Duty.CLEAR_PASSAGE,),
) -> UUID:
    """Assign a post and give the login's reference."""
    reference = login or clock.new_id()
    assign_post(
        actor=actor,
        at=AT,
        day=day,
        entry=clock.new_id(),
        login=reference,
        name=name,
        shown_as="New Officer",
        password="a long password",
        post=post,
        station="ZH",
        port=port,
        lane="",
        duties=duties,
    )
    return reference


def enroll(name: str, key: str, actor: Actor = OPERATOR) -> None:
    """Enrol a gate."""
    enroll_device(
        actor=actor,
        at=AT,
        entry=clock.new_id(),
        reference=clock.new_id(),
        name=name,
        port="GONGBEI",
        lane="ECHANNEL-7",
        lane_kind="ECHANNEL",
        key=key,
    )


def test_officer_has_the_duties_of_the_post_from_its_day_on(nation: NationForTests) -> None:
    login = assign(duties=(Duty.CLEAR_PASSAGE, Duty.DECIDE_REFERRAL))
    found = officer(login=login, on=date(2023, 6, 1))
    assert found.duties == {Duty.CLEAR_PASSAGE, Duty.DECIDE_REFERRAL}
    assert (found.kind, found.reference, found.port) == (
        ActorKind.OFFICER,
        str(login),
        "HENGQIN",
    )
    assert officer(login=login, on=date(2023, 5, 31)).duties == frozenset()


def test_second_post_adds_its_duties(nation: NationForTests) -> None:
    login = assign()
    assign(login=login, post="post-more", duties=(Duty.COMPILE_BULLETIN,), port="")
    assert officer(login=login, on=date(2023, 6, 1)).duties == {
        Duty.CLEAR_PASSAGE,
        Duty.COMPILE_BULLETIN,
    }
    assert [one.post for one in postings(login=login, on=date(2023, 6, 1))] == [
        "post-more",
        "post-new",
    ]


def test_assigning_leaves_one_entry_without_the_name(nation: NationForTests) -> None:
    before = len(kept_entries())
    login = assign()
    [entry] = kept_entries()[before:]
    assert entry.event.kind is EventKind.POST_ASSIGNED
    assert entry.event.payload == {"post": "post-new", "holder": str(login)}


def test_name_of_another_login_is_refused(nation: NationForTests) -> None:
    assign()
    with pytest.raises(NameTaken):
        assign()


def test_post_that_exists_is_not_given_other_duties_in_passing(nation: NationForTests) -> None:
    assign()
    with pytest.raises(NameTaken):
        assign("another", duties=(Duty.DECIDE_REFERRAL,))
    assert login_named(name="another") is None


@pytest.mark.parametrize("duty", [one for one in Duty if one is not Duty.MANAGE_ACCOUNTS])
def test_only_who_manages_accounts_assigns_posts(nation: NationForTests, duty: Duty) -> None:
    actor = Actor(ActorKind.OFFICER, "somebody", frozenset({duty}))
    with pytest.raises(DutyMissing):
        assign(actor=actor)
    assert login_named(name="new-officer") is None


def test_unknown_login_may_do_nothing(nation: NationForTests) -> None:
    stranger = officer(login=clock.new_id(), on=date(2023, 6, 1))
    assert (stranger.duties, stranger.port, stranger.lane) == (frozenset(), None, None)
    assert login_named(name="nobody") is None


def test_gate_is_found_by_its_key_and_stands_in_its_lane(nation: NationForTests) -> None:
    found = device_behind(key=GATE_KEY)
    assert (found.name, found.port, found.lane, found.lane_kind) == (
        "gate-1",
        "HENGQIN",
        "ECHANNEL-1",
        "ECHANNEL",
    )
    assert found.actor.kind is ActorKind.DEVICE
    assert found.actor.duties == {Duty.CLEAR_PASSAGE, Duty.INSPECT_CONVEYANCE}


@pytest.mark.parametrize("key", ["", "another key", GATE_KEY + " ", GATE_KEY.upper()])
def test_key_that_was_never_given_out_is_unknown(nation: NationForTests, key: str) -> None:
    with pytest.raises(KeyUnknown):
        device_behind(key=key)


def test_revoked_key_is_unknown_at_once(nation: NationForTests) -> None:
    revoke_device(actor=OPERATOR, at=AT, entry=clock.new_id(), name="gate-1")
    with pytest.raises(KeyUnknown):
        device_behind(key=GATE_KEY)
    with pytest.raises(DeviceUnknown):
        revoke_device(actor=OPERATOR, at=AT, entry=clock.new_id(), name="gate-1")


def test_enrolling_and_revoking_leave_one_entry_each_without_the_key(
    nation: NationForTests,
) -> None:
    before = len(kept_entries())
    key = new_device_key()
    enroll("gate-2", key)
    revoke_device(actor=OPERATOR, at=AT, entry=clock.new_id(), name="gate-2")
    events = [one.event for one in kept_entries()[before:]]
    assert [one.kind for one in events] == [EventKind.DEVICE_ENROLLED, EventKind.DEVICE_REVOKED]
    assert key not in repr(events)


@pytest.mark.parametrize(("name", "key"), [("gate-1", "new key"), ("gate-9", GATE_KEY)])
def test_name_and_key_belong_to_one_device(nation: NationForTests, name: str, key: str) -> None:
    with pytest.raises(NameTaken):
        enroll(name, key)


def test_only_who_manages_accounts_enrolls_and_revokes(nation: NationForTests) -> None:
    with pytest.raises(DutyMissing):
        enroll("gate-2", "key", NOBODY)
    with pytest.raises(DutyMissing):
        revoke_device(actor=NOBODY, at=AT, entry=clock.new_id(), name="gate-1")
    assert device_behind(key=GATE_KEY)


def test_new_keys_are_long_and_never_the_same() -> None:
    keys = {new_device_key() for _ in range(100)}
    assert len(keys) == 100
    assert min(map(len, keys)) >= 43


@pytest.mark.parametrize("password", ["", "123456789"])
def test_no_login_is_opened_with_a_short_password(nation: NationForTests, password: str) -> None:
    with pytest.raises(PasswordTooShort):
        assign_post(
            actor=OPERATOR,
            at=AT,
            day=date(2023, 6, 1),
            entry=clock.new_entry(),
            login=clock.new_id(),
            name="careless",
            shown_as="Careless",
            password=password,
            post="post-careless",
            station="ZH",
            port="",
            lane="",
            duties=[],
        )
    assert login_named(name="careless") is None


def test_duty_given_at_one_port_is_not_carried_to_another(nation: NationForTests) -> None:
    reference = assign("two-ports", post="a-hengqin", port="HENGQIN")
    assign(
        "two-ports",
        reference,
        post="b-luohu",
        port="LUOHU",
        duties=(Duty.DECIDE_REFERRAL,),
    )
    found = officer(login=reference, on=date(2023, 6, 1))
    assert (found.port, found.duties) == ("HENGQIN", {Duty.CLEAR_PASSAGE})
    with pytest.raises(DutyMissing):
        found.require(Duty.CLEAR_PASSAGE, "LUOHU")
