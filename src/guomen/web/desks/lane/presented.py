"""Reads what was scanned or typed at a lane into what a traveller presents."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from guomen.core.clearance import Companion, Direction, Presented
from guomen.core.travel_documents import (
    DocumentKind,
    MachineReadable,
    identified,
    identify_kind,
    read_mrz,
)
from guomen.jurisdiction import Jurisdiction
from guomen.web.components.fields import Asked, Shape, read_day

MRZ, KIND, UNTIL, ENTRIES = "mrz", "companion_kind", "companion_until", "companion_entries"


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read of the document: the zone, its kind, and the whole as presented."""

    zone: MachineReadable
    kind: DocumentKind
    presented: Presented

    def with_holder(self, verified: bool | None) -> Presented:
        """Give what is presented, with the officer's own comparison of the holder."""
        return replace(self.presented, holder_verified=verified)


@dataclass(frozen=True, slots=True)
class Typed:
    """The boxes of the lane's form with what stands in them."""

    mrz: str
    kind: Asked
    until: Asked
    entries: Asked
    until_day: date | None

    @property
    def errors(self) -> tuple[Asked, ...]:
        """The boxes with something wrong."""
        return tuple(one for one in (self.kind, self.until, self.entries) if one.error)

    @property
    def companion_told(self) -> bool:
        """Tell whether anything was said about a paper that goes with the document."""
        return bool(self.kind.typed or any(part.value for part in self.until.parts))


def typed(sent: Mapping[str, str]) -> Typed:
    """Keep what was typed, with what is wrong in the boxes of the companion paper."""
    kind = sent.get(KIND, "").strip().upper()
    until, day = read_day(UNTIL, gettext("Valid until"), sent)
    entries = sent.get(ENTRIES, "").strip()
    half = gettext("Give the kind and the last day of the paper together.")
    missing = bool(kind) != any(part.value for part in until.parts)
    number = gettext("Write a whole number in digits, or leave it empty for many journeys.")
    return Typed(
        sent.get(MRZ, ""),
        Asked(KIND, gettext("Kind of the paper"), Shape.TEXT, kind, error=half if missing else ""),
        until,
        Asked(
            ENTRIES,
            gettext("Journeys left"),
            Shape.NUMBER,
            entries,
            error=number if entries and not _is_number(entries) else "",
        ),
        day,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


def read_scan(form: Typed, direction: Direction, pack: Jurisdiction, on: date) -> Scan:
    """Read the zone and tell the kind, or be refused with what is wrong and where."""
    zone = read_mrz(form.mrz.upper(), on)
    kind = identify_kind(zone, pack.documents.values(), pack.national_issuers)
    presented = Presented(
        document=identified(zone, kind),
        checks=zone.checks,
        direction=direction,
        companion=_companion(form, kind, direction),
        holder_verified=None,
    )
    return Scan(zone, kind, presented)


def _companion(form: Typed, kind: DocumentKind, direction: Direction) -> Companion | None:
    if form.until_day is None or not form.kind.typed:
        return None
    needed = kind.companion_in if direction is Direction.ENTRY else kind.companion_out
    entries = int(form.entries.typed) if form.entries.typed else None
    return Companion(needed or "visa", form.kind.typed, form.until_day, entries)
