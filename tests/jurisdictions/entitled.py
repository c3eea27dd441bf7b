"""Asks the Chinese services, for the tests of what the law grants."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from guomen.core.entitlement import Entitlement, decide_entitlement
from guomen.core.policy import Value
from tests.builders import pack

BOOK = pack("cn").rulebook


def told(service: str, on: date, **answers: Value) -> Entitlement:
    """Ask a service; a fact's dot is written as two underscores."""
    facts = {name.replace("__", "."): value for name, value in answers.items()}
    return decide_entitlement(pack("cn").services[service], BOOK, facts, on)


def variants(found: Entitlement, *keys: str) -> set[tuple[object, ...]]:
    """Give what is granted, as far as these keys tell."""
    return {tuple(one.variant.get(key) for key in keys) for one in found.grants}


def grants_in(effect: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the variants that an effect grants."""
    return list(effect.get("grants", []))
