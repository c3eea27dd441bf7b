"""The processes of the benchmark: a centre, a node behind the proxy, each in a folder of its own."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.link_cut.founding import NODE, PORT, ROOT, UTOPIA
from benchmarks.link_cut.proxy import Proxy

START_WITHIN = 90.0
"""Seconds; a loaded machine takes its time to import."""


def free_port() -> int:
    """Find a TCP port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Process:
    """A `guomen` process group in a data folder, which can be killed whole."""

    folder: Path
    arguments: tuple[str, ...]
    ready: str
    running: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """Give the environment in which its commands run."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GUOMEN_")}
        return kept | {
            "GUOMEN_DATA": str(self.folder),
            "GUOMEN_JURISDICTION": str(UTOPIA),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "guomen.project.settings",
        }

    def run(self, *arguments: str) -> str:
        """Run a module of Python in its environment and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stderr[-2000:]}")
        return done.stdout

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.begin()
        until(self.answers, START_WITHIN, f"{self.arguments[0]} did not start")

    def begin(self) -> None:
        """Start it without waiting."""
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "guomen.project", *self.arguments],
                env=self.environment(),
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Tell whether it answers."""
        with suppress(OSError), urllib.request.urlopen(self.ready, timeout=2):
            return True
        return False

    def kill(self) -> None:
        """Kill the process and all its children with SIGKILL."""
        killed, self.running = self.running, None
        if killed is not None:
            with suppress(ProcessLookupError):
                os.killpg(killed.pid, signal.SIGKILL)
            killed.wait()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Read the database of the folder."""
        path = self.folder / "guomen.sqlite3"
        address = f"file:{path}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=20)) as found:
            return found.execute(sql).fetchall()


@dataclass
class Country:
    """A centre, the proxy before it, and the harbour's node behind the proxy."""

    folder: Path
    centre: Process = field(init=False)
    node: Process = field(init=False)
    proxy: Proxy = field(init=False)
    gates: int = field(default_factory=free_port)
    desk: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        near, far = self.folder / "node", self.folder / "centre"
        near.mkdir(mode=0o700)
        far.mkdir(mode=0o700)
        self.proxy = Proxy(self.desk)
        serve = ("serve", "--port", str(self.desk), "--workers", "1")
        self.centre = Process(far, serve, f"http://127.0.0.1:{self.desk}/api/v1/openapi.json")
        link = ("--centre", f"http://127.0.0.1:{self.proxy.port}", "--listen", str(self.gates))
        self.node = Process(
            near, ("port-node", "--port", PORT, *link), f"http://127.0.0.1:{self.gates}/healthz"
        )

    def begin(self) -> None:
        """Found the centre, enrol the node, and start both."""
        self.centre.run("benchmarks.link_cut.founding", "found", str(self.node.folder))
        self.centre.start()
        self.node.start()

    def end(self) -> None:
        """End everything."""
        self.node.kill()
        self.centre.kill()
        self.proxy.close()

    def health(self) -> dict[str, Any]:
        """Give what the node tells of itself."""
        with urllib.request.urlopen(self.node.ready, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def drained(self) -> bool:
        """Tell whether the centre has everything that the node has."""
        [(last,)] = self.node.rows("SELECT COALESCE(MAX(number), 0) FROM border_outboxact")
        return self.received() == int(last)

    def received(self) -> int:
        """Give the number of the last act that the centre has."""
        sql = f"SELECT last_number FROM border_portnode WHERE name = '{NODE}'"
        return int(self.centre.rows(sql)[0][0])


def until(so: Callable[[], bool], seconds: float, else_told: str) -> float:
    """Wait until something is so; give the seconds it took."""
    began = time.monotonic()
    while not so():
        if time.monotonic() - began > seconds:
            raise AssertionError(else_told)
        time.sleep(0.05)
    return time.monotonic() - began
