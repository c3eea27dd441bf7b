"""A port node behind a link that fails: what a gate was told is at the centre once, and in order."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.link_cut.founding import NODE
from benchmarks.link_cut.gate import Answered, Gate
from benchmarks.link_cut.places import Country, until
from benchmarks.link_cut.proxy import Fault
from benchmarks.link_cut.verdict import count

FAULTS = (Fault.DOWN, Fault.REPLY_LOST, Fault.RESET, Fault.SLOW, Fault.HALF_OPEN)


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    """Found a centre and a node behind a proxy, each in processes of its own."""
    one = Country(tmp_path)
    try:
        one.begin()
        yield one
    finally:
        one.end()


def test_faults_and_kills_lose_nothing_and_double_nothing(country: Country) -> None:
    gate = _gate(country, "gate")
    gate.start()
    for fault in FAULTS:
        country.proxy.fault = fault
        time.sleep(0.8)
        country.proxy.fault = Fault.NONE
        time.sleep(0.3)
    _kill_and_start(country, gate)
    gate.stop()
    until(country.drained, 60, f"not drained: {country.health()}")
    _everything_is_there_once(country, gate.answered)
    _the_link_made_no_gate_wait(gate.answered)
    _the_ledger_agrees(country)
    _a_revoked_node_is_refused_and_its_gates_refer(country)


def _gate(country: Country, name: str) -> Gate:
    fault = country.proxy
    return Gate(name, country.gates, lambda: fault.fault.value, country.desk, every=0.01)


def _kill_and_start(country: Country, gate: Gate) -> None:
    country.centre.kill()
    answered = len(gate.answered)
    until(lambda: len(gate.answered) > answered + 5, 30, "the node stopped with its centre")
    country.node.kill()
    country.centre.begin()
    country.node.begin()
    until(country.centre.answers, 60, "the centre did not start again")
    until(country.node.answers, 60, "the node did not start again")
    answered = len(gate.answered)
    until(lambda: len(gate.answered) > answered + 60, 30, "the gate is not answered again")


def _everything_is_there_once(country: Country, answered: list[Answered]) -> None:
    found = count(country, answered)
    assert found.is_whole, found
    assert found.acknowledged > 60
    assert any(one.late for one in answered)
    assert {one.outcome for one in answered} == {"pass"}


def _the_link_made_no_gate_wait(answered: list[Answered]) -> None:
    cut = sorted(one.seconds for one in answered if one.fault in ("down", "half-open"))
    assert len(cut) > 10
    assert cut[len(cut) // 2] < 0.25


def _the_ledger_agrees(country: Country) -> None:
    for place in (country.centre, country.node):
        place.run("guomen.project", "ledger", "seal")
        told = json.loads(place.run("guomen.project", "ledger", "verify", "--json"))
        assert told["faults"] == []
        assert told["entries"] > 60
    assert country.health()["waiting"] == 0
    [listed] = json.loads(country.centre.run("guomen.project", "node", "list", "--json"))["nodes"]
    assert (listed["name"], listed["state"], listed["waiting"]) == (NODE, "in use", 0)


def _a_revoked_node_is_refused_and_its_gates_refer(country: Country) -> None:
    country.centre.run("guomen.project", "node", "revoke", NODE)
    # What it sends next is refused, so a traveller is enough to tell it; without one it asks soon.
    _present_until(country, "while", lambda: not country.health()["gates_open"])
    assert country.health()["refused"] == "node.revoked"
    gate = _present_until(country, "after", lambda: True)
    assert {one.outcome for one in gate.answered} == {"refer"}


def _present_until(country: Country, name: str, so: Callable[[], bool]) -> Gate:
    gate = _gate(country, name)
    gate.centre = None
    gate.start()
    until(lambda: len(gate.answered) > 2 and so(), 60, "a revoked node went on")
    gate.stop()
    return gate
