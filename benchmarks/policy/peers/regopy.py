"""Rego (rego-cpp, through regopy): the set of the measures that are met, from a prebuilt bundle.

In Rego an undefined fact fails its rule, so nothing needs a guard; an `any` is one rule for each way.
"""

import json
from importlib import import_module
from itertools import product
from typing import Any

from benchmarks.policy.measures import fold
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import comparisons, flat, identifier
from guomen.core.policy import Condition, Test

DISTRIBUTION = "regopy"
FORM = "one set of the measures met, prebuilt bundle; the input is converted at each call"

Way = tuple[str, ...]
"""Comparisons that must all hold."""


def build(work: Work) -> Engine:
    """Compile the module into a bundle."""
    rego = import_module("regopy")
    compiler = rego.Interpreter()
    compiler.add_module("bench.rego", _module(work))
    bundle = compiler.build("met = data.bench.met")
    runner = rego.Interpreter()

    def decide(record: dict[str, Any]) -> Any:
        runner.set_input(rego.Input(record))
        return runner.query_bundle(bundle)

    return Engine(flat, decide, _read_mask)


def _module(work: Work) -> str:
    rules = [
        f"met contains {place} if {{ {'; '.join(way)} }}"
        for place, one in enumerate(work.measures)
        for way in _ways(one)
    ]
    return "\n".join(["package bench", "import rego.v1", *rules])


def _ways(condition: Condition) -> list[Way]:
    def joined(is_all: bool, parts: list[list[Way]]) -> list[Way]:
        if not is_all:
            return [way for part in parts for way in part]
        return [sum(combination, ()) for combination in product(*parts)]

    return fold(condition, _leaf, joined)


def _leaf(test: Test, wanted: bool) -> list[Way]:
    pairs = comparisons(test)
    if not wanted:
        if pairs[0][0] != "==":
            raise NotImplementedError("a `not` over anything but an equality")
        pairs = [("!=", pairs[0][1])]
    return [tuple(_compare(f"input.{identifier(test.fact)}", *pair) for pair in pairs)]


def _compare(fact: str, sign: str, operand: object) -> str:
    literal = json.dumps(operand, ensure_ascii=False)
    return f"{fact} in {{{literal[1:-1]}}}" if sign == "in" else f"{fact} {sign} {literal}"


def _read_mask(answer: Any) -> int:
    return sum(1 << int(place) for place in json.loads(answer.binding("met").json()))
