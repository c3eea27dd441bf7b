"""The first texts of a draft: those of a published measure, or a skeleton that can be read at once."""

from collections import Counter
from datetime import date, timedelta
from itertools import count

from django.utils.translation import gettext

from guomen.core.canonical import Json
from guomen.core.policy import All, Citation, Clause, Measure, Test
from guomen.core.policy.conditions import tests_of
from guomen.core.time import Period
from guomen.jurisdiction import Jurisdiction
from guomen.jurisdiction.writing import write_cases, write_measure
from guomen.language.tags import speaking

_DAYS_AHEAD = 30
"""A new measure begins about a month after it is drafted, until its author writes otherwise."""


def skeleton(question: str, pack: Jurisdiction, today: date) -> tuple[str, str, str]:
    """Give id, text and cases of a new measure with every key that a measure needs.

    Test and effect are taken from a measure that answers the same question, as a pattern to
    change; so what is begun can be read at once, and checked.
    """
    pattern = _pattern(question, pack)
    family = pattern.family if pattern else next(iter(pack.families))
    measure = Measure(
        id=_free_id(pack, today),
        family=family,
        question=question,
        titles=_placeholders(pack, "title"),
        texts=_placeholders(pack, "text"),
        citation=Citation("to be filled in", "K-low"),
        note="",
        clauses=(_clause(pattern, today),),
    )
    return measure.id, write_measure(measure), write_cases(measure.id, ())


def _pattern(question: str, pack: Jurisdiction) -> Measure | None:
    """Find the measure that answers a question with the fewest words."""
    answering = [one for one in pack.rulebook.measures if one.question == question]
    return min(answering, key=lambda one: (_size(one), one.id), default=None)


def _size(measure: Measure) -> int:
    clause = measure.clauses[-1]
    return len(list(tests_of(clause.when))) + len(str(dict(clause.effect)))


def _placeholders(pack: Jurisdiction, what: str) -> dict[str, str]:
    found = {}
    for tag in pack.pack_languages:
        with speaking(tag):
            title, text = (
                gettext("New measure"),
                gettext("What the measure says, in one paragraph."),
            )
            found[tag] = title if what == "title" else text
    return found


def _clause(pattern: Measure | None, today: date) -> Clause:
    start = today + timedelta(days=_DAYS_AHEAD)
    tests: tuple[Test, ...] = ()
    effect: dict[str, Json] = {}
    if pattern is not None:
        last = pattern.clauses[-1]
        tests = tuple(tests_of(last.when))[:1]
        effect = dict(list(last.effect.items())[:1])
    return Clause("a", None, Period(start), today, All(tests), effect)


def _free_id(pack: Jurisdiction, today: date) -> str:
    """Propose an id in the manner of the pack, out of the day: "M-2026-1122"."""
    heads = Counter(one.id.partition("-")[0] for one in pack.rulebook.announced)
    head = heads.most_common(1)[0][0] if heads else "M"
    wished = f"{head}-{today:%Y-%m%d}"
    taken = {one.id for one in pack.rulebook.measures}
    names = (wished if at == 1 else f"{wished}-{at}" for at in count(1))
    return next(name for name in names if name not in taken)
