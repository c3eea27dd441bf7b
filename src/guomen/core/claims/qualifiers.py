"""Keeps the words that loosen a number (近, 约, 超过, 达 ...) and the interval each allows."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from guomen.core.claims.figures_zh import Number
from guomen.core.claims.units import RATIO_UNITS

# Words right before the number; 近 after 最 or 附 is a time or a place, no qualifier.
_BEFORE: Final[tuple[tuple[str, str], ...]] = (
    (r"不少于|不低于|不少於|不低於|至少|最少", "at_least"),
    (r"不超过|不超過|不高于|不高於|不多于|至多|最多|最高(?:可?达|可?達)?", "at_most"),
    (r"超过|超過|突破|(?<!高)超|逾|高于", "over"),
    (r"不足|不到|接近|将近|將近|(?<![最附邻临靠])近", "nearly"),
    (r"大约|大約|约为|约|約", "about"),
    (r"达到|達到|高达|多达|达|達", "reach"),
)
_AFTER: Final[tuple[tuple[str, str], ...]] = (
    (r"以上|及以上", "at_least"),
    (r"以下|以内|以內", "at_most"),
    (r"左右|上下", "about"),
)
_COMPILED_BEFORE: Final = tuple((re.compile(rf"(?:{words})$"), name) for words, name in _BEFORE)
_COMPILED_AFTER: Final = tuple((re.compile(words), name) for words, name in _AFTER)
_LONGEST: Final = 8
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Interval:
    """What a qualified number allows: [low, high) when high_open, else [low, high]."""

    low: Decimal
    high: Decimal
    high_open: bool


def qualifier_of(text: str, number: Number, unit_code: str, unit_end: int) -> str:
    """The qualifier of a number in clean text; exact or rounded where no word gives one."""
    if number.more is not None:
        return "over"
    for pattern, name in _COMPILED_AFTER:
        if pattern.match(text, unit_end):
            return name
    before = text[max(0, number.start - _LONGEST) : number.start]
    for pattern, name in _COMPILED_BEFORE:
        if pattern.search(before):
            return name
    return "exact" if _is_exact(number, unit_code) else "rounded"


def interval_of(number: Number, qualifier: str, unit_code: str) -> Interval:
    """The interval a number allows, in the unit itself.

    A rounded number allows half its last place to either side (四舍五入); 余 and 多 allow up to
    the next step of the last digit that is not 0, before a scale word, or of the last printed
    digit, after one. 近 and 约 are looser: half the last non-zero digit's place, cut to a tenth
    of the value but never below plain rounding; 超过 a whole such place or a tenth, if more.
    """
    value, half, loose = number.value, number.place / 2, _looseness(number)
    if qualifier == "over":
        more = number.more or max(number.rough_place, value * _TENTH)
        return Interval(value, value + more, high_open=True)
    table = {
        "at_least": Interval(value, Decimal("Infinity"), high_open=True),
        "at_most": Interval(Decimal(0), value, high_open=False),
        "nearly": Interval(value - loose, value, high_open=True),
        "about": Interval(value - loose, value + loose, high_open=True),
    }
    if qualifier in table:
        return table[qualifier]
    if _is_exact(number, unit_code):
        return Interval(value, value, high_open=False)
    return Interval(value - half, value + half, high_open=True)


def _looseness(number: Number) -> Decimal:
    return max(min(number.rough_place / 2, number.value * _TENTH), number.place / 2)


def _is_exact(number: Number, unit_code: str) -> bool:
    return number.whole and unit_code not in RATIO_UNITS
