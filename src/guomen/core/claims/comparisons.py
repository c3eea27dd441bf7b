"""Keeps the words of growth and decline, what they compare with, and what they refer to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from guomen.core.claims.amounts import Amount
from guomen.core.claims.claim import Comparison

_UP: Final = (
    r"增长率|增长|增長|增幅|增加|上升|提高|提升|上涨|上漲|回升"
    r"|(?<!新)[增升涨漲](?![加长長幅])|[+＋]"
)
_DOWN: Final = (
    r"下降|減少|减少|降低|缩短|縮短|降幅|减幅|回落|下滑"
    r"|[降减減](?![低少幅])|(?<=（)[-−－]"
)
_LOOSE: Final = (
    r"了|率|幅度|幅|为|為|是|不?超过|不足|突破|逾|超|接近|将近|近|大?约|約|达到|高达|达|達"
)
# A direction counts only right before its value; 提高到50% and 增至75国 state the new level.
_CHANGE: Final = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:{_LOOSE})*$")
_AS_OF: Final = re.compile(r"(?:同期|上年|去年|[0-9]{4}年)(?:水平)?的$")
_BASE_VALUE: Final = re.compile(r"[由从從][^由从從]{0,8}$")
_MOVES_TO: Final = re.compile(r"[升降增减減提加高上下少缩短扩大]{1,3}[至到为]")
_BASES: Final[tuple[tuple[str, str], ...]] = (
    (r"同比|按年|(?:[比较較与與]|是|为|至|到|于)(?:上年|去年)(?:同期)?|上年同期|去年同期", "yoy"),
    (r"环比|環比|按月|按季|[比较較](?:上季度|上月|上个月)", "qoq"),
    (r"(?P<year>(?:19|20)[0-9]{2})年(?:同期|相比|水平)", "vs"),
    (r"[比较較与與](?P<year>(?:19|20)[0-9]{2})年", "vs"),
)
_COMPILED_BASES: Final = tuple((re.compile(words), kind) for words, kind in _BASES)
# What may stand before a change without naming a new thing of its own.
_IDLE: Final = re.compile(
    r"分[别別]|同比|环比|環比|按年|按月|[比较較与與]?(?:上年|去年|[0-9]{4}年)(?:同期)?|上季度|上月"
    r"|[均也则又并都同约約近（、和及与與，的]|其中|是|相当于|恢复[至到]|达到?|占"
    rf"|{_UP}|{_DOWN}|{_LOOSE}"
)
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Change:
    """How an amount speaks of change; own_words says it names its own thing before it."""

    comparison: Comparison
    own_words: bool


def change_in(stretch: str, amount: Amount, carried: str) -> Change | None:
    """The change an amount states, or None where it states a level or a rate.

    Arguments: stretch is the clean text before the amount, from the clause's start or the
    amount before; carried is the base named earlier in the sentence ("unstated" if none).
    """
    if amount.unit == "doubling":
        ratio: Decimal | None = Decimal(2) ** amount.value
        return Change(Comparison(_base(stretch, carried), "up", ratio), _names(stretch))
    if found := _CHANGE.search(stretch):
        direction = "up" if found["up"] else "down"
        ratio = _grown(amount, direction)
        return Change(Comparison(_base(stretch, carried), direction, ratio), _names(stretch))
    if _is_ratio_to_base(stretch, amount):
        ratio = _share(amount)
        direction = "down" if ratio is not None and ratio < 1 else "up"
        return Change(Comparison(_base(stretch, carried), direction, ratio), _names(stretch))
    return None


def base_in(words: str, carried: str = "unstated") -> str:
    """The kind of base that a stretch of clean text names, else the one carried forward."""
    return _base(words, carried)


def is_base_value(stretch: str, after: str) -> bool:
    """Whether an amount is what something rose or fell from: 由97.6%升至."""
    return bool(_BASE_VALUE.search(stretch)) and bool(_MOVES_TO.match(after))


def can_refer(change_unit: str, level_unit: str) -> bool:
    """Whether a change can be of a level: points of a rate, per cent of a number, 起 of 起."""
    rate = level_unit in ("percent", "permille")
    if change_unit == "pp":
        return rate
    if change_unit in ("percent", "times", "doubling"):
        return not rate
    return change_unit == level_unit


def referred(levels: Sequence[int], group_size: int, place: int, listed: bool) -> int | None:
    """The index of the level to which the place-th change of a group refers.

    levels: indices of the sentence's earlier levels in order. With 分别 (listed) the k-th
    change goes to the k-th of the last group_size levels; else all go to the last level.
    """
    if not listed:
        return levels[-1] if levels and group_size == 1 else None
    return levels[place - group_size] if len(levels) >= group_size else None


def _base(stretch: str, carried: str) -> str:
    for pattern, kind in _COMPILED_BASES:
        if found := pattern.search(stretch):
            return f"vs_{found['year']}" if kind == "vs" else kind
    return carried


def _is_ratio_to_base(stretch: str, amount: Amount) -> bool:
    is_ratio = amount.unit in ("percent", "times")
    return is_ratio and bool(_AS_OF.search(stretch)) and not _BASE_VALUE.search(stretch)


def _share(amount: Amount) -> Decimal | None:
    return {"percent": amount.value / _HUNDRED, "times": amount.value}.get(amount.unit)


def _grown(amount: Amount, direction: str) -> Decimal | None:
    share = _share(amount)
    if share is None:
        return None
    return 1 + share if direction == "up" else 1 - share


def _names(stretch: str) -> bool:
    return bool(_IDLE.sub("", stretch).strip())
