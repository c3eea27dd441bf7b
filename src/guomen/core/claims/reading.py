"""Keeps the reading of a whole article: amounts bound to clause, period, change and noun."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from guomen.core.claims.amounts import JOINER, Amount, find_amounts
from guomen.core.claims.claim import Claim, ClaimPeriod, Comparison
from guomen.core.claims.clauses import Clause, clause_at, split_clauses
from guomen.core.claims.comparisons import base_in, can_refer, change_in, is_base_value, referred
from guomen.core.claims.layout import Folded, fold
from guomen.core.claims.periods import Timed, read_periods
from guomen.core.claims.units import TIERS

_LISTED: Final = re.compile(r"分[别別]")
_MEMBERS: Final = re.compile(r"[、和及与與]")
_LEANING: Final = re.compile(r"^(?:其中|[、和及与與（])+")
_RATES: Final = frozenset({"percent", "permille"})
_TAIL_END: Final = re.compile(r"[、（）]")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An amount in its clause: what stands before it, what is measured, how it changed."""

    amount: Amount
    clause: Clause
    stretch: str
    joined: bool
    measured: str = ""
    comparison: Comparison | None = None
    refers_to: int | None = None
    base_value: bool = False


def read_claims(text: str) -> tuple[Claim, ...]:
    """Every statistical claim of a Chinese text, in text order.

    Arguments: text as it lies, with the newspaper's lines, columns and spaces. Units are
    codes (person_time, percent ...), places are code points into the raw text. Nothing is
    refused: a text without claims gives none. Forms of numbers follow GB/T 15835-2011.
    """
    folded = fold(text)
    clauses = split_clauses(folded.text)
    drafts = _drafts(folded.text, clauses)
    drafts = _with_changes(folded.text, drafts)
    drafts = _with_references(drafts)
    drafts = _with_nouns(folded.text, drafts)
    timed = [Timed(draft.amount.start, draft.clause, _tier(draft)) for draft in drafts]
    periods = read_periods(folded.text, clauses, timed)
    heads = _heads(folded.text, drafts)
    return tuple(
        _claim(text, folded, draft, _own_period(draft, period), heads[draft.clause.sentence])
        for draft, period in zip(drafts, periods, strict=True)
    )


