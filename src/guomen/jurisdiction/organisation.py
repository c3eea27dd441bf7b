"""Reads `organisation/`: stations, ports, lane kinds, and what who is not admitted may do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guomen.jurisdiction.nodes import Node

PORT_KINDS = ("air", "land", "sea")
CONVEYANCE_KINDS = ("aircraft", "ship", "train", "vehicle")


@dataclass(frozen=True, slots=True)
class Station:
    """A station, which runs ports, and what it is called."""

    code: str
    names: Mapping[str, str]
    region: str


@dataclass(frozen=True, slots=True)
class Port:
    """A port of entry: which station runs it, how people come, who is across.

    `group` is the fact `crossing.port_group`; `conveyances` are the kinds inspected there.
    """

    code: str
    names: Mapping[str, str]
    kind: str
    station: str
    conveyances: tuple[str, ...]
    group: str | None
    iata: str | None
    transit_without_visa: bool


@dataclass(frozen=True, slots=True)
class LaneKind:
    """A kind of lane. `opened_by`: the answer of the rulebook that opens it to a holder; a staffed
    lane needs none."""

    code: str
    names: Mapping[str, str]
    opened_by: str | None
    who: str


def read_stations(file: Node, languages: Collection[str]) -> dict[str, Station]:
    """Read `stations.yaml`."""
    return {code: _station(code, node, languages) for code, node in file.items()}


def _station(code: str, node: Node, languages: Collection[str]) -> Station:
    row = node.mapping(("name", "region"), ("land_border", "note"))
    return Station(code, row["name"].texts(languages), row["region"].text())


def read_ports(
    file: Node, stations: Collection[str], languages: Collection[str]
) -> dict[str, Port]:
    """Read `ports.yaml`; every port belongs to a declared station."""
    return {code: _port(code, node, stations, languages) for code, node in file.items()}


_PORT_REQUIRED = ("name", "kind", "station", "conveyances")
_PORT_OPTIONAL = (
    "group",
    "iata",
    "icao",
    "unlocode",
    "neighbour",
    "transit_without_visa",
    "confidence",
    "note",
    "opening",
)


def _port(code: str, node: Node, stations: Collection[str], languages: Collection[str]) -> Port:
    row = node.mapping(_PORT_REQUIRED, _PORT_OPTIONAL)
    conveyances = tuple(one.one_of(CONVEYANCE_KINDS) for one in row["conveyances"].sequence())
    return Port(
        code=code,
        names=row["name"].texts(languages),
        kind=row["kind"].one_of(PORT_KINDS),
        station=row["station"].one_of(stations),
        conveyances=conveyances,
        group=row["group"].text() if "group" in row else None,
        iata=row["iata"].text() if "iata" in row else None,
        transit_without_visa=_flag(row, "transit_without_visa"),
    )


def _flag(row: Mapping[str, Node], key: str) -> bool:
    return row[key].boolean() if key in row else False


def read_lanes(file: Node, languages: Collection[str]) -> dict[str, LaneKind]:
    """Read `lanes.yaml`."""
    return {code: _lane(code, node, languages) for code, node in file.items()}


def _lane(code: str, node: Node, languages: Collection[str]) -> LaneKind:
    row = node.mapping(("name",), ("opened_by", "who", "confidence"))
    who = row["who"].text() if "who" in row else ""
    opened_by = row["opened_by"].text() if "opened_by" in row else None
    return LaneKind(code, row["name"].texts(languages), opened_by, who)


def read_remedy(file: Node, languages: Collection[str]) -> Mapping[str, str]:
    """Read `remedies.yaml`: what the law lets somebody do who is not admitted, in every language."""
    return file.mapping(("not_admitted",))["not_admitted"].texts(languages)
