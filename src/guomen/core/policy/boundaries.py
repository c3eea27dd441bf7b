"""Proposes cases for a measure, on both sides of every boundary that its clauses draw.

Each case starts from a situation in which a clause is met and moves one thing over one edge: the
day, the value of one fact, or what is known of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, product
from typing import TypeAlias

from guomen.core.policy.conditions import Operator, Test, judge, tests_of
from guomen.core.policy.facts import FactDeclaration, Facts, FactType, Value, Vocabulary
from guomen.core.policy.measure import Boundary, Case, Clause, Edge, Measure
from guomen.core.policy.regions import Region, example, regions_of

MOST_CASES = 60
"""So many cases are proposed for one clause at most; `left_out` counts the others."""

_MOST_TRIED = 2_000
"""So many pairs of situations are tried for one that shows an edge to decide."""


@dataclass(frozen=True, slots=True)
class BoundaryDay:
    """A day on one side of a clause's first or last day."""

    day: date
    boundary: Boundary


_Proposal: TypeAlias = tuple[dict[str, Value], date, Boundary]
_Ways: TypeAlias = tuple[dict[str, Value], ...]


def boundary_cases(
    measure: Measure, vocabulary: Vocabulary, most: int = MOST_CASES
) -> tuple[Case, ...]:
    """Propose cases that the measure does not have yet, at most so many for each clause.

    What each expects is what the measure says now; whether that is right is for a person to judge.
    A clause that can never be met gets none. Refuses a condition with too many alternatives.
    """
    proposed = _proposed(measure, vocabulary)
    return tuple(case for cases in proposed.values() for case in cases[:most])


def left_out(measure: Measure, vocabulary: Vocabulary, most: int = MOST_CASES) -> Mapping[str, int]:
    """Count by clause the cases that `boundary_cases` had to leave out."""
    proposed = _proposed(measure, vocabulary)
    return {clause: len(cases) - most for clause, cases in proposed.items() if len(cases) > most}


def boundary_days(measure: Measure) -> Iterator[BoundaryDay]:
    """Give the days on both sides of every clause's first and last day, as far as the calendar goes.

    Where a clause reads a dated table, the days on which the table changes are among them.
    """
    for clause in measure.clauses:
        for boundary, days in _edges_in_time(clause):
            for day, inside in zip(days, (False, True), strict=True):
                if day is not None:
                    yield BoundaryDay(day, Boundary(clause.id, boundary, inside))


def _edges_in_time(clause: Clause) -> Iterator[tuple[Edge, tuple[date | None, date | None]]]:
    start, until = clause.in_force.start, clause.in_force.until
    yield Edge.FIRST_DAY, (_beside(start, -1), start)
    if until is not None:
        yield Edge.LAST_DAY, (until, clause.in_force.last_day)


def _beside(day: date, by: int) -> date | None:
    place = day.toordinal() + by
    within = date.min.toordinal() <= place <= date.max.toordinal()
    return date.fromordinal(place) if within else None


def _proposed(measure: Measure, vocabulary: Vocabulary) -> dict[str, list[Case]]:
    seen = {_situation(case.facts, case.on) for case in measure.cases}
    found: dict[str, list[Case]] = {clause.id: [] for clause in measure.clauses}
    for facts, day, boundary in _all_proposals(measure, vocabulary):
        if _situation(facts, day) not in seen:
            seen.add(_situation(facts, day))
            expect = measure.says(vocabulary.complete(facts), day)
            found[boundary.clause].append(Case(facts, day, expect, "proposed", boundary=boundary))
    return found


def _situation(facts: Facts, day: date) -> tuple[frozenset[tuple[str, Value]], date]:
    return frozenset(facts.items()), day


def _all_proposals(measure: Measure, vocabulary: Vocabulary) -> Iterator[_Proposal]:
    met = [(clause, _ways(clause, vocabulary)) for clause in measure.clauses]
    open_to_some = [(clause, ways) for clause, ways in met if ways]
    for clause, ways in open_to_some:
        yield from _days(measure, clause, ways, vocabulary)
    for clause, ways in open_to_some:
        yield from _tests(clause, ways, vocabulary)
    for clause, ways in open_to_some:
        if clause.in_force.start == clause.begins:
            yield from _silences(clause, ways)
            for way in ways:
                yield way, clause.in_force.start, Boundary(clause.id, Edge.WAY, inside=True)


