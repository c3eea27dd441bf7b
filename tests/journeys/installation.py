"""A real installation for journeys: its own folder and database, a real server that can be killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from tests.architecture.source import ROOT
from tests.nation import GATE_KEY

MRZ = [
    "CRCHNH000000009<<<<<<<<<<<<<<<",
    "9001011M3001019CHN<<<<<<<<<<<8",
    "CHAN<<TAI<MAN<<<<<<<<<<<<<<<<<",
]


@dataclass
class Installation:
    """One installation in a folder; on PostgreSQL it has a database of its own."""

    folder: Path
    address: str = ""
    server: subprocess.Popen[bytes] | None = None
    port: int = field(default_factory=lambda: free_port())

    def environment(self) -> dict[str, str]:
        """Give the environment in which its commands run."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GUOMEN_")}
        return {
            **kept,
            "GUOMEN_DATA": str(self.folder),
            "GUOMEN_DATABASE": self.address,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "guomen.project.settings",
        }

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `./guomen …`."""
        return subprocess.run(
            [sys.executable, "-m", "guomen.project", *arguments],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def found(self) -> None:
        """Make the tables and found the nation."""
        done = self.command("migrate", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
        program = (
            "import django; django.setup(); from tests.nation import found_nation; found_nation()"
        )
        subprocess.run([sys.executable, "-c", program], env=self.environment(), check=True)

    def serve(self) -> None:
        """Start the server and wait until it answers."""
        self.server = subprocess.Popen(
            [sys.executable, "-m", "guomen.project", "serve", "--port", str(self.port)],
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(200):
            if self._answers():
                return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.home}/api/v1/openapi.json", timeout=2):
                return True
        except OSError:
            return False

    @property
    def home(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """Kill the server and all its workers with SIGKILL."""
        killed, self.server = self.server, None
        if killed is not None:
            os.killpg(killed.pid, signal.SIGKILL)
            killed.wait()

    def present(self, key: str) -> tuple[int, dict[str, Any]]:
        """Present the specimen at the gate; give status and answer."""
        body = json.dumps({"mrz": MRZ, "direction": "entry", "holder_verified": True})
        request = urllib.request.Request(
            f"{self.home}/api/v1/border/passages",
            body.encode(),
            {
                "Authorization": f"Bearer {GATE_KEY}",
                "Idempotency-Key": key,
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def new_database(server: str) -> str:
    """Make a database of its own on a PostgreSQL server; give its address."""
    name = f"journey_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = server.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{tail}" if tail else "")
