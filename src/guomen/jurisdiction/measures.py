"""Reads measures and their cases; refuses what could not be explained or contradicts itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from guomen.core.policy import (
    All,
    Any,
    Case,
    Citation,
    Clause,
    Condition,
    FactDeclaration,
    Measure,
    Not,
    Operator,
    Question,
    Test,
    Value,
    Vocabulary,
)
from guomen.core.policy.effects import EffectDeclaration
from guomen.core.policy.facts import FactType
from guomen.core.policy.measure import Scope
from guomen.core.policy.tables import Tables, by_states
from guomen.core.time import Period
from guomen.jurisdiction.effects import read_effect
from guomen.jurisdiction.facts import read_declared
from guomen.jurisdiction.nodes import Node
from guomen.jurisdiction.tables import CONFIDENCES, read_period

_REQUIRED = ("id", "family", "question", "title", "text", "source", "confidence", "clauses")
_OPTIONAL = ("note", "confidence_note", "scope", "named_in_article")
_ORDERED = (FactType.DATE, FactType.INTEGER)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a pack's measures are written with: families, facts, questions, effects, tables, and the
    languages of texts."""

    families: Collection[str]
    vocabulary: Vocabulary
    questions: Mapping[str, Question]
    effects: Mapping[str, EffectDeclaration]
    tables: Tables
    languages: tuple[str, ...]


def read_measure(file: Node, grammar: Grammar) -> Measure:
    """Read one measure's file, without its cases; clauses stand once for each state of a table."""
    row = file.mapping(_REQUIRED, _OPTIONAL)
    clauses = [_clause(node, grammar) for node in row["clauses"].sequence()]
    if not clauses:
        raise row["clauses"].fault("a measure needs a clause", "add one with `in_force:`")
    _refuse_overlaps(row["clauses"], clauses)
    return Measure(
        id=row["id"].text(),
        family=row["family"].one_of(grammar.families),
        question=row["question"].one_of(grammar.questions),
        titles=row["title"].texts(grammar.languages),
        texts=row["text"].texts(grammar.languages),
        citation=_citation(row),
        note=_optional_text(row, "note"),
        clauses=tuple(
            part
            for clause in sorted(clauses, key=lambda one: one.in_force.start)
            for part in by_states(clause, grammar.tables)
        ),
        scope=_scope(row["scope"]) if "scope" in row else None,
        named_in_article=row["named_in_article"].boolean() if "named_in_article" in row else None,
    )


def _citation(row: Mapping[str, Node]) -> Citation:
    confidence = row["confidence"].one_of(CONFIDENCES)
    return Citation(row["source"].text(), confidence, _optional_text(row, "confidence_note"))


def _optional_text(row: Mapping[str, Node], key: str) -> str:
    return row[key].text() if key in row else ""


def _scope(node: Node) -> Scope:
    row = node.mapping((), ("places", "documents", "holders"))
    places: str | tuple[str, ...] = ""
    if "places" in row:
        several = row["places"].is_sequence()
        places = _texts(row["places"]) if several else row["places"].text()
    return Scope(
        places=places,
        documents=_texts(row["documents"]) if "documents" in row else (),
        holders=_texts(row["holders"]) if "holders" in row else (),
    )


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(one.text() for one in node.sequence())


def _refuse_overlaps(node: Node, clauses: list[Clause]) -> None:
    for position, (where, clause) in enumerate(zip(node.sequence(), clauses, strict=True)):
        for earlier in clauses[:position]:
            if clause.id == earlier.id:
                raise where.fault(f"clause `{clause.id}` is there twice", "give it its own id")
            if clause.in_force.overlaps(earlier.in_force):
                what = f"clause `{clause.id}` overlaps clause `{earlier.id}`"
                raise where.fault(what, "close the earlier with `until:` where the later begins")


def _clause(node: Node, grammar: Grammar) -> Clause:
    row = node.mapping(("id", "in_force", "recorded", "when", "effect"), ("announced",))
    return Clause(
        id=row["id"].text(),
        announced=row["announced"].day() if "announced" in row else None,
        in_force=_in_force(row["in_force"]),
        recorded=row["recorded"].day(),
        when=read_condition(row["when"], grammar),
        effect=read_effect(row["effect"], grammar.effects),
    )


def _in_force(node: Node) -> Period:
    return read_period(node, node.mapping(("from",), ("until",)))


MOST_LEVELS = 12
"""No rule is nested more deeply; a YAML alias to itself would be, for ever."""


def read_condition(node: Node, grammar: Grammar, level: int = 1) -> Condition:
    """Read a tree of all / any / not over tests such as `{fact: person.age, at_least: 16}`."""
    if level > MOST_LEVELS:
        raise node.fault(f"nested more than {MOST_LEVELS} levels deep", "write fewer levels")
    keys = [key for key, _ in node.items()]
    if "fact" in keys:
        return _test(node, grammar)
    if len(keys) != 1:
        raise node.fault("a condition is one of all, any, not or a test", "nest them")
    [(key, inner)] = node.mapping((), ("all", "any", "not")).items()
    if key == "not":
        return Not(read_condition(inner, grammar, level + 1))
    parts = tuple(read_condition(part, grammar, level + 1) for part in inner.sequence())
    if key == "any" and not parts:
        raise inner.fault("an empty `any` is never met", "name at least one part")
    return All(parts) if key == "all" else Any(parts)


