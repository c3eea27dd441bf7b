"""What an alert on a document is: its kinds and their bounds, what an officer does, and its terms.

An alert only ever refers to a person. The spans are the house's upper bounds, not the law's: an
order that ends earlier gives the earlier day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from guomen.core.refusal import Nature, Refusal


class AlertKind(StrEnum):
    """Why a document may be looked for. The list is closed: another needs a decision of its own."""

    LOST_OR_STOLEN = "lost_or_stolen"
    EXIT_BAN = "exit_ban"
    MISSING_MINOR = "missing_minor"
    MISUSED_IDENTITY = "misused_identity"


class AlertDirection(StrEnum):
    """The direction of a crossing that an alert concerns."""

    ENTRY = "entry"
    EXIT = "exit"
    BOTH = "both"


class Instruction(StrEnum):
    """What the officer does who meets the alert; each has its sentence in seven languages."""

    CALL_AUTHORITY = "call_authority"
    KEEP_DOCUMENT = "keep_document"
    SHOW_EXIT_BAN = "show_exit_ban"
    PROTECT_MINOR = "protect_minor"
    CHECK_IDENTITY = "check_identity"


@dataclass(frozen=True, slots=True)
class AlertRule:
    """The bounds of a kind: directions, the longest span and the time to a review, in days."""

    directions: frozenset[AlertDirection]
    longest_days: int
    review_days: int
    may_hold_name: bool = False


_ANY = frozenset(AlertDirection)

RULES: Mapping[AlertKind, AlertRule] = MappingProxyType(
    {
        AlertKind.LOST_OR_STOLEN: AlertRule(_ANY, 3653, 366),
        AlertKind.EXIT_BAN: AlertRule(frozenset({AlertDirection.EXIT}), 366, 92),
        AlertKind.MISSING_MINOR: AlertRule(_ANY, 366, 31, may_hold_name=True),
        AlertKind.MISUSED_IDENTITY: AlertRule(_ANY, 1827, 366, may_hold_name=True),
    }
)


class AlertIncomplete(Refusal):
    """An alert without a legal basis, an authority or a reason for what is done with it."""

    code = "registry.alert_incomplete"
    nature = Nature.BAD_INPUT


class AlertUnfit(Refusal):
    """A direction, a span, a review day or a name that the kind of alert does not permit."""

    code = "registry.alert_unfit"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTerms:
    """What is asked for. `language`: the tag of the language the basis and authority are in.

    In force from `valid_from`, inclusive, until `until`, exclusive.
    """

    kind: AlertKind
    direction: AlertDirection
    legal_basis: str
    authority: str
    instruction: Instruction
    language: str
    valid_from: date
    until: date
    review_on: date

    def require_fit(self) -> None:
        """Refuse what is incomplete, and what the rule of the kind does not permit."""
        for name in ("legal_basis", "authority"):
            if not getattr(self, name).strip():
                raise AlertIncomplete(field=name)
        if self.direction not in RULES[self.kind].directions:
            raise AlertUnfit(why="direction", kind=self.kind.value, given=self.direction.value)
        require_span(self.kind, self.valid_from, self.until, self.review_on)


def require_span(kind: AlertKind, start: date, until: date, review_on: date) -> None:
    """Refuse an end or a review that lies too late, or not after `start`, for the kind."""
    rule = RULES[kind]
    latest = start + timedelta(days=rule.longest_days)
    if not start < until <= latest:
        raise AlertUnfit(why="span", kind=kind.value, most=rule.longest_days)
    if not start < review_on <= min(until, start + timedelta(days=rule.review_days)):
        raise AlertUnfit(why="review", kind=kind.value, most=rule.review_days)


@dataclass(frozen=True, slots=True)
class AlertFlag:
    """What a lane knows of an alert in force: never why, and never about whom."""

    reference: str
    kind: str
    direction: str
    valid_from: date
    until: date

    def concerns(self, direction: str, on: date) -> bool:
        """Tell whether the alert is for this direction and day; `until` itself is outside."""
        fits = self.direction in (direction, AlertDirection.BOTH.value)
        return fits and self.valid_from <= on < self.until


def state_on(state: str, until: date, on: date) -> str:
    """Give the state on a day: what is past its end has lapsed, whether noted yet or not."""
    return "lapsed" if state == "in_force" and until <= on else state
