"""A small installation that tests stand on: a published rulebook, officers, a gate, specimens."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings

from guomen import clock
from guomen.apps.accounts.operations import assign_post, enroll_device
from guomen.apps.accounts.queries import DeviceAtWork, device_behind, login_named, officer
from guomen.apps.policy.operations import propose_rulebook, publish_rulebook
from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.clearance import Place
from guomen.jurisdiction import Jurisdiction, read_files
from simulation.specimens import register_specimens

GATE_KEY = "test-gate-key-of-hengqin"
AT = datetime(2023, 6, 1, 4, 0, tzinfo=UTC)
OPERATOR = Actor(ActorKind.SYSTEM, "operator", frozenset({Duty.MANAGE_ACCOUNTS}))

OFFICERS = {
    "lane": ("GONGBEI", (Duty.CLEAR_PASSAGE, Duty.DECIDE_REFERRAL)),
    "lane2": ("LUOHU", (Duty.CLEAR_PASSAGE, Duty.DECIDE_REFERRAL)),
    "alerts1": ("", (Duty.PROPOSE_ALERT, Duty.CONFIRM_ALERT)),
    "alerts2": ("", (Duty.CONFIRM_ALERT,)),
    "policy1": ("", (Duty.PROPOSE_RULEBOOK, Duty.PUBLISH_RULEBOOK)),
    "policy2": ("", (Duty.PUBLISH_RULEBOOK,)),
    "press1": ("", (Duty.COMPILE_BULLETIN, Duty.RELEASE_BULLETIN)),
    "press2": ("", (Duty.RELEASE_BULLETIN,)),
}


@dataclass(frozen=True)
class NationForTests:
    """Doors to the installation."""

    jurisdiction: Jurisdiction
    gate_key: str = GATE_KEY

    def officer(self, name: str) -> Actor:
        """Give an officer as an actor."""
        return officer(login=self.login(name), on=date(2023, 6, 1))

    def login(self, name: str) -> UUID:
        """Give the reference of a login."""
        found = login_named(name=name)
        assert found is not None
        return found

    @property
    def gate(self) -> DeviceAtWork:
        """Give the gate at Hengqin."""
        return device_behind(key=GATE_KEY)

    def place(self, port: str = "HENGQIN", lane_kind: str = "ECHANNEL") -> Place:
        """Give a lane."""
        lane = self.jurisdiction.lanes[lane_kind]
        group = self.jurisdiction.ports[port].group
        return Place(port, group, f"{lane_kind}-1", lane_kind, lane.opened_by)


def found_nation() -> NationForTests:
    """Set up what is missing, through the product's own operations."""
    try:
        return NationForTests(jurisdiction())
    except NoRulebookPublished:
        _set_up()
        return NationForTests(jurisdiction())


def _set_up() -> None:
    for name, (port, duties) in OFFICERS.items():
        assign_post(
            actor=OPERATOR,
            at=AT,
            day=date(2022, 1, 1),
            entry=clock.new_entry(),
            login=clock.new_id(),
            name=name,
            shown_as=f"Officer {name}",
            password=f"{name}-officer-1",
            post=f"post-{name}",
            station="ZH",
            port=port,
            lane="",
            duties=duties,
        )
    enroll_device(
        actor=OPERATOR,
        at=AT,
        entry=clock.new_entry(),
        reference=clock.new_id(),
        name="gate-1",
        port="HENGQIN",
        lane="ECHANNEL-1",
        lane_kind="ECHANNEL",
        key=GATE_KEY,
    )
    _publish()
    register_specimens(jurisdiction())


def _publish() -> None:
    def actor(name: str, duty: Duty) -> Actor:
        return Actor(ActorKind.OFFICER, str(login_named(name=name)), frozenset({duty}))

    folder = settings.GUOMEN_JURISDICTION
    digest = propose_rulebook(
        actor=actor("policy1", Duty.PROPOSE_RULEBOOK),
        at=AT,
        entry=clock.new_entry(),
        name=folder.name,
        files=read_files(folder),
    )
    publish_rulebook(
        actor=actor("policy2", Duty.PUBLISH_RULEBOOK),
        at=AT,
        entry=clock.new_entry(),
        pack_digest=digest,
    )
