"""Fact checking of articles: reads statistical claims in Chinese text and judges them.

The public door: `read_claims` finds, `judge` compares with what is on record. Pure: no input
or output, no clock, exact decimals.
"""

from guomen.core.claims.claim import (
    Claim,
    ClaimPeriod,
    Comparison,
    FigureWords,
    Judged,
    Known,
)
from guomen.core.claims.judging import judge
from guomen.core.claims.reading import read_claims
from guomen.core.claims.reasons import SENTENCES, Reason

__all__ = [
    "SENTENCES",
    "Claim",
    "ClaimPeriod",
    "Comparison",
    "FigureWords",
    "Judged",
    "Known",
    "Reason",
    "judge",
    "read_claims",
]
