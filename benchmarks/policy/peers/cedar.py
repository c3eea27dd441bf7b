"""Cedar (Rust, through cedarpy): one `permit` a measure; the reasons of an answer name those met."""

from importlib import import_module
from typing import Any

from benchmarks.policy.peers import Engine, Work
from benchmarks.policy.peers.spelling import Dialect, flat, spell
from guomen.core.policy import Facts

DISTRIBUTION = "cedarpy"
FORM = "twelve permits in a parsed policy set; it turns the context into JSON at each call"

_DIALECT = Dialect(
    both=" && ",
    either=" || ",
    negated="!({})",
    guard="context has {}",
    guards=lambda _sign, _wanted: True,
    read="context.{}",
    member="{several}.contains({fact})",
)


def build(work: Work) -> Engine:
    """Parse the policies once."""
    cedarpy = import_module("cedarpy")
    policies = [
        f'@id("{place}") permit(principal, action, resource) when {{ {spell(one, _DIALECT)} }};'
        for place, one in enumerate(work.measures)
    ]
    parsed = cedarpy.PolicySet.from_str("\n".join(policies))
    entities = cedarpy.Entities.from_json_str("[]")

    def decide(request: dict[str, Any]) -> Any:
        return cedarpy.is_authorized(request, parsed, entities)

    return Engine(_request, decide, _read_mask)


def _request(facts: Facts) -> dict[str, Any]:
    who = {"principal": 'P::"p"', "action": 'A::"a"', "resource": 'R::"r"'}
    return {**who, "context": flat(facts)}


def _read_mask(answer: Any) -> int:
    met = answer.diagnostics.id_annotations_by_reason.values()
    return sum(1 << int(place) for place in met)