IN_TABLE = "in_table"
"""Written for `one_of` with the values of a dated table."""


def _test(node: Node, grammar: Grammar) -> Test:
    row = node.mapping(("fact",), [*(operator.value for operator in Operator), IN_TABLE])
    name = row.pop("fact").text()
    if name not in grammar.vocabulary:
        raise node.fault(f"fact `{name}` is not declared", "declare it in facts.yaml or correct it")
    if len(row) != 1:
        raise node.fault("a test names one fact and one comparison", "split it under `all:`")
    [(operator, operand)] = row.items()
    if operator == IN_TABLE:
        return _in_table(name, operand, grammar.tables)
    return _typed_test(name, Operator(operator), operand, grammar.vocabulary)


def _in_table(name: str, node: Node, tables: Tables) -> Test:
    table = tables[node.one_of(tables)]
    if name not in table.facts:
        what = f"table `{table.id}` lists values of {', '.join(table.facts)}, not of {name}"
        raise node.fault(what, f"add {name} to `facts:` of tables/{table.id}.yaml")
    return Test(name, Operator.ONE_OF, (), table.id)


def _typed_test(name: str, operator: Operator, node: Node, vocabulary: Vocabulary) -> Test:
    declaration = vocabulary[name]
    if operator is Operator.PRESENT:
        return Test(name, operator, node.one_of(("true",)) == "true")
    _refuse_comparison(node, operator, declaration.type, name)
    if operator in (Operator.ONE_OF, Operator.BETWEEN):
        several = tuple(read_declared(one, declaration) for one in node.sequence())
        _refuse_operands(node, operator, several)
        return Test(name, operator, several)
    if operator is Operator.STARTS_WITH:
        _refuse_unreachable_prefix(node, declaration)
        return Test(name, operator, node.text())
    return Test(name, operator, read_declared(node, declaration))


def _refuse_comparison(node: Node, operator: Operator, fact_type: FactType, name: str) -> None:
    ordered = (
        Operator.AT_LEAST,
        Operator.AT_MOST,
        Operator.MORE_THAN,
        Operator.LESS_THAN,
        Operator.BETWEEN,
    )
    if operator in ordered and fact_type not in _ORDERED:
        mend = "use equals or one_of, or declare the fact as date or integer"
        raise node.fault(f"{name} is of type {fact_type.value} and has no order", mend)
    if operator is Operator.STARTS_WITH and fact_type is not FactType.CODE:
        raise node.fault(f"{name} is of type {fact_type.value}, no text", "compare it by value")


def _refuse_unreachable_prefix(node: Node, declaration: FactDeclaration) -> None:
    codes = declaration.codes
    if codes and not any(code.startswith(node.text()) for code in codes):
        what = f"no code of {declaration.name} begins with `{node.text()}`"
        raise node.fault(what, "correct the prefix, or declare the code in facts.yaml")


def _refuse_operands(node: Node, operator: Operator, several: tuple[Value, ...]) -> None:
    if operator is Operator.ONE_OF and not several:
        raise node.fault("an empty list is never met", "name at least one value")
    if len(set(several)) != len(several):
        raise node.fault("a value is there twice", "keep one of them")
    if operator is not Operator.BETWEEN:
        return
    if len(several) != 2 or str(several[0]) == str(several[-1]):
        raise node.fault("`between` takes two ends", "write [first, last], both inclusive")
    if tuple(sorted(several, key=_order)) != several:
        raise node.fault("the first end is after the last", "swap them")


def _order(value: Value) -> int:
    return value if isinstance(value, int) else _ordinal(value)


def _ordinal(value: Value) -> int:
    return value.toordinal() if not isinstance(value, str | int) else 0


def read_cases(file: Node, vocabulary: Vocabulary) -> tuple[str, tuple[Case, ...]]:
    """Read a file of cases: the measure's id and the situations with the expected verdict."""
    row = file.mapping(("measure", "cases"))
    cases = tuple(_case(node, vocabulary) for node in row["cases"].sequence())
    return row["measure"].text(), cases


_ORIGINS = ("domain", "house", "proposed")
EXPECTATIONS = {"met": True, "not_met": False, "unknown": None}


def _case(node: Node, vocabulary: Vocabulary) -> Case:
    row = node.mapping(("facts", "on", "expect"), ("origin", "why"))
    return Case(
        facts={name: _case_fact(name, one, vocabulary) for name, one in row["facts"].items()},
        on=row["on"].day(),
        expect=EXPECTATIONS[row["expect"].one_of(EXPECTATIONS)],
        origin=row["origin"].one_of(_ORIGINS) if "origin" in row else "house",
        why=_optional_text(row, "why"),
        place=(node.file, node.line),
    )


def _case_fact(name: str, node: Node, vocabulary: Vocabulary) -> Value:
    if name not in vocabulary:
        raise node.fault(f"fact `{name}` is not declared", "declare it in facts.yaml or correct it")
    return read_declared(node, vocabulary[name])


def with_cases(file: Node, measure: Measure, cases: tuple[Case, ...]) -> Measure:
    """Join a measure with its cases; refuse it without one met and one not met."""
    expected = {case.expect for case in cases}
    for verdict, words in ((True, "lets through"), (False, "refuses")):
        if verdict not in expected:
            what = f"measure {measure.id} has no case that it {words}"
            raise file.fault(what, f"add one to cases/{measure.family}/{measure.id}.yaml")
    return replace(measure, cases=cases)
