"""The form in which a rulebook is kept for ever: everything that decides, and nothing else.

Packs and their readers change over the years; what an act was decided by must be read as it was. So
the form has a number, is what the digest is taken over, and is read without any file of the pack.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any as Kept  # what JSON gives back

from guomen.core.canonical import Json
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator, Test
from guomen.core.policy.facts import FactDeclaration, FactType, Value, Vocabulary
from guomen.core.policy.measure import Citation, Clause, Measure, Question
from guomen.core.refusal import Nature, Refusal
from guomen.core.time import Period

FORM = 1


class FormUnknown(Refusal):
    """A rulebook is kept in a form that this version cannot read."""

    code = "policy.form_unknown"
    nature = Nature.CONFLICT


def spell_rules(
    jurisdiction: str,
    vocabulary: Vocabulary,
    questions: Mapping[str, Question],
    measures: tuple[Measure, ...],
) -> dict[str, Json]:
    """Give the kept form: facts with type and silence, questions, and clauses with their days."""
    return {
        "form": FORM,
        "jurisdiction": jurisdiction,
        "facts": spell_facts(vocabulary, vocabulary.names()),
        "questions": {
            name: {"default": one.default, "several": one.several}
            for name, one in questions.items()
        },
        "measures": {
            one.id: {
                "question": one.question,
                "clauses": [_spell_clause(clause) for clause in one.clauses],
            }
            for one in measures
        },
    }


def spell_facts(vocabulary: Vocabulary, names: Iterable[str]) -> dict[str, Json]:
    """Give the kept form of some facts."""
    return {name: _spell_fact(vocabulary[name]) for name in sorted(names)}


def _spell_fact(declared: FactDeclaration) -> Json:
    return [declared.type.value, _spell(declared.absent)]


def _spell(value: Value | None) -> Json:
    return value.isoformat() if isinstance(value, date) else value


def _spell_clause(clause: Clause) -> Json:
    until = clause.in_force.until
    return {
        "id": clause.id,
        "from": clause.in_force.start.isoformat(),
        "until": None if until is None else until.isoformat(),
        "begins": clause.begins.isoformat(),
        "when": _spell_condition(clause.when),
        "effect": clause.effect,
    }


def _spell_condition(condition: Condition) -> Json:
    if isinstance(condition, Test):
        operand = condition.operand
        several: list[Json] = [_spell(one) for one in operand] if isinstance(operand, tuple) else []
        told = several if isinstance(operand, tuple) else _spell(operand)
        return [condition.fact, condition.operator.value, told]
    if isinstance(condition, Not):
        return {"not": _spell_condition(condition.part)}
    key = "all" if isinstance(condition, All) else "any"
    return {key: [_spell_condition(part) for part in condition.parts]}


Rules = tuple[str, Vocabulary, Mapping[str, Question], tuple[Measure, ...]]


def read_rules(kept: Mapping[str, Kept]) -> Rules:
    """Read a kept form; refuse a form of another number with `policy.form_unknown`.

    Names and texts are not kept, so none are there.
    """
    if kept["form"] != FORM:
        raise FormUnknown(form=str(kept["form"]), known=FORM)
    vocabulary = Vocabulary(_fact(name, *one) for name, one in kept["facts"].items())
    questions = {
        name: Question(name, {}, one["default"], one["several"])
        for name, one in kept["questions"].items()
    }
    measures = tuple(_measure(name, one, vocabulary) for name, one in kept["measures"].items())
    return kept["jurisdiction"], vocabulary, questions, measures


def _fact(name: str, type_name: str, absent: Kept) -> FactDeclaration:
    fact_type = FactType(type_name)
    silence = None if absent is None else _value(absent, fact_type)
    return FactDeclaration(name, fact_type, None, "", {}, {}, silence)


def _value(spelt: Kept, fact_type: FactType) -> Value:
    value: Value = date.fromisoformat(spelt) if fact_type is FactType.DATE else spelt
    return value


def _measure(name: str, kept: Mapping[str, Kept], vocabulary: Vocabulary) -> Measure:
    clauses = tuple(_clause(one, vocabulary) for one in kept["clauses"])
    return Measure(name, "", kept["question"], {}, {}, Citation("", ""), "", clauses)


def _clause(kept: Mapping[str, Kept], vocabulary: Vocabulary) -> Clause:
    start = date.fromisoformat(kept["from"])
    until = None if kept["until"] is None else date.fromisoformat(kept["until"])
    when = _condition(kept["when"], vocabulary)
    begins = date.fromisoformat(kept["begins"])
    return Clause(kept["id"], None, Period(start, until), begins, when, kept["effect"], begins)


def _condition(kept: Kept, vocabulary: Vocabulary) -> Condition:
    if isinstance(kept, list):
        fact, operator, operand = kept
        return Test(fact, Operator(operator), _operand(operator, operand, vocabulary[fact].type))
    [(key, inner)] = kept.items()
    if key == "not":
        return Not(_condition(inner, vocabulary))
    parts = tuple(_condition(part, vocabulary) for part in inner)
    return All(parts) if key == "all" else Any(parts)


def _operand(operator: str, kept: Kept, fact_type: FactType) -> Value | tuple[Value, ...]:
    if operator == Operator.PRESENT:
        return True
    if operator == Operator.STARTS_WITH:
        return str(kept)
    if isinstance(kept, list):
        return tuple(_value(one, fact_type) for one in kept)
    return _value(kept, fact_type)
