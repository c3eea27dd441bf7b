"""Runs benchmarks: each prints one JSON line with our figure, the peer's and the ratio."""

import runpy
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks"


def run(arguments: list[str]) -> int:
    """Run the named benchmark, or all; the rest of the arguments go to it."""
    known = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    is_named = bool(arguments) and not arguments[0].startswith("-")
    wanted, rest = (arguments[:1], arguments[1:]) if is_named else (known, arguments)
    if not set(wanted) <= set(known):
        sys.stderr.write(f"bench: {wanted[0]} is not known; there are: {', '.join(known)}\n")
        return 2
    for name in wanted:
        sys.argv = [name, *rest]
        runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
    return 0
