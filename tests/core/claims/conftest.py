"""Keeps the places of the seed articles, which lie beside the clone and may be absent."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"


@pytest.fixture(scope="session")
def gold() -> dict[str, Any]:
    """The annotated claims of the seeds; the test is skipped where they are not beside us."""
    path = SHARED / "figures" / "gold-seeds.json"
    if not path.exists():
        pytest.skip(f"the annotated seed articles are not at {path}")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="session")
def seeds(gold: dict[str, Any]) -> dict[str, str]:
    """The raw seed articles by file name, newlines untouched."""
    paths = {name: SHARED / "seeds" / name for name in gold["files"]}
    missing = [name for name, path in paths.items() if not path.exists()]
    if missing:
        pytest.skip(f"seed articles missing beside the clone: {missing}")
    return {name: path.read_bytes().decode("utf-8") for name, path in paths.items()}
