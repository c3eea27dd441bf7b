"""Keeps the words for spans of time and which of them governs which claim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from guomen.core.claims.claim import ClaimPeriod
from guomen.core.claims.clauses import Clause
from guomen.core.claims.number_words import HAN_DIGITS

_YEAR: Final = (
    r"(?:(?P<{0}_year>(?:19|20)[0-9]{{2}}|[一二][〇○零九][〇○零一二三四五六七八九]{{2}})年"
    r"|(?P<{0}_relative>今年|本年|去年|上年|前年))"
)
_RELATIVE: Final = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2}
_ANY_YEAR: Final = r"(?:(?:19|20)[0-9]{2}年|今年|本年|去年|上年|前年)"
_MONTH: Final = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_SPAN: Final = r"(?:全年|上半年|下半年|第?[一二三四1-4]季度|[0-9]{1,2}月份?)?"


def _with_year(name: str, rest: str, optional: bool = True) -> str:
    return rf"(?P<{name}>{_YEAR.format(name)}{'?' if optional else ''}{rest})"


_BASE: Final = (
    rf"(?P<base>[比较較与與同]{_ANY_YEAR}{_SPAN}(?:同期|同月|同季)?"
    rf"|{_ANY_YEAR}{_SPAN}(?:同期|同月|同季|水平|相比)|上季度|上月)"
)
_CUMULATIVE: Final = (
    rf"(?P<cumulative>截[至止]到?(?:日前|目前|当前|今日|发稿时"
    rf"|{_ANY_YEAR}?{_MONTH}月(?:[0-9]{{1,2}}日|底|末|份)?|{_ANY_YEAR}?年?[底末])"
    rf"|迄今|至今|目前)"
)
_SINCE: Final = r"(?P<since>[^，；：。！？\n]{0,40}以来|自[^，；：。！？\n]{1,20}?起)"
_OTHER: Final = (
    r"(?P<other>预计|預計|预测|有望|力争|力爭|春运|春運|暑运|暑期|[^，；：。！？\n、]{0,6}假期"
    r"|“十[一二三四五]五”|黄金周|国庆|春节|元旦|清明|端午|中秋"
    rf"|{_ANY_YEAR}?{_MONTH}月[0-9]{{1,2}}日)"
)
# In this order: a base of comparison is no period of the claim, 2019年同期 least of all.
_MENTIONS: Final = (
    _BASE,
    _CUMULATIVE,
    _SINCE,
    _OTHER,
    _with_year("half_year", r"(?P<half>[上下])半年"),
    _with_year("quarters", r"前(?P<first>[两兩二三])个?季度"),
    _with_year("quarter", r"第?(?P<ordinal>[一二三四1-4])季度"),
    _with_year("months", rf"(?P<from>{_MONTH})月?[至到~～—–-](?P<until>{_MONTH})月份?"),
    _with_year("month", rf"(?P<which>{_MONTH})月份?"),
    _with_year("year", r"(?:全年)?", optional=False),
    r"(?P<whole>全年)",
    r"(?P<running>累计|累計)",
)
_MENTION: Final = re.compile("|".join(_MENTIONS))
_PARTS: Final = {"上": 1, "下": 2, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4}
_MONTHS_SPAN: Final = {
    (1, 3): ("quarter", 1), (4, 6): ("quarter", 2), (7, 9): ("quarter", 3),
    (10, 12): ("quarter", 4), (1, 6): ("half_year", 1), (7, 12): ("half_year", 2),
    (1, 9): ("quarters", 3), (1, 12): ("year", None),
}  # fmt: skip
_CALENDAR: Final = frozenset({"half_year", "year", "quarter", "quarters", "month"})
# A cumulative count is spoken of within its sentence; the others govern the paragraph.
_CARRIED: Final = _CALENDAR | {"since_event", "other"}
_NOT_STATED: Final = ClaimPeriod("not_stated", None, None, None, inherited=False)
_TIMELESS: Final = ClaimPeriod("timeless", None, None, None, inherited=False)


@dataclass(frozen=True, slots=True)
class Timed:
    """What of a claim matters to time: its place in the clean text, its clause and tier."""

    start: int
    clause: Clause
    tier: str


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    period: ClaimPeriod
    running: bool
    topic: bool


@dataclass(slots=True)
class _Governing:
    """The mention in force, and the first clause with a claim that it governs."""

    mention: _Mention
    clause: Clause
    first: Clause | None = None


def read_periods(
    text: str, clauses: Sequence[Clause], claims: Sequence[Timed]
) -> tuple[ClaimPeriod, ...]:
    """The period of every claim, given in text order.

    A mention governs the claims after it in its sentence. One that opens a clause is carried
    on through the paragraph for statistics; a count of measures does not take it over, a
    fixed set is timeless. Bases of comparison (较2019年) govern nothing.
    """
    periods: list[ClaimPeriod] = []
    mentions = [(clause, mention) for clause in clauses for mention in _mentions(text, clause)]
    governing: _Governing | None = None
    place = 0
    for claim in claims:
        while place < len(mentions) and mentions[place][1].start < claim.start:
            governing = _next(governing, *mentions[place])
            place += 1
        periods.append(_period(governing, claim))
    return tuple(periods)


def _next(governing: _Governing | None, clause: Clause, mention: _Mention) -> _Governing:
    """A new mention takes over, except a bare 累计 within a calendar period just named."""
    fresh = (
        governing is not None
        and governing.mention.period.kind in _CALENDAR
        and governing.clause.sentence == clause.sentence
        and governing.first in (None, clause)
    )
    return governing if governing and mention.running and fresh else _Governing(mention, clause)


def _period(governing: _Governing | None, claim: Timed) -> ClaimPeriod:
    if claim.tier == "scope":
        return _TIMELESS
    if governing is None or not _reaches(governing, claim):
        return _NOT_STATED
    governing.first = governing.first or claim.clause
    inherited = claim.clause not in (governing.clause, governing.first)
    return replace(governing.mention.period, inherited=inherited)


def _reaches(governing: _Governing, claim: Timed) -> bool:
    if governing.clause.sentence == claim.clause.sentence:
        return True
    return (
        governing.clause.paragraph == claim.clause.paragraph
        and governing.mention.topic
        and governing.mention.period.kind in _CARRIED
        and claim.tier != "count"
    )


def _mentions(text: str, clause: Clause) -> Iterator[_Mention]:
    for match in _MENTION.finditer(text, clause.start, clause.end):
        if match["base"] is None:
            topic = match.start() - clause.start <= 1
            yield _Mention(match.start(), _read(match), match["running"] is not None, topic)


def _read(match: re.Match[str]) -> ClaimPeriod:
    kind, part = _kind_and_part(match)
    year, relative = _year(match)
    if kind == "year" and relative == 0:  # 今年 alone is the year so far
        kind = "since_event"
    return ClaimPeriod(kind, year, part, match[0], inherited=False, relative=relative)


def _kind_and_part(match: re.Match[str]) -> tuple[str, int | None]:
    if match["months"]:
        return _MONTHS_SPAN.get((_month(match["from"]), _month(match["until"])), ("other", None))
    if match["month"]:
        return "month", _month(match["which"])
    if part := match["half"] or match["first"] or match["ordinal"]:
        kind = next(name for name in ("half_year", "quarters", "quarter") if match[name])
        return kind, int(_PARTS.get(part) or part)
    plain = {"whole": "year", "year": "year", "running": "cumulative", "since": "since_event"}
    found = _named(match)
    return plain.get(found, found), None


def _named(match: re.Match[str]) -> str:
    return next(
        name
        for name in ("cumulative", "since", "other", "year", "whole", "running")
        if match[name] is not None
    )


def _month(words: str) -> int:
    if words.isdigit() and words.isascii():
        return int(words)
    return 10 + HAN_DIGITS.get(words[1:], 0) if words[0] == "十" else HAN_DIGITS[words]


def _year(match: re.Match[str]) -> tuple[int | None, int | None]:
    for name in ("half_year", "quarters", "quarter", "months", "month", "year"):
        if match[name] is not None:
            words, relative = match[f"{name}_year"], match[f"{name}_relative"]
            return _year_number(words) if words else None, _RELATIVE.get(relative)
    return None, None


def _year_number(words: str) -> int:
    return int("".join(str(HAN_DIGITS.get(digit, digit)) for digit in words))