def _drafts(text: str, clauses: tuple[Clause, ...]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for amount in find_amounts(text, clauses):
        clause = clause_at(clauses, amount.start)
        follows = bool(drafts) and drafts[-1].clause == clause
        since = drafts[-1].amount.end if follows else clause.start
        stretch = text[since : amount.start]
        joined = follows and JOINER.fullmatch(stretch) is not None
        drafts.append(_Draft(amount, clause, stretch, joined))
    return drafts


def _with_changes(text: str, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Marks changes and bases; a base named once serves the rest of its sentence."""
    marked: list[_Draft] = []
    base, read_until = "unstated", 0
    for draft in drafts:
        if not marked or marked[-1].clause.sentence != draft.clause.sentence:
            base, read_until = "unstated", draft.clause.sentence_start
        base = base_in(text[read_until : draft.amount.start], base)
        read_until = draft.amount.end
        after = text[draft.amount.end : draft.clause.end]
        previous = marked[-1] if draft.joined else None
        marked.append(_changed(draft, base, after, previous))
    return marked


def _changed(draft: _Draft, base: str, after: str, previous: _Draft | None) -> _Draft:
    stretch = draft.stretch
    if previous is not None and previous.comparison is not None:
        stretch = previous.comparison.direction.replace("up", "增长").replace("down", "下降")
    change = change_in(stretch, draft.amount, base)
    comparison = change.comparison if change else None
    # A list member borrows the direction of the one before, never a noun.
    return replace(
        draft, comparison=comparison, base_value=is_base_value(draft.stretch, after),
        measured=draft.stretch if change and change.own_words else "",
    )  # fmt: skip


def _with_references(drafts: Sequence[_Draft]) -> list[_Draft]:
    bound: list[_Draft] = []
    for index, draft in enumerate(drafts):
        refers_to = None
        if draft.comparison is not None:
            first, size = _group(drafts, index)
            if not drafts[first].measured:
                listed = _LISTED.search(drafts[first].stretch) is not None
                levels = _levels_before(drafts, first)
                refers_to = referred(levels, size, index - first, listed)
        bound.append(replace(draft, refers_to=refers_to))
    return bound


def _group(drafts: Sequence[_Draft], index: int) -> tuple[int, int]:
    """The first index and the size of the list that a draft belongs to (alone: size 1)."""
    first = index
    while drafts[first].joined:
        first -= 1
    last = index
    while last + 1 < len(drafts) and drafts[last + 1].joined:
        last += 1
    return first, last - first + 1


def _levels_before(drafts: Sequence[_Draft], index: int) -> list[int]:
    sentence = drafts[index].clause.sentence
    return [
        place
        for place, draft in enumerate(drafts[:index])
        if draft.clause.sentence == sentence
        and draft.comparison is None
        and not draft.base_value
        and _tier(draft) == "statistic"
        and can_refer(drafts[index].amount.unit, draft.amount.unit)
    ]


def _with_nouns(text: str, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Gives every draft the words that name what it measures."""
    named: list[_Draft] = []
    for index, draft in enumerate(drafts):
        previous = named[-1] if named and named[-1].clause == draft.clause else None
        measured = _member(drafts, index) or _own_words(draft, previous)
        measured += _tail(text, drafts, index)
        named.append(replace(draft, measured=measured))
    return named


def _member(drafts: Sequence[_Draft], index: int) -> str:
    """The k-th noun before 分别, where there are as many nouns as values."""
    first, size = _group(drafts, index)
    before, listed, _ = drafts[first].stretch.partition(_listing_word(drafts[first].stretch))
    members = _MEMBERS.split(before.removeprefix("其中"))
    return members[index - first] if listed and size > 1 and len(members) == size else ""


def _listing_word(stretch: str) -> str:
    found = _LISTED.search(stretch)
    return found[0] if found else "分别"


def _own_words(draft: _Draft, previous: _Draft | None) -> str:
    own = _LEANING.sub("", draft.stretch)
    if previous and previous.base_value:  # 满意率由97.6%提高到98.4%: one noun for both
        return previous.measured + own
    return own or (previous.measured if previous else "")


def _tail(text: str, drafts: Sequence[_Draft], index: int) -> str:
    """The noun after a value (186万余人次内地居民), as far as it is not the next value's."""
    draft = drafts[index]
    after = text[draft.amount.end : draft.clause.end]
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    if following and following.clause == draft.clause:
        between = text[draft.amount.end : following.amount.start]
        after = between if _TAIL_END.search(between) else ""
    return _TAIL_END.split(after)[0]


def _heads(text: str, drafts: Sequence[_Draft]) -> dict[int, str]:
    """For every sentence number the text before its first claim."""
    heads: dict[int, str] = {}
    for draft in drafts:
        head = text[draft.clause.sentence_start : draft.amount.start]
        heads.setdefault(draft.clause.sentence, head)
    return heads


def _tier(draft: _Draft) -> str:
    return TIERS.get(draft.amount.unit, "statistic")


def _kind(draft: _Draft) -> str:
    if draft.comparison is not None:
        return "change"
    return "rate" if draft.amount.unit in _RATES else "level"


def _own_period(draft: _Draft, period: ClaimPeriod) -> ClaimPeriod:
    """A value risen or fallen from belongs to an earlier time that only its words name."""
    if draft.base_value:
        return ClaimPeriod("other", None, None, draft.stretch, inherited=False)
    return period


def _context(folded: Folded, draft: _Draft) -> str:
    """The clause up to the claim; after 其中 the whole sentence up to it."""
    sentence = folded.text[draft.clause.sentence_start : draft.amount.start]
    leaning = "其中" in sentence
    return sentence if leaning else folded.text[draft.clause.start : draft.amount.start]


def _claim(text: str, folded: Folded, draft: _Draft, period: ClaimPeriod, head: str) -> Claim:
    amount, clause = draft.amount, draft.clause
    start, end = folded.raw_span(amount.start, amount.end)
    clause_start, clause_end = folded.raw_span(clause.start, clause.end)
    return Claim(
        quote=text[start:end], start=start, end=end,
        clause_start=clause_start, clause_end=clause_end,
        subject=folded.text[clause.start : clause.end],
        tier=_tier(draft), kind=_kind(draft),
        low=amount.interval.low, high=amount.interval.high,
        high_open=amount.interval.high_open, unit=amount.unit, qualifier=amount.qualifier,
        period=period, comparison=draft.comparison, refers_to=draft.refers_to,
        value=amount.value, measured=draft.measured, context=_context(folded, draft), head=head,
    )  # fmt: skip
