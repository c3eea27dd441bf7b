"""A measure as the rows of a form: what is typed stays as it is typed, until it is written as YAML.

Names of fields: `title.en`, `c0.from`, `c0.t2.fact`, `c0.e1.value`; clauses, tests and effects are
counted from 0 in the order of the page.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import TypeVar

from django.http import QueryDict

from guomen.core.canonical import Json
from guomen.core.policy import All, Any, Clause, Condition, Measure, Not, Operator, Test
from guomen.core.policy.effects import EffectDeclaration, EffectType
from guomen.core.policy.spelling import spell_value
from guomen.core.policy.tables import joined, states_of
from guomen.jurisdiction.measures import IN_TABLE

Row = TypeVar("Row")

PLAIN = ("id", "family", "question", "source", "confidence", "confidence_note", "note")
OF_CLAUSE = ("id", "was", "recorded", "announced", "from", "last")


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test as typed. Rows of the same `group` are alternatives; `end` is the second of two."""

    __test__ = False  # not one for pytest

    fact: str = ""
    compare: str = ""
    values: tuple[str, ...] = ()
    end: str = ""
    negated: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One key of an effect as typed."""

    key: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause as typed. `tests` is None where its condition is deeper than a form can show."""

    plain: Mapping[str, str]
    tests: tuple[TestRow, ...] | None
    effects: tuple[EffectRow, ...]


@dataclass(frozen=True, slots=True)
class MeasureRows:
    """A whole measure as typed; `texts` holds titles and texts by the name of their field."""

    plain: Mapping[str, str]
    texts: Mapping[str, str]
    clauses: tuple[ClauseRow, ...]


# ---------------------------------------------------------------------------- out of a measure


def rows_of(measure: Measure, effects: Mapping[str, EffectDeclaration]) -> MeasureRows:
    """Give the rows of a measure."""
    citation = measure.citation
    told = (measure.id, measure.family, measure.question, citation.source, citation.confidence)
    plain = dict(zip(PLAIN, (*told, citation.confidence_note, measure.note), strict=True))
    texts = {f"title.{tag}": text for tag, text in measure.titles.items()}
    texts |= {f"text.{tag}": text for tag, text in measure.texts.items()}
    clauses = (joined(states) for states in states_of(measure.clauses))
    return MeasureRows(plain, texts, tuple(_clause(one, effects) for one in clauses))


def _clause(clause: Clause, effects: Mapping[str, EffectDeclaration]) -> ClauseRow:
    last = clause.in_force.last_day
    plain = {
        "id": clause.id,
        "was": clause.id,
        "recorded": clause.recorded.isoformat(),
        "announced": clause.announced.isoformat() if clause.announced else "",
        "from": clause.in_force.start.isoformat(),
        "last": last.isoformat() if last else "",
    }
    found = tuple(_effect(effects[key], value) for key, value in clause.effect.items())
    return ClauseRow(plain, tests_in(clause.when), found)


