"""At the lane: what is presented, what is on record, and the decision to pass or to refer.

Nothing here refuses a person: what is not clearly in order goes to an officer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guomen.core.alerts import AlertFlag
from guomen.core.canonical import Json
from guomen.core.policy import Answer, Decision, Facts, Rulebook, Value, decide
from guomen.core.time import age_on
from guomen.core.travel_documents import Check, DocumentKind, Identified

VALIDITY = "document.validity"
LANE = "crossing.lane"
VISA = "crossing.visa"
"""The questions a lane puts to the rulebook."""


UNREGISTERED = "unregistered"
"""The status of a document that the register knows by nothing but an alert."""


class Direction(StrEnum):
    """Into the jurisdiction or out of it."""

    ENTRY = "entry"
    EXIT = "exit"


class Outcome(StrEnum):
    """A light turns green, or a person looks."""

    PASS = "pass"  # noqa: S105 - a lane's answer, not a password
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Companion:
    """A paper that goes with the document: an endorsement, a visa or a residence permit."""

    paper: str
    kind: str
    valid_until: date
    entries_left: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """The lane. `opened_by`: the rulebook's answer that opens it; None at a staffed lane, which is
    open to all."""

    port: str
    port_group: str | None
    lane: str
    lane_kind: str
    opened_by: str | None


@dataclass(frozen=True, slots=True)
class Presented:
    """What a traveller shows. `holder_verified`: a person or a device compared the holder."""

    document: Identified
    checks: tuple[Check, ...]
    direction: Direction
    companion: Companion | None
    holder_verified: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register holds of the document, in one row; `alerts` are those in force."""

    status: str
    enrolled: bool
    alerts: tuple[AlertFlag, ...] = ()

    @property
    def registered(self) -> bool:
        """False where the row stands only for alerts on a document that was never registered."""
        return self.status != UNREGISTERED


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was looked at: a code, whether it is in order, and the facts for a sentence."""

    code: str
    in_order: bool | None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the clause that answered it first; None where the default held."""

    question: str
    measure: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Clearance:
    """The decision of a lane, with everything that was looked at and the facts that were read.

    `asked`: each question that was put to the rulebook, with the clause that answers it first;
    kept with the facts, so that every answer can be given again years later.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    measure: str | None
    clause: str | None
    facts: dict[str, Value]
    asked: tuple[Asked, ...]

    @property
    def against(self) -> tuple[Reason, ...]:
        """What is not in order, or could not be told."""
        return tuple(reason for reason in self.reasons if reason.in_order is not True)


def decide_clearance(
    presented: Presented,
    kind: DocumentKind,
    standing: Standing | None,
    place: Place,
    rulebook: Rulebook,
    on: date,
    *,
    known_on: date | None = None,
) -> Clearance:
    """Decide one passage. `standing` None: the register does not know the document.

    `known_on`: at a port node whose knowledge is too old, the day that it is from.
    """
    supplied = facts_of(presented, kind, place, on)
    # A country's rules may not ask about everything that a lane can tell.
    facts = {name: value for name, value in supplied.items() if name in rulebook.vocabulary}
    answers = _Answers(rulebook, facts, on)
    reasons = tuple(_reasons(presented, kind, standing, place, answers))
    if known_on is not None:
        reasons += (_old_knowledge(place, known_on),)
    clear = all(reason.in_order is True for reason in reasons)
    used = answers.used
    return Clearance(
        Outcome.PASS if clear else Outcome.REFER,
        reasons,
        used.measure if used else None,
        used.clause if used else None,
        facts,
        tuple(answers.asked),
    )


class _Answers:
    """The rulebook's answers for one passage, and the measure that made a difference."""

    def __init__(self, rulebook: Rulebook, facts: Facts, on: date) -> None:
        self._rulebook, self._facts, self.on = rulebook, facts, on
        self.used: Answer | None = None
        self.asked: list[Asked] = []

    def ask(self, question: str) -> Decision:
        decision = decide(self._rulebook, question, self._facts, self.on, explain=False)
        self.asked.append(Asked(question, decision.measure, decision.clause))
        return decision

    def credit(self, answer: Answer) -> None:
        # One measure is named per passage: the one that kept the document alive goes before.
        if self.used is None:
            self.used = answer


def facts_of(presented: Presented, kind: DocumentKind, place: Place, on: date) -> dict[str, Value]:
    """Give the facts a lane supplies; what nobody knows is left out."""
    document, companion = presented.document, presented.companion
    age = age_on(document.birth_date, on) if document.birth_date else None
    possible: dict[str, Value | None] = {
        "document.type": kind.code,
        "document.expiry_date": document.expiry_date,
        "document.passport_kind": kind.passport_kind,
        "person.category": kind.category,
        "person.nationality": document.nationality or None,
        "person.age": age,
        "crossing.port": place.port,
        "crossing.port_group": place.port_group,
        "endorsement.kind": _kind_of(companion, "endorsement"),
        "visa.valid_on_crossing": _has_valid_visa(companion, on) if kind.companion_in else None,
    }
    return {name: value for name, value in possible.items() if value is not None}


