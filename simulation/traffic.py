"""The traffic of a half-year: how many of each group, when, where and with which document."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

from guomen.apps.border.operations import InspectionRequest, PassageRequest
from guomen.core.clearance import Companion, Direction, Presented
from guomen.core.identifiers import entry_id, record_id
from guomen.core.time import Period, parse_period
from guomen.core.travel_documents import Identified
from guomen.jurisdiction import Jurisdiction
from simulation.calibration import (
    EXTENSION_BEGINS,
    FAST_LANES_AT_HK_MACAO,
    FAST_LANES_EVERYWHERE,
    MONTHS_OF_QUARTER,
    NOT_ADMITTED,
    PORT_WEIGHTS,
    REFERRED,
    HalfYear,
)
from simulation.people import Pool

_STAFFED = {"mainland": "STAFF_CN", "hmt": "STAFF_HMT", "foreign": "STAFF_F", "border": "BORDER"}
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 10, 9, 8, 7, 7, 7, 7, 8, 9, 10, 9, 8, 7, 5, 3, 2)
_ENDORSEMENTS = ("G", "S", "T", "L", "D")


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of traffic in one month: so many crossings of a group in a span of days."""

    name: str
    group: str
    count: int
    days: Period
    admitted: bool = True


@dataclass(frozen=True, slots=True)
class LaneBatch:
    """Presentations at one lane in one month."""

    port: str
    lane_kind: str
    requests: tuple[PassageRequest, ...]
    not_admitted: frozenset[str]


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number by weights so that the parts add up (largest remainder)."""
    whole = sum(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share) for share in shares]
    order = sorted(range(len(parts)), key=lambda i: parts[i] - shares[i])
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def scaled(counts: Mapping[str, tuple[int, int]], scale: Fraction) -> dict[str, tuple[int, int]]:
    """Scale all counts so that their total is the scaled total, rounded half up."""
    flat = [(key, quarter) for key in counts for quarter in (0, 1)]
    total = sum(counts[key][quarter] for key, quarter in flat)
    target = int(total * scale + Fraction(1, 2))
    parts = apportion(target, [counts[key][quarter] for key, quarter in flat])
    found = dict(zip(flat, parts, strict=True))
    return {key: (found[key, 0], found[key, 1]) for key in counts}


def months_of(code: str) -> list[Period]:
    """Give the six months of a half-year."""
    span = parse_period(code)
    first = span.start.month
    return [parse_period(f"{span.start.year}-{first + i:02d}") for i in range(6)]


def streams_of(half: HalfYear, scale: Fraction) -> list[list[Stream]]:
    """Give each month's streams. Extended permits are taken out of their group's total."""
    crossings = scaled(half.crossings, scale)
    extended = _extended(half, scale)
    found: list[list[Stream]] = []
    for number, month in enumerate(months_of(half.code)):
        streams = []
        for group, quarters in crossings.items():
            parts = apportion(quarters[number // 3], MONTHS_OF_QUARTER)
            count = parts[number % 3]
            if group == "hmt" and number in extended:
                special = extended[number]
                count -= special.count
                streams.append(special)
            streams.append(Stream(group, group, count, month))
        turned_back = int(sum(s.count for s in streams) * NOT_ADMITTED)
        streams.append(Stream("not-admitted", "hmt", turned_back, month, admitted=False))
        found.append(streams)
    return found


def _extended(half: HalfYear, scale: Fraction) -> dict[int, Stream]:
    if not half.extended_permits:
        return {}
    months = months_of(half.code)
    begins = date.fromisoformat(EXTENSION_BEGINS)
    spans = {4: Period(begins, months[4].until), 5: months[5]}
    lengths = [((span.until or begins) - span.start).days for span in spans.values()]
    parts = apportion(int(half.extended_permits * scale + Fraction(1, 2)), lengths)
    return {
        number: Stream("extended", "hmt", part, span)
        for (number, span), part in zip(spans.items(), parts, strict=True)
    }


class Traffic:
    """Makes the presentations of a half-year, repeatable from the seed."""

    def __init__(
        self, half: HalfYear, pools: Mapping[str, Pool], jurisdiction: Jurisdiction, seed: int
    ) -> None:
        self._half, self._pools, self._pack, self._seed = half, pools, jurisdiction, seed
        self._zone: ZoneInfo = jurisdiction.zone

    def month(self, streams: Sequence[Stream]) -> Iterator[LaneBatch]:
        """Give one month's presentations, gathered by lane."""
        lanes: dict[tuple[str, str], list[PassageRequest]] = defaultdict(list)
        back: dict[tuple[str, str], set[str]] = defaultdict(set)
        for stream in streams:
            random = Random(f"{self._seed}:{stream.name}:{stream.days.start}")
            for number in range(stream.count):
                place, request = self._presentation(stream, number, random)
                lanes[place].append(request)
                if not stream.admitted:
                    back[place].add(request.nonce)
        for place, requests in sorted(lanes.items()):
            yield LaneBatch(*place, tuple(requests), frozenset(back[place]))

    def _presentation(
        self, stream: Stream, number: int, random: Random
    ) -> tuple[tuple[str, str], PassageRequest]:
        weights = PORT_WEIGHTS[self._half.code, stream.group]
        port = random.choices(list(weights), list(weights.values()))[0]
        when = _moment(stream.days, self._zone, random)
        document = self._document(stream, port, random)
        direction = random.choice((Direction.ENTRY, Direction.EXIT))
        lane = self._lane(stream, document.kind, port, when.date())
        compared = not stream.admitted or random.random() >= REFERRED
        nonce = f"{stream.name}-{stream.days.start}-{number}"
        presented = Presented(
            document, (), direction, _companion(document.kind, direction, random), compared
        )
        passage, referral = (record_id(when, random.randbytes(10)) for _ in range(2))
        entry = entry_id(random.randbytes(16))
        return (port, lane), PassageRequest(passage, entry, referral, nonce, presented, when)

    def _document(self, stream: Stream, port: str, random: Random) -> Identified:
        names = {
            "extended": ("HRP-extended",),
            "not-admitted": ("HRP-too-old",),
            "mainland": ("EEP_HKM",) if self._at_hk_macao(port) else ("PPT_ORD",),
            "hmt": ("HRP", "HRP", "HRP", "HRP", "HRP", "HRP", "HRP", "TWP_5"),
            "foreign": ("PPT_FOR",),
            "border": ("BORDER_PASS",),
        }
        pool = self._pools[random.choice(names[stream.name])]
        return random.choice(pool.documents)

    def _at_hk_macao(self, port: str) -> bool:
        return self._pack.ports[port].group == "adjacent_hk_macao"

    def _lane(self, stream: Stream, kind: str, port: str, day: date) -> str:
        begins = FAST_LANES_EVERYWHERE
        if self._at_hk_macao(port) and kind in ("EEP_HKM", "HRP"):
            begins = FAST_LANES_AT_HK_MACAO
        self_service = kind in ("EEP_HKM", "HRP", "PPT_ORD", "TWP_5") and stream.admitted
        fast = self_service and day >= date.fromisoformat(begins)
        return "ECHANNEL" if fast else _STAFFED[stream.group]

    def inspections(
        self, counts: Mapping[str, int], month: Period
    ) -> Iterator[tuple[str, tuple[InspectionRequest, ...]]]:
        """Give one month's inspections of conveyances, gathered by port."""
        ports: dict[str, list[InspectionRequest]] = defaultdict(list)
        for kind, count in counts.items():
            places = [one.code for one in self._pack.ports.values() if kind in one.conveyances]
            random = Random(f"{self._seed}:{kind}:{month.start}")
            weights = [1 / (rank + 1) for rank in range(len(places))]
            for number in range(count):
                port = random.choices(places, weights)[0]
                ports[port].append(_inspection(kind, number, month, self._zone, random))
        for port, requests in sorted(ports.items()):
            yield port, tuple(requests)


