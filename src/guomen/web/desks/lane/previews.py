"""Decides a passage before anything is written, and says it in two languages."""

from dataclasses import dataclass
from datetime import date, datetime

from guomen.apps.registry.keys import number_index
from guomen.apps.registry.queries import index_of, standings
from guomen.core.clearance import (
    Clearance,
    Outcome,
    Place,
    Reason,
    Standing,
    decide_clearance,
)
from guomen.core.policy.explanation import explain
from guomen.core.time import local_day
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_briefly, say_reason
from guomen.web.components.traveller import language_of
from guomen.web.desks.lane.presented import Scan


@dataclass(frozen=True, slots=True)
class Told:
    """One reason, for the officer and for the traveller."""

    in_order: bool | None
    officer: str
    traveller: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the lane shows before the officer presses a key."""

    scan: Scan
    clearance: Clearance
    against: tuple[Told, ...]
    in_favour: tuple[Told, ...]
    nearest: tuple[str, ...]
    traveller_tag: str

    @property
    def passes(self) -> bool:
        """Tell whether the pass key works."""
        return self.clearance.outcome is Outcome.PASS


def preview(scan: Scan, place: Place, pack: Jurisdiction, at: datetime, tag: str) -> Preview:
    """Decide as the officer's pass key would: with the holder compared."""
    presented = scan.with_holder(True)
    on = local_day(at, pack.zone)
    found = decide_clearance(presented, scan.kind, _standing(scan), place, pack.rulebook, on)
    theirs = language_of(presented.document.nationality, scan.kind.group, pack)
    # The comparison is what the key itself says, so it is not told as done before the press.
    others = [one for one in found.reasons if one.code != "holder.verified"]
    return Preview(
        scan,
        found,
        tuple(told(one, tag, theirs, pack) for one in others if one.in_order is not True),
        tuple(told(one, tag, theirs, pack) for one in others if one.in_order is True),
        _nearest(found, on, tag, pack),
        theirs,
    )


def _nearest(found: Clearance, on: date, tag: str, pack: Jurisdiction) -> tuple[str, ...]:
    """Say briefly, for each question that no measure answered, what would have to be otherwise."""
    if found.outcome is Outcome.PASS:
        return ()
    unanswered = [one.question for one in found.asked if one.measure is None]
    return tuple(
        say_briefly(explain(pack.rulebook, question, found.facts, on), tag, pack)
        for question in unanswered
    )


def told(reason: Reason, tag: str, theirs: str, pack: Jurisdiction) -> Told:
    """Say a reason to both sides of the counter."""
    return Told(reason.in_order, say_reason(reason, tag, pack), say_reason(reason, theirs, pack))


def _standing(scan: Scan) -> Standing | None:
    index = index_of(kind=scan.kind, document=scan.presented.document, keys=number_index())
    return standings(indexes=[index]).get(index)
