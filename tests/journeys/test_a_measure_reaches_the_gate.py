"""A measure from the policy officer's page to the gate: drafted, replayed, published by a second
officer, and within five seconds it decides at the gate's own process and on the public page."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.builders import PERMIT
from tests.journeys.installation import Installation, free_port, new_database
from tests.nation import GATE_KEY

pytestmark = pytest.mark.browser

EXTENSION = "M-2023-0508-HRP"
WITHIN = 5.0
"""Seconds in which every process decides by a new rulebook."""


@dataclass
class Running(Installation):
    """An installation with its three processes: pages, worker, gates."""

    beside: list[subprocess.Popen[bytes]] = field(default_factory=list)
    gates: int = field(default_factory=free_port)

    def start(self) -> None:
        """Start all three and wait until they answer."""
        self.serve()
        for command in (["worker"], ["clearance", "--port", str(self.gates)]):
            self.beside.append(
                subprocess.Popen(
                    [sys.executable, "-m", "guomen.project", *command],
                    env=self.environment(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
        wait_until(self._gates_answer, 30)

    def _gates_answer(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.gates}/healthz", timeout=2):
                return True
        except OSError:
            return False

    def stop(self) -> None:
        """End everything."""
        for one in self.beside:
            os.killpg(one.pid, signal.SIGKILL)  # a server's own workers too
            one.wait()
        self.kill()

    def gate(self, nonce: str, at: datetime) -> str:
        """Present the expired permit at the gate's process; give the outcome."""
        body = {"mrz": PERMIT.td1(), "direction": "entry", "holder_verified": True}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gates}/api/v1/border/passages",
            json.dumps({**body, "presented_at": at.isoformat()}).encode(),
            {"Authorization": f"Bearer {GATE_KEY}", "Idempotency-Key": nonce},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            told: dict[str, Any] = json.load(answer)
        return str(told["outcome"])


def wait_until(so: Callable[[], bool], seconds: float) -> float:
    """Wait until something is so; give how long it took."""
    began = time.monotonic()
    while not so():
        assert time.monotonic() - began < seconds, "it did not come about in time"
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Found and start an installation on the database that the suite runs on."""
    server = os.environ.get("GUOMEN_TEST_DATABASE", "")
    one = Running(tmp_path, new_database(server) if server else "")
    one.found()
    one.start()
    yield one
    one.stop()


def signed_in(chromium: Any, running: Running, name: str) -> Any:
    """Give a page of an officer in a browser of their own."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{running.home}/desk/?lang=en")
    page.fill("#name", name)
    page.fill("#password", f"{name}-officer-1")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Desks')")
    return page


def extended(text: str, cases: str, today: date) -> tuple[str, str]:
    """Give the extension with a second clause, in force since a month, and its cases."""
    start, end = today - timedelta(days=30), today + timedelta(days=60)
    clause = f"""
  - id: b
    announced: {start}
    in_force: {{from: {start}, until: {end}}}
    recorded: {today}
    when:
      all:
        - {{fact: document.type, equals: HRP}}
        - {{fact: document.expiry_date, between: [2020-01-01, {today - timedelta(days=1)}]}}
    effect:
      deemed_expiry_date: {end - timedelta(days=1)}
      may_cross: true
      may_renew_in_mainland: true
"""
    case = """
  - facts: {{document.type: HRP, document.expiry_date: 2022-06-30}}
    on: {on}
    expect: {expect}
"""
    tried = case.format(on=today, expect="met") + case.format(on=end, expect="not_met")
    return text.rstrip() + clause, cases.rstrip() + tried


def test_a_draft_becomes_a_green_light_within_five_seconds_of_its_publication(
    chromium: Any, running: Running
) -> None:
    today = datetime.now(UTC).date()
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for at in range(3):
        assert running.gate(f"before-{at}", yesterday) == "refer"

    policy = signed_in(chromium, running, "policy1")
    draft(policy, running, today)
    assert "would have helped 3" in replayed(policy)
    digest = proposed(policy)

    second = signed_in(chromium, running, "policy2")
    second.goto(f"{running.home}/desk/policy/versions/{digest}/")
    assert "M-2023-0508-HRP" in second.inner_text("main")
    assert Axe().run(second).violations_count == 0
    second.goto(f"{running.home}/desk/policy/versions/{digest}/publish/")
    assert not answers_yes(running)
    second.click("main form button.primary")
    second.wait_for_load_state()

    now = datetime.now(UTC)
    nonces = iter(range(1000))
    gate = wait_until(lambda: running.gate(f"after-{next(nonces)}", now) == "pass", WITHIN)
    portal = wait_until(lambda: answers_yes(running), WITHIN)
    assert max(gate, portal) < WITHIN
    # What came before the publication was decided by the rulebook of then, and stays so.
    assert running.gate("late", yesterday) == "refer"


def draft(page: Any, running: Running, today: date) -> None:
    """Draft the second clause as text, with the live check beside."""
    page.goto(f"{running.home}/desk/policy/")
    page.select_option("#measure", EXTENSION)
    page.click("button:has-text('Begin with this measure')")
    page.wait_for_selector("#text")
    text, cases = extended(page.input_value("#text"), page.input_value("#cases"), today)
    page.fill("#text", text.replace("equals: HRP", "equals: NOTHING"))
    page.wait_for_selector("#check-state:has-text('Faults')")
    page.fill("#text", text)
    page.fill("#cases", cases)
    page.wait_for_selector("#check-state:has-text('every case comes out as expected')")
    assert Axe().run(page).violations_count == 0
    page.click("button[value=save]")
    page.wait_for_selector("#check-state")


def replayed(page: Any) -> str:
    """Replay the draft over the days that are proposed; give what it found."""
    where = page.url
    page.click("a:has-text('Replay it over what has happened')")
    page.click("main form button.primary")
    page.wait_for_selector("h2:has-text('What it found')", timeout=30_000)
    found = str(page.inner_text("p.lead"))
    page.goto(where)
    return found


def proposed(page: Any) -> str:
    """Propose; give the digest of the proposal."""
    page.click("button[value=propose]")
    page.wait_for_selector("a:has-text('Open the proposal')")
    return str(page.get_attribute("a:has-text('Open the proposal')", "href")).split("/")[-2]


def answers_yes(running: Running) -> bool:
    """Tell whether the public page says that the permit counts today."""
    asked = (
        "document.type=HRP&document.expiry_date.day=30&document.expiry_date.month=6"
        "&document.expiry_date.year=2022&check=1"
    )
    address = f"{running.home}/en/services/hrp-extension/?{asked}"
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return "result-yes" in answer.read().decode()
    except urllib.error.HTTPError:
        return False
