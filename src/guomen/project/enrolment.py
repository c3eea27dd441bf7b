"""The enrolment of a port node: one file of its keys folder, written by the centre, mode 600."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FILE = "enrolment.json"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Which node this is, at which port, and its keys (32 bytes each).

    `node_key` signs what it sends; `index_key` finds numbers and opens nothing; `centre_key` is
    the public key by which it knows what the centre says.
    """

    node: str
    port: str
    node_key: bytes
    index_key: bytes
    centre_key: bytes

    def told(self) -> dict[str, str]:
        """Spell it for its file."""
        keys = {name: getattr(self, name).hex() for name in _KEYS}
        return {"node": self.node, "port": self.port, **keys}


_KEYS = ("node_key", "index_key", "centre_key")


def enrolment_in(folder: Path) -> Enrolment | None:
    """Read the enrolment in a keys folder; None where there is none. Refuses a damaged one."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        keys = [bytes.fromhex(told[name]) for name in _KEYS]
        if any(len(key) != 32 for key in keys):
            raise ValueError("a key has not 32 bytes")
        return Enrolment(str(told["node"]), str(told["port"]), *keys)
    except (ValueError, KeyError, TypeError) as error:
        told = f"{path}: not an enrolment ({error}). Enrol the node again: ./guomen node enroll"
        raise ImproperlyConfigured(told) from None


def write_enrolment(folder: Path, enrolment: Enrolment) -> Path:
    """Write an enrolment for its own user alone; never over one that is there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        json.dump(enrolment.told(), file)
        file.write("\n")
    return path
