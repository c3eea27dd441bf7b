"""Each layout worked out once as offsets into its joined lines, with the verdicts that can come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guomen.core.travel_documents.check_digits import DIGITS, weighted_7_3_1
from guomen.core.travel_documents.formats import FORMATS, CheckRule, Format, Span


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
class PlannedCheck:
    """One check digit as offsets; `right` keeps the verdict of each digit that is right.

    Verdicts hold nothing but the digit and its place, so one object serves all documents.
    """

    rule: CheckRule
    over: tuple[slice, ...]
    digit: int
    right: Mapping[str, Check]

    def verdict(self, zone: str) -> Check:
        """Judge the digit that is printed in the joined lines."""
        covered = zone[self.over[0]]
        for part in self.over[1:]:
            covered += zone[part]
        printed, computed = zone[self.digit], weighted_7_3_1(covered)
        if printed == computed:
            return self.right[printed]
        blank = self.rule.blank_if_empty and printed == "<" and not covered.strip("<")
        return judged(self.rule, blank, self.rule.digit, printed, computed)


@dataclass(frozen=True, slots=True)
class Plan:
    """One layout: where each field is cut from the joined lines, and its checks in order."""

    layout: Format
    cuts: tuple[tuple[str, slice], ...]
    checks: tuple[PlannedCheck, ...]


def judged(rule: CheckRule, ok: bool, place: Span, printed: str, computed: str) -> Check:
    """Write down a verdict with its place on the document."""
    return Check(rule.field, ok, place.line + 1, place.start + 1, printed, computed, rule.advisory)


def _planned(layout: Format, rule: CheckRule) -> PlannedCheck:
    right = {digit: judged(rule, True, rule.digit, digit, digit) for digit in DIGITS}
    digit = _offsets(layout, rule.digit).start
    over = tuple(_offsets(layout, span) for span in rule.over)
    return PlannedCheck(rule, over, digit, MappingProxyType(right))


def _offsets(layout: Format, span: Span) -> slice:
    first = span.line * layout.length
    return slice(first + span.start, first + span.end)


def _plan(layout: Format) -> Plan:
    cuts = tuple((name, _offsets(layout, span)) for name, span in layout.fields.items())
    return Plan(layout, cuts, tuple(_planned(layout, rule) for rule in layout.checks))


PLANS: Mapping[str, Plan] = MappingProxyType({one.name: _plan(one) for one in FORMATS})
"""By the layout's name."""