# ---------------------------------------------------------------------------- situations that are met


def _ways(clause: Clause, vocabulary: Vocabulary) -> _Ways:
    regions = regions_of(clause.when, vocabulary)
    found = (_way(clause, region, vocabulary) for region in regions)
    return tuple(way for way in found if way is not None)


def _way(clause: Clause, region: Region, vocabulary: Vocabulary) -> dict[str, Value] | None:
    shown = example(region, vocabulary)
    if shown is None:
        return None
    # A region is wide for a prefix and for a mere presence: there its example may have to be mended.
    wide = _of_wide_tests(clause, region, vocabulary)
    for values in islice(product(*wide.values()), _MOST_TRIED):
        changed = {**shown, **dict(zip(wide, values, strict=True))}
        facts = {name: value for name, value in changed.items() if value is not None}
        if judge(clause.when, vocabulary.complete(facts)):
            return facts
    return None


def _of_wide_tests(
    clause: Clause, region: Region, vocabulary: Vocabulary
) -> dict[str, tuple[Value | None, ...]]:
    found: dict[str, tuple[Value | None, ...]] = {}
    for test in tests_of(clause.when):
        values = region.get(test.fact)
        if values is None or test.operator not in (Operator.STARTS_WITH, Operator.PRESENT):
            continue
        prefix = (str(test.operand),) if test.operator is Operator.STARTS_WITH else ()
        candidates = (*found.get(test.fact, ()), *values.candidates(vocabulary[test.fact]), *prefix)
        fitting = [one for one in candidates if one is not None and values.holds(one)]
        found[test.fact] = (*dict.fromkeys(fitting), None)
    return found


# ---------------------------------------------------------------------------- days


def _days(
    measure: Measure, clause: Clause, ways: _Ways, vocabulary: Vocabulary
) -> Iterator[_Proposal]:
    for edge, (outside, inside) in _edges_in_time(clause):
        if inside is None:
            continue
        beyond = None if outside is None else measure.clause_on(outside)
        situations = chain(_only_here(clause, beyond, ways), ways)
        shown = next(
            (one for one in situations if _differ(measure, one, vocabulary, inside, outside)),
            ways[0],
        )
        for day, side in ((outside, False), (inside, True)):
            if day is not None:
                yield shown, day, Boundary(clause.id, edge, side)


def _only_here(clause: Clause, beyond: Clause | None, ways: _Ways) -> Iterator[dict[str, Value]]:
    """Give the ways with a value that a table has in this state and not in the next one."""
    other = {test.table: test.operand for test in tests_of(beyond.when)} if beyond else {}
    for test in tests_of(clause.when):
        there = other.get(test.table, ()) if test.table else ()
        if isinstance(test.operand, tuple) and isinstance(there, tuple) and there:
            for value in (one for one in test.operand if one not in there):
                yield from ({**way, test.fact: value} for way in ways if test.fact in way)


def _differ(
    measure: Measure, facts: Facts, vocabulary: Vocabulary, one: date, other: date | None
) -> bool:
    full = vocabulary.complete(facts)
    return other is not None and measure.says(full, one) is not measure.says(full, other)


# ---------------------------------------------------------------------------- tests


@dataclass(frozen=True, slots=True)
class _Side:
    """Values on the two sides of one edge of a test; None stands for a missing fact."""

    edge: Edge
    inside: Sequence[Value | None]
    outside: Sequence[Value | None]


def _tests(clause: Clause, ways: _Ways, vocabulary: Vocabulary) -> Iterator[_Proposal]:
    first_state = clause.in_force.start == clause.begins
    for test in dict.fromkeys(tests_of(clause.when)):
        if not first_state and test.table is None:
            continue  # asked alike in every state of the table
        for side in _sides(test, vocabulary[test.fact]):
            pair = _across(clause, test.fact, side, ways, vocabulary)
            for facts, inside in zip(pair, (True, False), strict=False):
                boundary = Boundary(clause.id, side.edge, inside, test.fact)
                yield facts, clause.in_force.start, boundary


