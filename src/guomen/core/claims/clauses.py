"""Keeps the cutting of clean text into clauses, sentences and paragraphs."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

# A comma inside 1,364 is no border; 、 joins the members of one clause and is none either.
_BORDER: Final = re.compile(r"[，；：。！？!?;:\n]|(?<![0-9]),|,(?![0-9])")
_SENTENCE_ENDS: Final = frozenset("。！？!?\n")


@dataclass(frozen=True, slots=True)
class Clause:
    """Clean text [start, end) between two borders, with its sentence and paragraph numbers."""

    start: int
    end: int
    sentence: int
    sentence_start: int
    paragraph: int


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a clean text in order; empty ones are kept so that every place has one."""
    clauses: list[Clause] = []
    start = sentence = sentence_start = paragraph = 0
    for border in _BORDER.finditer(text):
        clauses.append(Clause(start, border.start(), sentence, sentence_start, paragraph))
        start = border.end()
        paragraph += border[0] == "\n"
        if border[0] in _SENTENCE_ENDS:
            sentence, sentence_start = sentence + 1, start
    clauses.append(Clause(start, len(text), sentence, sentence_start, paragraph))
    return tuple(clauses)


def clause_at(clauses: tuple[Clause, ...], place: int) -> Clause:
    """The clause in which a place of the clean text lies (a border belongs to the one before)."""
    return clauses[bisect_right(clauses, place, key=lambda clause: clause.start) - 1]
