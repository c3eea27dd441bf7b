"""Keeps the choice of the figure a claim speaks about, by its unit and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guomen.core.claims.claim import Claim, FigureWords

_FREE_UNITS: Final = frozenset({"percent", "permille", "pp", "times", "doubling"})


@dataclass(frozen=True, slots=True)
class Match:
    """The figure of a claim, or None; several says that more than one fitted equally."""

    figure: str | None
    several: tuple[str, ...] = ()


def match_figures(claims: Sequence[Claim], words: Sequence[FigureWords]) -> tuple[Match, ...]:
    """The figure of every claim, in the claims' order; a change takes that of its level."""
    matches: list[Match] = []
    for claim in claims:
        refers_to = claim.refers_to
        inherits = refers_to is not None and refers_to < len(matches)
        matches.append(matches[refers_to or 0] if inherits else _match(claim, words))
    return tuple(matches)


def _match(claim: Claim, words: Sequence[FigureWords]) -> Match:
    """The figure whose words fit best: the most characters in the claim's own words."""
    scores = {figure: _score(claim, figure, words) for figure in words}
    best = max(scores.values(), default=0)
    fitting = tuple(figure.figure for figure, score in scores.items() if score and score == best)
    return Match(fitting[0]) if len(fitting) == 1 else Match(None, fitting)


def _score(claim: Claim, figure: FigureWords, words: Sequence[FigureWords]) -> int:
    """Characters of the figure's words in what the claim measures; 0 where it does not fit."""
    if not _has_unit(claim, figure) or _is_ruled_out(claim, figure, words):
        return 0
    told = claim.context + claim.measured
    if not all(any(word in told for word in group) for group in figure.all_of):
        return 0
    return sum(_longest(group, claim.measured) for group in figure.all_of)


def _longest(group: tuple[str, ...], text: str) -> int:
    return max((len(word) for word in group if word in text), default=0)


def _has_unit(claim: Claim, figure: FigureWords) -> bool:
    free = claim.kind == "change" and claim.unit in _FREE_UNITS
    return free or claim.unit in figure.units


def _is_ruled_out(claim: Claim, figure: FigureWords, words: Sequence[FigureWords]) -> bool:
    """Whether a word of none_of is said of the claim.

    A word that names another figure's thing (制毒 beside 毒品) counts only in the claim's own
    words; any other limits the scope (机场, 日均) and counts from the sentence's head too.
    """
    nouns = [word for other in words for group in other.all_of for word in group]
    for word in figure.none_of:
        limits_scope = not any(word in noun for noun in nouns)
        if word in claim.measured or (limits_scope and word in claim.head):
            return True
    return False
