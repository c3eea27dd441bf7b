"""One act in a node's outbox: numbered, chained to the one before, signed."""

import hashlib
from dataclasses import dataclass

from guomen.core.canonical import Json, canonical_bytes
from guomen.core.signing import Purpose, is_signed, sign

NO_ACT = "0" * 64
"""What the first act of a node names as its predecessor."""


@dataclass(frozen=True, slots=True)
class NumberedAct:
    """The `number`th act of a node (from 1); `content` is its record as canonical JSON."""

    node: str
    number: int
    previous: str
    content: str

    def digest(self) -> str:
        """Give the SHA-256 that the next act names as `previous`: it covers all acts before."""
        told: list[Json] = [self.node, self.number, self.previous, self.content]
        return hashlib.sha256(canonical_bytes(told)).hexdigest()


def sign_act(digest: str, private_key: bytes) -> bytes:
    """Sign an act by its digest, and with it every act before."""
    return sign(Purpose.ACT, bytes.fromhex(digest), private_key)


def is_signed_act(digest: str, signature: bytes, public_key: bytes) -> bool:
    """Tell whether a node's key signed the act with this digest."""
    return is_signed(Purpose.ACT, bytes.fromhex(digest), signature, public_key)
