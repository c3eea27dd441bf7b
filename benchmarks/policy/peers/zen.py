"""GoRules' ZEN (Rust): all measures as one compiled list expression, its fastest form."""

from importlib import import_module

from benchmarks.policy.measures import mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import Dialect, flat, spell

DISTRIBUTION = "zen-engine"
FORM = "one compiled list expression"

# A missing fact is null: it equals nothing, but ordering it is an error.
_DIALECT = Dialect(
    both=" and ",
    either=" or ",
    negated="not ({})",
    guard="{} != null",
    guards=lambda sign, wanted: not wanted or sign not in ("==", "in"),
)


def build(work: Work) -> Engine:
    """Compile the list of all measures."""
    text = ", ".join(spell(one, _DIALECT) for one in work.measures)
    expression = import_module("zen").compile_expression(f"[{text}]")
    return Engine(flat, expression.evaluate, mask_of)
