"""Canonical bytes: the one spelling of a record that digests, leaves and seals are taken over."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical_text(value: Json) -> str:
    """Spell `value` as JSON with sorted keys, no spaces and unescaped Unicode (after RFC 8785).

    Floats are not used anywhere in the house, so numbers are integers and need no rule.
    """
    return _ENCODER.encode(value)


def canonical_bytes(value: Json) -> bytes:
    """Give the UTF-8 bytes of `canonical_text`."""
    return _ENCODER.encode(value).encode()


def digest(value: Json) -> str:
    """Give the SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
