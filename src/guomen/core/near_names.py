"""Suggests which of some names may be another spelling of a given one, with the words that agree.

Only words are told, never a score: an officer looks, and the suggestion is gone with the page.
Spellings are folded as a machine-readable zone writes them (ICAO Doc 9303-3 §6, tables A and B),
and also with plain letters, because documents do both (MÜLLER is MUELLER and MULLER).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import OSA

_ZONE = {
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Æ": "AE", "Ø": "OE", "Œ": "OE", "ẞ": "SS",
    "Þ": "TH", "Ð": "D", "Đ": "D", "Ł": "L", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "Ĳ": "IJ", "İ": "I",
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z",
    "И": "I", "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R",
    "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH",
    "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA", "Є": "IE",
    "І": "I", "Ї": "I", "Ґ": "G", "Ў": "U",
}  # fmt: skip
"""The letters that a zone writes otherwise than by leaving off the mark."""

_PLAIN = {"Ø": "O", "Æ": "A", "Œ": "O"}
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`]")
_GAPS = re.compile(r"[\W_]+")
_MOST_WORDS = 12
"""A zone holds 39 characters of a name; more words than this are no name."""


@dataclass(frozen=True, slots=True)
class NearName:
    """A suggestion: which name it is, and its words that agree, as a zone would write them."""

    reference: str
    words: tuple[str, ...]


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name as a zone writes them; `<`, commas and hyphens part words."""
    return tuple(_zone(word) for word in _split(name))


def near_names(name: str, among: Mapping[str, str]) -> tuple[NearName, ...]:
    """Suggest the near ones `among` names by reference, in their order.

    Near: every word of the shorter name agrees with a word of its own in the longer one, and
    there are two at least, or both are one word; two neighbours may be written as one.
    Words agree that differ by one letter from four letters on, by two from eight on.
    """
    asked = _split(name)
    found = ((reference, _agreeing(asked, _split(other))) for reference, other in among.items())
    return tuple(NearName(reference, words) for reference, words in found if words)


def _split(name: str) -> list[str]:
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFC", name).upper())
    return [word for word in _GAPS.split(text) if word][:_MOST_WORDS]


def _zone(word: str) -> str:
    return _without_marks("".join(_ZONE.get(letter, letter) for letter in word))


def _without_marks(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(one for one in apart if not unicodedata.combining(one))


def _spellings(word: str) -> set[str]:
    # The plain one first: where it has no mark to leave off, both are the same.
    plain = _without_marks("".join(_PLAIN.get(letter, letter) for letter in word))
    return {_zone(word), _zone(plain)}


def _agreeing(asked: list[str], other: list[str]) -> tuple[str, ...]:
    found = (_paired(*pair) for pair in product(_joinings(asked), _joinings(other)))
    return next((words for words in found if words), ())


def _joinings(words: list[str]) -> list[list[str]]:
    """Give the words, and with two neighbours written as one: XIAO MING is XIAOMING elsewhere.

    A name of two words stays as it is: one word alone says too little.
    """
    joined = range(len(words) - 1) if len(words) > 2 else ()
    return [words, *([*words[:at], words[at] + words[at + 1], *words[at + 2 :]] for at in joined)]


def _paired(asked: list[str], other: list[str]) -> tuple[str, ...]:
    """Pair every word of the shorter with one of its own in the longer; nothing if one is left."""
    shorter, longer = sorted((asked, other), key=len)
    if not shorter or (len(shorter) == 1 and len(longer) > 1):
        return ()
    agree = [[at for at, to in enumerate(longer) if _agree(word, to)] for word in shorter]
    taken: dict[int, int] = {}
    if not all(_place(number, agree, taken, set()) for number in range(len(shorter))):
        return ()
    return tuple(_zone(longer[at]) for at in sorted(taken))


def _place(word: int, agree: list[list[int]], taken: dict[int, int], seen: set[int]) -> bool:
    """Find a partner for a word; one that has it already moves on if it can (Kuhn's algorithm)."""
    for at in agree[word]:
        if at in seen:
            continue
        seen.add(at)
        if at not in taken or _place(taken[at], agree, taken, seen):
            taken[at] = word
            return True
    return False


def _agree(one: str, other: str) -> bool:
    pairs = product(_spellings(one), _spellings(other))
    return any(_differ_by(*pair) <= _permitted(*pair) for pair in pairs)


def _differ_by(one: str, other: str) -> int:
    # Two neighbours that changed places are one slip of a pen, not two.
    return OSA.distance(one, other)


def _permitted(one: str, other: str) -> int:
    shortest = min(len(one), len(other))
    return 2 if shortest >= 8 else 1 if shortest >= 4 else 0
