"""Keeps which rulebook decides: proposed by one officer, published by another, never changed."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from guomen import clock
from guomen.apps.policy.operations import (
    RulebookKnown,
    RulebookUnknown,
    SecondOfficerNeeded,
    propose_rulebook,
    publish_rulebook,
    withdraw_rulebook,
)
from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction, versions
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.events import EventKind
from guomen.core.policy import decide
from guomen.core.transitions import TransitionNotPermitted
from guomen.jurisdiction import PackRefused, read_files
from tests.builders import ROOT, instant, kept_entries
from tests.nation import NationForTests

AT = instant("2023-06-01 04:00")
CHINA = read_files(ROOT / "jurisdictions" / "cn")
EXTENSION = "measures/hmt/M-2023-0508-HRP.yaml"
CASES = "cases/hmt/M-2023-0508-HRP.yaml"


def draft(until: str = "2024-07-01") -> dict[str, str]:
    """The Chinese pack with the extension in force until another day."""
    text = CHINA[EXTENSION].replace("until: 2024-01-01", f"until: {until}")
    cases = CHINA[CASES].replace("on: 2024-01-01", f"on: {until}")
    return {**CHINA, EXTENSION: text, CASES: cases}


def propose(nation: NationForTests, files: dict[str, str], who: str = "policy1") -> str:
    """Propose a pack."""
    return propose_rulebook(
        actor=nation.officer(who), at=AT, entry=clock.new_id(), name="cn", files=files
    )


def publish(
    nation: NationForTests, pack_digest: str, who: str = "policy2", at: datetime = AT
) -> None:
    """Publish a proposed pack."""
    publish_rulebook(
        actor=nation.officer(who), at=at, entry=clock.new_id(), pack_digest=pack_digest
    )


def withdraw(nation: NationForTests, pack_digest: str, who: str) -> None:
    """Withdraw a proposed pack."""
    withdraw_rulebook(
        actor=nation.officer(who), at=AT, entry=clock.new_id(), pack_digest=pack_digest
    )


def extended(on: date = date(2024, 3, 1)) -> bool:
    """Ask the published rulebook whether the extension still holds."""
    facts: dict[str, str | bool | int | date] = {
        "document.type": "HRP",
        "document.expiry_date": date(2022, 6, 30),
    }
    found = decide(jurisdiction().rulebook, "document.validity", facts, on)
    return found.measure == "M-2023-0508-HRP"


def test_published_rulebook_decides_from_then_on(nation: NationForTests) -> None:
    digest = propose(nation, draft())
    assert not extended()
    publish(nation, digest, at=AT + timedelta(minutes=1))
    assert extended()


def test_proposed_and_withdrawn_rulebooks_do_not_decide(nation: NationForTests) -> None:
    digest = propose(nation, draft())
    withdraw(nation, digest, "policy1")
    assert not extended()
    with pytest.raises(TransitionNotPermitted):
        publish(nation, digest)
    assert not extended()


def test_rulebook_published_last_decides(nation: NationForTests) -> None:
    later, earlier = propose(nation, draft()), propose(nation, draft("2024-02-01"))
    publish(nation, earlier, at=AT + timedelta(minutes=1))
    publish(nation, later, at=AT + timedelta(minutes=2))
    assert extended()


def test_who_proposed_a_rulebook_does_not_publish_it(nation: NationForTests) -> None:
    digest = propose(nation, draft())
    with pytest.raises(SecondOfficerNeeded):
        publish(nation, digest, "policy1")
    assert {one.pack_digest: one.state for one in versions()}[digest] == "proposed"


@pytest.mark.parametrize("who", ["policy1", "policy2"])
def test_either_officer_may_withdraw(nation: NationForTests, who: str) -> None:
    digest = propose(nation, draft())
    withdraw(nation, digest, who)
    assert {one.pack_digest: one.state for one in versions()}[digest] == "withdrawn"


@pytest.mark.parametrize("act", [publish, withdraw])
def test_what_is_decided_stays_decided(nation: NationForTests, act: object) -> None:
    digest = propose(nation, draft())
    publish(nation, digest)
    before = len(kept_entries())
    assert callable(act)
    with pytest.raises(TransitionNotPermitted):
        act(nation, digest, "policy2")
    assert len(kept_entries()) == before


def test_each_act_leaves_one_entry_of_its_kind(nation: NationForTests) -> None:
    before = len(kept_entries())
    first, second = propose(nation, draft()), propose(nation, draft("2024-02-01"))
    publish(nation, first)
    withdraw(nation, second, "policy1")
    events = [one.event for one in kept_entries()[before:]]
    assert [one.kind for one in events] == [
        EventKind.RULEBOOK_PROPOSED,
        EventKind.RULEBOOK_PROPOSED,
        EventKind.RULEBOOK_PUBLISHED,
        EventKind.RULEBOOK_WITHDRAWN,
    ]
    published = events[2].payload
    assert published["rulebook"] == jurisdiction().rulebook.digest
    assert published["proposed_by"] == str(nation.login("policy1"))


def test_same_pack_is_proposed_once(nation: NationForTests) -> None:
    propose(nation, draft())
    with pytest.raises(RulebookKnown):
        propose(nation, draft())


def test_pack_with_faults_is_refused_with_all_of_them(nation: NationForTests) -> None:
    broken = draft()
    broken[EXTENSION] = broken[EXTENSION].replace("equals: HRP", "equals: HRPP")
    broken["measures/port/M-2024-1120-FACE.yaml"] = "id: alone\n"
    with pytest.raises(PackRefused) as caught:
        propose(nation, broken)
    assert {fault.file for fault in caught.value.faults} == {
        f"cn/{EXTENSION}",
        "cn/measures/port/M-2024-1120-FACE.yaml",
    }
    assert len(versions()) == 1


def test_pack_that_nobody_proposed_is_unknown(nation: NationForTests) -> None:
    with pytest.raises(RulebookUnknown):
        publish(nation, "0" * 64)
    with pytest.raises(RulebookUnknown):
        withdraw(nation, "0" * 64, "policy1")


def test_duties_to_propose_and_to_publish_are_two(nation: NationForTests) -> None:
    with pytest.raises(DutyMissing):
        propose(nation, draft(), "policy2")
    digest = propose(nation, draft())
    for who in ("lane", "press1"):
        with pytest.raises(DutyMissing):
            publish(nation, digest, who)
        with pytest.raises(DutyMissing):
            withdraw(nation, digest, who)


def test_versions_are_listed_newest_first_without_their_files(nation: NationForTests) -> None:
    digest = propose(nation, draft())
    assert versions()[0].pack_digest == digest
    assert not hasattr(versions()[0], "files")


def test_jurisdiction_is_compiled_once_for_one_digest(nation: NationForTests) -> None:
    assert jurisdiction() is jurisdiction()


def test_without_a_published_rulebook_nothing_can_be_decided(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM policy_rulebookversion")
    with pytest.raises(NoRulebookPublished):
        jurisdiction()


def test_actor_who_is_no_officer_needs_the_duty_too(nation: NationForTests) -> None:
    nobody = Actor(ActorKind.SYSTEM, "cron", frozenset(Duty) - {Duty.PROPOSE_RULEBOOK})
    with pytest.raises(DutyMissing):
        propose_rulebook(actor=nobody, at=AT, entry=clock.new_id(), name="cn", files=draft())


def test_publication_is_undone_by_publishing_the_earlier_pack_again(nation: NationForTests) -> None:
    publish(nation, propose(nation, draft()), at=AT + timedelta(minutes=1))
    assert extended()
    publish(nation, propose(nation, CHINA), at=AT + timedelta(minutes=2))
    assert not extended()


def test_pack_that_decides_is_not_proposed_again(nation: NationForTests) -> None:
    with pytest.raises(RulebookKnown):
        propose(nation, CHINA)
