"""Writes measures for others to use again: JSON with stable keys, and YAML that a pack can take in.

Both carry the licence and the digest of the rulebook, so that a copy can be traced.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from guomen.core.canonical import Json
from guomen.core.policy import All, Case, Clause, Condition, Measure, Not, Test
from guomen.core.policy.cel import to_cel
from guomen.core.policy.conditions import tests_of
from guomen.core.policy.measure import Scope
from guomen.core.policy.spelling import spell_value
from guomen.core.policy.tables import Table, joined, states_of
from guomen.core.time import Period
from guomen.jurisdiction.measures import EXPECTATIONS, IN_TABLE
from guomen.jurisdiction.pack import Jurisdiction
from guomen.jurisdiction.writing import write_cases, write_measure, write_table

_WORDS = {verdict: word for word, verdict in EXPECTATIONS.items()}


def measure_json(measure: Measure, pack: Jurisdiction) -> dict[str, Json]:
    """Give one measure with the tables that it reads. Days are ISO texts, `until` is half-open."""
    return {
        **_origin(pack),
        "measure": _measure(measure),
        "tables": {one.id: _table(one) for one in tables_of(measure, pack)},
    }


def rulebook_json(pack: Jurisdiction) -> dict[str, Json]:
    """Give the whole rulebook: questions, the facts asked for, tables, measures, standing rules."""
    book = pack.rulebook
    return {
        **_origin(pack),
        "questions": {
            name: {"name": dict(one.names), "default": dict(one.default), "several": one.several}
            for name, one in book.questions.items()
        },
        "facts": {name: _fact(name, pack) for name in book.vocabulary.names()},
        "tables": {name: _table(one) for name, one in pack.tables.items()},
        "measures": [_measure(one) for one in book.measures],
    }


def measure_yaml(measure: Measure, pack: Jurisdiction) -> str:
    """Give one measure as a YAML stream: the tables that it reads, the measure, its cases."""
    tables = [write_table(one) for one in tables_of(measure, pack)]
    return _stream(pack, [*tables, *_files(measure)])


def rulebook_yaml(pack: Jurisdiction) -> str:
    """Give all tables, measures and standing rules as one YAML stream of documents."""
    tables = [write_table(one) for one in pack.tables.values()]
    files = [text for measure in pack.rulebook.measures for text in _files(measure)]
    return _stream(pack, [*tables, *files])


def tables_of(measure: Measure, pack: Jurisdiction) -> Sequence[Table]:
    """Give the dated tables that a measure reads, in the order in which it names them."""
    named = (test.table for clause in measure.clauses for test in tests_of(clause.when))
    return [pack.tables[name] for name in dict.fromkeys(named) if name is not None]


def _files(measure: Measure) -> tuple[str, str]:
    return write_measure(measure), write_cases(measure.id, measure.cases)


def _stream(pack: Jurisdiction, documents: Iterable[str]) -> str:
    head = (
        f"# Jurisdiction: {pack.code}. Rulebook: {pack.rulebook.digest}.\n"
        f"# Licence: {pack.licence.id}, {pack.licence.url}\n"
    )
    return head + "".join(f"---\n{text}" for text in documents)


def _origin(pack: Jurisdiction) -> dict[str, Json]:
    licence = pack.licence
    return {
        "jurisdiction": pack.code,
        "rulebook": pack.rulebook.digest,
        "licence": {"id": licence.id, "name": dict(licence.names), "url": licence.url},
    }


def _fact(name: str, pack: Jurisdiction) -> dict[str, Json]:
    declared = pack.rulebook.vocabulary[name]
    return {
        "name": dict(declared.names),
        "type": declared.type.value,
        "unit": declared.unit,
        "absent": spell_value(declared.absent),
    }


def _measure(measure: Measure) -> dict[str, Json]:
    return {
        "id": measure.id,
        "family": measure.family,
        "question": measure.question,
        "standing": measure.standing,
        "title": dict(measure.titles),
        "text": dict(measure.texts),
        "source": measure.citation.source,
        "confidence": measure.citation.confidence,
        "confidence_note": measure.citation.confidence_note,
        "note": measure.note,
        "named_in_article": measure.named_in_article,
        "scope": _scope(measure.scope) if measure.scope else None,
        "clauses": [_clause(states) for states in states_of(measure.clauses)],
        "cases": [_case(one) for one in measure.cases],
    }


def _scope(scope: Scope) -> dict[str, Json]:
    return {
        "places": scope.places if isinstance(scope.places, str) else list(scope.places),
        "documents": list(scope.documents),
        "holders": list(scope.holders),
    }


def _clause(states: Sequence[Clause]) -> dict[str, Json]:
    """Give a clause as it is written; `cel` has its condition once for each state of a table."""
    clause = joined(states)
    return {
        "id": clause.id,
        "announced": _day(clause.announced),
        "in_force": _days(clause.in_force),
        "recorded": clause.recorded.isoformat(),
        "when": condition_json(clause.when),
        "effect": dict(clause.effect),
        "cel": [{**_days(one.in_force), "when": to_cel(one.when)} for one in states],
    }


def condition_json(condition: Condition) -> dict[str, Json]:
    """Give a condition as the tree that stands in a pack."""
    if isinstance(condition, Not):
        return {"not": condition_json(condition.part)}
    if not isinstance(condition, Test):
        key = "all" if isinstance(condition, All) else "any"
        return {key: [condition_json(part) for part in condition.parts]}
    if condition.table is not None:
        return {"fact": condition.fact, IN_TABLE: condition.table}
    operand = condition.operand
    several: Json = [spell_value(one) for one in operand] if isinstance(operand, tuple) else None
    spelt = several if isinstance(operand, tuple) else spell_value(operand)
    return {"fact": condition.fact, condition.operator.value: spelt}


def _table(table: Table) -> dict[str, Json]:
    return {
        "name": dict(table.names),
        "facts": list(table.facts),
        "source": table.source,
        "confidence": table.confidence,
        "rows": [
            {"values": [spell_value(value) for value in row.values], **_days(row.in_force)}
            for row in table.rows
        ],
    }


def _case(case: Case) -> dict[str, Json]:
    return {
        "facts": {name: spell_value(value) for name, value in case.facts.items()},
        "on": case.on.isoformat(),
        "expect": _WORDS[case.expect],
        "origin": case.origin,
        "why": case.why,
    }


def _days(period: Period) -> Mapping[str, Json]:
    return {"from": period.start.isoformat(), "until": _day(period.until)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
