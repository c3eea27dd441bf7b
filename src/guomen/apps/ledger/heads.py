"""Heads that leave the machine: one JSON line a seal, so that a rewritten history can be seen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guomen.apps.ledger.queries import KeptSeal, seals
from guomen.apps.ledger.verification import Exported


def export_heads(*, node: str, folder: Path) -> int:
    """Append the heads that are not in the node's file yet; give how many were."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{node}.jsonl"
    known = {number for _, number in _read(path)}
    fresh = [seal for seal in seals(node) if seal.head.number not in known]
    with path.open("a", encoding="utf-8") as file:
        file.writelines(_line(seal) + "\n" for seal in fresh)
    return len(fresh)


def exported_heads(folder: Path) -> Exported:
    """Read the digests of all exported heads in a folder."""
    return {
        place: digest
        for path in sorted(folder.glob("*.jsonl"))
        for place, digest in _read(path).items()
    }


def _line(seal: KeptSeal) -> str:
    return json.dumps(
        {
            "node": seal.head.node,
            "number": seal.head.number,
            "count": seal.head.count,
            "root": seal.head.root,
            "sealed_at": seal.head.sealed_at.isoformat(),
            "digest": seal.head.digest(),
            "signature": seal.signature.hex(),
            "public_key": seal.public_key.hex(),
        },
        sort_keys=True,
    )


def _read(path: Path) -> dict[tuple[str, int], str]:
    return {(row["node"], row["number"]): row["digest"] for row in _rows(path)}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())
