"""What an applicant may do, and what belongs to it: a service asks the rulebook and gathers it.

One set of answers is put to several questions: whether, what, where, how, with which papers, and
at what fee and in what time. Every part names the clause that says it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guomen.core.canonical import Json
from guomen.core.policy import Answer, Clause, Decision, Facts, Rulebook, Vocabulary, decide
from guomen.core.policy.conditions import judge, tests_of

MOST_QUESTIONS = 5
"""An eligibility check that asks more than five things is not answered on a phone."""

APPLICANT = "applicant"
"""Who supplies a fact that can be put to an applicant and to nobody else."""

ROLES = ("what", "where", "how", "papers", "terms")
"""What a service may ask beside whether: what is granted, where and by which channel one applies,
with which papers, at what fee and in what time."""

GRANTS, PAPERS, WAIVED = "grants", "papers", "waive_materials"
"""The keys of an effect that are lists: variants to choose from, papers to bring, papers waived."""


@dataclass(frozen=True, slots=True)
class Service:
    """One entry of the service catalogue, as far as eligibility needs it.

    `question`: the question of entitlement. `asks`: the facts put to the applicant, in order;
    `among`: the codes they may choose from, where not all of a fact's. `given`: what the service
    itself implies. `yes_when`: the outcome that counts as entitled; None: that something is
    granted. `questions`: the further questions by role. `group`: whom it is for.
    """

    id: str
    question: str
    asks: tuple[str, ...]
    given: Facts
    yes_when: Mapping[str, Json] | None
    texts: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, str] = field(default_factory=dict)
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One variant that may be granted: what the clause says, and the measures that changed it."""

    measure: str
    clause: str
    variant: Mapping[str, Json]
    amended_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that holds, and who says it; `measure` None: no measure does, it is the default."""

    key: str
    value: Json
    measure: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Papers:
    """What to bring, what need not be brought, and what else is said of the papers."""

    bring: tuple[Part, ...] = ()
    waived: tuple[Part, ...] = ()
    also: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Yes, no, or not enough told, with the decision that says why, and what belongs to a yes.

    `holds`: what the outcome says beside the yes itself. Fees are whole units of the currency,
    times are working days; both are among the `terms`.
    """

    entitled: bool | None
    decision: Decision
    holds: tuple[Part, ...] = ()
    grants: tuple[Grant, ...] = ()
    where: tuple[Part, ...] = ()
    how: tuple[Part, ...] = ()
    papers: Papers = Papers()
    terms: tuple[Part, ...] = ()


def decide_entitlement(
    service: Service, rulebook: Rulebook, answers: Facts, on: date
) -> Entitlement:
    """Tell whether an applicant with these answers is entitled on the day, and to what.

    Refuses answers that the rulebook does not declare, like every decision.
    """
    facts = {**service.given, **answers}
    decision = decide(rulebook, service.question, facts, on)
    asked = {
        role: decide(rulebook, question, facts, on, explain=False)
        for role, question in service.questions.items()
    }
    return Entitlement(
        _entitled(service, rulebook, decision, facts, on),
        decision,
        _beside(service.yes_when, decision),
        grants_of(asked["what"]) if "what" in asked else (),
        parts_of(asked["where"]) if "where" in asked else (),
        parts_of(asked["how"]) if "how" in asked else (),
        papers_of(asked["papers"]) if "papers" in asked else Papers(),
        parts_of(asked["terms"]) if "terms" in asked else (),
    )


def _entitled(
    service: Service, rulebook: Rulebook, decision: Decision, facts: Facts, on: date
) -> bool | None:
    wanted = service.yes_when
    if wanted is None:
        yes = bool(grants_of(decision))
    else:
        yes = all(decision.outcome.get(key) == value for key, value in wanted.items())
    if yes:
        return True
    may_yet = (
        _could_say_yes(clause.effect, wanted)
        and may_concern(service, clause, rulebook.vocabulary, facts)
        for clause in _open_clauses(rulebook, decision, on)
    )
    return None if any(may_yet) else False


