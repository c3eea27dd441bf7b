"""Keeps the recognition of numbers in Chinese text: digits or number words, scale, 余 and 多."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from guomen.core.claims.number_words import HAN_DIGITS, han_integer

SCALES: Final[dict[str, Decimal]] = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "万": Decimal(10_000),
    "萬": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "億": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_ARABIC: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_HAN_DIGIT: Final = "".join(HAN_DIGITS)
_HAN: Final = rf"[{_HAN_DIGIT}十百千]+(?:点[{_HAN_DIGIT}]+)?"
_SCALE: Final = r"万亿|千万|百万|十万|[万萬亿億]|千(?![克米瓦])|百(?!分)"
NUMBER: Final = re.compile(
    rf"(?<![0-9A-Za-z.])(?P<mantissa>{_ARABIC}|{_HAN})"
    rf"(?:(?P<inner>[余餘多几])(?P<inner_scale>{_SCALE})?"
    rf"|(?P<scale>{_SCALE})(?:(?P<rest>{_ARABIC}|{_HAN})(?P<rest_scale>[万萬千百])?)?"
    r"(?P<outer>[余餘多几])?)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in clean text.

    place: what one in its last printed digit is worth (1.68亿: one million); rough_place: the
    same for its last digit that is not 0 (270万: 100,000). more: for 余 and 多, how far above
    the value it may lie. whole: no scale word and no decimals. spelled: in number words.
    """

    start: int
    end: int
    value: Decimal
    place: Decimal
    rough_place: Decimal
    more: Decimal | None
    whole: bool
    spelled: bool


def number_in(found: re.Match[str]) -> Number | None:
    """The number in a match of NUMBER, or None where the words spell no one number."""
    mantissa = _decimal(found["mantissa"])
    if mantissa is None:
        return None
    scale = SCALES[found["scale"] or found["inner_scale"] or ""]
    value, place = mantissa * scale, _last_place(mantissa) * scale
    if found["rest"] and (rest := _decimal(found["rest"])) is not None:
        rest_scale = SCALES[found["rest_scale"] or ""]
        value, place = value + rest * rest_scale, _last_place(rest) * rest_scale
    rough = _rough_place(value, place)
    more = rough if found["inner"] else place if found["outer"] else None
    whole = place == 1 and more is None
    spelled = found["mantissa"][0] not in "0123456789"
    return Number(found.start(), found.end(), value, place, rough, more, whole, spelled)


def _decimal(words: str) -> Decimal | None:
    if words[0] in "0123456789":
        return Decimal(words.replace(",", ""))
    integer, _, fraction = words.partition("点")
    number = han_integer(integer)
    if number is None:
        return None
    return Decimal(f"{number}.{''.join(str(HAN_DIGITS[digit]) for digit in fraction)}")


def _last_place(mantissa: Decimal) -> Decimal:
    exponent = mantissa.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _rough_place(value: Decimal, place: Decimal) -> Decimal:
    """The worth of the last digit that is not 0: 270余万 leaves room up to 280万."""
    digits = format(value / place, "f").partition(".")[0]
    zeros = len(digits) - len(digits.rstrip("0"))
    return place if zeros == len(digits) else place.scaleb(zeros)
