"""Spells conditions as text for the peers that read an expression, and records as flat maps.

An unknown fact is not there. Each test that would fail loudly on it is guarded, so that an
expression is true exactly when the measure is met.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.policy.measures import fold
from guomen.core.policy import Condition, Facts, Operator, Test, Value

ORDERS = {
    Operator.AT_LEAST: ">=",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}


def plain(value: Value) -> str | bool | int:
    """Give a value as every engine compares it fastest: a day as its number."""
    return value.toordinal() if isinstance(value, date) else value


def flat(facts: Facts) -> dict[str, str | bool | int]:
    """Give a record as one map, with names that are identifiers."""
    return {identifier(name): plain(value) for name, value in facts.items()}


def identifier(name: str) -> str:
    """Give a fact's name without its dot."""
    return name.replace(".", "_")


def comparisons(test: Test) -> list[tuple[str, str | bool | int | list[str | bool | int]]]:
    """Break a test into comparisons that all must hold: `between` is two."""
    operand = test.operand
    if isinstance(operand, tuple):
        several = [plain(one) for one in operand]
        if test.operator is Operator.ONE_OF:
            return [("in", several)]
        return [(">=", several[0]), ("<=", several[-1])]
    if test.operator is Operator.EQUALS:
        return [("==", plain(operand))]
    return [(ORDERS[test.operator], plain(operand))]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language spells: `guard` is put before the tests that `guards` names; `read` reads a fact."""

    both: str
    either: str
    negated: str
    guard: str
    guards: Callable[[str, bool], bool]
    read: str = "{}"
    member: str = "{fact} in {several}"


def spell(condition: Condition, dialect: Dialect) -> str:
    """Spell "surely met" as an expression."""

    def leaf(test: Test, wanted: bool) -> str:
        fact = identifier(test.fact)
        pairs = comparisons(test)
        said = dialect.both.join(
            _compare(dialect, dialect.read.format(fact), *pair) for pair in pairs
        )
        said = said if wanted else dialect.negated.format(said)
        if dialect.guards(pairs[0][0], wanted):
            return f"({dialect.guard.format(fact)}{dialect.both}{said})"
        return f"({said})"

    def joined(is_all: bool, parts: list[str]) -> str:
        return f"({(dialect.both if is_all else dialect.either).join(parts)})"

    return fold(condition, leaf, joined)


def _compare(dialect: Dialect, fact: str, sign: str, operand: object) -> str:
    literal = json.dumps(operand, ensure_ascii=False)
    if sign == "in":
        return dialect.member.format(fact=fact, several=literal)
    return f"{fact} {sign} {literal}"


CEL = Dialect(
    both=" && ",
    either=" || ",
    negated="!({})",
    guard="has(facts.{})",
    guards=lambda _sign, _wanted: True,
    read="facts.{}",
)


def cel_list(measures: Sequence[Condition]) -> str:
    """Spell all measures as one CEL list over the map `facts`."""
    return f"[{', '.join(spell(one, CEL) for one in measures)}]"


def cel_input(facts: Facts) -> dict[str, dict[str, str | bool | int]]:
    """Give a record as the one variable of that list."""
    return {"facts": flat(facts)}
