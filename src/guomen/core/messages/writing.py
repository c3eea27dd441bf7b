"""Writes an interchange as PAXLST text, counts and trailers included."""

from collections.abc import Iterable, Iterator
from datetime import date, time

from guomen.core.advance_lists import AdvanceList, Call, Conveyance, Leg, ListKind, Traveller
from guomen.core.messages.characters import ServiceCharacters
from guomen.core.messages.interchange import Group, GroupHeader, Header, Interchange, Message, Party
from guomen.core.messages.legs import ARRIVES, DEPARTS, FIRST_HERE, LAST_ABROAD, OTHER_CALL
from guomen.core.messages.travellers import PLACES, ROLES

Components = str | tuple[str, ...]
Line = tuple[Components, ...]

_KINDS = {ListKind.PASSENGERS: "745", ListKind.CREW: "250", ListKind.STATUS: "266"}
_ROLES = {meaning: code for code, meaning in ROLES.items()}
_PLACES = {role: code for code, role in PLACES.items()}
_MODES = {
    Conveyance.SHIP: "1",
    Conveyance.TRAIN: "2",
    Conveyance.VEHICLE: "3",
    Conveyance.AIRCRAFT: "",
}
_VERIFIED = {True: "173", False: "174"}


def write_paxlst(interchange: Interchange) -> str:
    """Write the text, one segment a line; reading it on a near day gives the same records.

    Years have two digits, as the field writes them. Counts and references of the trailers are taken
    from what is written, so they are always right.
    """
    pen = _Pen(interchange.characters)
    lines = [pen.line(line) for line in _interchange(interchange)]
    return f"UNA{interchange.characters}\n" + "\n".join(lines) + "\n"


class _Pen:
    """Writes segments with one set of service characters."""

    def __init__(self, characters: ServiceCharacters) -> None:
        self.characters = characters
        special = [characters.component, characters.element, characters.terminator]
        special += [one for one in (characters.release, characters.reserve) if one != " "]
        released = characters.release if characters.release != " " else ""
        self.table = str.maketrans({one: released + one for one in special})

    def line(self, line: Line) -> str:
        elements = [self._element(one) for one in line]
        while elements and not elements[-1]:
            elements.pop()
        return self.characters.element.join(elements) + self.characters.terminator

    def _element(self, element: Components) -> str:
        parts = [element] if isinstance(element, str) else list(element)
        while parts and not parts[-1]:
            parts.pop()
        return self.characters.component.join(one.translate(self.table) for one in parts)


def _interchange(interchange: Interchange) -> Iterator[Line]:
    header = interchange.header
    yield _header(header)
    for group in interchange.groups:
        yield from _group(group)
    groups = [one for one in interchange.groups if one.header is not None]
    yield "UNZ", str(len(groups) or len(interchange.messages)), header.reference


def _header(header: Header) -> Line:
    line: Line = (
        "UNB",
        (header.syntax, header.version),
        _party(header.sender),
        _party(header.recipient),
        _prepared(header.day, header.at),
        header.reference,
        "",
        header.application,
    )
    return (*line, "", "", "", "1") if header.test else line


def _group(group: Group) -> Iterator[Line]:
    if group.header is not None:
        yield _group_header(group.header)
    for message in group.messages:
        body = list(_message(message))
        yield from body
        yield "UNT", str(len(body) + 1), message.reference
    if group.header is not None:
        yield "UNE", str(len(group.messages)), group.header.reference


def _group_header(header: GroupHeader) -> Line:
    return (
        "UNG",
        header.kind,
        _party(header.sender),
        _party(header.recipient),
        _prepared(header.day, header.at),
        header.reference,
        header.agency,
        (header.version, header.release),
    )


