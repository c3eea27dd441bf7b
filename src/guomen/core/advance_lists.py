"""Who a carrier says will cross, and whether they did: the record that every reader of lists makes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from guomen.core.clearance import Direction

Written = tuple[tuple[str, ...], ...]
"""A part of a list as it was written: elements, each with its components."""


class Conveyance(StrEnum):
    """What one crosses in."""

    AIRCRAFT = "aircraft"
    SHIP = "ship"
    TRAIN = "train"
    VEHICLE = "vehicle"


class Role(StrEnum):
    """Carried, or working on board."""

    PASSENGER = "passenger"
    CREW = "crew"


class ListKind(StrEnum):
    """What the list is of; a status update says who is on board after closing."""

    PASSENGERS = "passengers"
    CREW = "crew"
    STATUS = "status"


class PlaceRole(StrEnum):
    """What a place is to a traveller."""

    EMBARKATION = "embarkation"
    DEBARKATION = "debarkation"
    CLEARANCE = "clearance"
    RESIDENCE = "residence"
    BIRTH = "birth"


@dataclass(frozen=True, slots=True)
class Call:
    """A departure or an arrival: a UN/LOCODE or IATA code; day and time by the clock there."""

    place: str
    day: date | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One way from call to call. `mark` is the flight, voyage or train number, or a plate.

    `stage`: 20 main carriage, 34 overflight. `registration` and `name` are the ship's or aircraft's.
    """

    conveyance: Conveyance
    carrier: str
    mark: str
    departure: Call | None = None
    arrival: Call | None = None
    registration: str = ""
    name: str = ""
    stage: str = "20"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a traveller: a code of three or five letters, and a name where one is given."""

    role: PlaceRole
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A document as listed; `kind` is P passport, V visa, I, A or C card, AC crew, L licence, F other."""

    kind: str
    number: str
    issuer: str = ""
    expiry_date: date | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask: in which role, under what name, and the channels as kind and number."""

    role: str
    names: tuple[str, ...] = ()
    channels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One listed person. Texts are upper case; what the list does not say is empty or None.

    `weight_kg` is the bags' weight as written; a bag's tag is a number and how many follow on it.
    `references` are pairs of a kind (AVF booking, ABO traveller, SEA seat) and a value. `verified`:
    the carrier compared the document.
    `unread`: what the list says beyond these fields.
    """

    role: Role
    surname: str
    given_names: str = ""
    transit: bool = False
    sex: str = ""
    birth_date: date | None = None
    nationality: str = ""
    documents: tuple[ListedDocument, ...] = ()
    places: tuple[Place, ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    channels: tuple[tuple[str, str], ...] = ()
    address: tuple[str, ...] = ()
    post: str = ""
    verified: bool | None = None
    bags: int | None = None
    weight_kg: str = ""
    bag_tags: tuple[tuple[str, ...], ...] = ()
    unread: tuple[Written, ...] = ()

    def place(self, role: PlaceRole) -> str:
        """Give the code of the place that has this role; empty where none is listed."""
        return next((one.code for one in self.places if one.role is role), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceList:
    """Who is said to cross on one leg.

    `crossing` is the leg over the border, None where the list does not say which one it is; `before`
    and `onward` are the others. `direction` is None where neither end, or both, lie at home.
    """

    kind: ListKind
    crossing: Leg | None
    direction: Direction | None
    travellers: tuple[Traveller, ...]
    before: tuple[Leg, ...] = ()
    onward: tuple[Leg, ...] = ()
    function: str = ""
    contacts: tuple[Contact, ...] = ()


def direction_of(crossing: Leg | None, home: Callable[[str], bool]) -> Direction | None:
    """Tell which way a leg crosses; `home` tells whether a port lies in the jurisdiction."""
    if crossing is None or crossing.departure is None or crossing.arrival is None:
        return None
    leaves, comes = home(crossing.departure.place), home(crossing.arrival.place)
    if leaves == comes:
        return None
    return Direction.ENTRY if comes else Direction.EXIT


class Meeting(StrEnum):
    """What became of one who was listed, or passed."""

    PASSED = "passed"
    NEAR_MISS = "near_miss"
    NO_SHOW = "no_show"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A person without a name: a reference, and keyed fields (HMAC) that only compare.

    `document` is the key of the document's number and issuer. A field that one side does not have
    is no difference.
    """

    reference: str
    document: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Met:
    """One finding: the references of both sides where there are two, and the field that differs."""

    meeting: Meeting
    listed: str | None = None
    passed: str | None = None
    differs: str | None = None


def reconcile(listed: Iterable[Keyed], passed: Iterable[Keyed]) -> tuple[Met, ...]:
    """Compare a list with who passed; each of both sides is told exactly once.

    The same document with all shared fields equal has passed; with one field different it is a near
    miss; with more it is another person. Full agreement goes first, and each is used once, so a
    document listed twice leaves one of them a no-show. The order of the input does not matter.
    """
    waiting, came = _by_document(listed), _by_document(passed)
    found: list[Met] = []
    for document in sorted({*waiting, *came}):
        found += _meet(waiting.get(document, []), came.get(document, []))
    return tuple(found)


def _by_document(people: Iterable[Keyed]) -> dict[str, list[Keyed]]:
    groups: dict[str, list[Keyed]] = defaultdict(list)
    for one in sorted(people, key=lambda one: (one.document, one.reference)):
        groups[one.document].append(one)
    return groups


def _meet(waiting: list[Keyed], came: list[Keyed]) -> list[Met]:
    found: list[Met] = []
    for permitted in (0, 1):
        for one in tuple(waiting):
            other = next((it for it in came if len(_differing(one, it)) == permitted), None)
            if other is not None:
                waiting.remove(one)
                came.remove(other)
                found.append(_met(one, other))
    found += [Met(Meeting.NO_SHOW, listed=one.reference) for one in waiting]
    return found + [Met(Meeting.UNLISTED, passed=one.reference) for one in came]


def _met(listed: Keyed, passed: Keyed) -> Met:
    differing = _differing(listed, passed)
    meeting = Meeting.NEAR_MISS if differing else Meeting.PASSED
    return Met(meeting, listed.reference, passed.reference, differing[0] if differing else None)


def _differing(one: Keyed, other: Keyed) -> list[str]:
    shared = sorted(set(one.fields) & set(other.fields))
    return [name for name in shared if one.fields[name] != other.fields[name]]
