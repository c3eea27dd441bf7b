"""Says in words all that can be told of a draft: faults, cases, proposals, gaps, conflicts, changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from guomen.core.canonical import digest
from guomen.core.policy import Case, Facts, Measure
from guomen.core.policy.conflicts import Conflict
from guomen.core.policy.coverage import Exercised
from guomen.core.policy.measure import Boundary
from guomen.core.policy.spelling import spell_value
from guomen.jurisdiction import Fault, Jurisdiction
from guomen.jurisdiction.drafting import CASES, CaseTried, DraftCheck, check_draft
from guomen.language.sentences import say_boundary, say_conflict, say_difference, say_test
from guomen.web.components.cases import facts_shown, verdict_word
from guomen.web.components.clauses import ClauseShown, clauses_shown

MADE_UP = "other-"
"""How the core begins a code that it makes up for an example, where the list is open."""

Situation = tuple[tuple[str, str], ...]
"""Facts with their values, both in words."""


@dataclass(frozen=True, slots=True)
class FaultShown:
    """A fault with the text of its line; `field` is the area of the page in which it stands."""

    fault: Fault
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A case in words with both verdicts; `key` names it by its situation and day."""

    case: Case
    key: str
    situation: Situation
    expected: str
    found: str
    as_expected: bool
    why: str


@dataclass(frozen=True, slots=True)
class Untried:
    """A test that no case tries, and in which ways not."""

    clause: str
    test: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A conflict in sentences, with a day and a situation that show it."""

    conflict: Conflict
    sentences: tuple[str, ...]
    situation: Situation


@dataclass(frozen=True, slots=True)
class Checked:
    """What the panel beside a draft shows. `may_take`: proposed cases can be put into the text."""

    check: DraftCheck
    faults: tuple[FaultShown, ...]
    missing: tuple[str, ...]
    clauses: tuple[ClauseShown, ...]
    cases: tuple[CaseTold, ...]
    proposed: tuple[CaseTold, ...]
    untried: tuple[Untried, ...]
    days: tuple[tuple[date, str], ...]
    conflicts: tuple[ConflictShown, ...]
    differences: tuple[str, ...]
    may_take: bool

    @property
    def otherwise(self) -> int:
        """How many cases do not come out as expected."""
        return sum(not one.as_expected for one in self.cases)


def checked(text: str, cases: str, pack: Jurisdiction, *, standing: bool, tag: str) -> Checked:
    """Check a draft against the published pack, and say what was found in the reader's language."""
    check = check_draft(text, cases, pack, standing=standing)
    words = _Words(pack, tag)
    return Checked(
        check=check,
        faults=tuple(_fault(one, text, cases) for one in check.faults),
        missing=tuple(_missing(check)),
        clauses=tuple(clauses_shown(check.measure, pack, tag)) if check.measure else (),
        cases=tuple(words.tried(one) for one in check.cases),
        proposed=tuple(words.proposed(one) for one in check.proposed),
        untried=tuple(words.untried(one) for one in check.tests if not one.wholly),
        days=tuple((one.day, words.boundary(one.boundary)) for one in check.days_without_case),
        conflicts=tuple(words.conflict(one, check.measure) for one in check.conflicts),
        differences=tuple(say_difference(one, tag, pack) for one in check.differences),
        may_take=check.measure is not None and not any(one.file == CASES for one in check.faults),
    )


def conflict_shown(one: Conflict, pack: Jurisdiction, tag: str) -> ConflictShown:
    """Say a conflict between the measures of a pack."""
    return _Words(pack, tag).conflict(one, None)


def _fault(fault: Fault, text: str, cases: str) -> FaultShown:
    field = "cases" if fault.file == CASES else "text"
    lines = (cases if field == "cases" else text).splitlines()
    line = lines[fault.line - 1] if fault.line <= len(lines) else ""
    return FaultShown(fault, field, line.strip())


def _missing(check: DraftCheck) -> Iterator[str]:
    """Say what keeps a draft from being proposed; nothing for one that is ready."""
    if check.faults:
        yield gettext("Mend the faults.")
    if check.measure is None:
        return
    if not all(one.as_expected for one in check.cases):
        yield gettext("Mend the measure or the cases that come out otherwise than expected.")
    expected = {one.case.expect for one in check.cases}
    if True not in expected:
        yield gettext("Write a case in which the measure applies, or take one over.")
    if False not in expected:
        yield gettext("Write a case in which it does not apply, or take one over.")


def case_key(case: Case) -> str:
    """Name a case by its situation and day."""
    facts = {name: spell_value(value) for name, value in case.facts.items()}
    return digest({"facts": facts, "on": case.on.isoformat()})[:16]


class _Words:
    """Says the parts of a check in one language."""

    def __init__(self, pack: Jurisdiction, tag: str) -> None:
        self._pack, self._tag = pack, tag

    def tried(self, one: CaseTried) -> CaseTold:
        """Say a case with what was found."""
        return self._case(one.case, one.found, one.as_expected, one.case.why)

    def proposed(self, case: Case) -> CaseTold:
        """Say a proposed case with the reason for it."""
        why = self.boundary(case.boundary) if case.boundary else ""
        return self._case(case, case.expect, True, why)

    def _case(self, case: Case, found: bool | None, as_expected: bool, why: str) -> CaseTold:
        expected, came = verdict_word(case.expect), verdict_word(found)
        situation = self._situation(case.facts)
        return CaseTold(case, case_key(case), situation, expected, came, as_expected, why)

    def _situation(self, facts: Facts) -> Situation:
        another = gettext("some other value")
        said = facts_shown(facts, self._pack, self._tag)
        return tuple((name, another if one.startswith(MADE_UP) else one) for name, one in said)

    def boundary(self, boundary: Boundary) -> str:
        """Say a boundary."""
        return say_boundary(boundary, self._tag, self._pack)

    def untried(self, one: Exercised) -> Untried:
        """Say a test that no case tries wholly."""
        lacks = {
            gettext("no case in which it is met"): one.met,
            gettext("no case in which it fails"): one.failed,
            gettext("no case in which it alone decides"): one.decisive,
        }
        said = say_test(one.test, self._tag, self._pack)
        return Untried(one.clause, said, tuple(word for word, case in lacks.items() if not case))

    def conflict(self, one: Conflict, draft: Measure | None) -> ConflictShown:
        """Say a conflict with its example."""
        measures = (*self._pack.rulebook.measures, *((draft,) if draft else ()))
        titles = {measure.id: measure.titles for measure in measures}
        sentences = say_conflict(one, titles, self._tag)
        return ConflictShown(one, sentences, self._situation(one.situation))