def _message(message: Message) -> Iterator[Line]:
    part, content = message.part, message.list
    sort = ("PAXLST", message.version, message.release, message.agency, message.association)
    yield (
        "UNH",
        message.reference,
        sort,
        part.access,
        (f"{part.number:02d}", "F" if part.last else "C"),
    )
    yield "BGM", _KINDS[content.kind], content.function
    for kind, value, revision in message.references:
        yield "RFF", (kind, value, "", "", revision)
    for contact in content.contacts:
        yield "NAD", contact.role, "", "", contact.names
        yield from _channels(contact.channels)
    yield from message.unread
    yield from _route(content)
    for traveller in content.travellers:
        yield from _traveller(traveller)
    for code, count in message.totals:
        yield "CNT", (code, str(count))


def _route(content: AdvanceList) -> Iterator[Line]:
    for leg in content.before:
        yield from _leg(leg, OTHER_CALL, OTHER_CALL)
    if content.crossing is not None:
        yield from _leg(content.crossing, LAST_ABROAD, FIRST_HERE)
    for leg in content.onward:
        yield from _leg(leg, OTHER_CALL, OTHER_CALL)


def _leg(leg: Leg, departs: str, arrives: str) -> Iterator[Line]:
    craft = (leg.registration, "", "", leg.name)
    yield "TDT", leg.stage, leg.mark, _MODES[leg.conveyance], "", leg.carrier, "", "", craft
    if leg.departure is not None:
        yield from _call(leg.departure, departs, DEPARTS)
    if leg.arrival is not None:
        yield from _call(leg.arrival, arrives, ARRIVES)


def _call(call: Call, role: str, code: str) -> Iterator[Line]:
    yield "LOC", role, call.place
    if call.day is None:
        return
    if call.at is None:
        yield "DTM", (code, f"{call.day:%y%m%d}", "101")
    elif call.at.second:
        yield "DTM", (code, f"{call.day:%Y%m%d}{call.at:%H%M%S}", "204")
    else:
        yield "DTM", (code, f"{call.day:%y%m%d}{call.at:%H%M}", "201")


def _traveller(one: Traveller) -> Iterator[Line]:
    yield "NAD", _ROLES[one.role, one.transit], "", "", (one.surname, one.given_names), *one.address
    yield from _person(one)
    for place in one.places:
        yield "LOC", _PLACES[place.role], (place.code, "", "", place.name)
    yield from _channels(one.channels)
    if one.post:
        yield "EMP", "1", one.post
    if one.nationality:
        yield "NAT", "2", one.nationality
    for reference in one.references:
        yield "RFF", reference
    yield from one.unread
    yield from _documents(one)


def _person(one: Traveller) -> Iterator[Line]:
    if one.sex:
        yield "ATT", "2", "", one.sex
    if one.birth_date:
        yield "DTM", ("329", f"{one.birth_date:%y%m%d}")
    if one.bags is not None:
        yield "MEA", "CT", "", str(one.bags)
    if one.weight_kg:
        yield "MEA", "WT", "", ("KGM", one.weight_kg)
    if one.verified is not None:
        yield "GEI", "4", _VERIFIED[one.verified]
    for tag in one.bag_tags:
        yield "FTX", "BAG", "", "", tag


def _documents(one: Traveller) -> Iterator[Line]:
    for document in one.documents:
        yield "DOC", (document.kind, "110", "111") if document.kind else "", document.number
        if document.expiry_date:
            yield "DTM", ("36", f"{document.expiry_date:%y%m%d}")
        if document.issued_on:
            yield "DTM", ("182", f"{document.issued_on:%y%m%d}")
        if document.issuer:
            yield "LOC", "91", document.issuer


def _channels(channels: Iterable[tuple[str, str]]) -> Iterator[Line]:
    given = [(number, kind) for kind, number in channels]
    for first in range(0, len(given), 3):
        yield "COM", *given[first : first + 3]


def _party(party: Party) -> Components:
    return party.name, party.qualifier


def _prepared(day: date | None, at: time | None) -> Components:
    if day is None:
        return ""
    return f"{day:%y%m%d}", f"{at:%H%M}" if at else ""
