"""A passage at a gate while the server is killed: what was answered is kept, and nothing twice."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.installation import Installation, new_database


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Found an installation on the database that the suite runs on."""
    server = os.environ.get("GUOMEN_TEST_DATABASE", "")
    one = Installation(tmp_path, new_database(server) if server else "")
    one.found()
    yield one
    one.kill()


def test_a_retry_after_kill_minus_nine_leaves_one_record(installation: Installation) -> None:
    acknowledged: dict[str, dict[str, Any]] = {}
    keys: list[str] = []
    for number in range(3):
        installation.serve()
        keys += _present_until_killed(installation, f"round-{number}", acknowledged)
    assert 3 * ANSWERED_BEFORE_THE_KILL <= len(acknowledged) < len(keys)
    installation.serve()
    for key in keys:
        status, answer = installation.present(key)
        assert status in (200, 201)
        if key in acknowledged:
            assert (status, answer["passage"]) == (200, acknowledged[key]["passage"])
    assert installation.command("ledger", "seal").returncode == 0
    verified = installation.command("ledger", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert _passages(installation) == len(keys)


ANSWERED_BEFORE_THE_KILL = 5
"""So many travellers pass before the clock of the kill starts, however slow the machine."""


def _present_until_killed(
    installation: Installation, name: str, acknowledged: dict[str, dict[str, Any]]
) -> list[str]:
    """Present traveller after traveller; the last one is cut off by the kill."""
    keys: list[str] = []
    killer = threading.Timer(0.1, installation.kill)
    for number in range(5000):
        if number == ANSWERED_BEFORE_THE_KILL:
            killer.start()
        keys.append(f"{name}-{number}")
        try:
            status, answer = installation.present(keys[-1])
        except (OSError, HTTPException):
            break
        assert status == 201
        acknowledged[keys[-1]] = answer
    killer.join()
    return keys


def _passages(installation: Installation) -> int:
    program = (
        "import django; django.setup(); from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    cursor.execute(\"SELECT COUNT(*) FROM ledger_entry WHERE kind = 'passage.cleared'\")\n"
        "    print(cursor.fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=installation.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)
