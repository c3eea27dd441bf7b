"""Reads a PAXLST interchange (WCO/IATA/ICAO API guidelines, D.02B to D.16B) into advance lists."""

import re
from collections.abc import Callable
from datetime import date

from guomen.core.advance_lists import (
    AdvanceList,
    Contact,
    ListKind,
    Role,
    Traveller,
    Written,
    direction_of,
)
from guomen.core.messages.envelope import (
    Body,
    Bundle,
    Envelope,
    read_count,
    read_group_header,
    read_header,
)
from guomen.core.messages.findings import Finding, MessageUnreadable
from guomen.core.messages.interchange import Group, Interchange, Message, Part
from guomen.core.messages.legs import NO_ROUTE, RouteReader
from guomen.core.messages.segments import Segment, cut
from guomen.core.messages.sources import decode
from guomen.core.messages.travellers import ROLES, TravellerReader, address_of, channels_of
from guomen.core.messages.understood import tell_unread

KINDS = {"745": ListKind.PASSENGERS, "250": ListKind.CREW, "266": ListKind.STATUS}
"""BGM. 336 (master crew list) and 655 (gate pass) name no crossing, so they are refused."""

TOTALS = {"41": Role.CREW, "42": Role.PASSENGER}
"""CNT: crew, and passengers; who is in transit counts with his like."""

_RELEASE = re.compile(r"D:(0[2-9]|1[0-6])[AB]", re.ASCII)


def read_paxlst(source: str | bytes, on: date, home: Callable[[str], bool]) -> Interchange:
    """Read one interchange.

    `on` is the day of reading, by which two-digit years are placed; `home` tells whether a port
    (IATA or UN/LOCODE) lies in the jurisdiction. What had to be mended is in `findings`, the grave
    ones by `require_sound`. Refused with `message.unreadable` where nothing can be assumed.
    """
    text, told = decode(source)
    parts = cut(text)
    if not parts.segments:
        raise MessageUnreadable(why="no_header", segment=1, tag="UNB", position=1)
    findings = [*told, *parts.findings]
    header = read_header(parts.segments[0], on)
    envelope = Envelope(parts.segments)
    findings += envelope.findings
    for segment in parts.segments:
        tell_unread(segment, findings)
    reader = _Reader(on, home, findings)
    groups = tuple(reader.group(bundle) for bundle in envelope.bundles)
    ordered = tuple(sorted(findings, key=lambda one: (one.segment, one.code)))
    return Interchange(header=header, groups=groups, characters=parts.characters, findings=ordered)


def count_totals(travellers: tuple[Traveller, ...], code: str) -> int | None:
    """Count what a control code counts; None for a code that we do not know."""
    role = TOTALS.get(code)
    return None if role is None else sum(one.role is role for one in travellers)


class _Reader:
    """Reads the messages of one interchange."""

    def __init__(self, on: date, home: Callable[[str], bool], findings: list[Finding]) -> None:
        self.on, self.home, self.findings = on, home, findings

    def group(self, bundle: Bundle) -> Group:
        opening = bundle.opening
        header = read_group_header(opening, self.on) if opening is not None else None
        return Group(header, tuple(self.message(body) for body in bundle.bodies))

    def message(self, body: Body) -> Message:
        opening = body.opening
        if opening.at(2) != "PAXLST":
            raise opening.unreadable("message_type", 3, 1, found=opening.at(2)[:6])
        version = f"{opening.at(2, 2)}:{opening.at(2, 3)}"
        if not _RELEASE.fullmatch(version):
            self.findings.append(opening.told("version_unknown", found=version[:12]))
        part = self._part(opening)
        content = _Content(self.on, self.findings)
        for segment in body.segments:
            content.take(segment)
        message = Message(
            reference=opening.at(1),
            version=opening.at(2, 2),
            release=opening.at(2, 3),
            agency=opening.at(2, 4),
            association=opening.at(2, 5),
            part=part,
            list=content.list(opening, part, self.home),
            references=tuple(content.references),
            totals=tuple((segment.at(1), count) for segment, count in content.totals),
            unread=tuple(content.unread),
        )
        self._hold_totals(message, content, opening)
        return message

    def _part(self, opening: Segment) -> Part:
        number = read_count(opening, 4) if opening.at(4) else 1
        mark = opening.at(4, 2)
        last = mark == "F" or (not mark and number == 1)
        if mark not in ("C", "F") and opening.at(4):
            assumed = "F" if last else "C"
            self.findings.append(opening.told("part_unmarked", found=mark[:3], assumed=assumed))
        return Part(access=opening.at(3), number=number, last=last)

    def _hold_totals(self, message: Message, content: "_Content", opening: Segment) -> None:
        whole = message.part.last and message.part.number == 1
        if whole and not content.totals and message.list.travellers:
            counted = str(len(message.list.travellers))
            self.findings.append(opening.told("total_missing", assumed=counted))
        for segment, stated in content.totals:
            counts = count_totals(message.list.travellers, segment.at(1))
            if counts is None:
                self.findings.append(segment.told("total_unknown", found=segment.at(1)[:3]))
            elif whole and counts != stated:
                told = segment.told(
                    "total_wrong", found=str(stated), assumed=str(counts), grave=True
                )
                self.findings.append(told)


