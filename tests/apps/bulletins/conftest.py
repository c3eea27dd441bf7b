"""Gives the bulletins' tests a ledger with two half-years in a handful of entries, sealed and tallied."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings

from guomen import clock
from guomen.apps.bulletins.operations import compile_bulletin, release_bulletin, tally_sealed
from guomen.apps.ledger.acts import one_act
from guomen.apps.ledger.operations import append
from guomen.core.events import Event, EventKind
from guomen.jurisdiction import FigureDefinition
from tests.builders import inspected, instant, seal_now
from tests.nation import NationForTests

AT, DAY = instant("2023-07-10 02:00"), date(2023, 7, 10)
FIRST, LAST = date(2022, 1, 1), date(2023, 6, 30)
TOTALS_2023 = {
    "mainland": 80_276_000,
    "hmt": 74_903_000,
    "foreign": 8_438_000,
    "border": 4_583_000,
}
TOTAL_2022, TOTAL_2023 = 62_387_000, 168_200_000


def cleared(quantity: int, day: date, group: str = "mainland", measure: str = "") -> Event:
    """Make an entry that stands for so many passages."""
    event = inspected(quantity, day)
    payload = {"passage": str(clock.new_id()), "clause": "", "rulebook": ""}
    return replace(
        event,
        kind=EventKind.PASSAGE_CLEARED,
        conveyance_kind="",
        group=group,
        measure=measure,
        payload=payload,
    )


def decided(quantity: int, day: date, outcome: str) -> Event:
    """Make an entry of referrals that an officer decided."""
    payload = {"passage": str(clock.new_id()), "referral": str(clock.new_id())}
    event = cleared(quantity, day, "foreign")
    return replace(event, kind=EventKind.REFERRAL_DECIDED, outcome=outcome, payload=payload)


def write(*events: Event) -> None:
    """Append entries in one act."""
    with one_act():
        append(events=events, recorded_at=AT)


def two_half_years() -> list[Event]:
    """The published totals of 2022H1 and 2023H1, each group in one entry or two."""
    later = [
        cleared(number, LAST, group) for group, number in TOTALS_2023.items() if group != "hmt"
    ]
    extended = cleared(1_485_000, date(2023, 5, 8), "hmt", "M-2023-0508-HRP")
    others = cleared(TOTALS_2023["hmt"] - 1_485_000, date(2023, 1, 1), "hmt")
    vehicles = [inspected(4_485_000, FIRST), inspected(9_831_000, LAST)]
    return [cleared(TOTAL_2022, FIRST), *later, extended, others, *vehicles]


@dataclass(frozen=True)
class Press:
    """The press desk."""

    nation: NationForTests

    def figure(self, name: str) -> FigureDefinition:
        """Give a figure's definition."""
        return self.nation.jurisdiction.figures[name]

    def compile(self, period: str = "2023H1", who: str = "press1") -> UUID:
        """Compile a bulletin and give its reference."""
        bulletin = clock.new_id()
        compile_bulletin(
            actor=self.nation.officer(who),
            at=AT,
            day=DAY,
            entry=clock.new_id(),
            bulletin=bulletin,
            template=self.nation.jurisdiction.bulletins["half-year"],
            period=period,
            jurisdiction=self.nation.jurisdiction,
        )
        return bulletin

    def release(self, bulletin: UUID, who: str = "press2") -> None:
        """Release a bulletin."""
        release_bulletin(
            actor=self.nation.officer(who),
            at=AT,
            day=DAY,
            entry=clock.new_id(),
            bulletin=bulletin,
        )


@pytest.fixture
def press(committed: NationForTests) -> Press:
    """The press desk over two half-years, sealed and tallied."""
    write(*two_half_years())
    seal_now()
    tally_sealed(node=settings.GUOMEN_NODE)
    return Press(committed)
