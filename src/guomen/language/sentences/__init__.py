"""Sentences for every code of the product: what is wrong with the value, and what to do next."""

from guomen.language.sentences.boundaries import say_boundary
from guomen.language.sentences.claims import say_claim
from guomen.language.sentences.conflicts import say_conflict
from guomen.language.sentences.decisions import (
    say_briefly,
    say_holds,
    say_in_full,
    say_nearest,
)
from guomen.language.sentences.differences import say_difference
from guomen.language.sentences.effects import say_effect, say_grant
from guomen.language.sentences.findings import say_finding, say_test, say_value
from guomen.language.sentences.labels import say_code
from guomen.language.sentences.reasons import say_reason
from guomen.language.sentences.refusals import say_refusal

__all__ = [
    "say_boundary",
    "say_briefly",
    "say_claim",
    "say_code",
    "say_conflict",
    "say_difference",
    "say_effect",
    "say_finding",
    "say_grant",
    "say_holds",
    "say_in_full",
    "say_nearest",
    "say_reason",
    "say_refusal",
    "say_test",
    "say_value",
]
