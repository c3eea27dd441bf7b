"""From TDT, LOC and DTM to legs, and which of them crosses the border."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from guomen.core.advance_lists import Call, Conveyance, Leg
from guomen.core.messages.findings import Finding
from guomen.core.messages.moments import read_moment
from guomen.core.messages.segments import Segment

LAST_ABROAD, FIRST_HERE, OTHER_CALL = "125", "87", "92"
"""LOC: the last place before the border, the first after it, and calls of other legs."""
DEPARTS, ARRIVES = "189", "232"

MODES = {
    "1": Conveyance.SHIP,
    "2": Conveyance.TRAIN,
    "3": Conveyance.VEHICLE,
    "4": Conveyance.AIRCRAFT,
    "8": Conveyance.SHIP,
}
"""UN Recommendation 19; 8 is inland water. Airlines leave the mode out."""

_FLIGHT = re.compile(r"([A-Z0-9]{2})[0-9]{1,4}[A-Z]?", re.ASCII)


@dataclass(slots=True)
class _Stop:
    role: str
    call: Call
    departs: bool | None


@dataclass(slots=True)
class _Way:
    """One TDT with the stops after it."""

    leg: Leg
    stops: list[_Stop] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Route:
    """The leg over the border, and those before and after it."""

    crossing: Leg | None
    before: tuple[Leg, ...]
    onward: tuple[Leg, ...]


NO_ROUTE = Route(None, (), ())


class RouteReader:
    """Takes the segments of a message's way in order; `route` then tells the legs."""

    def __init__(self, on: date, findings: list[Finding]) -> None:
        self.on, self.findings = on, findings
        self.ways: list[_Way] = []
        self.borders = {LAST_ABROAD: 0, FIRST_HERE: 0}

    def take(self, segment: Segment) -> bool:
        """Read one segment; False when it says nothing about the way."""
        if segment.tag == "TDT":
            self.ways.append(_Way(self._leg(segment)))
            return True
        if not self.ways:
            return False
        if segment.tag == "LOC":
            return self._stop(segment)
        return segment.tag == "DTM" and self._moment(segment)

    def route(self, closing: Segment) -> Route:
        """Tell the legs; where the border is not named exactly once, say so and guess nothing."""
        legs = [leg for way in self.ways for leg in _legs(way)]
        crossings = [leg for leg, is_crossing in legs if is_crossing]
        counts = f"125×{self.borders[LAST_ABROAD]} 87×{self.borders[FIRST_HERE]}"
        if len(crossings) != 1 or set(self.borders.values()) != {1}:
            self.findings.append(closing.told("border_unclear", found=counts, grave=True))
            return Route(None, tuple(leg for leg, _ in legs), ())
        at = next(number for number, (_, is_crossing) in enumerate(legs) if is_crossing)
        ways = [leg for leg, _ in legs]
        return Route(ways[at], tuple(ways[:at]), tuple(ways[at + 1 :]))

    def _leg(self, segment: Segment) -> Leg:
        mode, mark, carrier = segment.at(3), segment.at(2), segment.at(5)
        conveyance = MODES.get(mode or "4")
        if conveyance is None:
            conveyance = Conveyance.AIRCRAFT
            self.findings.append(segment.told("mode_unknown", found=mode, assumed=conveyance))
        flight = _FLIGHT.fullmatch(mark)
        if not carrier and flight and conveyance is Conveyance.AIRCRAFT:
            carrier = flight[1]
            self.findings.append(segment.told("carrier_missing", assumed=carrier))
        return Leg(
            conveyance=conveyance,
            carrier=carrier,
            mark=mark,
            registration=segment.at(8),
            name=segment.at(8, 4),
            stage=segment.at(1),
        )

    def _stop(self, segment: Segment) -> bool:
        role = segment.at(1)
        if role not in (LAST_ABROAD, FIRST_HERE, OTHER_CALL):
            return False
        departs = {LAST_ABROAD: True, FIRST_HERE: False}.get(role)
        if role in self.borders:
            self.borders[role] += 1
        self.ways[-1].stops.append(_Stop(role, Call(segment.at(2)), departs))
        return True

    def _moment(self, segment: Segment) -> bool:
        stops, code = self.ways[-1].stops, segment.at(1)
        if not stops or code not in (DEPARTS, ARRIVES) or stops[-1].call.day is not None:
            return False
        stop = stops[-1]
        if stop.departs is None:
            stop.departs = code == DEPARTS
        if stop.departs is not (code == DEPARTS):
            return False
        moment = read_moment(segment, self.on, "201", self.findings)
        if moment is not None:
            stop.call = replace(stop.call, day=moment.day, at=moment.at)
        return True


def _legs(way: _Way) -> Iterable[tuple[Leg, bool]]:
    """Pair the stops of one way: an arrival closes a leg, a departure begins one."""
    if not way.stops:
        yield way.leg, False
    departure: _Stop | None = None
    for stop in way.stops:
        departs = departure is None if stop.departs is None else stop.departs
        if not departs:
            yield _between(way.leg, departure, stop)
            departure = None
            continue
        if departure is not None:
            yield _between(way.leg, departure, None)
        departure = stop
    if departure is not None:
        yield _between(way.leg, departure, None)


def _between(leg: Leg, departure: _Stop | None, arrival: _Stop | None) -> tuple[Leg, bool]:
    roles = {one.role for one in (departure, arrival) if one is not None}
    made = replace(
        leg,
        departure=departure.call if departure else None,
        arrival=arrival.call if arrival else None,
    )
    return made, bool(roles & {LAST_ABROAD, FIRST_HERE})
