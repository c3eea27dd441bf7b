"""The kinds of travel document a jurisdiction knows, and how a read zone is told apart."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from guomen.core.refusal import Nature, Refusal
from guomen.core.travel_documents.mrz import MachineReadable


class KindUnknown(Refusal):
    """No kind of the jurisdiction matches the zone's code, issuer and number."""

    code = "document.kind_unknown"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class MrzMark:
    """One way in which a kind appears in a zone; `issuer` None means any foreign issuer."""

    format: str
    code: str
    issuer: str | None


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind, as the jurisdiction's pack declares it.

    `match_length`: so many characters of the number tell the holder (the rest counts renewals).
    `national`: issued here, so a document that the register does not know is referred.
    `companion_out` / `companion_in`: which paper must go with it ("endorsement", "visa").
    `number_firm` False: the pattern is not verified, so a mismatch only warns.
    """

    code: str
    names: Mapping[str, str]
    category: str
    group: str
    national: bool
    crossing: bool
    number_pattern: str
    number_firm: bool
    match_length: int | None
    marks: tuple[MrzMark, ...]
    companion_in: str | None
    companion_out: str | None
    passport_kind: str | None
    confidence: str

    def number_fits(self, number: str) -> bool:
        """Tell whether the number has the kind's printed form."""
        return re.fullmatch(self.number_pattern, number, re.ASCII) is not None


@dataclass(frozen=True, slots=True)
class Identified:
    """A document told apart: its kind, its number as it is looked up, and what it says."""

    kind: str
    number: str
    issuer: str
    nationality: str
    birth_date: date | None
    sex: str
    expiry_date: date | None


def number_key(kind: DocumentKind, number: str) -> str:
    """Normalise a number for looking up: upper case, no separators, cut to `match_length`."""
    folded = re.sub(r"[\s\-–()（）]", "", number).upper()
    return folded[: kind.match_length] if kind.match_length else folded


def identify_kind(
    mrz: MachineReadable, kinds: Iterable[DocumentKind], national_issuers: frozenset[str]
) -> DocumentKind:
    """Tell which kind the zone belongs to.

    Marks that name the issuer go before those that take any; among equals the one whose number
    pattern fits. Refused with `document.kind_unknown` when none matches.
    """
    found = [
        (mark.issuer is None, not kind.number_fits(mrz.number), order, kind)
        for order, kind in enumerate(kinds)
        for mark in kind.marks
        if _mark_fits(mark, mrz, national_issuers)
    ]
    if not found:
        raise KindUnknown(format=mrz.format, code=mrz.code, issuer=mrz.issuer)
    return min(found, key=lambda row: row[:3])[3]


def identified(mrz: MachineReadable, kind: DocumentKind) -> Identified:
    """Take from a zone what a lane goes by."""
    return Identified(
        kind=kind.code,
        number=mrz.number,
        issuer=mrz.issuer,
        nationality=mrz.nationality,
        birth_date=mrz.birth_date,
        sex=mrz.sex,
        expiry_date=mrz.expiry_date,
    )


def _mark_fits(mark: MrzMark, mrz: MachineReadable, national: frozenset[str]) -> bool:
    if mark.format != mrz.format or not _code_fits(mark.code, mrz.code):
        return False
    if mark.issuer is None:
        return mrz.issuer not in national
    # The one-line card prints no issuer: its code alone tells.
    return mrz.issuer in (mark.issuer, "")


def _code_fits(pattern: str, code: str) -> bool:
    # "P*" stands for P with any second character; "P" for P alone.
    return code.startswith(pattern[:-1]) if pattern.endswith("*") else code == pattern