def _companion(kind: str, direction: Direction, random: Random) -> Companion | None:
    if kind == "EEP_HKM" and direction is Direction.EXIT:
        return Companion("endorsement", random.choice(_ENDORSEMENTS), date(2024, 6, 30), 1)
    if kind == "PPT_FOR" and direction is Direction.ENTRY:
        return Companion("visa", "M", date(2024, 6, 30), None)
    return None


def _moment(days: Period, zone: ZoneInfo, random: Random) -> datetime:
    last = days.last_day or days.start
    day = days.start + timedelta(days=random.randrange((last - days.start).days + 1))
    hour = random.choices(range(24), _HOURS)[0]
    return datetime(
        day.year, day.month, day.day, hour, random.randrange(60), random.randrange(60), tzinfo=zone
    )


def _inspection(
    kind: str, number: int, month: Period, zone: ZoneInfo, random: Random
) -> InspectionRequest:
    when = _moment(month, zone, random)
    return InspectionRequest(
        inspection=record_id(when, random.randbytes(10)),
        entry=entry_id(random.randbytes(16)),
        nonce=f"{kind}-{month.start}-{number}",
        kind=kind,
        registration=f"SYN-{random.randrange(10**6):06d}",
        direction=random.choice((Direction.ENTRY, Direction.EXIT)),
        occurred_at=when,
    )
