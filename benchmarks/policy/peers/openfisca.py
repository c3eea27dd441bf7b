"""OpenFisca: each fact and each measure a variable of a person, one situation a simulation.

A fact has a variable beside it that tells whether it is known, where its default could pass a test.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from benchmarks.policy.measures import fold, mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import comparisons, flat, identifier
from guomen.core.policy import Condition, Facts, FactType, Test

DISTRIBUTION = "openfisca-core"
FORM = "one situation built from a dictionary, twelve variables calculated"

DAY = "2024-01-01"
_TYPES: Mapping[FactType, type] = {
    FactType.CODE: str,
    FactType.BOOLEAN: bool,
    FactType.INTEGER: int,
    FactType.DATE: int,
}

Formula = Callable[[Any, Any], Any]


def build(work: Work) -> Engine:
    """Declare the system once; a situation is a new simulation."""
    entities = import_module("openfisca_core.entities")
    system_of = import_module("openfisca_core.taxbenefitsystems").TaxBenefitSystem
    builder = import_module("openfisca_core.simulations").SimulationBuilder
    person = entities.build_entity(key="person", plural="persons", label="", is_person=True)
    system = system_of([person])
    for name, fact_type in work.facts.items():
        _declare(system, person, identifier(name), _TYPES[fact_type])
        _declare(system, person, f"{identifier(name)}_known", bool)
    measures = [f"measure_{place}" for place in range(len(work.measures))]
    for name, one in zip(measures, work.measures, strict=True):
        _declare(system, person, name, bool, _formula(one))

    def decide(situation: dict[str, Any]) -> list[Any]:
        simulation = builder().build_from_dict(system, situation)
        return [simulation.calculate(name, DAY) for name in measures]

    return Engine(_situation, decide, lambda found: mask_of([bool(one[0]) for one in found]))


def _declare(
    system: Any, person: Any, name: str, kind: type, formula: Formula | None = None
) -> None:
    variables = import_module("openfisca_core.variables")
    day = import_module("openfisca_core.periods").DateUnit.DAY
    body: dict[str, Any] = {"value_type": kind, "entity": person, "definition_period": day}
    body["label"] = name
    if formula:
        body["formula"] = formula
    system.add_variable(type(name, (variables.Variable,), body))


def _situation(facts: Facts) -> dict[str, Any]:
    given = flat(facts)
    known = {f"{name}_known": {DAY: True} for name in given}
    values = {name: {DAY: value} for name, value in given.items()}
    return {"persons": {"one": {**values, **known}}}


def _formula(condition: Condition) -> Formula:
    return fold(condition, _leaf, _joined)


def _joined(is_all: bool, parts: list[Formula]) -> Formula:
    def formula(person: Any, period: Any) -> Any:
        found = parts[0](person, period)
        for part in parts[1:]:
            other = part(person, period)
            found = found * other if is_all else found + other
        return found

    return formula


def _leaf(test: Test, wanted: bool) -> Formula:
    numpy = import_module("numpy")
    signs: Mapping[str, Callable[[Any, Any], Any]] = {
        "==": numpy.equal,
        "in": numpy.isin,
        ">=": numpy.greater_equal,
        "<=": numpy.less_equal,
        ">": numpy.greater,
        "<": numpy.less,
    }
    name, pairs = identifier(test.fact), comparisons(test)

    def formula(person: Any, period: Any) -> Any:
        given, found = person(name, period), person(f"{name}_known", period)
        for sign, operand in pairs:
            met = signs[sign](given, operand)
            found = found * (met if wanted else ~met)
        return found

    return formula
