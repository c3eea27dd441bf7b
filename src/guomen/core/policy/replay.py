"""Replays a draft over what has happened: whom would it have helped, and whom not?

Each distinct situation is decided once by the rulebook as it is and once with the draft in it, with
the very function that decides at the lanes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from guomen.core.canonical import Json
from guomen.core.policy.conditions import tests_of
from guomen.core.policy.decision import decide
from guomen.core.policy.facts import Facts
from guomen.core.policy.measure import Measure
from guomen.core.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Recorded:
    """So many acts in the same situation on a day; `place` and `group` are what they are shown by."""

    facts: Facts
    on: date
    place: str
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Replay:
    """How many acts a draft would have changed.

    `helped`: the default held and the draft answers. `lost`: a measure answered and the default
    would hold. `changed`: both answer, differently.
    """

    acts: int
    situations: int
    helped: int
    lost: int
    changed: int
    by_place: Mapping[str, int]
    by_day: Mapping[date, int]
    by_group: Mapping[str, int]


def with_draft(rulebook: Rulebook, draft: Measure) -> Rulebook:
    """Give the rulebook with the draft in it, in place of the measure of the same id."""
    others = tuple(one for one in rulebook.measures if one.id != draft.id)
    return replace(rulebook, measures=(*others, draft))


def facts_read(rulebook: Rulebook, question: str) -> frozenset[str]:
    """Name the facts that any clause answering the question asks about."""
    return frozenset(
        test.fact
        for measure in rulebook.measures
        if measure.question == question
        for clause in measure.clauses
        for test in tests_of(clause.when)
    )


def replay(before: Rulebook, draft: Measure, recorded: Iterable[Recorded]) -> Replay:
    """Decide every recorded situation without and with the draft, and count what differs."""
    after = with_draft(before, draft)
    totals: Counter[str] = Counter()
    places: Counter[str] = Counter()
    days: Counter[date] = Counter()
    groups: Counter[str] = Counter()
    for one in recorded:
        verdict = _verdict(before, after, draft.question, one)
        totals.update({"acts": one.count, "situations": 1, verdict: one.count})
        if verdict != "same":
            places[one.place] += one.count
            days[one.on] += one.count
            groups[one.group] += one.count
    return Replay(
        totals["acts"],
        totals["situations"],
        totals["helped"],
        totals["lost"],
        totals["changed"],
        dict(places.most_common()),
        dict(sorted(days.items())),
        dict(groups.most_common()),
    )


def _verdict(before: Rulebook, after: Rulebook, question: str, one: Recorded) -> str:
    default = before.question(question).default
    was = decide(before, question, one.facts, one.on, explain=False).outcome
    would_be = decide(after, question, one.facts, one.on, explain=False).outcome
    if _same(was, would_be):
        return "same"
    if _same(was, default):
        return "helped"
    return "lost" if _same(would_be, default) else "changed"


def _same(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    return dict(one) == dict(other)
