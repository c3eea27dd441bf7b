"""A self-service lane opens only to whom the rulebook sends to that very lane."""

from datetime import date

import pytest

from guomen.core.clearance import Clearance, Place, decide_clearance
from tests.builders import IN_ORDER, pack, presented

ON = date(2025, 3, 1)


def at_lane(port: str, lane_kind: str, birth: date = date(1990, 1, 1)) -> Clearance:
    """Present a home-return permit at a lane."""
    found = pack("cn")
    lane = found.lanes[lane_kind]
    place = Place(port, found.ports[port].group, f"{lane_kind}-1", lane_kind, lane.opened_by)
    kind = found.documents["HRP"]
    return decide_clearance(presented(birth=birth), kind, IN_ORDER, place, found.rulebook, ON)


def lane_reason(clearance: Clearance) -> bool | None:
    """Give how the lane was judged."""
    return next(r.in_order for r in clearance.reasons if r.code == "lane.open_to_holder")


def test_the_fast_lane_opens_by_the_fast_lane_measure() -> None:
    found = at_lane("GONGBEI", "ECHANNEL")
    assert lane_reason(found) is True
    assert found.measure == "M-2023-0515-4"


@pytest.mark.parametrize("lane_kind", ["FACE", "FREQ"])
def test_the_fast_lane_measure_opens_no_other_lane(lane_kind: str) -> None:
    assert lane_reason(at_lane("GONGBEI", lane_kind)) is not True


def test_a_child_is_not_sent_through_the_face_lane() -> None:
    assert lane_reason(at_lane("GONGBEI", "FACE", birth=date(2021, 1, 1))) is False


def test_whether_somebody_consented_to_the_face_lane_is_for_a_person_to_ask() -> None:
    assert lane_reason(at_lane("GONGBEI", "FACE")) is None


def test_a_lane_tells_the_rulebook_only_what_the_country_asks_about() -> None:
    utopia = pack("utopia")
    kind = next(iter(utopia.documents.values()))
    place = Place("NOWHERE", None, "1", "STAFFED", None)
    shown = presented(kind.code, number="L898902C3", nationality="UTO")
    decided = decide_clearance(shown, kind, IN_ORDER, place, utopia.rulebook, ON)
    assert set(decided.facts) <= set(utopia.rulebook.vocabulary.names())
