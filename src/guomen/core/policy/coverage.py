"""Tells which tests and days of a measure no case tries, so that a change there would go unnoticed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from guomen.core.policy.boundaries import BoundaryDay, boundary_days
from guomen.core.policy.conditions import All, Any, Condition, Not, Test, judge, tests_of
from guomen.core.policy.facts import Value, Vocabulary
from guomen.core.policy.measure import Clause, Measure
from guomen.core.policy.tables import states_of


@dataclass(frozen=True, slots=True)
class Exercised:
    """One test of a clause, by its place in the text from 0, and the first case that tries it.

    Cases are counted from 1; None: there is no such case. `met` and `failed`: the test comes out so.
    `decisive`: the verdict on the clause would be another if this test alone came out otherwise.
    """

    clause: str
    place: int
    test: Test
    met: int | None
    failed: int | None
    decisive: int | None

    @property
    def wholly(self) -> bool:
        """Tell whether a change of this test would be noticed on either side."""
        return None not in (self.met, self.failed, self.decisive)


@dataclass(frozen=True, slots=True)
class _Tried:
    """A case on a day when a clause is in force: its number, the state of the clause, the facts."""

    number: int
    clause: Clause
    facts: dict[str, Value]


def coverage(measure: Measure, vocabulary: Vocabulary) -> tuple[Exercised, ...]:
    """Tell for every test of every clause which cases try it, in the order of the text.

    Only cases on a day of the clause count. Where a clause reads a dated table, a case counts
    for the test in whichever state of the table it falls; the test is shown in its last state.
    """
    return tuple(
        one
        for states in states_of(measure.clauses)
        for one in _of_clause(measure, states, vocabulary)
    )


def days_without_case(measure: Measure) -> tuple[BoundaryDay, ...]:
    """Give the boundary days on which no case stands, each day once, in their order."""
    tried = {case.on for case in measure.cases}
    open_days: dict[date, BoundaryDay] = {}
    for one in boundary_days(measure):
        if one.day not in tried:
            open_days.setdefault(one.day, one)
    return tuple(open_days[day] for day in sorted(open_days))


def _of_clause(
    measure: Measure, states: Sequence[Clause], vocabulary: Vocabulary
) -> Iterator[Exercised]:
    tried = [
        _Tried(number, state, vocabulary.complete(case.facts))
        for number, case in enumerate(measure.cases, 1)
        for state in states
        if state.in_force.contains(case.on)
    ]
    for place, test in enumerate(tests_of(states[-1].when)):
        verdicts = [(one, _verdict(one, place)) for one in tried]
        yield Exercised(
            states[-1].id,
            place,
            test,
            met=next((one.number for one, verdict in verdicts if verdict is True), None),
            failed=next((one.number for one, verdict in verdicts if verdict is False), None),
            decisive=next(
                (one.number for one, verdict in verdicts if _decides(one, place, verdict)), None
            ),
        )


def _verdict(tried: _Tried, place: int) -> bool | None:
    return judge(tuple(tests_of(tried.clause.when))[place], tried.facts)


def _decides(tried: _Tried, place: int, verdict: bool | None) -> bool:
    if verdict is None:
        return False
    otherwise = _forced(tried.clause.when, count(), place, not verdict)
    return judge(otherwise, tried.facts) is not judge(tried.clause.when, tried.facts)


def _forced(condition: Condition, places: Iterator[int], place: int, met: bool) -> Condition:
    """Give a condition in which the test at one place always comes out so."""
    if isinstance(condition, Test):
        if next(places) != place:
            return condition
        return All(()) if met else Any(())
    if isinstance(condition, Not):
        return Not(_forced(condition.part, places, place, met))
    parts = tuple(_forced(part, places, place, met) for part in condition.parts)
    return All(parts) if isinstance(condition, All) else Any(parts)
