"""Google's own CEL library decides as our rulebook does: on random situations, missing facts too."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from cel_expr_python import cel

from guomen.core.policy import Clause, Operator, Rulebook, Value, conditions
from guomen.core.policy.cel import situation_for_cel, to_cel
from guomen.core.policy.conditions import judge
from guomen.jurisdiction import load_jurisdiction
from tests.architecture.source import ROOT

SITUATIONS = 100_000
MISSING = 0.12


def clauses(rulebook: Rulebook) -> list[Clause]:
    """Give all clauses of a rulebook."""
    return [clause for measure in rulebook.measures for clause in measure.clauses]


def candidates(test: conditions.Test) -> Iterator[Value]:
    """Give values on both sides of a test's boundary."""
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    for value in operands:
        yield value
        if isinstance(value, bool):
            yield not value
        elif isinstance(value, date):
            yield from (value - timedelta(days=1), value + timedelta(days=1))
        elif isinstance(value, int):
            yield from (value - 1, value + 1)
        else:
            yield value + "?"


def situation(values: dict[str, list[Value]], random: Random) -> dict[str, Value]:
    """Draw a value for most facts; leave some unknown."""
    return {
        name: random.choice(several)
        for name, several in values.items()
        if random.random() >= MISSING
    }


def by_fact(clause: Clause) -> dict[str, list[Value]]:
    """Gather the interesting values of every fact that a clause asks about."""
    found: dict[str, list[Value]] = {}
    for test in conditions.tests_of(clause.when):
        if test.operator is not Operator.PRESENT:
            found.setdefault(test.fact, []).extend(candidates(test))
    return found


@pytest.mark.parametrize("pack", ["cn", "utopia"])
def test_google_cel_agrees_on_every_random_situation(pack: str) -> None:
    rulebook = load_jurisdiction(Path(ROOT / "jurisdictions" / pack)).rulebook
    environment = cel.NewEnv(variables={"facts": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)})
    random = Random(pack)
    several = clauses(rulebook)
    each = SITUATIONS // 2 // len(several) + 1
    verdicts: set[bool | None] = set()
    for clause in several:
        program = environment.compile(to_cel(clause.when))
        values = by_fact(clause)
        for _ in range(each):
            facts = situation(values, random)
            ours = judge(clause.when, facts)
            verdicts.add(ours)
            assert theirs(program, facts) is ours, (to_cel(clause.when), facts)
    assert verdicts == {True, False, None}


def theirs(program: cel.Expression, facts: dict[str, Value]) -> bool | None:
    """Evaluate with Google's library; an error there is the unknown here."""
    found = program.eval(data={"facts": situation_for_cel(facts)})
    return None if found.type().name() == "ERROR" else bool(found.value())
