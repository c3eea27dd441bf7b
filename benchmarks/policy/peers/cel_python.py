"""CEL in Python (celpy): one transpiled program a measure.

Its CompiledRunner fails on `has(x) && …` where x is missing; a guard by `in` over one flat map works.
"""

from importlib import import_module
from typing import Any

from benchmarks.policy.measures import mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import Dialect, flat, spell
from guomen.core.policy import Facts

DISTRIBUTION = "cel-python"
FORM = "twelve programs, CompiledRunner, days as integers"

_DIALECT = Dialect(
    both=" && ",
    either=" || ",
    negated="!({})",
    guard='"{}" in facts',
    guards=lambda _sign, _wanted: True,
    read="facts.{}",
)


def build(work: Work) -> Engine:
    """Transpile each measure."""
    celpy = import_module("celpy")
    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    programs = [
        environment.program(environment.compile(spell(one, _DIALECT))).evaluate
        for one in work.measures
    ]

    def prepare(facts: Facts) -> dict[str, Any]:
        return {"facts": celpy.json_to_cel(flat(facts))}

    def decide(record: dict[str, Any]) -> list[bool]:
        return [bool(program(record)) for program in programs]

    return Engine(prepare, decide, mask_of)
