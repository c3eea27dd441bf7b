"""Says a measure's condition as nested lines: all of, any of, none of, and the tests in words."""

from dataclasses import dataclass

from django.utils.translation import gettext

from guomen.core.policy import All, Condition, Not, Test
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_test


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a condition, with the lines that hang under it."""

    text: str
    under: tuple["Line", ...] = ()


def lines_of(condition: Condition, pack: Jurisdiction, tag: str) -> tuple[Line, ...]:
    """Give the lines of a condition; a plain list of tests needs no head above it."""
    if isinstance(condition, All):
        return tuple(_line(part, pack, tag) for part in condition.parts)
    return (_line(condition, pack, tag),)


def _line(condition: Condition, pack: Jurisdiction, tag: str) -> Line:
    if isinstance(condition, Test):
        return Line(say_test(condition, tag, pack))
    if isinstance(condition, Not):
        return Line(gettext("not:"), lines_of(condition.part, pack, tag))
    head = gettext("all of these:") if isinstance(condition, All) else gettext("one of these:")
    return Line(head, tuple(_line(part, pack, tag) for part in condition.parts))
