"""Replays a draft over what has happened: whom would it have helped, and whom not?

Each distinct situation is decided once by the rulebook as it is and once with the draft in it, with
the very function that decides at the lanes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from guomen.core.canonical import Json
from guomen.core.policy.conditions import Test, tests_of
from guomen.core.policy.decision import decide
from guomen.core.policy.facts import Facts
from guomen.core.policy.measure import Clause, Measure
from guomen.core.policy.normal_form import Literal, normal_form, required
from guomen.core.policy.rulebook import Rulebook


class Verdict(StrEnum):
    """What a draft does to an act.

    HELPED: the default held and the draft answers. LOST: a measure answered and the default would
    hold. CHANGED: both answer, differently.
    """

    SAME = "same"
    HELPED = "helped"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """So many acts in the same situation on a day; `place` and `group` are what they are shown by."""

    facts: Facts
    on: date
    place: str
    group: str
    count: int


Counts = Mapping[str, int]
"""Acts by verdict; verdicts without acts are left out, and so is SAME."""


@dataclass(frozen=True, slots=True)
class Replay:
    """How many acts a draft would have changed, and where, when and for whom.

    `situations`: how many different ones were decided. The maps hold those that change alone.
    """

    acts: int
    situations: int
    totals: Counts
    by_place: Mapping[str, Counts]
    by_day: Mapping[date, Counts]
    by_group: Mapping[str, Counts]


def with_draft(rulebook: Rulebook, draft: Measure) -> Rulebook:
    """Give the rulebook with the draft in it, in place of the measure of the same id."""
    others = tuple(one for one in rulebook.measures if one.id != draft.id)
    return replace(rulebook, measures=(*others, draft))


def asked_by_fact(rulebook: Rulebook, question: str) -> Mapping[str, tuple[Test, ...]]:
    """Give the tests of all clauses that answer a question, by the fact that they ask about."""
    found: dict[str, list[Test]] = {}
    for measure in rulebook.measures:
        if measure.question == question:
            for clause in measure.clauses:
                for test in tests_of(clause.when):
                    found.setdefault(test.fact, []).append(test)
    return {fact: tuple(dict.fromkeys(found[fact])) for fact in sorted(found)}


def reach(before: Rulebook, draft: Measure) -> tuple[tuple[Literal, ...], ...]:
    """Give what an act must meet to be touched at all: one of these lists, whole.

    An act that meets no clause that the draft adds, alters or removes is decided as before, so
    whoever looks for acts need not look at those that fail what such a clause requires.
    """
    measure = before.measure(draft.id)
    # A measure that moves to another question is new there, though its clauses stay as they are.
    was = measure.clauses if measure and measure.question == draft.question else ()
    touched = [one for one in was if one not in draft.clauses]
    touched += [one for one in draft.clauses if one not in was]
    return tuple(_required(clause) for clause in touched)


def _required(clause: Clause) -> tuple[Literal, ...]:
    return tuple(one for one in required(normal_form(clause.when)) if one.wanted)


@dataclass
class _Tally:
    """Counts as they grow."""

    totals: dict[str, int] = field(default_factory=dict)
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    days: dict[date, dict[str, int]] = field(default_factory=dict)
    groups: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, verdict: Verdict, one: Recorded) -> None:
        """Count an act that changes, under each heading."""
        places = self.places.setdefault(one.place, {})
        days = self.days.setdefault(one.on, {})
        groups = self.groups.setdefault(one.group, {})
        for counts in (self.totals, places, days, groups):
            counts[verdict.value] = counts.get(verdict.value, 0) + one.count


def replay(before: Rulebook, draft: Measure, recorded: Iterable[Recorded]) -> Replay:
    """Decide every recorded situation without and with the draft, and count what differs."""
    tally, acts, situations = _Tally(), 0, 0
    for one, verdict in _verdicts(before, draft, recorded):
        acts, situations = acts + one.count, situations + 1
        if verdict is not Verdict.SAME:
            tally.add(verdict, one)
    return Replay(acts, situations, tally.totals, tally.places, tally.days, tally.groups)


def _verdicts(
    before: Rulebook, draft: Measure, recorded: Iterable[Recorded]
) -> Iterator[tuple[Recorded, Verdict]]:
    judge = Judge(before, draft)
    for one in recorded:
        yield one, judge.verdict(one.facts, one.on)


class Judge:
    """Tells what a draft does to one situation on a day."""

    def __init__(self, before: Rulebook, draft: Measure) -> None:
        self._before, self._after = before, with_draft(before, draft)
        self._question = before.question(draft.question)

    @property
    def after(self) -> Rulebook:
        """The rulebook with the draft in it."""
        return self._after

    def boundaries(self) -> tuple[date, ...]:
        """Give the days on which either rulebook's clauses change."""
        name = self._question.id
        return tuple(sorted({*self._before.boundaries(name), *self._after.boundaries(name)}))

    def verdict(self, facts: Facts, on: date) -> Verdict:
        """Compare the two decisions."""
        was = self._outcome(self._before, facts, on)
        would_be = self._outcome(self._after, facts, on)
        if was == would_be:
            return Verdict.SAME
        if was == self._question.default:
            return Verdict.HELPED
        return Verdict.LOST if would_be == self._question.default else Verdict.CHANGED

    def _outcome(self, rulebook: Rulebook, facts: Facts, on: date) -> Mapping[str, Json]:
        return dict(decide(rulebook, self._question.id, facts, on, explain=False).outcome)
