"""Says the clauses of a measure: their days, the condition as nested lines, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from guomen.core.policy import Clause, FactType, Measure, Value
from guomen.core.policy.conditions import tests_of
from guomen.core.policy.tables import states_of
from guomen.core.time import Period
from guomen.jurisdiction import Jurisdiction
from guomen.language.sentences import say_effect, say_value
from guomen.language.tags import text_in
from guomen.web.components.conditions import Line, lines_of


@dataclass(frozen=True, slots=True)
class ClauseInWords:
    """A clause over all states of the lists that it reads, said with those of its last state.

    `lists` are the names of those lists by language, and `since` the first day of that state.
    """

    clause: Clause
    conditions: tuple[Line, ...]
    effect: tuple[str, ...]
    lists: tuple[Mapping[str, str], ...]
    since: date


def clauses_in_words(measure: Measure, pack: Jurisdiction, tag: str) -> tuple[ClauseInWords, ...]:
    """Say each clause of a measure once, however many states it has."""
    return tuple(_clause(states, pack, tag) for states in states_of(measure.clauses))


def _clause(states: tuple[Clause, ...], pack: Jurisdiction, tag: str) -> ClauseInWords:
    last = states[-1]
    whole = Period(states[0].in_force.start, last.in_force.until)
    read = dict.fromkeys(test.table for test in tests_of(last.when) if test.table is not None)
    return ClauseInWords(
        clause=replace(last, in_force=whole),
        conditions=lines_of(last.when, pack, tag),
        effect=tuple(say_effect(*one, tag, pack) for one in last.effect.items()),
        lists=tuple(pack.tables[name].names for name in read),
        since=last.in_force.start,
    )


Situation = tuple[tuple[str, str], ...]
"""Facts with their values, both in words."""


def situation_in_words(
    facts: Mapping[str, Value], pack: Jurisdiction, tag: str, another: str
) -> Situation:
    """Say each fact with its value; a made-up code of an example is said as `another` value."""
    vocabulary = pack.rulebook.vocabulary
    return tuple(
        (text_in(vocabulary[name].names, tag)[0], _value(name, value, pack, tag, another))
        for name, value in facts.items()
    )


def _value(name: str, value: Value, pack: Jurisdiction, tag: str, another: str) -> str:
    declared = pack.rulebook.vocabulary[name]
    made_up = isinstance(value, str) and value.startswith("other-") and value not in declared.codes
    made_up = made_up and declared.type is FactType.CODE
    return another if made_up else say_value(value, declared, tag)
