"""Leaves, Merkle heads and signatures: what makes a record's change visible (RFC 9162 §2.1)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from guomen.core.canonical import canonical_bytes

NO_HEAD = "0" * 64
"""What the first head of a node names as its predecessor."""


def leaf_hash(content: bytes) -> bytes:
    """Hash one entry's canonical bytes; the prefix 0x00 keeps a leaf from posing as a node."""
    return hashlib.sha256(b"\x00" + content).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Give the Merkle tree hash of the leaf hashes in order; of none, SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def _parents(level: list[bytes]) -> list[bytes]:
    # An odd last node rises unchanged: the same tree as RFC 9162's split at a power of two.
    pairs = [_node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[-1:] if len(level) % 2 else pairs


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One neighbour on the way up, and the side on which it stands."""

    neighbour: bytes
    on_left: bool


def inclusion_proof(leaves: Sequence[bytes], position: int) -> tuple[ProofStep, ...]:
    """Give the neighbours from leaf `position` (from 0) up to the root."""
    steps: list[ProofStep] = []
    level, place = list(leaves), position
    while len(level) > 1:
        neighbour = place ^ 1
        if neighbour < len(level):
            steps.append(ProofStep(level[neighbour], neighbour < place))
        level, place = _parents(level), place // 2
    return tuple(steps)


def root_from_proof(leaf: bytes, steps: Sequence[ProofStep]) -> bytes:
    """Climb from a leaf hash along a proof; the result must equal the sealed root."""
    found = leaf
    for step in steps:
        pair = (step.neighbour, found) if step.on_left else (found, step.neighbour)
        found = _node_hash(*pair)
    return found


@dataclass(frozen=True, slots=True)
class Head:
    """What a seal states: these entries of this node, in this order, after that head.

    `from_mark` (inclusive) and `until_mark` (exclusive) bound the entries' marks.
    """

    node: str
    number: int
    from_mark: int
    until_mark: int
    count: int
    root: str
    previous: str
    sealed_at: datetime

    def content(self) -> bytes:
        """Give the bytes that are signed."""
        return canonical_bytes(
            {
                "node": self.node,
                "number": self.number,
                "from_mark": self.from_mark,
                "until_mark": self.until_mark,
                "count": self.count,
                "root": self.root,
                "previous": self.previous,
                "sealed_at": self.sealed_at.astimezone(UTC).isoformat(),
            }
        )

    def digest(self) -> str:
        """Give the head's own digest, which the next head names as `previous`."""
        return hashlib.sha256(self.content()).hexdigest()


def sign_head(head: Head, private_key: bytes) -> bytes:
    """Sign a head with a 32-byte Ed25519 private key (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(head.content())


def is_signed_by(head: Head, signature: bytes, public_key: bytes) -> bool:
    """Tell whether `signature` over the head was made with the key behind `public_key`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, head.content())
    except (InvalidSignature, ValueError):  # a key of another length is no key
        return False
    return True


def public_key_of(private_key: bytes) -> bytes:
    """Give the 32-byte public key of a private one."""
    key = Ed25519PrivateKey.from_private_bytes(private_key).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