class _Content:
    """The segments of one message, sorted into what they say."""

    def __init__(self, on: date, findings: list[Finding]) -> None:
        self.on, self.findings = on, findings
        self.kind: ListKind | None = None
        self.function = ""
        self.route = RouteReader(on, findings)
        self.references: list[tuple[str, str, str]] = []
        self.totals: list[tuple[Segment, int]] = []
        self.contacts: list[Contact] = []
        self.travellers: list[TravellerReader] = []
        self.unread: list[Written] = []
        self.after_totals = False

    def take(self, segment: Segment) -> None:
        if segment.tag == "NAD":
            self._person(segment)
        elif segment.tag == "CNT":
            self.totals.append((segment, read_count(segment, 1, 2)))
            self.after_totals = True
        elif self.travellers and not self.after_totals:
            self.travellers[-1].take(segment)
        elif not self._of_message(segment):
            self.findings.append(segment.told("segment_unread", found=segment.at(1)[:6]))
            self.unread.append(segment.elements)

    def list(self, opening: Segment, part: Part, home: Callable[[str], bool]) -> AdvanceList:
        if self.kind is None:
            raise opening.unreadable("kind_missing")
        # A later part may leave the way to the first.
        route = NO_ROUTE if part.number > 1 and not self.route.ways else self.route.route(opening)
        return AdvanceList(
            kind=self.kind,
            function=self.function,
            crossing=route.crossing,
            before=route.before,
            onward=route.onward,
            direction=direction_of(route.crossing, home),
            contacts=tuple(self.contacts),
            travellers=tuple(one.traveller() for one in self.travellers),
        )

    def _person(self, segment: Segment) -> None:
        if segment.at(1) in ROLES:
            self.after_totals = False
            self.travellers.append(TravellerReader(segment, self.on, self.findings))
            return
        if self.travellers:
            raise segment.unreadable("person_unknown", 2, 1, found=segment.at(1)[:3])
        names = segment.elements[4] if len(segment.elements) > 4 else ()
        address = [one for one in address_of(segment) if one]
        if address:
            self.findings.append(segment.told("element_unread", found="6:1"))
        self.contacts.append(Contact(segment.at(1), names))

    def _of_message(self, segment: Segment) -> bool:
        if segment.tag == "BGM":
            return self._begin(segment)
        if segment.tag == "RFF":
            reference = (segment.at(1), segment.at(1, 2), segment.at(1, 5) or segment.at(1, 4))
            self.references.append(reference)
            return True
        if segment.tag == "COM" and self.contacts:
            last = self.contacts[-1]
            channels = (*last.channels, *channels_of(segment))
            self.contacts[-1] = Contact(last.role, last.names, channels)
            return True
        return self.route.take(segment)

    def _begin(self, segment: Segment) -> bool:
        if self.kind is not None:
            return False
        if segment.at(1) not in KINDS:
            raise segment.unreadable("kind", 2, 1, found=segment.at(1)[:6])
        self.kind, self.function = KINDS[segment.at(1)], segment.at(2)
        return True
