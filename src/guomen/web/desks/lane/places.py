"""Where the officer stands: port, lane and direction, chosen once and kept with the session."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest

from guomen.core.actor import Actor
from guomen.core.clearance import Direction, Place
from guomen.jurisdiction import Jurisdiction

_IN_SESSION = "lane_place"
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class LanePlace:
    """A lane and the direction it serves."""

    port: str
    lane: str
    lane_kind: str
    direction: str

    def in_pack(self, pack: Jurisdiction) -> bool:
        """Tell whether the pack knows this port, kind of lane and direction."""
        known = self.port in pack.ports and self.lane_kind in pack.lanes
        return known and self.direction in {one.value for one in Direction}

    def at(self, pack: Jurisdiction) -> Place:
        """Give the place as the core decides by it."""
        return Place(
            port=self.port,
            port_group=pack.ports[self.port].group,
            lane=self.lane,
            lane_kind=self.lane_kind,
            opened_by=pack.lanes[self.lane_kind].opened_by,
        )


def kept_place(request: HttpRequest, actor: Actor, pack: Jurisdiction) -> LanePlace | None:
    """Give the place chosen before, if it still fits the pack and the officer's post."""
    kept = request.session.get(_IN_SESSION)
    found = LanePlace(**kept) if kept else None
    if found is None or not found.in_pack(pack):
        return None
    return found if actor.port in (None, found.port) else None


def wished_place(request: HttpRequest, actor: Actor) -> LanePlace:
    """Read the choice of a place; a post's own port goes before what was sent."""
    sent = request.POST
    return LanePlace(
        port=actor.port or sent.get("port", ""),
        lane=sent.get("lane", "").strip()[:_LONGEST_NAME] or actor.lane or "1",
        lane_kind=sent.get("lane_kind", ""),
        direction=sent.get("direction", ""),
    )


def keep_place(request: HttpRequest, place: LanePlace) -> None:
    """Keep the place for the length of the session."""
    request.session[_IN_SESSION] = asdict(place)
