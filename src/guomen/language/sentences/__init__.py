"""Sentences for every code of the product: what is wrong with the value, and what to do next."""

from guomen.language.sentences.claims import say_claim
from guomen.language.sentences.differences import say_difference
from guomen.language.sentences.effects import say_effect, say_grant
from guomen.language.sentences.findings import say_finding, say_test, say_value
from guomen.language.sentences.labels import say_code
from guomen.language.sentences.reasons import say_reason
from guomen.language.sentences.refusals import say_refusal

__all__ = [
    "say_claim",
    "say_code",
    "say_difference",
    "say_effect",
    "say_finding",
    "say_grant",
    "say_reason",
    "say_refusal",
    "say_test",
    "say_value",
]