def tests_in(condition: Condition) -> tuple[TestRow, ...] | None:
    """Give a condition as rows, or None where it is deeper: all of (test, not test, any of such)."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    rows: list[TestRow] = []
    for place, part in enumerate(parts, 1):
        alternatives = part.parts if isinstance(part, Any) else (part,)
        group = str(place) if isinstance(part, Any) else ""
        for one in alternatives:
            row = _test(one, group)
            if row is None:
                return None
            rows.append(row)
    return tuple(rows)


def _test(condition: Condition, group: str) -> TestRow | None:
    if isinstance(condition, Not):
        inner = _test(condition.part, group) if isinstance(condition.part, Test) else None
        return replace(inner, negated=True) if inner else None
    if not isinstance(condition, Test):
        return None
    if condition.table is not None:
        return TestRow(condition.fact, IN_TABLE, (condition.table,), group=group)
    operand = condition.operand
    several = operand if isinstance(operand, tuple) else (operand,)
    typed = tuple(spelt(spell_value(one)) for one in several)
    if condition.operator is Operator.BETWEEN:
        return TestRow(condition.fact, condition.operator.value, typed[:1], typed[-1], group=group)
    return TestRow(condition.fact, condition.operator.value, typed, group=group)


def _effect(declared: EffectDeclaration, value: Json) -> EffectRow:
    if declared.type in WRITTEN_OUT:
        return EffectRow(declared.name, (json.dumps(value, ensure_ascii=False),))
    several = value if isinstance(value, list | tuple) else (value,)
    return EffectRow(declared.name, tuple(spelt(one) for one in several))


WRITTEN_OUT = (EffectType.MAPPING, EffectType.GRANTS)
"""Effects that have no field of their own kind: their value is written as in the file."""


def spelt(value: Json) -> str:
    """Spell a single value as it is typed: true, 15, 2023-12-31, HRP."""
    return str(value).lower() if isinstance(value, bool) else str(value)


# ---------------------------------------------------------------------------- out of a form


def rows_sent(sent: QueryDict) -> MeasureRows:
    """Give the rows that a form has sent; the order on the page is kept."""
    texts = {name: _typed(sent, name) for name in sent if name.startswith(("title.", "text."))}
    clauses = _while_there(sent, "c{}.id")
    return MeasureRows(
        {name: _typed(sent, name) for name in PLAIN},
        texts,
        tuple(_clause_sent(sent, head.removesuffix(".id")) for head in clauses),
    )


def _while_there(sent: QueryDict, pattern: str) -> Iterator[str]:
    return takewhile(lambda name: name in sent, (pattern.format(at) for at in count()))


def _typed(sent: QueryDict, name: str) -> str:
    return sent.get(name, "").replace("\r\n", "\n").strip()


def _clause_sent(sent: QueryDict, head: str) -> ClauseRow:
    tests = _while_there(sent, f"{head}.t{{}}.fact")
    effects = _while_there(sent, f"{head}.e{{}}.key")
    deep = sent.get(f"{head}.deep") == "yes"
    rows = tuple(_test_sent(sent, one.removesuffix(".fact")) for one in tests)
    return ClauseRow(
        {name: _typed(sent, f"{head}.{name}") for name in OF_CLAUSE},
        None if deep else rows,
        tuple(_effect_sent(sent, one.removesuffix(".key")) for one in effects),
    )


def _test_sent(sent: QueryDict, head: str) -> TestRow:
    return TestRow(
        fact=_typed(sent, f"{head}.fact"),
        compare=_typed(sent, f"{head}.compare"),
        values=_values_sent(sent, f"{head}.value"),
        end=_typed(sent, f"{head}.end"),
        negated=sent.get(f"{head}.not") == "yes",
        group=_typed(sent, f"{head}.group"),
    )


def _effect_sent(sent: QueryDict, head: str) -> EffectRow:
    return EffectRow(_typed(sent, f"{head}.key"), _values_sent(sent, f"{head}.value"))


def _values_sent(sent: QueryDict, name: str) -> tuple[str, ...]:
    several = (one.replace("\r\n", "\n").strip() for one in sent.getlist(name))
    return tuple(one for one in several if one)


# ---------------------------------------------------------------------------- adding and removing


def with_change(rows: MeasureRows, act: str, today: str) -> tuple[MeasureRows, str]:
    """Add or remove a row as a button asks; give also the name of the field to go on with."""
    name, _colon, place = act.partition(":")
    at, within = (*(int(one) if one.isdecimal() else -1 for one in place.split(":")), -1, -1)[:2]
    if name == "add_clause":
        return _with_clause(rows, today), f"c{len(rows.clauses)}.id"
    if not 0 <= at < len(rows.clauses):
        return rows, ""
    if name == "drop_clause":
        return replace(rows, clauses=_without(rows.clauses, at)), "add-clause"
    clause, focus = _changed(rows.clauses[at], name, within)
    clauses = (*rows.clauses[:at], clause, *rows.clauses[at + 1 :])
    return replace(rows, clauses=clauses), f"c{at}.{focus}" if focus else ""


def _with_clause(rows: MeasureRows, today: str) -> MeasureRows:
    plain = dict.fromkeys(OF_CLAUSE, "") | {"recorded": today}
    fresh = ClauseRow(plain, (TestRow(),), (EffectRow(),))
    return replace(rows, clauses=(*rows.clauses, fresh))


def _changed(clause: ClauseRow, name: str, at: int) -> tuple[ClauseRow, str]:
    tests, effects = clause.tests or (), clause.effects
    if name == "add_test":
        return replace(clause, tests=(*tests, TestRow())), f"t{len(tests)}.fact"
    if name == "drop_test":
        return replace(clause, tests=_without(tests, at)), "add-test"
    if name == "add_effect":
        return replace(clause, effects=(*effects, EffectRow())), f"e{len(effects)}.key"
    if name == "drop_effect":
        return replace(clause, effects=_without(effects, at)), "add-effect"
    return clause, ""


def _without(rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    return tuple(one for place, one in enumerate(rows) if place != at)