def _across(
    clause: Clause, fact: str, side: _Side, ways: _Ways, vocabulary: Vocabulary
) -> tuple[dict[str, Value], ...]:
    """Give two situations that differ in one fact, if there are any two on which it decides."""
    naming = [way for way in ways if fact in way] or ways
    pairs = (
        (_with(way, fact, inside), _with(way, fact, outside))
        for way, inside, outside in product(naming, side.inside, side.outside)
    )
    first: tuple[dict[str, Value], ...] = ()
    for pair in islice(pairs, _MOST_TRIED):
        first = first or pair
        one, other = (judge(clause.when, vocabulary.complete(facts)) for facts in pair)
        if one is not other:
            return pair
    return first


def _with(way: Mapping[str, Value], fact: str, value: Value | None) -> dict[str, Value]:
    if value is None:
        return {name: one for name, one in way.items() if name != fact}
    return {**way, fact: value}


def _sides(test: Test, declared: FactDeclaration) -> Iterator[_Side]:
    if test.operator in (Operator.EQUALS, Operator.ONE_OF):
        yield _of_list(test, declared)
    elif test.operator is Operator.STARTS_WITH:
        yield _of_prefix(str(test.operand), declared)
    elif test.operator is Operator.PRESENT:
        yield _Side(Edge.PRESENT, _some(declared), (None,))
    else:
        yield from _of_order(test)


def _of_list(test: Test, declared: FactDeclaration) -> _Side:
    inside = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    beside = (_moved(one, by) for one in inside for by in (1, -1))
    candidates = [*_some(declared), *(one for one in beside if one is not None)]
    return _Side(Edge.LIST, inside, [one for one in candidates if one not in inside])


def _of_prefix(prefix: str, declared: FactDeclaration) -> _Side:
    several = (*_some(declared), prefix)
    begins = [one for one in several if str(one).startswith(prefix)]
    return _Side(Edge.PREFIX, begins, [one for one in several if one not in begins])


def _some(declared: FactDeclaration) -> tuple[Value, ...]:
    """Give values of a fact: all that it can take where they are listed, else a few."""
    several: Mapping[FactType, tuple[Value, ...]] = {
        FactType.BOOLEAN: (True, False),
        FactType.CODE: tuple(declared.codes) or ("other-0", "other-1"),
        FactType.DATE: (),
        FactType.INTEGER: (),
    }
    return several[declared.type]


_INSIDE_AT: Mapping[Operator, int] = {Operator.MORE_THAN: 1, Operator.LESS_THAN: -1}
"""How far from its operand a test is first met, where that is not at the operand itself."""


def _of_order(test: Test) -> Iterator[_Side]:
    ends = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    shift = _INSIDE_AT.get(test.operator, 0)
    if test.operator in (Operator.AT_LEAST, Operator.MORE_THAN, Operator.BETWEEN):
        yield from _end(Edge.LOW, _moved(ends[0], shift), _moved(ends[0], shift - 1))
    if test.operator in (Operator.AT_MOST, Operator.LESS_THAN, Operator.BETWEEN):
        yield from _end(Edge.HIGH, _moved(ends[-1], shift), _moved(ends[-1], shift + 1))


def _end(edge: Edge, inside: Value | None, outside: Value | None) -> Iterator[_Side]:
    if inside is not None and outside is not None:
        yield _Side(edge, (inside,), (outside,))


def _moved(value: Value, by: int) -> Value | None:
    """Give the value so many days or units away; None where there is no order, or no such day."""
    if isinstance(value, date):
        return _beside(value, by)
    return value + by if isinstance(value, int) and not isinstance(value, bool) else None


# ---------------------------------------------------------------------------- silences


def _silences(clause: Clause, ways: _Ways) -> Iterator[_Proposal]:
    for fact in dict.fromkeys(test.fact for test in tests_of(clause.when)):
        naming = next((way for way in ways if fact in way), None)
        if naming is not None:
            boundary = Boundary(clause.id, Edge.MISSING, None, fact)
            yield _with(naming, fact, None), clause.in_force.start, boundary
