"""Exports conditions as CEL text, so that others can run the same rulebook with Google's libraries.

Facts are one map from text to value (`facts["document.type"]`); days are ISO texts, which compare as
days do. A missing key is an error in CEL, and `&&` and `||` absorb errors exactly as Kleene's logic
absorbs the unknown, so true, false and error stand for met, not met and unknown.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guomen.core.policy.conditions import All, Any, Condition, Not, Operator, Test
from guomen.core.policy.facts import Facts, Value
from guomen.core.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class CelClause:
    """One clause: the days on which it holds (half-open) and its condition as CEL text."""

    question: str
    measure: str
    clause: str
    in_force_from: str
    in_force_until: str | None
    when: str


def export_rulebook(rulebook: Rulebook) -> Iterator[CelClause]:
    """Give every clause of a rulebook as CEL, in the order of the measures."""
    for measure in rulebook.measures:
        for clause in measure.clauses:
            until = clause.in_force.until
            yield CelClause(
                measure.question,
                measure.id,
                clause.id,
                clause.in_force.start.isoformat(),
                None if until is None else until.isoformat(),
                to_cel(clause.when),
            )


def to_cel(condition: Condition) -> str:
    """Spell a condition in CEL; an empty `all` is `true`."""
    if isinstance(condition, Test):
        return _test(condition)
    if isinstance(condition, Not):
        return f"!({to_cel(condition.part)})"
    if not condition.parts:
        return "true" if isinstance(condition, All) else "false"
    joiner = " && " if isinstance(condition, All) else " || "
    return joiner.join(_nested(part) for part in condition.parts)


def _nested(part: Condition) -> str:
    text = to_cel(part)
    return f"({text})" if isinstance(part, All | Any) and len(part.parts) > 1 else text


_COMPARISONS = {
    Operator.EQUALS: "==",
    Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}


def _test(test: Test) -> str:
    fact, operand = f"facts[{_literal(test.fact)}]", test.operand
    if test.operator is Operator.PRESENT:
        return f"{_literal(test.fact)} in facts"
    if isinstance(operand, tuple):
        return _several(test.operator, fact, operand)
    if test.operator is Operator.STARTS_WITH:
        return f"{fact}.startsWith({_literal(operand)})"
    return f"{fact} {_COMPARISONS[test.operator]} {_literal(operand)}"


def _several(operator: Operator, fact: str, operand: tuple[Value, ...]) -> str:
    if operator is Operator.ONE_OF:
        return f"{fact} in [{', '.join(map(_literal, operand))}]"
    first, last = map(_literal, operand)
    return f"({fact} >= {first} && {fact} <= {last})"


def _literal(value: Value) -> str:
    # JSON's texts, booleans and whole numbers are CEL's as well.
    return json.dumps(spell_fact(value), ensure_ascii=False)


def spell_fact(value: Value) -> str | bool | int:
    """Give a value as the CEL side receives it: a day becomes its ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def situation_for_cel(facts: Facts) -> dict[str, str | bool | int]:
    """Give a situation as the map `facts` for a CEL library. Silence must be completed before."""
    return {name: spell_fact(value) for name, value in facts.items()}
