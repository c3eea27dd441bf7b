"""One decision: what holds for a situation on a day, by which clause, with the findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guomen.core.canonical import Json
from guomen.core.policy.conditions import Finding, findings
from guomen.core.policy.facts import Facts
from guomen.core.policy.measure import Clause
from guomen.core.policy.rulebook import InForce, Row, Rulebook


@dataclass(frozen=True, slots=True)
class Answer:
    """What one clause says."""

    measure: str
    clause: str
    effect: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question.

    `measure` and `clause` are None when the default holds; then `findings` are those of the
    measures that came nearest, so that the reader learns why not.
    `answers`: every clause that applies, the one that goes before first.
    `open`: measures that a missing fact alone keeps from applying.
    """

    question: str
    outcome: Mapping[str, Json]
    measure: str | None
    clause: str | None
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    open: tuple[str, ...]

    @property
    def also(self) -> tuple[str, ...]:
        """The measures that apply as well, behind the one that is named."""
        return tuple(answer.measure for answer in self.answers[1:])


def decide(
    rulebook: Rulebook, question: str, given: Facts, on: date, *, explain: bool = True
) -> Decision:
    """Answer `question` for the facts on the day; the same input gives the same decision.

    Without `explain` the findings are left out: a lane asks for the outcome and is in a hurry.

    Refuses undeclared questions, undeclared facts and values of the wrong type.
    """
    asked = rulebook.question(question)
    facts = rulebook.vocabulary.complete(given)
    slot = rulebook.in_force(question, on)
    met = slot.met(facts)
    unsure = slot.possible(facts) & ~met
    still_open = tuple(measure.id for measure, _ in _chosen(slot, unsure)) if unsure else ()
    if not met:
        found = _why_not(slot, facts) if explain else ()
        return Decision(question, asked.default, None, None, found, (), still_open)
    answering = _chosen(slot, met)
    first = answering[0]
    outcome = _joined([clause for _, clause in answering]) if asked.several else first[1].effect
    return Decision(
        question,
        outcome,
        first[0].id,
        first[1].id,
        findings(first[1].when, facts) if explain else (),
        tuple(Answer(measure.id, clause.id, clause.effect) for measure, clause in answering),
        still_open,
    )


def _chosen(slot: InForce, bits: int) -> list[Row]:
    return [row for at, row in enumerate(slot.rows) if bits >> at & 1]


def _why_not(slot: InForce, facts: Facts) -> tuple[Finding, ...]:
    nearest = max(slot.rows, key=lambda row: _nearness(row[1], facts), default=None)
    return findings(nearest[1].when, facts) if nearest else ()


def _nearness(clause: Clause, facts: Facts) -> tuple[int, int]:
    # Fewest tests against it, then most in favour: the measure a reader would ask about.
    verdicts = [finding.favourable for finding in findings(clause.when, facts)]
    return -verdicts.count(False), verdicts.count(True)


def _joined(clauses: list[Clause]) -> dict[str, Json]:
    # Answers that add up: what goes before wins where two name the same thing.
    outcome: dict[str, Json] = {}
    for clause in reversed(clauses):
        outcome.update(clause.effect)
    return outcome
