"""Counts and growth as the press writes them, rounded half up before they are spelled.

CLDR's compact forms round half to even and lose zeros (research/figures.md §7), so the scale words
are our own; languages other than Chinese and English come with their unit forms (issue 5).
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from guomen.core.numerals.growth import Growth
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import parse_period


class LanguageNotWritten(Refusal):
    """Bulletins are not written in this language yet."""

    code = "numerals.language_not_written"
    nature = Nature.BAD_INPUT


_SCALES: Mapping[str, tuple[tuple[int, str, str], ...]] = {
    "zh-Hans": ((10**8, "0.01", "亿"), (10**4, "0.1", "万")),
    "en": ((10**9, "0.01", " billion"), (10**6, "0.1", " million")),
}
"""For each language: from this size on, so many decimals, and the scale word. What the smaller
scale would round up to the greater one ("10000.0万") is said in the greater."""

_SEPARATOR = {"zh-Hans": "", "en": ","}
_BEFORE_UNIT = {"zh-Hans": "", "en": " "}

_GROWTH: Mapping[str, Mapping[str, str]] = {
    "zh-Hans": {
        "up": "同比增长{percent}%",
        "down": "同比下降{percent}%",
        "level": "与上年同期持平",
        "no_base": "上年同期无记录",
    },
    "en": {
        "up": "up {percent}% year on year",
        "down": "down {percent}% year on year",
        "level": "unchanged from a year before",
        "no_base": "with none in the same period a year before",
    },
}


def number_phrase(value: int, language: str) -> str:
    """Say a count: 168200000 is "1.68亿" and "168.2 million"."""
    if language not in _SCALES:
        raise LanguageNotWritten(language=language, written=", ".join(_SCALES))
    scales = _SCALES[language]
    for (size, decimals, word), smaller in zip(scales, (*scales[1:], None), strict=True):
        if value >= size or (smaller and _rounded(value, *smaller[:2]) * smaller[0] >= size):
            return f"{_rounded(value, size, decimals):f}{word}"
    return f"{value:,}".replace(",", _SEPARATOR[language])


def _rounded(value: int, size: int, decimals: str) -> Decimal:
    return (Decimal(value) / size).quantize(Decimal(decimals), ROUND_HALF_UP)


def quantity_phrase(value: int, unit: str, language: str) -> str:
    """Say a count with its unit, which is given in the language's words."""
    return number_phrase(value, language) + _BEFORE_UNIT[language] + unit


def growth_phrase(found: Growth, language: str) -> str:
    """Say growth over the year before, also when there is no base or no change."""
    if language not in _GROWTH:
        raise LanguageNotWritten(language=language, written=", ".join(_GROWTH))
    if found.percent is None:
        return _GROWTH[language]["no_base"]
    # By the counts, not by the percent: a fall that rounds to 0.0 % is no rise.
    key = "level" if found.now == found.base else "up" if found.now > found.base else "down"
    return _GROWTH[language][key].format(percent=abs(found.percent))


_PERIODS: Mapping[str, Mapping[str, str]] = {
    "zh-Hans": {
        "H1": "{year}年上半年",
        "H2": "{year}年下半年",
        "Q": "{year}年第{part}季度",
        "month": "{year}年{part}月",
        "year": "{year}年",
    },
    "en": {
        "H1": "the first half of {year}",
        "H2": "the second half of {year}",
        "Q": "quarter {part} of {year}",
        "month": "month {part} of {year}",
        "year": "{year}",
    },
}


def period_phrase(code: str, language: str) -> str:
    """Say a period: "2023H1" is "2023年上半年" and "the first half of 2023"."""
    if language not in _PERIODS:
        raise LanguageNotWritten(language=language, written=", ".join(_PERIODS))
    parse_period(code)
    year, rest = code[:4], code[4:]
    key = rest if rest.startswith("H") else "Q" if rest.startswith("Q") else "month"
    part = rest.lstrip("Q-").lstrip("0")
    return _PERIODS[language][key if rest else "year"].format(year=year, part=part)
