"""CEL in Rust: all measures as one list expression over a map."""

from importlib import import_module

from benchmarks.policy.measures import mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import cel_input, cel_list

DISTRIBUTION = "common-expression-language"
FORM = "one list expression, days as integers"


def build(work: Work) -> Engine:
    """Compile the list of all measures."""
    return Engine(cel_input, import_module("cel").compile(cel_list(work.measures)).execute, mask_of)
