"""Gives the border's tests a lane: an officer's and a gate's, with the jurisdiction published."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from guomen.apps.border.operations import (
    InspectionRequest,
    PassageRequest,
    Presentation,
    clear_passage,
    clear_passages,
    inspect_conveyances,
)
from guomen.apps.border.queries import PassageAnswer
from guomen.core.actor import Actor
from guomen.core.clearance import Place
from guomen.core.refusal import Refusal
from tests.builders import instant
from tests.nation import NationForTests

AT = instant("2023-06-01 04:00")


@dataclass(frozen=True)
class Lane:
    """One lane at which an actor works."""

    nation: NationForTests
    actor: Actor
    place: Place

    def clear(self, request: PassageRequest, at: datetime = AT) -> PassageAnswer:
        """Clear one passage."""
        return clear_passage(
            actor=self.actor,
            at=at,
            place=self.place,
            request=request,
            jurisdiction=self.nation.jurisdiction,
        )

    def clear_all(
        self, *requests: PassageRequest, at: datetime = AT
    ) -> list[PassageAnswer | Refusal]:
        """Clear a batch."""
        pack = self.nation.jurisdiction
        return clear_passages(
            at=at,
            presentations=[Presentation(self.actor, self.place, one, pack) for one in requests],
        )

    def inspect(
        self, *requests: InspectionRequest, port: str = "HENGQIN", at: datetime = AT
    ) -> int:
        """Record conveyances."""
        return inspect_conveyances(
            actor=self.actor,
            at=at,
            port=port,
            requests=requests,
            jurisdiction=self.nation.jurisdiction,
        )


@pytest.fixture
def gate(nation: NationForTests) -> Lane:
    """The self-service gate at Hengqin."""
    return Lane(nation, nation.gate.actor, nation.place())


@pytest.fixture
def desk(nation: NationForTests) -> Lane:
    """The staffed lane at Gongbei."""
    return Lane(nation, nation.officer("lane"), nation.place("GONGBEI", "STAFF_HMT"))


@pytest.fixture
def southern_desk(nation: NationForTests) -> Lane:
    """The staffed lane at Luohu."""
    return Lane(nation, nation.officer("lane2"), nation.place("LUOHU", "STAFF_HMT"))
