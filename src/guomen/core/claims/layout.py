"""Keeps the folding of newspaper layout: clean text with the raw place of every character."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final
from unicodedata import normalize

_ZERO_WIDTH: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
# Punctuation stays full width, so that a comma between clauses is never one inside a number.
_FOLDED_RANGES: Final = (
    ("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"), ("％", "％"), ("．", "．"),
    ("\u2f00", "\u2fdf"), ("\uf900", "\ufaff"),
)  # fmt: skip
_BRACKETS: Final = {"(": "（", ")": "）"}
_SENTENCE_END: Final = frozenset("。！？!?…")
_CLOSING: Final = frozenset("”’」』）》")
_LETTERSPACED_SHARE: Final = 0.6
_LETTERSPACED_PAIRS: Final = 4
_COLUMN_SLACK: Final = 2

Mark = tuple[str, int]
"""One character and its code point index in the raw text."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Text without layout; origin[i] is the raw index of text[i]."""

    text: str
    origin: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span of a clean, non-empty one."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(raw: str) -> Folded:
    """Removes layout from a text as it lies in a newspaper.

    Lines are joined, spaces inside words dropped, width variants folded one to one. A newline
    is left where a paragraph ends; a blank line in mid-sentence is a column break and goes.
    Nothing is refused.
    """
    lines = [_clean_line(line) for line in _lines(raw)]
    marks = list(_joined(lines))
    return Folded("".join(mark[0] for mark in marks), tuple(mark[1] for mark in marks))


def _lines(raw: str) -> list[list[Mark]]:
    lines: list[list[Mark]] = [[]]
    for index, character in enumerate(raw):
        if character == "\n":
            lines.append([])
        elif character not in _ZERO_WIDTH:
            lines[-1].append((_fold_character(character), index))
    return lines


def _fold_character(character: str) -> str:
    if character in _BRACKETS:
        return _BRACKETS[character]
    if any(first <= character <= last for first, last in _FOLDED_RANGES):
        folded = normalize("NFKC", character)
        return folded if len(folded) == 1 else character
    return character


def _clean_line(line: list[Mark]) -> list[Mark]:
    solid = [place for place, mark in enumerate(line) if not mark[0].isspace()]
    if not solid:
        return []
    letterspaced = _is_letterspaced(solid)
    kept = [line[solid[0]]]
    for before, after in pairwise(solid):
        if after > before + 1 and not letterspaced and _is_word_gap(line[before], line[after]):
            kept.append((" ", line[before + 1][1]))
        kept.append(line[after])
    return kept


def _is_letterspaced(solid: list[int]) -> bool:
    pairs = len(solid) - 1
    spaced = sum(after - before == 2 for before, after in pairwise(solid))
    return pairs >= _LETTERSPACED_PAIRS and spaced >= _LETTERSPACED_SHARE * pairs


def _is_word_gap(before: Mark, after: Mark) -> bool:
    """A space means something only between two Latin words or two numbers."""
    return all(mark[0].isascii() and mark[0].isalnum() for mark in (before, after))


def _joined(lines: Sequence[list[Mark]]) -> Iterator[Mark]:
    width = _column_width(lines)
    previous: list[Mark] = []
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        if previous:
            yield from _seam(previous, line, blank and not _runs_on(previous, width))
        yield from line
        previous, blank = line, False


def _seam(previous: list[Mark], line: list[Mark], paragraph: bool) -> Iterator[Mark]:
    place = line[0][1] - 1
    if paragraph:
        yield ("\n", place)
    elif _is_word_gap(previous[-1], line[0]):
        yield (" ", place)


def _column_width(lines: Sequence[list[Mark]]) -> float:
    """The width of the line in which the middle character stands: headlines weigh little."""
    widths = sorted(_ems(line) for line in lines)
    reached = [total for total in accumulate(widths) if total < sum(widths) / 2]
    return widths[len(reached)] if len(reached) < len(widths) else 0.0


def _ems(line: list[Mark]) -> float:
    """The width of a line as set: a Latin letter or digit takes half an em."""
    return sum(0.5 if mark[0].isascii() else 1.0 for mark in line)


def _runs_on(line: list[Mark], width: float) -> bool:
    """Whether the sentence goes on after a blank line: open, and the column is filled."""
    last = next((mark[0] for mark in reversed(line) if mark[0] not in _CLOSING), "")
    return last not in _SENTENCE_END and abs(_ems(line) - width) <= _COLUMN_SLACK
