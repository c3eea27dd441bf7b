"""Runs benchmarks: each prints one JSON line with our figure, the peer's and the ratio."""

import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "benchmarks"


def run(arguments: list[str]) -> int:
    """Run the named benchmark, or each in a process of its own; the other arguments go to it."""
    known = _names()
    if not arguments or arguments[0].startswith("-"):
        return max((_run_apart(name, arguments) for name in known), default=0)
    name, *rest = arguments
    if name not in known:
        sys.stderr.write(f"bench: {name} is not known; there are: {', '.join(known)}\n")
        return 2
    sys.argv = [name, *rest]
    runpy.run_module(f"benchmarks.{name.replace('-', '_')}", run_name="__main__", alter_sys=True)
    return 0


def _names() -> list[str]:
    """Name the benchmarks: a file, or a folder with a `__main__.py`; `_` is said as `-`."""
    files = [path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")]
    folders = [path.parent.name for path in FOLDER.glob("*/__main__.py")]
    return sorted(name.replace("_", "-") for name in (*files, *folders))


def _run_apart(name: str, arguments: list[str]) -> int:
    # Through the script, which has a venv for each: a benchmark's peers may need one of their own.
    command = [str(ROOT / "guomen"), "bench", name, *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own script
