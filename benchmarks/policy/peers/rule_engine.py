"""rule-engine (Python): one parsed rule a measure, an unknown fact being its default null."""

from importlib import import_module
from typing import Any

from benchmarks.policy.measures import mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import Dialect, flat, spell

DISTRIBUTION = "rule-engine"
FORM = "twelve parsed rules, flat names, days as integers"

_DIALECT = Dialect(
    both=" and ",
    either=" or ",
    negated="not ({})",
    guard="{} != null",
    guards=lambda sign, wanted: not wanted or sign not in ("==", "in"),
)


def build(work: Work) -> Engine:
    """Parse each measure."""
    engine = import_module("rule_engine")
    context = engine.Context(resolver=engine.resolve_item, default_value=None)
    rules = [engine.Rule(spell(one, _DIALECT), context=context).matches for one in work.measures]

    def decide(record: dict[str, Any]) -> list[bool]:
        return [rule(record) for rule in rules]

    return Engine(flat, decide, mask_of)
