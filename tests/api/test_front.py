"""The clearance process answers each gate after the commit, collects, and harms nobody for another."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import OperationalError, connections

from guomen import clock
from guomen.api.front import application, knowledge, writer
from guomen.api.front.application import Front
from guomen.api.front.collector import Collector, Overloaded
from guomen.api.front.knowledge import KEYS_EVERY, Keys
from guomen.apps.accounts.operations import revoke_device
from guomen.apps.border.models import Passage
from guomen.apps.border.operations import Presentation
from guomen.apps.border.operations.passages import PassageRequest
from guomen.apps.policy.queries import jurisdiction_of, publications
from guomen.core.refusal import Refusal
from guomen.jurisdiction import Fault, Jurisdiction, PackRefused
from tests.api.conftest import PASSAGES
from tests.builders import PERMIT, presented
from tests.nation import AT, GATE_KEY, OPERATOR, NationForTests

LINES = PERMIT.td1()


@dataclass(frozen=True)
class Answered:
    """One answer of the front."""

    status: int
    headers: Mapping[bytes, bytes]
    body: Any


async def ask(
    front: Front,
    body: bytes | None = None,
    *,
    nonce: str = "n1",
    key: str = GATE_KEY,
    path: str = PASSAGES,
    method: str = "POST",
) -> Answered:
    """Send one request through the ASGI door."""
    sent: list[Mapping[str, Any]] = []
    told = {"mrz": LINES, "direction": "entry", "holder_verified": True}
    given = json.dumps(told).encode() if body is None else body
    headers = [(b"authorization", f"Bearer {key}".encode()), (b"idempotency-key", nonce.encode())]

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": given, "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "headers": headers}
    await front(scope, receive, send)
    start, rest = sent
    return Answered(start["status"], dict(start["headers"]), json.loads(rest["body"]))


def run(work: Callable[[Front], Awaitable[Any]]) -> Any:
    """Run something with a front on a loop of its own, and close what its threads opened."""

    async def inside() -> Any:
        front = Front()
        try:
            return await work(front)
        finally:
            for task in (front._refreshing,):
                if task is not None:
                    task.cancel()
            loop = asyncio.get_running_loop()
            for threads in (front.collector._writer, front._reader):
                await loop.run_in_executor(threads, connections.close_all)

    return in_a_loop(inside)


def in_a_loop(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run on a loop in a thread of its own: a browser's may be running in this one."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(work())).result()


def test_a_gate_is_answered_as_by_the_other_door(committed: NationForTests) -> None:
    found = run(lambda front: ask(front))
    assert found.status == 201
    assert found.headers[b"content-type"] == b"application/json; charset=utf-8"
    assert found.headers[b"cache-control"] == b"no-store"
    assert found.body["outcome"] == "refer"
    assert found.body["reasons"][0]["text"].keys() == {"zh-Hans", "en"}
    row = Passage.objects.get()
    assert str(row.id) == found.body["passage"]


def test_the_same_key_gets_the_first_answer_again(committed: NationForTests) -> None:
    async def twice(front: Front) -> tuple[Answered, Answered]:
        return await ask(front), await ask(front)

    first, second = run(twice)
    assert (first.status, second.status) == (201, 200)
    assert second.body == {**first.body, "again": True}


def test_what_arrives_together_is_committed_together_and_each_has_its_own_answer(
    committed: NationForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counting(batch: Sequence[Presentation]) -> list[writer.Told]:
        sizes.append(len(batch))
        return writer.write(batch)

    monkeypatch.setattr(application, "write", counting)

    async def many(front: Front) -> list[Answered]:
        await ask(front, nonce="first")
        return list(await asyncio.gather(*(ask(front, nonce=f"n{at}") for at in range(20))))

    found = run(many)
    assert [one.status for one in found] == [201] * 20
    assert len({one.body["passage"] for one in found}) == 20
    assert sum(sizes) == 21
    assert len(sizes) < 21


def test_one_bad_request_of_many_is_refused_alone(committed: NationForTests) -> None:
    async def mixed(front: Front) -> list[Answered]:
        return list(
            await asyncio.gather(
                ask(front, nonce="good"),
                ask(front, b'{"mrz": 1}', nonce="bad"),
                ask(front, b"no json", nonce="worse"),
                ask(front, nonce=""),
                ask(front, nonce="guess", key="not-a-key"),
            )
        )

    good, bad, worse, keyless, guess = run(mixed)
    assert good.status == 201
    assert (bad.status, bad.body["code"]) == (422, "request.unreadable")
    assert bad.body["facts"]["field"] == "mrz"
    assert (worse.status, worse.body["code"]) == (422, "request.unreadable")
    assert (keyless.status, keyless.body["code"]) == (422, "border.idempotency_key_unfit")
    assert (guess.status, guess.body["code"]) == (401, "accounts.key_unknown")


def test_what_the_database_cannot_keep_costs_the_others_nothing(committed: NationForTests) -> None:
    pack, gate = committed.jurisdiction, committed.gate

    def shown(nonce: str) -> Presentation:
        ids = (clock.new_id(), clock.new_entry(), clock.new_id())
        request = PassageRequest(*ids, nonce, presented(), AT)
        return Presentation(gate.actor, committed.place(), request, pack)

    answers = writer.write([shown("good"), shown("n" * 65), shown("also good")])
    refused = [isinstance(one, Refusal) for one in answers]
    # SQLite keeps any length; PostgreSQL refuses the middle one alone.
    assert refused in ([False, True, False], [False, False, False])
    assert Passage.objects.count() == 3 - sum(refused)


def test_a_store_that_is_away_sends_the_traveller_to_a_person(
    committed: NationForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_batch: Sequence[Presentation]) -> list[writer.Told]:
        raise OperationalError("gone")

    monkeypatch.setattr(application, "write", away)
    found = run(lambda front: ask(front))
    assert (found.status, found.body["code"], found.body["outcome"]) == (503, "store.away", "refer")


def test_another_path_is_not_served_and_health_is(committed: NationForTests) -> None:
    async def paths(front: Front) -> tuple[Answered, Answered]:
        return await ask(front, path="/zh-Hans/", method="GET"), await ask(
            front, path="/healthz", method="GET"
        )

    other, health = run(paths)
    assert (other.status, health.status, health.body) == (404, 200, {"ok": True})


def test_a_body_that_no_gate_needs_is_refused(committed: NationForTests) -> None:
    found = run(lambda front: ask(front, b" " * 70_000))
    assert (found.status, found.body["code"]) == (422, "request.unreadable")


def test_a_revoked_key_ends_within_seconds(nation: NationForTests) -> None:
    now = [0.0]
    keys = Keys(tick=lambda: now[0])
    assert keys.known(GATE_KEY) == (False, None)
    device = keys.ask(GATE_KEY)
    assert device is not None
    revoke_device(actor=OPERATOR, at=AT, entry=clock.new_entry(), name=device.name)
    assert keys.known(GATE_KEY) == (True, device)
    now[0] = KEYS_EVERY
    assert not keys.known(GATE_KEY)[0]
    assert keys.ask(GATE_KEY) is None


def test_a_queue_that_is_too_long_refuses_at_once() -> None:
    held = threading.Event()

    def slow(batch: Sequence[int]) -> list[int]:
        held.wait(5)
        return list(batch)

    async def crowd() -> list[object]:
        collector: Collector[int, int] = Collector(slow, wait=0, most=1, waiting=2)
        waiting = [asyncio.create_task(collector.answer(at)) for at in range(5)]
        await asyncio.sleep(0.05)
        held.set()
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    found = in_a_loop(crowd)
    assert sum(isinstance(one, Overloaded) for one in found) >= 2
    assert [one for one in found if isinstance(one, int)] == sorted(
        one for one in found if isinstance(one, int)
    )


def test_a_pack_that_cannot_be_read_any_more_leaves_the_others_deciding(
    nation: NationForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = publications()
    older = replace(known[0], pack_digest="of-another-time")

    def read(*, pack_digest: str) -> Jurisdiction | None:
        if pack_digest == older.pack_digest:
            raise PackRefused([Fault("old.yaml", 1, "`licence` is missing", "add it")])
        return jurisdiction_of(pack_digest=pack_digest)

    monkeypatch.setattr(knowledge, "publications", lambda: (older, *known))
    monkeypatch.setattr(knowledge, "jurisdiction_of", read)
    rules = knowledge.Rules()
    rules.refresh()
    assert rules.at(AT).pack.code == nation.jurisdiction.code
