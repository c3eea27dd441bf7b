"""JsonLogic by panzi: all measures as one list of rules."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.policy.measures import fold, mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import comparisons, flat, identifier
from guomen.core.policy import Test

DISTRIBUTION = "panzi-json-logic"
FORM = "one list of rules, flat names, days as integers"

Rule = dict[str, Any]


def build(work: Work) -> Engine:
    """Write the rules."""
    apply: Callable[..., Any] = import_module("json_logic").jsonLogic
    rules = [fold(one, _leaf, _joined) for one in work.measures]

    def decide(record: dict[str, Any]) -> Any:
        return apply(rules, record)

    return Engine(flat, decide, mask_of)


def _joined(is_all: bool, parts: list[Rule]) -> Rule:
    return {"and" if is_all else "or": parts}


def _leaf(test: Test, wanted: bool) -> Rule:
    fact = {"var": identifier(test.fact)}
    pairs = comparisons(test)
    tests = [{_SIGNS.get(sign, sign): [fact, operand]} for sign, operand in pairs]
    said: Rule = tests[0] if len(tests) == 1 else {"and": tests}
    said = said if wanted else {"!": [said]}
    # A missing fact is null, and null counts as 0 in an order.
    is_guarded = not wanted or pairs[0][0] not in ("==", "in")
    return {"and": [{"!==": [fact, None]}, said]} if is_guarded else said


_SIGNS = {"==": "==="}
