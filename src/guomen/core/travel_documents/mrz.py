"""Reads a machine-readable zone: every field, and every check digit with its own verdict."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guomen.core.refusal import Nature, Refusal
from guomen.core.travel_documents.check_digits import ALPHABET, weighted_7_3_1
from guomen.core.travel_documents.formats import Span, format_name
from guomen.core.travel_documents.plans import PLANS, Check, Plan, judged
from guomen.core.travel_documents.states import state_code
from guomen.core.two_digit_years import birth_date, nearby_date

_PERMITTED = re.compile("[A-Z0-9<]*", re.ASCII)


class MrzUnreadable(Refusal):
    """The lines are not a machine-readable zone: what is wrong, and at which place."""

    code = "mrz.unreadable"
    nature = Nature.BAD_INPUT


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
    plan = _plan(lines)
    zone = "".join(lines)
    if not _PERMITTED.fullmatch(zone):
        _refuse_strange_character(lines)
    fields = {name: zone[part] for name, part in plan.cuts}
    # The number first: where it runs on into the optional field, the rest of that field changes.
    number, first_check = _number(plan, zone, fields)
    surname, given, truncated = _names(fields.get("name", ""))
    return MachineReadable(
        format=plan.layout.name,
        code=fields["code"].rstrip("<"),
        issuer=state_code(fields.get("issuer", "")),
        number=number,
        surname=surname,
        given_names=given,
        nationality=state_code(fields.get("nationality", "")),
        birth_text=fields["birth_date"],
        birth_date=birth_date(fields["birth_date"], on),
        sex=fields.get("sex", "").rstrip("<"),
        expiry_date=nearby_date(fields["expiry_date"], on),
        optional=_optional(fields),
        name_truncated=truncated,
        checks=(first_check, *[check.verdict(zone) for check in plan.checks[1:]]),
        lines=tuple(lines),
    )


def _clean(text: str | Sequence[str]) -> list[str]:
    raw = text.splitlines() if isinstance(text, str) else text
    return [kept for line in raw if (kept := line.strip())]


def _refuse_strange_character(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        for column, character in enumerate(line, 1):
            if character not in ALPHABET:
                raise MrzUnreadable(
                    why="character", line=number, column=column, character=character
                )


def _plan(lines: list[str]) -> Plan:
    lengths = {len(line) for line in lines}
    if len(lengths) == 1:
        name = format_name(len(lines), len(lines[0]), lines[0][0] == "V")
        if name is not None:
            return PLANS[name]
    _refuse_strange_character(lines)
    shape = " + ".join(str(len(line)) for line in lines) or "nothing"
    raise MrzUnreadable(
        why="shape", given=shape, expected="3×30 (TD1), 2×36 (TD2, MRV-B), 2×44 (TD3, MRV-A), 1×30"
    )


def _number(plan: Plan, zone: str, fields: dict[str, str]) -> tuple[str, Check]:
    check = plan.checks[0]
    if plan.layout.long_number and zone[check.digit] == "<":
        found = _long_number(plan, plan.layout.long_number, fields)
        if found is not None:
            return found
    return fields["number"].rstrip("<"), check.verdict(zone)


def _long_number(plan: Plan, field: str, fields: dict[str, str]) -> tuple[str, Check] | None:
    # Doc 9303-5 §4.2.2.1: nine characters, <, the rest, its check digit, <, the optional data.
    rest, _, optional = fields[field].partition("<")
    if len(rest) < 2:
        return None
    number, printed = fields["number"] + rest[:-1], rest[-1]
    fields[field] = optional
    place = plan.layout.fields[field]
    column = place.start + len(rest) - 1
    computed, digit = weighted_7_3_1(number), Span(place.line, column, column + 1)
    return number, judged(plan.layout.checks[0], printed == computed, digit, printed, computed)


def _names(field: str) -> tuple[str, str, bool]:
    primary, _, secondary = field.rstrip("<").partition("<<")
    truncated = bool(field) and not field.endswith("<")
    return _words(primary), _words(secondary), truncated


def _words(part: str) -> str:
    # Without an inner filler there is one word; runs of fillers count as one.
    return " ".join(part.replace("<", " ").split()) if "<" in part else part


def _optional(fields: Mapping[str, str]) -> str:
    first, second = fields.get("optional", "").strip("<"), fields.get("optional_2", "").strip("<")
    return f"{first}<{second}" if first and second else first or second