def _kind_of(companion: Companion | None, paper: str) -> str | None:
    return companion.kind if companion and companion.paper == paper else None


def _has_valid_visa(companion: Companion | None, on: date) -> bool:
    return companion is not None and companion.paper == "visa" and companion.valid_until >= on


def _reasons(
    presented: Presented,
    kind: DocumentKind,
    standing: Standing | None,
    place: Place,
    answers: _Answers,
) -> Iterator[Reason]:
    yield from _readable(presented, kind)
    yield from _on_record(kind, standing)
    if standing is not None and standing.alerts:
        yield from _alerts(standing.alerts, presented.direction, answers.on)
    yield _in_date(presented.document, answers)
    yield from _accompanied(presented, kind, answers)
    yield Reason("holder.verified", presented.holder_verified)
    if place.opened_by is not None:
        yield _lane(place, place.opened_by, answers)


def _readable(presented: Presented, kind: DocumentKind) -> Iterator[Reason]:
    for check in presented.checks:
        if not check.ok and not check.advisory:
            yield _check_digit(check)
    if not kind.crossing:
        yield Reason("document.not_for_crossing", False, (("kind", kind.code),))
    if kind.number_firm and not kind.number_fits(presented.document.number):
        yield Reason("document.number_form", False, (("kind", kind.code),))


def _check_digit(check: Check) -> Reason:
    place = (("line", str(check.line)), ("column", str(check.column)))
    found = (("printed", check.printed), ("computed", check.computed))
    return Reason("document.check_digit", False, (("field", check.field), *place, *found))


def _on_record(kind: DocumentKind, standing: Standing | None) -> Iterator[Reason]:
    if standing is None or not standing.registered:
        if kind.national:
            yield Reason("document.on_record", False, (("kind", kind.code),))
        return
    yield Reason("document.status", standing.status == "valid", (("status", standing.status),))


def _alerts(alerts: Iterable[AlertFlag], direction: Direction, on: date) -> Iterator[Reason]:
    for one in alerts:
        if one.concerns(direction.value, on):
            told = (("alert_kind", one.kind), ("alert", one.reference))
            yield Reason("document.alert", False, told)


def _in_date(document: Identified, answers: _Answers) -> Reason:
    expiry, on = document.expiry_date, answers.on
    if expiry is None:
        return Reason("document.expiry", None)
    told = (("expiry_date", expiry.isoformat()), ("day", on.isoformat()))
    if expiry >= on:
        return Reason("document.expiry", True, told)
    decision = answers.ask(VALIDITY)
    deemed = _day(decision.outcome.get("deemed_expiry_date"))
    if deemed is not None and deemed >= on:
        answers.credit(decision.answers[0])
        extended = (("deemed_expiry_date", deemed.isoformat()), ("measure", str(decision.measure)))
        return Reason("document.extended", True, told + extended)
    return Reason("document.expiry", False, told)


def _day(value: Json) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _accompanied(presented: Presented, kind: DocumentKind, answers: _Answers) -> Iterator[Reason]:
    entering = presented.direction is Direction.ENTRY
    needed = kind.companion_in if entering else kind.companion_out
    if needed is None:
        return
    shown = presented.companion
    companion = shown if shown and shown.paper == needed else None  # another paper is none
    if needed == "visa" and companion is None:
        yield _without_visa(answers)
        return
    yield _companion_in_order(needed, companion, answers.on)


def _without_visa(answers: _Answers) -> Reason:
    decision = answers.ask(VISA)
    if decision.outcome.get("visa_required") is False:
        answers.credit(decision.answers[0])
        return Reason("visa.exempt", True, (("measure", str(decision.measure)),))
    return Reason("visa.present", None if decision.open else False)


def _companion_in_order(needed: str, companion: Companion | None, on: date) -> Reason:
    if companion is None:
        return Reason(f"{needed}.present", False)
    told = (("kind", companion.kind), ("valid_until", companion.valid_until.isoformat()))
    if companion.valid_until < on:
        return Reason(f"{needed}.in_date", False, told)
    if companion.entries_left is not None and companion.entries_left < 1:
        return Reason(f"{needed}.entries_left", False, told)
    return Reason(f"{needed}.in_order", True, told)


def _old_knowledge(place: Place, known_on: date) -> Reason:
    # At a staffed lane a person looks anyway, and is told; a gate has nobody, so it refers.
    staffed = place.opened_by is None
    return Reason("node.knowledge_old", staffed, (("day", known_on.isoformat()),))


def _lane(place: Place, wanted: str, answers: _Answers) -> Reason:
    decision = answers.ask(LANE)
    told = (("lane", place.lane_kind),)
    answer = next((one for one in decision.answers if one.effect.get(wanted) is True), None)
    if answer is None:
        return Reason("lane.open_to_holder", None if decision.open else False, told)
    answers.credit(answer)
    return Reason("lane.open_to_holder", True, (*told, ("measure", answer.measure)))
