"""business-rules (Python): one rule a measure, over variables that the host declares.

It knows no missing value: the host gives a text or a list that matches nothing, a count that no
order admits, and tells beside each yes-or-no whether it is known.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from benchmarks.policy.measures import fold, mask_of
from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import comparisons, flat, identifier
from guomen.core.policy import FactType, Test

DISTRIBUTION = "business-rules"
FORM = "twelve rules, one variables object a record; the host declares each fact as a variable"

Rule = dict[str, Any]
_ORDERS = {
    ">=": "greater_than_or_equal_to",
    "<=": "less_than_or_equal_to",
    ">": "greater_than",
    "<": "less_than",
}


def build(work: Work) -> Engine:
    """Declare the facts as variables and write the rules."""
    check = import_module("business_rules.engine").check_conditions_recursively
    variables = _declare(work.facts)
    rules = [fold(one, _leaf, _joined) for one in work.measures]

    def decide(record: Any) -> list[bool]:
        return [check(rule, record) for rule in rules]

    return Engine(lambda facts: variables(flat(facts)), decide, mask_of)


def _declare(facts: Mapping[str, FactType]) -> Callable[[dict[str, Any]], Any]:
    module = import_module("business_rules.variables")

    def remember(self: Any, record: dict[str, Any]) -> None:
        self.record = record

    body: dict[str, Any] = {"__init__": remember}
    for name, fact_type in facts.items():
        body[identifier(name)] = _variable(module, identifier(name), fact_type)
        body[f"{identifier(name)}_known"] = _known(module, identifier(name))
    declared: Callable[[dict[str, Any]], Any] = type("Variables", (module.BaseVariables,), body)
    return declared


def _variable(module: Any, name: str, fact_type: FactType) -> Any:
    if fact_type is FactType.CODE:
        return module.select_multiple_rule_variable()(
            lambda self: (self.record[name],) if name in self.record else ()
        )
    if fact_type is FactType.BOOLEAN:
        return module.boolean_rule_variable()(lambda self: self.record.get(name, False))
    return module.numeric_rule_variable()(lambda self: self.record.get(name, 0))


def _known(module: Any, name: str) -> Any:
    return module.boolean_rule_variable()(lambda self: name in self.record)


def _joined(is_all: bool, parts: list[Rule]) -> Rule:
    return {"all" if is_all else "any": parts}


def _leaf(test: Test, wanted: bool) -> Rule:
    name = identifier(test.fact)
    tests = [_rule(name, sign, operand, wanted) for sign, operand in comparisons(test)]
    is_text = tests[0]["operator"] == "shares_at_least_one_element_with"
    known = {"name": f"{name}_known", "operator": "is_true", "value": None}
    return tests[0] if is_text else {"all": [known, *tests]}


def _rule(name: str, sign: str, operand: Any, wanted: bool) -> Rule:
    if isinstance(operand, bool):
        said = "is_true" if operand is wanted else "is_false"
        return {"name": name, "operator": said, "value": None}
    if not wanted:
        raise NotImplementedError("a `not` over anything but a yes-or-no")
    if sign in ("==", "in"):
        several = operand if isinstance(operand, list) else [operand]
        return {"name": name, "operator": "shares_at_least_one_element_with", "value": several}
    return {"name": name, "operator": _ORDERS[sign], "value": operand}
