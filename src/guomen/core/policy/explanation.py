"""What would change a decision: the fewest facts that would have to be otherwise, and the days.

A refusal that only says which test failed leaves the reader to guess what would do; this says it,
and only after having decided anew with the change that it names.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from guomen.core.policy.decision import Answer, Decision, decide
from guomen.core.policy.facts import FactDeclaration, Facts, FactType, Value
from guomen.core.policy.measure import Clause, Measure
from guomen.core.policy.regions import UNLISTED, ConditionTooWide, Region, Values, regions_of
from guomen.core.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to be otherwise: any of the values `to`, the nearest first.

    `given` is None where nobody told the fact. For days and numbers `to` is the one nearest value;
    `onwards` is then "up" where every greater one does too, "down" for every smaller one.
    """

    fact: str
    given: Value | None
    to: tuple[Value, ...]
    onwards: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """The measure that the fewest changes would bring to apply, and those changes."""

    measure: str
    clause: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """The days around the one asked for on which the same facts get the same outcome (half-open).

    None: as far as the rulebook reaches. `before` and `after` are the answers beyond the ends;
    None there means that the default holds, or that there is no end.
    """

    since: date | None
    until: date | None
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with what would change it. `nearest` is None where a measure answers."""

    decision: Decision
    on: date
    nearest: Nearest | None
    holds: Holds


def explain(
    rulebook: Rulebook, question: str, given: Facts, on: date, *, fixed: Collection[str] = ()
) -> Explanation:
    """Decide as `decide` does, and look for what would change the outcome.

    `fixed`: facts that cannot be otherwise, because the service that asks is about them.
    """
    decision = decide(rulebook, question, given, on)
    nearest = None if decision.answers else _nearest(rulebook, question, given, on, fixed)
    return Explanation(decision, on, nearest, _holds(rulebook, question, given, on))


def _nearest(
    rulebook: Rulebook, question: str, given: Facts, on: date, fixed: Collection[str]
) -> Nearest | None:
    facts = rulebook.vocabulary.complete(given)
    ways = [
        (len(changes), contradicted, at, measure, clause, changes)
        for at, (measure, clause) in enumerate(rulebook.in_force(question, on).rows)
        for changes in _ways(clause, facts, rulebook)
        if not any(change.fact in fixed for change in changes)
        for contradicted in (sum(change.given is not None for change in changes),)
    ]
    for *_, measure, clause, changes in sorted(ways, key=lambda way: way[:3]):
        if _applies(rulebook, question, facts, on, changes, measure):
            return Nearest(measure.id, clause.id, changes)
    return None


def _ways(clause: Clause, facts: Facts, rulebook: Rulebook) -> Iterator[tuple[Change, ...]]:
    try:
        regions = regions_of(clause.when, rulebook.vocabulary)
    except ConditionTooWide:
        return
    for region in regions:
        yield tuple(_changes(region, facts, rulebook))


def _changes(region: Region, facts: Facts, rulebook: Rulebook) -> Iterator[Change]:
    for name, values in region.items():
        given = facts.get(name)
        if given is None or not values.holds(given):
            to = _nearest_values(values, given, rulebook.vocabulary[name])
            yield Change(name, given, to, _onwards(values, to))


def _nearest_values(
    values: Values, given: Value | None, declared: FactDeclaration
) -> tuple[Value, ...]:
    # Of an open list nobody can say which other value would do.
    fitting = tuple(
        one
        for one in values.candidates(declared)
        if values.holds(one) and not (not declared.codes and str(one).startswith(UNLISTED))
    )
    ordered = declared.type in (FactType.DATE, FactType.INTEGER) and values.listed is None
    if not ordered:
        return fitting
    ends = (values.least, values.most)
    near = [_value(end, declared) for end in ends if end is not None]
    fit = [one for one in near if values.holds(one)] or list(fitting)
    return tuple(sorted(fit, key=lambda one: _distance(one, given))[:1])


def _value(place: int, declared: FactDeclaration) -> Value:
    return date.fromordinal(place) if declared.type is FactType.DATE else place


def _distance(one: Value, given: Value | None) -> int:
    if isinstance(one, date) and isinstance(given, date):
        return abs((one - given).days)
    return abs(one - given) if isinstance(one, int) and isinstance(given, int) else 0


def _onwards(values: Values, to: tuple[Value, ...]) -> str:
    if values.listed is not None or len(to) != 1 or isinstance(to[0], str | bool):
        return ""
    if values.least is not None and values.most is None:
        return "up"
    return "down" if values.most is not None and values.least is None else ""


def _applies(
    rulebook: Rulebook,
    question: str,
    facts: Facts,
    on: date,
    changes: tuple[Change, ...],
    measure: Measure,
) -> bool:
    # A prefix or a mere presence is no region of its own, so what is named is tried first.
    if not all(change.to for change in changes):
        return False
    changed = {**facts, **{change.fact: change.to[0] for change in changes}}
    found = decide(rulebook, question, changed, on, explain=False)
    return measure.id in {answer.measure for answer in found.answers}


def _holds(rulebook: Rulebook, question: str, given: Facts, on: date) -> Holds:
    here = decide(rulebook, question, given, on, explain=False).outcome

    def answer(day: date) -> tuple[Mapping[str, object], Answer | None]:
        found = decide(rulebook, question, given, day, explain=False)
        return found.outcome, found.answers[0] if found.answers else None

    since, before = None, None
    until, after = None, None
    for day in reversed([one for one in rulebook.boundaries(question) if one <= on]):
        outcome, before_it = answer(day - timedelta(days=1))
        if outcome != here:
            since, before = day, before_it
            break
    for day in (one for one in rulebook.boundaries(question) if one > on):
        outcome, from_it = answer(day)
        if outcome != here:
            until, after = day, from_it
            break
    return Holds(since, until, before, after)
