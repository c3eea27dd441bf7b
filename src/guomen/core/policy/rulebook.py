"""The rulebook: all measures of a jurisdiction, immutable, with a digest that acts can name."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from guomen.core.canonical import Json, digest
from guomen.core.policy import conditions
from guomen.core.policy.compile import Mask, compile_conditions
from guomen.core.policy.conditions import Condition, Not, Test, tests_of
from guomen.core.policy.facts import Vocabulary
from guomen.core.policy.keeping import read_rules, spell_facts, spell_rules
from guomen.core.policy.measure import Case, Clause, Measure, Question
from guomen.core.refusal import Nature, Refusal


class QuestionUnknown(Refusal):
    """Nobody declared such a question."""

    code = "policy.question_unknown"
    nature = Nature.NOT_FOUND


Row: TypeAlias = tuple[Measure, Clause]
"""A clause and the measure in which it stands."""


class InForce:
    """The clauses that answer one question on some days, the one that goes before first.

    `met` and `possible` give a bit for each row: whether its condition is met, and whether it would
    be if everything unknown spoke for it. They are compiled when they are first asked for.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)

    @cached_property
    def met(self) -> Mask:
        """The function that tells which rows apply."""
        return compile_conditions([clause.when for _, clause in self.rows])

    @cached_property
    def possible(self) -> Mask:
        """The function that tells which rows are not refused."""
        return compile_conditions([clause.when for _, clause in self.rows], unknown=True)


class _Calendar:
    """The clauses of one question by day: between two boundary days nothing changes."""

    def __init__(self, rows: Sequence[Row]) -> None:
        periods = [clause.in_force for _, clause in rows]
        ends = {one.until for one in periods if one.until is not None}
        self.boundaries = sorted({one.start for one in periods} | ends)
        self._rows = sorted(rows, key=precedence)
        self._found: dict[int, InForce] = {}

    def on(self, day: date) -> InForce:
        at = bisect_right(self.boundaries, day)
        if at not in self._found:
            rows = [row for row in self._rows if row[1].in_force.contains(day)]
            self._found[at] = InForce(rows)
        return self._found[at]


@dataclass(frozen=True)
class Rulebook:
    """What decides, everywhere. Two rulebooks with the same digest decide alike."""

    jurisdiction: str
    vocabulary: Vocabulary
    questions: Mapping[str, Question]
    measures: tuple[Measure, ...]

    @cached_property
    def kept(self) -> Mapping[str, Json]:
        """The form in which it is kept: questions and clauses, not titles or cases."""
        return spell_rules(self.jurisdiction, self.vocabulary, self.questions, self.measures)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of everything that decides: a fact that no clause asks about does not."""
        read = {
            test.fact
            for measure in self.measures
            for clause in measure.clauses
            for test in tests_of(clause.when)
        }
        declared = set(self.vocabulary.names())
        spoken = {name for name in declared if self.vocabulary[name].absent is not None}
        facts = spell_facts(self.vocabulary, declared & (read | spoken))
        return digest({**self.kept, "facts": facts})

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> "Rulebook":
        """Read a rulebook as it was kept; it decides as it did, and has no words."""
        return cls(*read_rules(kept))

    @cached_property
    def _calendars(self) -> Mapping[str, _Calendar]:
        found: dict[str, list[Row]] = defaultdict(list)
        for measure in self.measures:
            found[measure.question].extend((measure, clause) for clause in measure.clauses)
        return {name: _Calendar(found[name]) for name in {*found, *self.questions}}

    @property
    def announced(self) -> tuple[Measure, ...]:
        """The measures that were announced as such: all but the standing rules."""
        return tuple(measure for measure in self.measures if not measure.standing)

    @property
    def standing(self) -> tuple[Measure, ...]:
        """The standing rules, which decide like measures and are counted apart."""
        return tuple(measure for measure in self.measures if measure.standing)

    def question(self, name: str) -> Question:
        """Give the declared question or refuse with `policy.question_unknown`."""
        if name not in self.questions:
            raise QuestionUnknown(question=name, known=", ".join(sorted(self.questions)))
        return self.questions[name]

    def in_force(self, question: str, day: date) -> InForce:
        """Give the clauses that answer a question on a day, compiled, the one that goes before first.

        The later in force goes before the earlier; on one day, the greater number of tests
        (the special) before the smaller (the general); then the id, so that the order is total.
        Refuses a question that nobody declared.
        """
        return self._calendars[self.question(question).id].on(day)

    def boundaries(self, question: str) -> Sequence[date]:
        """Give the days on which the clauses that answer a question change, in order."""
        return self._calendars[self.question(question).id].boundaries

    def measure(self, measure_id: str) -> Measure | None:
        """Find a measure by its id."""
        return next((one for one in self.measures if one.id == measure_id), None)


def precedence(row: Row) -> tuple[int, int, str]:
    """Order clauses that answer one question: the later, then the special, then by id."""
    measure, clause = row
    return (-clause.begins.toordinal(), -_weight(clause.when), measure.id)


def _weight(condition: Condition) -> int:
    if isinstance(condition, Test):
        return 1
    if isinstance(condition, Not):
        return _weight(condition.part)
    weights = [_weight(part) for part in condition.parts]
    return min(weights, default=0) if isinstance(condition, conditions.Any) else sum(weights)


@dataclass(frozen=True, slots=True)
class CaseFailed:
    """A case that the rulebook does not decide as its author expects."""

    measure: str
    number: int
    case: Case
    found: bool | None


def verdict_on(rulebook: Rulebook, measure: Measure, case: Case) -> bool | None:
    """Tell whether a measure applies in a case: False also when no clause is in force."""
    return measure.says(rulebook.vocabulary.complete(case.facts), case.on)


def failed_cases(rulebook: Rulebook) -> tuple[CaseFailed, ...]:
    """Run every case of every measure and give those that come out otherwise."""
    return tuple(
        CaseFailed(measure.id, number, case, found)
        for measure in rulebook.measures
        for number, case in enumerate(measure.cases, 1)
        if (found := verdict_on(rulebook, measure, case)) is not case.expect
    )
