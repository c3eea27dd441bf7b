"""Measures as code: facts, conditions, measures, the rulebook, and the decision with its findings."""

from guomen.core.policy.conditions import All, Any, Condition, Finding, Not, Operator, Test
from guomen.core.policy.decision import Answer, Decision, decide
from guomen.core.policy.facts import FactDeclaration, Facts, FactType, Value, Vocabulary
from guomen.core.policy.measure import Case, Citation, Clause, Measure, Question
from guomen.core.policy.rulebook import CaseFailed, Rulebook, failed_cases

__all__ = [
    "All",
    "Answer",
    "Any",
    "Case",
    "CaseFailed",
    "Citation",
    "Clause",
    "Condition",
    "Decision",
    "FactDeclaration",
    "FactType",
    "Facts",
    "Finding",
    "Measure",
    "Not",
    "Operator",
    "Question",
    "Rulebook",
    "Test",
    "Value",
    "Vocabulary",
    "decide",
    "failed_cases",
]
