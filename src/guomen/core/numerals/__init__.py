"""Figures in words: counts and growth said as a bulletin says them."""

from guomen.core.numerals.growth import Growth, growth
from guomen.core.numerals.phrases import (
    LanguageNotWritten,
    growth_phrase,
    number_phrase,
    period_phrase,
    quantity_phrase,
)

__all__ = [
    "Growth",
    "LanguageNotWritten",
    "growth",
    "growth_phrase",
    "number_phrase",
    "period_phrase",
    "quantity_phrase",
]
