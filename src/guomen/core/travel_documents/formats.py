"""Where each field and check digit stands in the machine-readable zones we read.

Sources: ICAO Doc 9303 parts 4 (TD3), 5 (TD1), 6 (TD2), 7 (MRV-A, MRV-B); the one-line card from
two independent readers (see docs/decisions). Lines count from 0 here, columns are half-open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Span:
    """Columns `start` to `end` (exclusive) of one line."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check digit: over which spans, where it is printed, and how firm it is.

    `blank_if_empty`: `<` is permitted where the field holds nothing (TD3's optional data).
    `advisory`: a mismatch is told but does not by itself make the document unreadable.
    """

    field: str
    over: tuple[Span, ...]
    digit: Span
    blank_if_empty: bool = False
    advisory: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One layout: its lines, its fields and its check digits."""

    name: str
    lines: int
    length: int
    fields: Mapping[str, Span]
    checks: tuple[CheckRule, ...]
    long_number: str | None = None
    """The optional field into which a number of more than nine characters runs on."""


def _second_line(length: int, optional_end: int) -> dict[str, Span]:
    return {
        "code": Span(0, 0, 2),
        "issuer": Span(0, 2, 5),
        "name": Span(0, 5, length),
        "number": Span(1, 0, 9),
        "nationality": Span(1, 10, 13),
        "birth_date": Span(1, 13, 19),
        "sex": Span(1, 20, 21),
        "expiry_date": Span(1, 21, 27),
        "optional": Span(1, 28, optional_end),
    }


_NUMBER = CheckRule("number", (Span(1, 0, 9),), Span(1, 9, 10))
_BIRTH = CheckRule("birth_date", (Span(1, 13, 19),), Span(1, 19, 20))
_EXPIRY = CheckRule("expiry_date", (Span(1, 21, 27),), Span(1, 27, 28))

TD3 = Format(
    "TD3",
    2,
    44,
    MappingProxyType(_second_line(44, 42)),
    (
        _NUMBER,
        _BIRTH,
        _EXPIRY,
        CheckRule("optional", (Span(1, 28, 42),), Span(1, 42, 43), blank_if_empty=True),
        CheckRule("composite", (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43)), Span(1, 43, 44)),
    ),
)

TD2 = Format(
    "TD2",
    2,
    36,
    MappingProxyType(_second_line(36, 35)),
    (
        _NUMBER,
        _BIRTH,
        _EXPIRY,
        CheckRule("composite", (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 35)), Span(1, 35, 36)),
    ),
    long_number="optional",
)

MRV_A = Format("MRV-A", 2, 44, MappingProxyType(_second_line(44, 44)), (_NUMBER, _BIRTH, _EXPIRY))
MRV_B = Format("MRV-B", 2, 36, MappingProxyType(_second_line(36, 36)), (_NUMBER, _BIRTH, _EXPIRY))

TD1 = Format(
    "TD1",
    3,
    30,
    MappingProxyType(
        {
            "code": Span(0, 0, 2),
            "issuer": Span(0, 2, 5),
            "number": Span(0, 5, 14),
            "optional": Span(0, 15, 30),
            "birth_date": Span(1, 0, 6),
            "sex": Span(1, 7, 8),
            "expiry_date": Span(1, 8, 14),
            "nationality": Span(1, 15, 18),
            "optional_2": Span(1, 18, 29),
            "name": Span(2, 0, 30),
        }
    ),
    (
        CheckRule("number", (Span(0, 5, 14),), Span(0, 14, 15)),
        CheckRule("birth_date", (Span(1, 0, 6),), Span(1, 6, 7)),
        CheckRule("expiry_date", (Span(1, 8, 14),), Span(1, 14, 15)),
        CheckRule(
            "composite",
            (Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)),
            Span(1, 29, 30),
        ),
    ),
    long_number="optional",
)

CARD_ONE_LINE = Format(
    "CN_CARD_1LINE",
    1,
    30,
    MappingProxyType(
        {
            "code": Span(0, 0, 2),
            "number": Span(0, 2, 11),
            "expiry_date": Span(0, 13, 19),
            "birth_date": Span(0, 21, 27),
        }
    ),
    (
        CheckRule("number", (Span(0, 2, 11),), Span(0, 11, 12)),
        CheckRule("expiry_date", (Span(0, 13, 19),), Span(0, 19, 20)),
        CheckRule("birth_date", (Span(0, 21, 27),), Span(0, 27, 28)),
        # One reader only attests how this digit is taken: a mismatch is a warning.
        CheckRule(
            "composite",
            (Span(0, 2, 12), Span(0, 13, 20), Span(0, 21, 28)),
            Span(0, 29, 30),
            advisory=True,
        ),
    ),
)

FORMATS = (TD1, TD2, TD3, MRV_A, MRV_B, CARD_ONE_LINE)


_BY_SHAPE = {(one.lines, one.length, one.name.startswith("MRV")): one.name for one in FORMATS}


def format_name(lines: int, length: int, is_visa: bool) -> str | None:
    """Name the layout of so many lines of that length; a visa begins with V (Doc 9303-7)."""
    return _BY_SHAPE.get((lines, length, is_visa and lines == 2))
