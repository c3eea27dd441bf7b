"""Spells facts, findings and decisions as JSON, and as the same bytes on every machine."""

from collections.abc import Mapping
from datetime import date

from guomen.core.canonical import Json, canonical_bytes
from guomen.core.policy.conditions import Finding
from guomen.core.policy.decision import Answer, Decision
from guomen.core.policy.explanation import Change, Explanation, Holds, Nearest
from guomen.core.policy.facts import FactDeclaration, FactType, Value, Vocabulary


def spell_value(value: Value | None) -> Json:
    """Give a value for JSON: a day becomes its ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def read_spelt(spelt: Mapping[str, Json], vocabulary: Vocabulary) -> dict[str, Value]:
    """Read a situation back that `spell_value` spelled; a fact declared no more is left out."""
    known = {name: value for name, value in spelt.items() if name in vocabulary}
    return {name: _read(value, vocabulary[name]) for name, value in known.items()}


def _read(value: Json, declared: FactDeclaration) -> Value:
    if declared.type is FactType.DATE:
        return date.fromisoformat(str(value))
    return value if isinstance(value, bool | int) else str(value)


def spell_finding(one: Finding) -> dict[str, Json]:
    """Give a finding: its test, the value, and whether it speaks for the measure."""
    operand = one.test.operand
    several = [spell_value(part) for part in operand] if isinstance(operand, tuple) else None
    spelt = spell_value(operand) if not isinstance(operand, tuple) else several
    test: dict[str, Json] = {one.test.operator.value: spelt}
    return {
        "fact": one.test.fact,
        "test": test if one.wanted else {"not": test},
        "value": spell_value(one.given),
        "met": one.favourable,
    }


def spell_decision(decision: Decision) -> dict[str, Json]:
    """Give a decision with its findings."""
    return {
        "question": decision.question,
        "outcome": dict(decision.outcome),
        "measure": decision.measure,
        "clause": decision.clause,
        "findings": [spell_finding(one) for one in decision.findings],
        "also": list(decision.also),
        "open": list(decision.open),
    }


def spell_explanation(explained: Explanation) -> dict[str, Json]:
    """Give a decision with its findings and with what would change it."""
    return {
        **spell_decision(explained.decision),
        "on": explained.on.isoformat(),
        "nearest": _nearest(explained.nearest),
        "holds": _holds(explained.holds),
    }


def explanation_bytes(explained: Explanation) -> bytes:
    """Give the canonical bytes: the same situation and rulebook give the same on every machine."""
    return canonical_bytes(spell_explanation(explained))


def _nearest(nearest: Nearest | None) -> Json:
    if nearest is None:
        return None
    changes: list[Json] = [_change(one) for one in nearest.changes]
    return {"measure": nearest.measure, "clause": nearest.clause, "changes": changes}


def _change(change: Change) -> dict[str, Json]:
    return {
        "fact": change.fact,
        "value": spell_value(change.given),
        "to": [spell_value(one) for one in change.to],
        "onwards": change.onwards,
    }


def _holds(holds: Holds) -> dict[str, Json]:
    return {
        "since": spell_value(holds.since),
        "until": spell_value(holds.until),
        "before": _answer(holds.before),
        "after": _answer(holds.after),
    }


def _answer(answer: Answer | None) -> Json:
    return None if answer is None else {"measure": answer.measure, "clause": answer.clause}
