"""What a draft can touch: the filter with which files are scanned, and the values that it lets through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guomen.apps.policy.lake.files import quoted
from guomen.core.policy import Operator, Vocabulary
from guomen.core.policy.conditions import judge
from guomen.core.policy.distinct import ValueClass
from guomen.core.policy.measure import Measure
from guomen.core.policy.normal_form import Literal
from guomen.core.policy.replay import reach
from guomen.core.policy.rulebook import Rulebook

Bound = list[object]
"""Values for the places of an SQL text, in their order."""

Way = tuple[Literal, ...]
"""Tests that an act must pass, all of them, to be touched in one way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """SQL with the values bound to it."""

    text: str
    bound: Bound


Classes = Sequence[ValueClass | None]
"""Classes of a fact's values; None stands for the fact that is missing."""


class Reach:
    """The ways in which a draft can touch an act, as far as a scan can check them.

    `classes` divide the values of each fact so that no test of a way cuts one of them.
    """

    def __init__(
        self, before: Rulebook, draft: Measure, classes: Mapping[str, Sequence[ValueClass]]
    ) -> None:
        self._classes: Mapping[str, Classes] = {
            fact: (None, *several) for fact, several in classes.items()
        }
        checked = (_checked(one, before.vocabulary) for one in reach(before, draft))
        self._ways = self._widest(tuple(dict.fromkeys(checked)))

    def _widest(self, ways: Sequence[Way]) -> Sequence[Way]:
        """Leave out each way that lies within another; of a draft that widens, one way is left."""
        found: list[Way] = []
        for one in sorted(ways, key=self._width, reverse=True):
            if not any(self._lies_within(one, other) for other in found):
                found.append(one)
        return found

    def _width(self, way: Way) -> int:
        # Whatever lies within another lets through no more classes of any fact.
        return sum(len(_through(way, fact, several)) for fact, several in self._classes.items())

    def _lies_within(self, way: Way, other: Way) -> bool:
        return all(
            set(_through(way, fact, several)) <= set(_through(other, fact, several))
            for fact, several in self._classes.items()
        )

    def left(self, fact: str) -> Classes:
        """Give the classes of a fact that the filter lets through, in their order."""
        several = self._classes[fact]
        found = {one for way in self._ways for one in _through(way, fact, several)}
        return [one for one in several if one in found]

    def filter(self) -> Asked:
        """Give the SQL that keeps every act the draft can touch, and as few others as is easy.

        What all ways ask stands before what each asks besides: a filter on one column alone skips
        whole row groups, one within an OR is asked of every row.
        """
        if not self._ways:
            return Asked("FALSE", [])
        first, *others = self._ways
        shared = tuple(one for one in first if all(one in way for way in others))
        rest = [tuple(one for one in way if one not in shared) for way in self._ways]
        several = [_joined(" AND ", map(_sql, way)) for way in rest]
        if not all(rest):  # one way asks nothing besides
            return _joined(" AND ", map(_sql, shared))
        return _joined(" AND ", [*map(_sql, shared), _joined(" OR ", several)])


def _through(way: Way, fact: str, classes: Classes) -> list[ValueClass | None]:
    """Give the classes of a fact's values that pass what a way asks of it."""
    tests = [one.test for one in way if one.test.fact == fact]
    told = [(one, {} if one is None else {fact: one.stands_for}) for one in classes]
    return [one for one, facts in told if all(judge(test, facts) is True for test in tests)]


def _checked(way: Way, vocabulary: Vocabulary) -> Way:
    """Leave out the tests of facts whose silence has a meaning, and those that are no scan's."""
    return tuple(
        one
        for one in way
        if vocabulary[one.test.fact].absent is None and one.test.operator in _SPELLED
    )


_SPELLED = {
    Operator.EQUALS: "{} = ?",
    Operator.AT_LEAST: "{} >= ?",
    Operator.AT_MOST: "{} <= ?",
    Operator.MORE_THAN: "{} > ?",
    Operator.LESS_THAN: "{} < ?",
    Operator.BETWEEN: "{} BETWEEN ? AND ?",
    Operator.ONE_OF: "{} IN (%s)",
}


def _sql(literal: Literal) -> Asked:
    test = literal.test
    bound = list[object](test.operand if isinstance(test.operand, tuple) else (test.operand,))
    if not bound:
        return Asked("FALSE", [])
    spelled = _SPELLED[test.operator].replace("%s", places(bound))
    return Asked(spelled.format(quoted(test.fact)), bound)


def places(values: Sequence[object]) -> str:
    """Give the places of an SQL text for several values."""
    return ", ".join("?" * len(values))


def _joined(word: str, several: Iterable[Asked]) -> Asked:
    parts = list(several)
    text = word.join(one.text for one in parts) or "TRUE"
    return Asked(f"({text})", [value for one in parts for value in one.bound])
