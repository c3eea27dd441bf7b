"""How a node signs what it asks of the centre, so that nobody else can ask in its name."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from guomen.core.canonical import canonical_bytes
from guomen.core.signing import Purpose, is_signed, sign

NODE, SIGNED_AT, SIGNATURE = "X-Guomen-Node", "X-Guomen-Signed-At", "X-Guomen-Signature"
"""The headers of a signed request."""


@dataclass(frozen=True, slots=True)
class NodeRequest:
    """One request of a node; `path` with its query, `signed_at` by the centre's clock."""

    node: str
    method: str
    path: str
    body: bytes
    signed_at: datetime

    def _content(self) -> bytes:
        body = hashlib.sha256(self.body).hexdigest()
        moment = self.signed_at.astimezone(UTC).isoformat()
        return canonical_bytes([self.node, self.method, self.path, body, moment])

    def signed(self, private_key: bytes) -> dict[str, str]:
        """Give the headers that sign the request."""
        signature = sign(Purpose.REQUEST, self._content(), private_key)
        return {
            NODE: self.node,
            SIGNED_AT: self.signed_at.astimezone(UTC).isoformat(),
            SIGNATURE: signature.hex(),
        }

    def is_signed_by(self, signature: bytes, public_key: bytes) -> bool:
        """Tell whether the node's key signed this very request."""
        return is_signed(Purpose.REQUEST, self._content(), signature, public_key)
