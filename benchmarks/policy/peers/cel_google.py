"""Google's C++ CEL: all measures as one list expression over a map."""

from importlib import import_module
from typing import Any

from benchmarks.policy.measures import mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import cel_input, cel_list

DISTRIBUTION = "cel-expr-python"
FORM = "one list expression, days as integers"


def build(work: Work) -> Engine:
    """Check and compile the list of all measures."""
    cel = import_module("cel_expr_python.cel")
    facts = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
    evaluate = cel.NewEnv(variables={"facts": facts}).compile(cel_list(work.measures)).eval

    def decide(data: dict[str, Any]) -> Any:
        return evaluate(data=data)

    return Engine(cel_input, decide, lambda found: mask_of(found.plain_value()))
