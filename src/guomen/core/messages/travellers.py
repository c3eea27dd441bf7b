"""One traveller of a PAXLST, from NAD with FL, FM, DDU or DDT to the next."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from guomen.core.advance_lists import ListedDocument, Place, PlaceRole, Role, Traveller
from guomen.core.messages.envelope import read_count
from guomen.core.messages.findings import Finding, shape
from guomen.core.messages.moments import read_birth, read_moment
from guomen.core.messages.segments import Segment
from guomen.core.travel_documents import state_code

ROLES = {
    "FL": (Role.PASSENGER, False),
    "FM": (Role.CREW, False),
    "DDU": (Role.PASSENGER, True),
    "DDT": (Role.CREW, True),
}
"""NAD: who is carried or works on board, and whether only in transit."""

PLACES = {
    "22": PlaceRole.CLEARANCE,
    "178": PlaceRole.EMBARKATION,
    "179": PlaceRole.DEBARKATION,
    "174": PlaceRole.RESIDENCE,
    "180": PlaceRole.BIRTH,
}

SEXES = ("M", "F", "U", "X")
VERIFIED = {"173": True, "174": False}


class TravellerReader:
    """Takes the segments of one traveller in order; `traveller` then gives the record."""

    def __init__(self, opening: Segment, on: date, findings: list[Finding]) -> None:
        self.opening, self.on, self.findings = opening, on, findings
        role, transit = ROLES[opening.at(1)]
        surname, given = self._names(opening)
        self.said: dict[str, Any] = {
            "role": role,
            "transit": transit,
            "surname": surname,
            "given_names": given,
            "address": address_of(opening),
        }
        self.several: dict[str, list[Any]] = defaultdict(list)
        self.documents: list[ListedDocument] = []
        self.steps: dict[str, Callable[[Segment], bool]] = {
            "ATT": self._sex,
            "DTM": self._day,
            "MEA": self._measure,
            "GEI": self._verified,
            "FTX": self._bags,
            "LOC": self._place,
            "COM": self._channels,
            "EMP": self._post,
            "NAT": self._nationality,
            "RFF": self._reference,
            "DOC": self._document,
        }

    def take(self, segment: Segment) -> None:
        """Read one segment; what says something else is told, and kept as it is written."""
        step = self.steps.get(segment.tag)
        if step is None or not step(segment):
            self.findings.append(segment.told("segment_unread", found=segment.at(1)[:6]))
            self.several["unread"].append(segment.elements)

    def traveller(self) -> Traveller:
        """Give the record; a traveller without a name or a document is told."""
        if not self.documents:
            self.findings.append(self.opening.told("document_missing"))
        said = dict(self.said)
        said |= {name: tuple(values) for name, values in self.several.items()}
        return Traveller(**said, documents=tuple(self.documents))

    def _names(self, opening: Segment) -> tuple[str, str]:
        parts = [one for one in (opening.elements[4] if len(opening.elements) > 4 else ()) if one]
        if not parts:
            self.findings.append(opening.told("name_missing", grave=True))
            return "", ""
        if len(parts) == 1:
            surname, _, given = (part.strip() for part in parts[0].partition("/"))
            assumed = "1" if not given else "/"
            self.findings.append(opening.told("name_undivided", found="1", assumed=assumed))
            return surname, given
        if len(parts) > 3:
            self.findings.append(opening.told("name_divided", found=str(len(parts))))
        return parts[0], " ".join(parts[1:])

    def _set(self, name: str, value: str | bool | int | date) -> bool:
        """Keep a value that can be there once; a second one is left for telling."""
        if self.said.get(name, "") != "":
            return False
        self.said[name] = value
        return True

    def _add(self, name: str, *values: object) -> bool:
        self.several[name] += values
        return True

    def _sex(self, segment: Segment) -> bool:
        if segment.at(1) != "2" or segment.at(3) not in SEXES:
            return False
        return self._set("sex", segment.at(3))

    def _day(self, segment: Segment) -> bool:
        code = segment.at(1)
        if code == "329":
            birth = read_birth(segment, self.on, self.findings)
            return birth is None or self._set("birth_date", birth)
        if code == "36":
            return self._of_document(segment, "expiry_date", self._moment(segment))
        return code == "182" and self._of_document(segment, "issued_on", self._moment(segment))

    def _moment(self, segment: Segment) -> date | None:
        moment = read_moment(segment, self.on, "101", self.findings)
        return moment.day if moment else None

    def _measure(self, segment: Segment) -> bool:
        if segment.at(1) == "CT":
            return self._set("bags", read_count(segment, 3))
        if segment.at(1) != "WT" or segment.at(3) not in ("", "KGM"):
            return False
        return self._set("weight_kg", segment.at(3, 2))

    def _verified(self, segment: Segment) -> bool:
        if segment.at(1) != "4" or segment.at(2) not in VERIFIED:
            return False
        return self._set("verified", VERIFIED[segment.at(2)])

    def _bags(self, segment: Segment) -> bool:
        tags = segment.elements[4:5]
        return segment.at(1) == "BAG" and bool(tags) and self._add("bag_tags", *tags)

    def _place(self, segment: Segment) -> bool:
        code = segment.at(1)
        if code == "91":
            return self._of_document(segment, "issuer", state_code(segment.at(2)))
        if code not in PLACES:
            return False
        role = PLACES[code]
        names = [segment.at(2, 4), segment.at(3), segment.at(3, 4)]
        place = state_code(segment.at(2)) if role in _STATES else segment.at(2)
        return self._add("places", Place(role, place, " ".join(one for one in names if one)))

    def _channels(self, segment: Segment) -> bool:
        return self._add("channels", *channels_of(segment))

    def _post(self, segment: Segment) -> bool:
        return segment.at(1) == "1" and self._set("post", segment.at(2))

    def _nationality(self, segment: Segment) -> bool:
        return self._set("nationality", state_code(segment.at(2)))

    def _reference(self, segment: Segment) -> bool:
        if any(segment.elements[1][2:] if len(segment.elements) > 1 else ()):
            self.findings.append(segment.told("element_unread", found="2:3"))
        return self._add("references", (segment.at(1), segment.at(1, 2)))

    def _document(self, segment: Segment) -> bool:
        kind, number = segment.at(1), segment.at(2)
        if not kind or not number:
            told = segment.told("document_incomplete", found=f"{kind}+{shape(number)}")
            self.findings.append(told)
        self.documents.append(ListedDocument(kind=kind, number=number))
        return True

    def _of_document(self, segment: Segment, name: str, value: str | date | None) -> bool:
        """Add to the newest document; without any, one without kind and number is assumed."""
        if value is None:
            return True
        documents = self.documents
        if not documents:
            self.findings.append(segment.told("document_unnamed"))
            documents.append(ListedDocument(kind="", number=""))
        if getattr(documents[-1], name) not in ("", None):
            return False
        documents[-1] = replace(documents[-1], **{name: value})  # type: ignore[arg-type]
        return True


_STATES = (PlaceRole.RESIDENCE, PlaceRole.BIRTH)


def channels_of(segment: Segment) -> tuple[tuple[str, str], ...]:
    """Give the channels of a COM segment as kind and number."""
    elements = range(1, len(segment.elements))
    given = [(segment.at(number, 2), segment.at(number)) for number in elements]
    return tuple(pair for pair in given if pair != ("", ""))


def address_of(segment: Segment) -> tuple[str, ...]:
    """Give street, city, subdivision, post code and country of a NAD segment, as far as named."""
    parts = [" ".join(part for part in element if part) for element in segment.elements[5:10]]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)
