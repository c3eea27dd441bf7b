"""Keeps the reading of Chinese number words below ten thousand (GB/T 15835-2011, 4.2)."""

from typing import Final

HAN_DIGITS: Final[dict[str, int]] = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_PLACES: Final[dict[str, int]] = {"千": 1000, "百": 100, "十": 10}


def han_integer(words: str) -> int | None:
    """The whole number that Chinese words such as 三百一十四 spell, 0..9999.

    Arguments: words, digits and places only; 万 and 亿 are scale words and read elsewhere.
    Refused (None): what is no one number, such as 三四百 (vague), 百 (no digit), 百十.
    """
    total, digit, last_place = 0, None, 10_000
    for character in words:
        if character in HAN_DIGITS:
            if digit:
                return None
            digit = HAN_DIGITS[character]
            continue
        place = _PLACES.get(character, 0)
        if not 0 < place < last_place or not _can_multiply(digit, place, total):
            return None
        total, digit, last_place = total + (digit or 1) * place, None, place
    return None if not words else total + (digit or 0)


def _can_multiply(digit: int | None, place: int, total: int) -> bool:
    """Whether the place word has its digit: only a leading 十 may stand without (十五)."""
    return bool(digit) or (place == 10 and total == 0 and digit is None)
