"""Takes an interchange apart into header, groups and bodies, and holds the counts against them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from guomen.core.messages.findings import Finding, MessageUnreadable, shape
from guomen.core.messages.interchange import GroupHeader, Header, Party
from guomen.core.messages.moments import read_preparation
from guomen.core.messages.segments import Segment


@dataclass(slots=True)
class Body:
    """One message as segments, from UNH on; `ending` is its UNT, if it has one."""

    opening: Segment
    segments: list[Segment] = field(default_factory=list)
    ending: Segment | None = None


@dataclass(slots=True)
class Bundle:
    """One group as bodies; `opening` is its UNG, None where there is none."""

    opening: Segment | None
    bodies: list[Body] = field(default_factory=list)
    ending: Segment | None = None


class Envelope:
    """Sorts segments into bundles and bodies; tells wrong and missing trailers, refuses the rest."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.findings: list[Finding] = []
        self.bundles: list[Bundle] = []
        self.body: Body | None = None
        self.bundle: Bundle | None = None
        self.opening = segments[0]
        self.ending: Segment | None = None
        steps = {"UNG": self._group, "UNH": self._message, "UNT": self._message_end}
        steps |= {"UNE": self._group_end, "UNZ": self._end}
        for segment in segments[1:]:
            steps.get(segment.tag, self._inside)(segment)
        self.last = segments[-1]
        self._close_all(self.last)
        if self.ending is None:
            self._missing(self.last, "UNZ")
        self._count_all()
        if not any(bundle.bodies for bundle in self.bundles):
            raise self.opening.unreadable("no_message")

    def _inside(self, segment: Segment) -> None:
        if segment.tag == "UNB":
            raise segment.unreadable("second_interchange")
        if self.body is None:
            raise segment.unreadable("outside")
        self.body.segments.append(segment)

    def _group(self, segment: Segment) -> None:
        self._close_all(segment)
        self.bundle = Bundle(segment)
        self.bundles.append(self.bundle)

    def _message(self, segment: Segment) -> None:
        self._close_message(segment)
        if self.bundle is None:
            self.bundle = Bundle(None)
            self.bundles.append(self.bundle)
        self.body = Body(segment)
        self.bundle.bodies.append(self.body)

    def _message_end(self, segment: Segment) -> None:
        if self.body is None:
            raise segment.unreadable("outside")
        self.body.ending, self.body = segment, None

    def _group_end(self, segment: Segment) -> None:
        self._close_message(segment)
        if self.bundle is None or self.bundle.opening is None:
            self.findings.append(segment.told("trailer_alone"))
        else:
            self.bundle.ending = segment
        self.bundle = None

    def _end(self, segment: Segment) -> None:
        self._close_all(segment)
        self.ending = segment

    def _close_message(self, here: Segment) -> None:
        if self.body is not None:
            self._missing(here, "UNT")
            self.body = None

    def _close_all(self, here: Segment) -> None:
        self._close_message(here)
        if self.bundle is not None and self.bundle.opening is not None and not self.bundle.ending:
            self._missing(here, "UNE")
        self.bundle = None

    def _missing(self, here: Segment, tag: str) -> None:
        self.findings.append(here.told("trailer_missing", assumed=tag, grave=True))

    def _count_all(self) -> None:
        bodies = [body for bundle in self.bundles for body in bundle.bodies]
        for body in bodies:
            self._hold(body.opening, body.ending, len(body.segments) + 2, 1)
        groups = [bundle for bundle in self.bundles if bundle.opening is not None]
        for bundle in groups:
            if bundle.opening is not None:
                self._hold(bundle.opening, bundle.ending, len(bundle.bodies), 5)
        self._hold(self.opening, self.ending, len(groups) or len(bodies), 5)

    def _hold(self, opening: Segment, ending: Segment | None, counted: int, reference: int) -> None:
        """Compare a trailer's count and reference with what was counted and with its header."""
        if ending is None:
            return
        stated, repeated = ending.at(1), ending.at(2)
        if read_count(ending, 1) != counted:
            told = ending.told("count_wrong", found=stated, assumed=str(counted), grave=True)
            self.findings.append(told)
        if repeated != opening.at(reference):
            told = ending.told("reference_differs", found=repeated, assumed=opening.at(reference))
            self.findings.append(told)


def read_count(segment: Segment, element: int, component: int = 1) -> int:
    """Read a number of at most nine digits; anything else is refused with its place."""
    text = segment.at(element, component)
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise segment.unreadable("number", element + 1, component, found=shape(text))
    return int(text)


def read_header(segment: Segment, on: date) -> Header:
    """Read UNB."""
    if segment.tag != "UNB":
        raise MessageUnreadable(why="no_header", segment=1, tag=segment.tag, position=1)
    day, at = read_preparation(segment, 4, on)
    return Header(
        syntax=segment.at(1),
        version=segment.at(1, 2),
        sender=_party(segment, 2),
        recipient=_party(segment, 3),
        reference=segment.at(5),
        day=day,
        at=at,
        application=segment.at(7),
        test=segment.at(11) == "1",
    )


def read_group_header(segment: Segment, on: date) -> GroupHeader:
    """Read UNG."""
    day, at = read_preparation(segment, 4, on)
    return GroupHeader(
        kind=segment.at(1),
        sender=_party(segment, 2),
        recipient=_party(segment, 3),
        reference=segment.at(5),
        day=day,
        at=at,
        agency=segment.at(6),
        version=segment.at(7),
        release=segment.at(7, 2),
    )


def _party(segment: Segment, element: int) -> Party:
    return Party(segment.at(element), segment.at(element, 2))
