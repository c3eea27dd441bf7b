"""Looks for what is wrong between measures, each time with a situation that shows it.

Two that answer one situation differently, one that can never apply, one that another covers whole,
and a gap between two clauses of one measure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from guomen.core.policy.facts import Value
from guomen.core.policy.measure import Clause, Measure
from guomen.core.policy.regions import Region, covers, example, meet, regions_of
from guomen.core.policy.rulebook import Rulebook, precedence
from guomen.core.time import Period


@dataclass(frozen=True, slots=True)
class Conflict:
    """One finding about the measures named.

    `kind`: differ | never | covered | gap. `first` goes before where precedence settles it;
    `settled_by` is then "later" or "special", and empty where nothing but the id decides.
    """

    kind: str
    question: str
    first: str
    second: str
    settled_by: str
    on: date
    situation: Mapping[str, Value]


_Row = tuple[Measure, Clause]


def conflicts(rulebook: Rulebook) -> tuple[Conflict, ...]:
    """Give everything that is found, question by question, in a fixed order."""
    rows = {
        name: sorted(
            ((m, c) for m in rulebook.measures if m.question == name for c in m.clauses),
            key=precedence,
        )
        for name in sorted(rulebook.questions)
    }
    found: list[Conflict] = []
    for several in rows.values():
        regions = {id(row): regions_of(row[1].when, rulebook.vocabulary) for row in several}
        found += _never(several, regions)
        for one, other in combinations(several, 2):
            found += _between(one, other, regions, rulebook)
    found += [gap for measure in rulebook.measures for gap in _gaps(measure, rulebook)]
    return tuple(found)


_Regions = Mapping[int, tuple[Region, ...]]


def _never(rows: list[_Row], regions: _Regions) -> Iterator[Conflict]:
    for row in rows:
        if not regions[id(row)]:
            measure, clause = row
            start = clause.in_force.start
            yield Conflict("never", measure.question, _name(row), "", "", start, {})


def _between(one: _Row, other: _Row, regions: _Regions, rulebook: Rulebook) -> Iterator[Conflict]:
    day = _common_day(one[1].in_force, other[1].in_force)
    if day is None or one[0].id == other[0].id:
        return
    differ = _differ(one, other)
    if differ and not rulebook.question(one[0].question).several:
        yield from _differing(one, other, day, regions, rulebook)
    elif not differ:
        for inner, outer in ((one, other), (other, one)):
            yield from _covered(inner, outer, regions, rulebook)


def _differ(one: _Row, other: _Row) -> bool:
    return dict(one[1].effect) != dict(other[1].effect)


def _differing(
    one: _Row, other: _Row, day: date, regions: _Regions, rulebook: Rulebook
) -> Iterator[Conflict]:
    for left in regions[id(one)]:
        for right in regions[id(other)]:
            found = example(meet(left, right), rulebook.vocabulary)
            if found is not None:
                question, settled = one[0].question, _settled(one, other)
                yield Conflict("differ", question, _name(one), _name(other), settled, day, found)
                return


def _settled(one: _Row, other: _Row) -> str:
    first, second = precedence(one), precedence(other)
    if first[0] != second[0]:
        return "later"
    return "special" if first[1] != second[1] else ""


def _covered(inner: _Row, outer: _Row, regions: _Regions, rulebook: Rulebook) -> Iterator[Conflict]:
    small, large = inner[1].in_force, outer[1].in_force
    in_time = large.start <= small.start and (
        large.until is None or (small.until is not None and small.until <= large.until)
    )
    whole = in_time and all(
        any(covers(wide, region, rulebook.vocabulary) for wide in regions[id(outer)])
        for region in regions[id(inner)]
    )
    if whole and regions[id(inner)]:
        found = example(regions[id(inner)][0], rulebook.vocabulary) or {}
        question = inner[0].question
        yield Conflict("covered", question, _name(outer), _name(inner), "", small.start, found)


def _gaps(measure: Measure, rulebook: Rulebook) -> Iterator[Conflict]:
    for earlier, later in zip(measure.clauses, measure.clauses[1:], strict=False):
        until = earlier.in_force.until
        if until is not None and until < later.in_force.start:
            first, second = f"{measure.id} {earlier.id}", f"{measure.id} {later.id}"
            regions = regions_of(earlier.when, rulebook.vocabulary)
            shown = example(regions[0], rulebook.vocabulary) if regions else None
            yield Conflict("gap", measure.question, first, second, "", until, shown or {})


def _common_day(one: Period, other: Period) -> date | None:
    return max(one.start, other.start) if one.overlaps(other) else None


def _name(row: _Row) -> str:
    return f"{row[0].id} {row[1].id}"
