"""Reads a machine-readable zone: every field, and every check digit with its own verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guomen.core.refusal import Nature, Refusal
from guomen.core.travel_documents.check_digits import ALPHABET, weighted_7_3_1
from guomen.core.travel_documents.formats import CheckRule, Format, Span, format_of

_EXPIRY_REACH = 50
"""An expiry lies less than 50 years before or after the day of reading."""

_GERMANY = {"D": "DEU"}
"""Doc 9303-3 §5: Germany prints one letter; everything else compares three."""


class MrzUnreadable(Refusal):
    """The lines are not a machine-readable zone: what is wrong, and at which place."""

    code = "mrz.unreadable"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class Check:
    """One check digit's verdict; line and column count from 1, as on the document."""

    field: str
    ok: bool
    line: int
    column: int
    printed: str
    computed: str
    advisory: bool


@dataclass(frozen=True, slots=True)
class MachineReadable:
    """What the zone says. `birth_date` and `expiry_date` are None where it names no such day.

    `birth_text` keeps the six characters, because a month or day may be unknown (`<<`).
    """

    format: str
    code: str
    issuer: str
    number: str
    surname: str
    given_names: str
    nationality: str
    birth_text: str
    birth_date: date | None
    sex: str
    expiry_date: date | None
    optional: str
    name_truncated: bool
    checks: tuple[Check, ...]
    lines: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """True when every binding check digit is right; advisory ones only warn."""
        return all(check.ok or check.advisory for check in self.checks)


def read_mrz(text: str | Sequence[str], on: date) -> MachineReadable:
    """Read the lines of one document.

    `on` is the day of reading; two-digit years are placed by it. Spaces around a line and
    empty lines are ignored, everything else that is not A-Z, 0-9 or < is refused with its place.
    """
    lines = _clean(text)
    _refuse_strange_characters(lines)
    layout = _layout(lines)
    fields = {name: _cut(lines, span) for name, span in layout.fields.items()}
    number, number_check = _number(layout, lines, fields)
    checks = [number_check] + [_check(rule, lines) for rule in layout.checks[1:]]
    surname, given, truncated = _names(fields.get("name", ""))
    return MachineReadable(
        format=layout.name,
        code=fields["code"].rstrip("<"),
        issuer=_state(fields.get("issuer", "")),
        number=number,
        surname=surname,
        given_names=given,
        nationality=_state(fields.get("nationality", "")),
        birth_text=fields["birth_date"],
        birth_date=_birth_date(fields["birth_date"], on),
        sex=fields.get("sex", "").rstrip("<"),
        expiry_date=_expiry_date(fields["expiry_date"], on),
        optional=_optional(fields),
        name_truncated=truncated,
        checks=tuple(checks),
        lines=tuple(lines),
    )


def _clean(text: str | Sequence[str]) -> list[str]:
    raw = text.splitlines() if isinstance(text, str) else list(text)
    return [line.strip() for line in raw if line.strip()]


def _refuse_strange_characters(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        for column, character in enumerate(line, 1):
            if character not in ALPHABET:
                raise MrzUnreadable(
                    why="character", line=number, column=column, character=character
                )


def _layout(lines: list[str]) -> Format:
    lengths = {len(line) for line in lines}
    if len(lengths) == 1:
        layout = format_of(len(lines), lengths.pop(), lines[0].startswith("V"))
        if layout is not None:
            return layout
    shape = " + ".join(str(len(line)) for line in lines) or "nothing"
    raise MrzUnreadable(
        why="shape", given=shape, expected="3×30 (TD1), 2×36 (TD2, MRV-B), 2×44 (TD3, MRV-A), 1×30"
    )


def _cut(lines: Sequence[str], span: Span) -> str:
    return lines[span.line][span.start : span.end]


def _check(rule: CheckRule, lines: Sequence[str]) -> Check:
    covered = "".join(_cut(lines, span) for span in rule.over)
    return _verdict(rule, covered, _cut(lines, rule.digit), rule.digit)


def _verdict(rule: CheckRule, covered: str, printed: str, place: Span) -> Check:
    computed = weighted_7_3_1(covered)
    empty = rule.blank_if_empty and not covered.strip("<")
    ok = printed == computed or (empty and printed == "<")
    return Check(rule.field, ok, place.line + 1, place.start + 1, printed, computed, rule.advisory)


def _number(layout: Format, lines: list[str], fields: dict[str, str]) -> tuple[str, Check]:
    rule = layout.checks[0]
    if layout.long_number and _cut(lines, rule.digit) == "<":
        found = _long_number(layout, rule, lines, fields)
        if found is not None:
            return found
    return fields["number"].rstrip("<"), _check(rule, lines)


def _long_number(
    layout: Format, rule: CheckRule, lines: list[str], fields: dict[str, str]
) -> tuple[str, Check] | None:
    # Doc 9303-5 §4.2.2.1: nine characters, <, the rest, its check digit, <, the optional data.
    rest, _, optional = fields[layout.long_number or ""].partition("<")
    if len(rest) < 2:
        return None
    number, printed = fields["number"] + rest[:-1], rest[-1]
    place = layout.fields[layout.long_number or ""]
    column = place.start + len(rest) - 1
    fields[layout.long_number or ""] = optional
    digit = Span(place.line, column, column + 1)
    return number, _verdict(rule, number, printed, digit)


def _names(field: str) -> tuple[str, str, bool]:
    primary, _, secondary = field.rstrip("<").partition("<<")
    truncated = bool(field) and not field.endswith("<")
    return _words(primary), _words(secondary), truncated


def _words(part: str) -> str:
    return " ".join(word for word in part.split("<") if word)


def _optional(fields: Mapping[str, str]) -> str:
    found = (fields.get(name, "").strip("<") for name in ("optional", "optional_2"))
    return "<".join(part for part in found if part)


def _state(code: str) -> str:
    code = code.rstrip("<")
    return _GERMANY.get(code, code)


def _day(year: int, text: str) -> date | None:
    try:
        return date(year, int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _birth_date(text: str, on: date) -> date | None:
    # The latest such day that is not in the future.
    if not text.isdigit():
        return None
    century = on.year - on.year % 100
    for year in (century + int(text[:2]), century - 100 + int(text[:2])):
        day = _day(year, text)
        if day is not None and day <= on:
            return day
    return None


def _expiry_date(text: str, on: date) -> date | None:
    if not text.isdigit():
        return None
    first = on.year - _EXPIRY_REACH
    year = first + (int(text[:2]) - first) % 100
    return _day(year, text)
