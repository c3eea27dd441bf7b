"""What the tests of the pages share: signed-in officers, a fixed day, and figures to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from guomen import clock
from guomen.apps.border.operations import PassageRequest, clear_passage
from guomen.apps.bulletins.operations import compile_bulletin, release_bulletin, tally_sealed
from guomen.apps.ledger.operations import declare_simulation, seal_entries
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.clearance import Direction, Presented
from guomen.core.travel_documents import identified, identify_kind, read_mrz
from tests.nation import NationForTests

EXTENDED_PERMIT = (
    "CRCHNH000000009<<<<<<<<<<<<<<<\n9001011M2206301CHN<<<<<<<<<<<6\nCHAN<<TAI<MAN<<<<<<<<<<<<<<<<<"
)
"""The specimen permit that expired on 2022-06-30 and is extended until 2023-12-31."""

PASSPORT = (
    "POCHNZHENGJIAN<<YANGBEN<<<<<<<<<<<<<<<<<<<<<\nE000000008CHN8108038F2804084<<<<<<<<<<<<<<<8"
)

LAST_GOOD_DAY = datetime(2023, 12, 30, 4, 0, tzinfo=UTC)
FIRST_BAD_DAY = datetime(2024, 1, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock that the doorways read."""

    def set_clock(instant: datetime) -> None:
        def today(zone: ZoneInfo) -> date:
            return instant.astimezone(zone).date()

        monkeypatch.setattr(clock, "now", lambda: instant)
        monkeypatch.setattr(clock, "today", today)

    return set_clock


@pytest.fixture
def lane_officer(nation: NationForTests, client: Client) -> Client:
    """Give a browser in which the lane officer of Gongbei is signed in."""
    sent = {"name": "lane", "password": "lane-officer-1"}
    assert client.post("/desk/login/", sent).status_code == 302
    return client


@pytest.fixture
def at_lane(lane_officer: Client) -> Client:
    """Give the officer's browser with the place chosen."""
    place = {"lane_kind": "STAFF_HMT", "direction": "entry", "lane": "7"}
    assert lane_officer.post("/desk/lane/place/", place).status_code == 302
    return lane_officer


@dataclass(frozen=True)
class Counted:
    """Addresses of pages that show something."""

    figure: str
    seal: str
    entry: str
    bulletin: str


@pytest.fixture
def counted(committed: NationForTests) -> Counted:
    """Let people pass in June 2022 and 2023, seal, tally, and release the bulletin.

    It really commits: PostgreSQL seals nothing of a transaction that still runs.
    """
    nation = committed
    passed = [_pass(nation, datetime(2023, 6, day, 4, tzinfo=UTC)) for day in (1, 2, 2)]
    _pass(nation, datetime(2022, 6, 1, 4, tzinfo=UTC))
    system = Actor(ActorKind.SYSTEM, "test", frozenset({Duty.DECLARE_SIMULATION}))
    at = datetime(2023, 7, 2, tzinfo=UTC)
    declare_simulation(
        actor=system, at=at, entry=clock.new_id(), scale="0.001", seed=1, periods=["2023H1"]
    )
    seal_entries(node=settings.GUOMEN_NODE, private_key=settings.GUOMEN_SEAL_KEY, at=at)
    tally_sealed(node=settings.GUOMEN_NODE)
    bulletin = _release(nation, at)
    return Counted(
        "figures/persons.inspected/2023H1/",
        f"seals/{settings.GUOMEN_NODE}/1/",
        f"entries/{passed[0]}/",
        f"bulletins/{bulletin}/",
    )


def _pass(nation: NationForTests, at: datetime) -> object:
    pack = nation.jurisdiction
    zone = read_mrz(PASSPORT, at.date())
    kind = identify_kind(zone, pack.documents.values(), pack.national_issuers)
    presented = Presented(identified(zone, kind), zone.checks, Direction.EXIT, None, True)
    entry = clock.new_id()
    request = PassageRequest(
        clock.new_id(), entry, clock.new_id(), str(entry), presented, at - timedelta(seconds=1)
    )
    answer = clear_passage(
        actor=nation.officer("lane"),
        at=at,
        place=nation.place("GONGBEI", "STAFF_CN"),
        request=request,
        jurisdiction=pack,
    )
    assert answer.outcome == "pass", answer.reasons
    return entry


def _release(nation: NationForTests, at: datetime) -> object:
    bulletin = clock.new_id()
    compile_bulletin(
        actor=nation.officer("press1"),
        at=at,
        day=at.date(),
        entry=clock.new_id(),
        bulletin=bulletin,
        template=nation.jurisdiction.bulletins["half-year"],
        period="2023H1",
        jurisdiction=nation.jurisdiction,
    )
    release_bulletin(
        actor=nation.officer("press2"),
        at=at,
        day=at.date(),
        entry=clock.new_id(),
        bulletin=bulletin,
    )
    return bulletin
