"""The engines of others: each takes the same measures, in its own language, and the same records.

An adapter is a module with `DISTRIBUTION`, its name on PyPI, `FORM`, how it is used, and `build`.
What an adapter prepares (names, day numbers) and how it reads the mask out of an answer is not
timed: only the engine's own call is, on a Python map, as ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from guomen.core.policy import Condition, Facts, FactType

ADAPTERS = (
    "zen",
    "cel_google",
    "cel_rust",
    "cel_python",
    "json_logic",
    "cedar",
    "business_rules",
    "regopy",
    "rule_engine",
    "openfisca",
)

NOT_TRIED = {
    "json-logic-qubit": "installs the same module `json_logic` as panzi-json-logic, and was slower",
    "durable-rules": "no wheel on PyPI: it is built with a C compiler at installation",
    "Open Policy Agent": "not on PyPI; regopy runs the same language",
}


@dataclass(frozen=True, slots=True)
class Work:
    """What every engine is given: the measures, and the facts they ask about with their types."""

    measures: Sequence[Condition]
    facts: Mapping[str, FactType]


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine, ready: `decide` alone is timed."""

    prepare: Callable[[Facts], Any]
    decide: Callable[[Any], Any]
    read_mask: Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine with its name, version and the form in which it is used."""

    name: str
    form: str
    engine: Engine


def engage(adapter: str, work: Work) -> Peer | tuple[str, str]:
    """Give the peer, or its name and why it is left out."""
    module = import_module(f"{__name__}.{adapter}")
    try:
        name = f"{module.DISTRIBUTION} {version(module.DISTRIBUTION)}"
    except PackageNotFoundError:
        return module.DISTRIBUTION, "not installed"
    try:
        return Peer(name, module.FORM, module.build(work))
    except Exception as error:  # whatever an engine of others raises, it is told and left out
        return name, f"{type(error).__name__}: {error}".splitlines()[0][:200]
