"""A measure that is being written: checked against its pack as it stands, and put into it.

Whoever writes learns at once what is wrong and where, how the cases come out, what no case tries,
and with which other measures the draft does not agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from guomen.core.policy import Case, Clause, Measure
from guomen.core.policy.boundaries import BoundaryDay, boundary_cases
from guomen.core.policy.conflicts import Conflict, conflicts
from guomen.core.policy.coverage import Exercised, coverage, days_without_case
from guomen.core.policy.differences import Difference, differences
from guomen.core.policy.regions import ConditionTooWide
from guomen.core.policy.replay import with_draft
from guomen.core.policy.rulebook import verdict_on
from guomen.core.policy.tables import joined, states_of
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import Period
from guomen.jurisdiction.measures import read_cases
from guomen.jurisdiction.nodes import Fault, PackFault, PackRefused, read_yaml
from guomen.jurisdiction.pack import Jurisdiction, PackFiles, load_draft

MEASURE, CASES = "measure.yaml", "cases.yaml"
"""How the two texts of a draft are named where a fault tells its place."""


class ClauseNotOpen(Refusal):
    """The clause is not there, or does not hold on the day from which it would be closed."""

    code = "policy.clause_not_open"
    nature = Nature.CONFLICT


@dataclass(frozen=True, slots=True)
class CaseTried:
    """A case with what the draft decides; `found` is compared with `case.expect`."""

    case: Case
    found: bool | None

    @property
    def as_expected(self) -> bool:
        """Tell whether the draft decides as its author expects."""
        return self.found is self.case.expect


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """Everything that can be told of a draft. `measure` is None when it cannot be read."""

    measure: Measure | None
    faults: tuple[Fault, ...]
    cases: tuple[CaseTried, ...] = ()
    proposed: tuple[Case, ...] = ()
    tests: tuple[Exercised, ...] = ()
    days_without_case: tuple[BoundaryDay, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def ready(self) -> bool:
        """Tell whether the draft may be proposed: readable, and every case as expected."""
        verdicts = {one.case.expect for one in self.cases}
        tried = all(one.as_expected for one in self.cases)
        return not self.faults and tried and {True, False} <= verdicts


def check_draft(text: str, cases: str, pack: Jurisdiction, *, standing: bool = False) -> DraftCheck:
    """Read a draft and its cases, and tell all that is to be told of them.

    `standing`: it is a standing rule and lies with those.
    """
    try:
        measure = load_draft(text, MEASURE, pack)
    except PackRefused as refused:
        return DraftCheck(None, refused.faults)
    found, faults = _cases(cases, measure, pack)
    measure = replace(measure, cases=found, standing=standing)
    after = with_draft(pack.rulebook, measure)
    vocabulary = after.vocabulary
    return DraftCheck(
        measure=measure,
        faults=(*faults, *_too_wide(measure, pack)),
        cases=tuple(CaseTried(one, verdict_on(after, measure, one)) for one in found),
        proposed=_proposals(measure, pack),
        tests=coverage(measure, vocabulary),
        days_without_case=days_without_case(measure),
        conflicts=_conflicts(measure, pack),
        differences=differences(pack.rulebook, after),
    )


def _cases(
    text: str, measure: Measure, pack: Jurisdiction
) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    if not text.strip():
        return (), ()
    try:
        node = read_yaml(text, CASES)
        named, found = read_cases(node, pack.rulebook.vocabulary)
        if named != measure.id:
            what = f"the cases are those of `{named}`, the measure is `{measure.id}`"
            raise node.fault(what, f"write `measure: {measure.id}`")
    except PackFault as fault:
        return (), (fault.fault,)
    return found, ()


def _too_wide(measure: Measure, pack: Jurisdiction) -> tuple[Fault, ...]:
    try:
        boundary_cases(measure, pack.rulebook.vocabulary)
    except ConditionTooWide as refused:
        what = f"a condition has more than {refused.facts['most']} alternatives"
        return (Fault(MEASURE, 1, what, "write fewer, or divide the measure into two"),)
    return ()


def _proposals(measure: Measure, pack: Jurisdiction) -> tuple[Case, ...]:
    try:
        return boundary_cases(measure, pack.rulebook.vocabulary)
    except ConditionTooWide:
        return ()


def _conflicts(measure: Measure, pack: Jurisdiction) -> tuple[Conflict, ...]:
    """Compare the draft with the measures that answer the same question, and with no others."""
    after = with_draft(pack.rulebook, measure)
    beside = tuple(one for one in after.measures if one.question == measure.question)
    try:
        found = conflicts(replace(after, measures=beside))
    except ConditionTooWide:
        return ()
    return tuple(one for one in found if measure.id in (_measure(one.first), _measure(one.second)))


def _measure(clause: str) -> str:
    return clause.rpartition(" ")[0]


def close_clause(measure: Measure, clause_id: str, day: date) -> Measure:
    """Give the measure with a clause that holds until `day` (the first day on which it does not).

    Refuses a clause that is not there or that does not hold on the day before.
    """
    written = [joined(states) for states in states_of(measure.clauses)]
    closed = [_closed(one, day) if one.id == clause_id else one for one in written]
    if closed == written:
        raise ClauseNotOpen(measure=measure.id, clause=clause_id, day=day.isoformat())
    return replace(measure, clauses=tuple(closed))


def close_measure(measure: Measure, day: date) -> Measure:
    """Give the measure as it is withdrawn: from `day` on no clause holds.

    A clause that would begin on that day or later has never been in force and goes. Refuses a
    measure without a clause that holds on the day before.
    """
    written = [joined(states) for states in states_of(measure.clauses)]
    kept = tuple(_closed(one, day) for one in written if one.in_force.start < day)
    if not kept or list(kept) == written:
        raise ClauseNotOpen(measure=measure.id, clause=written[-1].id, day=day.isoformat())
    return replace(measure, clauses=kept)


def _closed(clause: Clause, day: date) -> Clause:
    whole = clause.in_force
    if day <= whole.start or (whole.until is not None and whole.until <= day):
        return clause
    return replace(clause, in_force=Period(whole.start, day))


def measure_paths(measure: Measure) -> tuple[str, str]:
    """Give the paths of a measure's file and of its cases within a pack."""
    folder = "rules" if measure.standing else "measures"
    name = f"{measure.family}/{measure.id}.yaml"
    return f"{folder}/{name}", f"cases/{name}"


def texts_of(files: PackFiles, measure: Measure) -> tuple[str, str]:
    """Give a measure's file and its cases as they stand in a pack, comments and all."""
    path, cases = measure_paths(measure)
    return files.get(path, ""), files.get(cases, "")


def put_in(files: PackFiles, measure: Measure, text: str, cases: str) -> Mapping[str, str]:
    """Give a pack's files with a draft in place of the measure of the same id."""
    path, cases_path = measure_paths(measure)
    name = f"/{measure.id}.yaml"
    kept = {one: found for one, found in files.items() if not one.endswith(name)}
    return {**kept, path: text, cases_path: cases}