def _open_clauses(rulebook: Rulebook, decision: Decision, on: date) -> Iterator[Clause]:
    measures = (rulebook.measure(name) for name in decision.open)
    clauses = (measure.clause_on(on) for measure in measures if measure)
    return (clause for clause in clauses if clause)


def _could_say_yes(effect: Mapping[str, Json], wanted: Mapping[str, Json] | None) -> bool:
    # A clause that speaks of other things, or only changes variants, leaves the no a no.
    if wanted is None:
        return GRANTS in effect
    return any(effect.get(key) == value for key, value in wanted.items())


def may_concern(service: Service, clause: Clause, vocabulary: Vocabulary, facts: Facts) -> bool:
    """Tell whether a clause may yet apply to whom this service is for, with what is told.

    A clause that waits for what only the applicant knows and the service never asks belongs to
    another service: an endorsement is no answer to a question for visas.
    """
    known = vocabulary.complete(facts)
    if judge(clause.when, known) is False:
        return False
    untold = {test.fact for test in tests_of(clause.when)} - known.keys() - set(service.asks)
    return all(vocabulary[name].supplied_by != APPLICANT for name in untold)


def _beside(wanted: Mapping[str, Json] | None, decision: Decision) -> tuple[Part, ...]:
    if wanted is None:
        return ()
    return tuple(part for part in parts_of(decision) if part.key not in (GRANTS, *wanted))


def grants_of(decision: Decision) -> tuple[Grant, ...]:
    """Give every variant that the decision's clauses grant.

    A clause that grants no variants of its own changes those of the clauses behind it: what it
    says takes the place of the same key. So "stays of 14 days" stands in one place.
    """
    return tuple(
        _amended(Grant(answer.measure, answer.clause, variant), decision.answers[:position])
        for position, answer in enumerate(decision.answers)
        for variant in _variants(answer)
    )


def _variants(answer: Answer) -> Iterator[Mapping[str, Json]]:
    listed = answer.effect.get(GRANTS)
    for variant in listed if isinstance(listed, list) else ():
        if isinstance(variant, dict):
            yield variant


def _amended(grant: Grant, before: Sequence[Answer]) -> Grant:
    variant, by = dict(grant.variant), []
    for answer in reversed(before):
        changed = {
            key: value
            for key, value in answer.effect.items()
            if GRANTS not in answer.effect and variant.get(key, value) != value
        }
        if changed:
            variant.update(changed)
            by.append(answer.measure)
    return Grant(grant.measure, grant.clause, variant, tuple(by))


def parts_of(decision: Decision) -> tuple[Part, ...]:
    """Give what the outcome says, key by key, each with the clause that says it."""
    return tuple(_part(key, value, decision) for key, value in decision.outcome.items())


def _part(key: str, value: Json, decision: Decision) -> Part:
    says = next((one for one in decision.answers if key in one.effect), None)
    return Part(key, value, says.measure if says else None, says.clause if says else None)


def papers_of(decision: Decision) -> Papers:
    """Gather the papers of all clauses; what one of them waives need not be brought."""
    waived = tuple(_listed(WAIVED, decision))
    spared = {part.value for part in waived}
    return Papers(
        bring=tuple(part for part in _listed(PAPERS, decision) if part.value not in spared),
        waived=waived,
        also=tuple(part for part in parts_of(decision) if part.key not in (PAPERS, WAIVED)),
    )


def _listed(key: str, decision: Decision) -> Iterator[Part]:
    """Give each paper once; those of the general clauses come first."""
    seen: set[str] = set()
    for answer in reversed(decision.answers):
        listed = answer.effect.get(key)
        for paper in listed if isinstance(listed, list) else ():
            if isinstance(paper, str) and paper not in seen:
                seen.add(paper)
                yield Part(key, paper, answer.measure, answer.clause)
