"""Keeps the search for amounts: numbers with their units, ranges and lists that share a unit."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from guomen.core.claims.clauses import Clause, clause_at
from guomen.core.claims.figures_zh import NUMBER, Number, number_in
from guomen.core.claims.non_claims import is_no_claim
from guomen.core.claims.qualifiers import Interval, interval_of, qualifier_of
from guomen.core.claims.units import unit_at

_TO: Final = re.compile(r"[至到～~—–-]{1,2}")
JOINER: Final = re.compile(r"[、和及与與]")
_SHARED_UNIT: Final = re.compile(r"分[别別]")
_DOUBLED: Final = re.compile(r"翻了?([一两兩二三]?)番")
_TENTHS: Final = re.compile(r"成(?=以上|以下|多|左右|[，。；、\n）]|$)")
_HUNDREDTHS: Final = "百分之"


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured number in clean text, [start, end); unit "" until a list lends it one."""

    start: int
    end: int
    value: Decimal
    interval: Interval
    qualifier: str
    unit: str
    number: Number | None


def find_amounts(text: str, clauses: tuple[Clause, ...]) -> tuple[Amount, ...]:
    """Every measured number of a clean text, in text order; what is no claim is left out."""
    found = [*_doublings(text), *_lend_units(text, clauses, _measured(text, clauses))]
    return tuple(sorted(found, key=lambda amount: amount.start))


def _measured(text: str, clauses: tuple[Clause, ...]) -> list[Amount]:
    found: list[Amount] = []
    place = 0
    while match := NUMBER.search(text, place):
        number = number_in(match)
        clause_start = clause_at(clauses, match.start()).start
        amount = number and _amount(text, number, clause_start)
        place = amount.end if amount else match.end()
        if amount and amount.number and not is_no_claim(text, amount.number, amount.end):
            found.append(amount)
    return found


def _amount(text: str, number: Number, clause_start: int) -> Amount:
    if (last := _range_end(text, number)) is not None:
        return _range(text, number, last, clause_start)
    if text.endswith(_HUNDREDTHS, 0, number.start):
        return _sized(text, number, "percent", number.start - len(_HUNDREDTHS), number.end)
    if number.value < 10 and (tenths := _TENTHS.match(text, number.end)):
        return _sized(text, _as_percent(number), "percent", number.start, tenths.end())
    unit = unit_at(text, number.end, clause_start)
    end = unit.end if unit else number.end
    return _sized(text, number, unit.code if unit else "", number.start, end)


def _sized(text: str, number: Number, unit: str, start: int, end: int) -> Amount:
    placed = replace(number, start=start)
    qualifier = qualifier_of(text, placed, unit, end)
    interval = interval_of(number, qualifier, unit)
    return Amount(start, end, number.value, interval, qualifier, unit, number)


def _as_percent(number: Number) -> Number:
    """Tenths (六成) as per cent; the rounding is to a whole tenth."""
    ten = Decimal(10)
    place = number.place * ten
    return replace(number, value=number.value * ten, place=place, rough_place=place, spelled=False)


def _range_end(text: str, first: Number) -> Number | None:
    """The second number of 180万至190万 or 15～30, if the first is the lower end of a range."""
    joint = _TO.match(text, first.end)
    match = joint and NUMBER.match(text, joint.end())
    return number_in(match) if match else None


def _range(text: str, first: Number, last: Number, clause_start: int) -> Amount:
    unit = unit_at(text, last.end, clause_start)
    end = unit.end if unit else last.end
    low = first.value
    scale = last.value / last.place
    if first.whole and not last.whole and low < scale:  # 180至190万: the scale is shared
        low *= last.place
    interval = Interval(min(low, last.value), max(low, last.value), high_open=False)
    code = unit.code if unit else ""
    return Amount(first.start, end, low, interval, "range", code, first)


def _lend_units(text: str, clauses: tuple[Clause, ...], amounts: list[Amount]) -> list[Amount]:
    """Gives the members of 分别为1.59亿、1.36亿、0.38亿人次 one unit; drops the bare."""
    lent: list[Amount] = []
    following: Amount | None = None
    for bare in reversed(amounts):
        lends = following and _shares(text, clauses, bare, following)
        unit = following.unit if following and lends else ""
        amount = bare if bare.unit else _with_unit(text, bare, unit)
        following = amount if amount.unit else None
        lent.extend([amount] if amount.unit else [])
    return lent


def _shares(text: str, clauses: tuple[Clause, ...], amount: Amount, following: Amount) -> bool:
    between = text[amount.end : following.start]
    clause = clause_at(clauses, amount.start)
    scaled = amount.number is not None and not amount.number.whole
    listed = _SHARED_UNIT.search(text, clause.start, amount.start) is not None
    return JOINER.fullmatch(between) is not None and (scaled or listed)


def _with_unit(text: str, amount: Amount, unit: str) -> Amount:
    number = amount.number
    return _sized(text, number, unit, amount.start, amount.end) if number else amount


def _doublings(text: str) -> list[Amount]:
    times = {"": 1, "一": 1, "两": 2, "兩": 2, "二": 2, "三": 3}
    found = []
    for match in _DOUBLED.finditer(text):
        value = Decimal(times[match[1]])
        interval = Interval(value, value, high_open=False)
        found.append(
            Amount(match.start(), match.end(), value, interval, "rounded", "doubling", None)
        )
    return found
