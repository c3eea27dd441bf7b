"""Keeps the reasons why a number with a unit is no claim: ordinals, names, idioms, vague words."""

import re
from typing import Final

from guomen.core.claims.figures_zh import Number

# 第三届 and 前十名 are ranks; 目前270余万 is not, so the words that end in 前 are let through.
_RANK_BEFORE: Final = re.compile(r"第$|(?<![目日以之此当當先提年])前$")
# 数十人, 上百件, 几千次 say no number; 人数 and 件数 before a spelled number do not blur it.
_VAGUE_BEFORE: Final = re.compile(r"(?<![人次件总總])[数數]$|[几幾上好成]$")
_FRACTION_AROUND: Final = re.compile(r"分之$")
# “八项措施” and “三非” name a package; a quoted sentence with a figure inside it does not.
_QUOTED_NAME: Final = re.compile(r"[“‘「『][^”’」』。，；]{1,12}[”’」』]")
_TITLE_BEFORE: Final = re.compile(r"《[^》\n]*$")
# A set of two to ten in words is counted only where it is issued: 推出八项措施.
_ISSUING_BEFORE: Final = re.compile(
    r"(?:推出|推行|出台|新增|增设|新设|新建|开通|实施|制定|发布|建成)(?:了|共)?$"
)
# 每10名旅客中有7人 is a share told in heads, no count of persons.
_SHARE_BEFORE: Final = re.compile(r"每$|每[^，。；\n]{1,20}中有?$")
# 1 234 or a figure broken between two lines: which number is meant cannot be told.
_TORN_BEFORE: Final = re.compile(r"[0-9] $")
_TORN_AFTER: Final = re.compile(r" [0-9]")
_SEEN_BEFORE: Final = 60
_OPENING: Final = "“‘「『"


def is_no_claim(text: str, number: Number, end: int) -> bool:
    """Whether a number with a unit, clean text [number.start, end), states no statistic.

    Refused are ranks (第三届), torn figures, names in quotation marks or titles (“八项措施”),
    fractions, vague number words (数十名) and small spelled counts that nothing issues (一位).
    """
    before = text[max(0, number.start - _SEEN_BEFORE) : number.start]
    return (
        _RANK_BEFORE.search(before) is not None
        or _SHARE_BEFORE.search(before) is not None
        or _TITLE_BEFORE.search(before) is not None
        or _is_torn(text, number)
        or _is_fraction(before, text[number.end : number.end + 2])
        or _is_quoted_name(text, number.start)
        or (number.spelled and _is_idle_words(before, number, text[number.start : end]))
    )


def _is_torn(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 2) : number.start]
    return bool(_TORN_BEFORE.search(before) or _TORN_AFTER.match(text, number.end))


def _is_fraction(before: str, after: str) -> bool:
    whole = _FRACTION_AROUND.search(before)
    return after.startswith("分之") or (whole is not None and not before.endswith("百分之"))


def _is_quoted_name(text: str, start: int) -> bool:
    return text[start - 1 : start] in tuple(_OPENING) and bool(_QUOTED_NAME.match(text, start - 1))


def _is_idle_words(before: str, number: Number, words: str) -> bool:
    if _VAGUE_BEFORE.search(before):
        return True
    small = number.value <= 10 and number.more is None and not before.endswith("百分之")
    return small and (words[0] == "一" or not _ISSUING_BEFORE.search(before))
