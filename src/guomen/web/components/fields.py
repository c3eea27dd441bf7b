"""Questions on a page: reads what was typed, keeps it, and says what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.utils.translation import gettext

from guomen.core.policy import FactDeclaration, FactType, Value
from guomen.language.codes import name_of
from guomen.language.sentences import say_code
from guomen.language.tags import active, text_in

MOST_RADIOS = 7
"""More choices than this are a select, because a phone shows no more at once."""

_MARKS = re.compile(r"[\s\u200e\u200f\u2066-\u2069\ufeff]")
_DIGITS = re.compile(r"\d{1,4}", re.ASCII)


class Shape(Enum):
    """How a question is drawn."""

    RADIOS = "radios"
    SELECT = "select"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `text_tag` is the language its text is in."""

    code: str
    text: str
    text_tag: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three boxes of a date."""

    name: str
    label: str
    value: str
    width: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is shown, with what was typed and what is wrong with it."""

    name: str
    label: str
    shape: Shape
    typed: str = ""
    hint: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the first thing to fill in, where the error summary leads."""
        return self.parts[0].name if self.parts else self.name


@dataclass(frozen=True, slots=True)
class Answers:
    """What could be read of a form: the shown questions, and the values that are told."""

    asked: tuple[Asked, ...]
    told: Mapping[str, Value] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Asked, ...]:
        """The questions with something wrong."""
        return tuple(one for one in self.asked if one.error)


def read_answers(
    declared: Sequence[FactDeclaration], query: Mapping[str, str], tag: str
) -> Answers:
    """Read the answers to facts; what is left empty is not told, which is no error."""
    asked, told = [], {}
    for fact in declared:
        shown, value = _read(fact, query, tag)
        asked.append(shown)
        if value is not None:
            told[fact.name] = value
    return Answers(tuple(asked), told)


def _read(fact: FactDeclaration, query: Mapping[str, str], tag: str) -> tuple[Asked, Value | None]:
    label = text_in(fact.names, tag)[0]
    if fact.type is FactType.DATE:
        return read_day(fact.name, label, query)
    typed = _MARKS.sub("", query.get(fact.name, ""))
    if fact.type is FactType.BOOLEAN:
        return _read_boolean(fact, label, typed, tag)
    if fact.type is FactType.INTEGER:
        return _read_number(fact, label, typed)
    return _read_code(fact, label, typed, tag)


def _read_boolean(
    fact: FactDeclaration, label: str, typed: str, tag: str
) -> tuple[Asked, Value | None]:
    choices = tuple(
        Choice(code, say_code("question_value", code, tag), tag, typed == code)
        for code in ("yes", "no")
    )
    error = gettext("Choose yes or no.") if typed not in ("", "yes", "no") else ""
    asked = Asked(fact.name, label, Shape.RADIOS, typed, error=error, choices=choices)
    return asked, {"yes": True, "no": False}.get(typed)


def _read_number(fact: FactDeclaration, label: str, typed: str) -> tuple[Asked, Value | None]:
    readable = bool(_DIGITS.fullmatch(typed))
    error = gettext("Write a whole number in digits, for example 15.")
    asked = Asked(
        fact.name, label, Shape.NUMBER, typed, error="" if readable or not typed else error
    )
    return asked, int(typed) if readable else None


def _read_code(
    fact: FactDeclaration, label: str, typed: str, tag: str
) -> tuple[Asked, Value | None]:
    if not fact.codes:
        return Asked(fact.name, label, Shape.TEXT, typed), typed or None
    shape = Shape.RADIOS if len(fact.codes) <= MOST_RADIOS else Shape.SELECT
    unknown = bool(typed) and typed not in fact.codes
    error = gettext("Choose one of the answers in the list.") if unknown else ""
    asked = Asked(fact.name, label, shape, typed, error=error, choices=_choices(fact, typed, tag))
    return asked, typed if typed and not unknown else None


def _choices(fact: FactDeclaration, typed: str, tag: str) -> tuple[Choice, ...]:
    """Give the codes, those that carry a name in the reader's language first."""
    found = [(code, *name_of(code, fact.codes, tag)) for code in fact.codes]
    # Territories come by code; a reader looks for them by name.
    ordered = sorted(found, key=lambda row: (row[2] != tag, "" if fact.codes[row[0]] else row[1]))
    return tuple(Choice(code, text, said, code == typed) for code, text, said in ordered)


def read_day(name: str, label: str, query: Mapping[str, str]) -> tuple[Asked, date | None]:
    """Read a date from three boxes; one that does not exist is told so, and kept as typed."""
    typed = [_MARKS.sub("", query.get(f"{name}.{part}", "")) for part in _PARTS]
    parts = [
        Part(f"{name}.{part}", word, value, 4 if part == "year" else 2)
        for part, word, value in zip(_PARTS, _part_names(), typed, strict=True)
    ]
    if active().tag.startswith("zh"):
        parts.reverse()  # Chinese writes year, month, day
    day = _day(typed)
    error = "" if day or not any(typed) else _what_is_wrong(typed)
    hint = gettext("For example, 27 3 2023.")
    return Asked(name, label, Shape.DATE, "", hint, error, parts=tuple(parts)), day


_PARTS = ("day", "month", "year")


def _part_names() -> tuple[str, str, str]:
    return gettext("Day"), gettext("Month"), gettext("Year")


def _day(typed: Sequence[str]) -> date | None:
    if not all(_DIGITS.fullmatch(part) for part in typed):
        return None
    day, month, year = map(int, typed)
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _what_is_wrong(typed: Sequence[str]) -> str:
    if not all(typed):
        return gettext("Give day, month and year.")
    return gettext("There is no such day. Check the day, the month and the four-digit year.")
