"""Runs the servers that are measured, each as a process of its own with its own database."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PORT = 8791


def environment(data: Path, database: str | None) -> dict[str, str]:
    """Give the environment of an installation in a folder, on SQLite or on a PostgreSQL."""
    found = {**os.environ, "GUOMEN_DATA": str(data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    found["DJANGO_SETTINGS_MODULE"] = "guomen.project.settings"
    found.pop("GUOMEN_DATABASE", None)
    return {**found, "GUOMEN_DATABASE": database} if database else found


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="guomen-bench-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def found(settings: Mapping[str, str], filled: int) -> None:
    """Found the nation of the tests, and fill its tables with earlier documents and passages."""
    command = [sys.executable, "-m", "benchmarks.clearance.founding", str(filled)]
    subprocess.run(command, env=dict(settings), check=True, cwd=ROOT)


@contextmanager
def front(settings: Mapping[str, str]) -> Iterator[str]:
    """Run the clearance process; give the address to post to."""
    with _granian(settings, "asgi", "guomen.project.asgi:application", 1):
        yield f"http://127.0.0.1:{PORT}/api/v1/border/passages"


@contextmanager
def plain(settings: Mapping[str, str]) -> Iterator[str]:
    """Run the plain Django and ninja view with the ORM; give the address to post to."""
    told = {**settings, "DJANGO_SETTINGS_MODULE": "benchmarks.clearance.plain_settings"}
    with _granian(told, "wsgi", "benchmarks.clearance.plain:application", 2):
        yield f"http://127.0.0.1:{PORT}/plain"


@contextmanager
def _granian(
    settings: Mapping[str, str], interface: str, application: str, workers: int
) -> Iterator[None]:
    kind = ["--blocking-threads", "8"] if interface == "wsgi" else ["--loop", "asyncio"]
    server = subprocess.Popen(
        [
            str(BIN / "granian"),
            "--interface",
            interface,
            "--port",
            str(PORT),
            "--workers",
            str(workers),
            *kind,
            "--log-level",
            "warning",
            application,
        ],
        env=dict(settings),
        cwd=ROOT,
    )
    try:
        _wait(f"http://127.0.0.1:{PORT}/healthz")
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {address}")
