"""What an applicant may do: a service puts its question to the rulebook and tells yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from guomen.core.canonical import Json
from guomen.core.policy import Decision, Facts, Rulebook, decide

MOST_QUESTIONS = 5
"""An eligibility check that asks more than five things is not answered on a phone."""


@dataclass(frozen=True, slots=True)
class Service:
    """One entry of the service catalogue, as far as eligibility needs it.

    `asks`: the facts put to the applicant, in order. `given`: what the service itself implies.
    `yes_when`: the outcome that counts as entitled.
    """

    id: str
    question: str
    asks: tuple[str, ...]
    given: Facts
    yes_when: Mapping[str, Json]
    texts: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Yes, no, or not enough told: with the decision that says why."""

    entitled: bool | None
    decision: Decision


def decide_entitlement(
    service: Service, rulebook: Rulebook, answers: Facts, on: date
) -> Entitlement:
    """Tell whether an applicant with these answers is entitled on the day."""
    decision = decide(rulebook, service.question, {**service.given, **answers}, on)
    entitled: bool | None = all(
        decision.outcome.get(key) == value for key, value in service.yes_when.items()
    )
    if not entitled and decision.open:
        entitled = None
    return Entitlement(entitled, decision)
