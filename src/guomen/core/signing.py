"""Ed25519 signatures (RFC 8032), each for one purpose, so that none can be shown for another."""

from enum import Enum
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)


class Purpose(Enum):
    """What a signature is for; its text goes before what is signed."""

    ACT = b"guomen act 1\n"
    BUNDLE = b"guomen bundle 1\n"
    REQUEST = b"guomen request 1\n"


def sign(purpose: Purpose, content: bytes, private_key: bytes) -> bytes:
    """Sign with a 32-byte private key."""
    return _private(private_key).sign(purpose.value + content)


def is_signed(purpose: Purpose, content: bytes, signature: bytes, public_key: bytes) -> bool:
    """Tell whether the signature was made for this purpose with the key behind `public_key`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, purpose.value + content)
    except (InvalidSignature, ValueError):  # a key of another length is no key
        return False
    return True


@lru_cache(maxsize=4)
def _private(private_key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(private_key)
