"""Sentences for every code of the product: what is wrong with the value, and what to do next."""

from guomen.language.sentences.claims import say_claim
from guomen.language.sentences.findings import say_finding, say_test, say_value
from guomen.language.sentences.labels import say_code
from guomen.language.sentences.reasons import say_reason
from guomen.language.sentences.refusals import say_refusal

__all__ = [
    "say_claim",
    "say_code",
    "say_finding",
    "say_reason",
    "say_refusal",
    "say_test",
    "say_value",
]
