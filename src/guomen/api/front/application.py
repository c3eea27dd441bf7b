"""The front's door: reads a gate's request, waits for the commit, and answers as the API does."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import DatabaseError
from django.http import HttpResponse
from pydantic import ValidationError

from guomen import clock
from guomen.api import clearance, problems
from guomen.api.front import health
from guomen.api.front.collector import Collector, Overloaded
from guomen.api.front.knowledge import RULES_EVERY, Keys, Rules
from guomen.api.front.writer import Told, write
from guomen.api.schemas import PassageIn
from guomen.apps.accounts.queries import DeviceAtWork
from guomen.apps.border.operations import Presentation
from guomen.core.refusal import Refusal

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

Found = TypeVar("Found")

PASSAGES = "/api/v1/border/passages"
HEALTH = "/healthz"
LARGEST_BODY = 64 * 1024

_JSON = b"application/json; charset=utf-8"


class Front:
    """One clearance process: what it knows, its collector, and its ASGI door."""

    def __init__(self) -> None:
        self.rules, self.keys = Rules(), Keys()
        self.collector: Collector[Presentation, Told] = Collector(write)
        # One thread reads, as one writes: each has its own connection, and no more.
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="clearance-reader")
        self._first: asyncio.Task[None] | None = None
        self._refreshing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            status, kind, body = await self._answer(scope, receive)
            await _send(send, status, kind, body)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._begin()
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._refreshing is not None:
                    self._refreshing.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _begin(self) -> None:
        if self._first is None:
            self._first = asyncio.create_task(self._refresh())
            self._refreshing = asyncio.create_task(self._keep_fresh())
        if not self._first.done():
            await asyncio.shield(self._first)

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(RULES_EVERY)
            await self._refresh()

    async def _read(self, read: Callable[..., Found], *asked: object) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._reader, read, *asked)

    async def _refresh(self) -> None:
        # While the database is away the last rulebook stays; nothing can be recorded anyway.
        try:
            await self._read(self.rules.refresh)
        except (DatabaseError, Refusal):
            return

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes, bytes]:
        await self._begin()
        try:
            if scope["path"] == HEALTH and scope["method"] == "GET":
                return 200, _JSON, await self._read(health.told)
            if scope["path"] != PASSAGES or scope["method"] != "POST":
                return _problem(problems.nowhere(scope["path"]))
            return await self._present(_headers(scope), await _body(receive))
        except Refusal as refusal:
            return _problem(problems.refused(None, refusal))
        except ValidationError as error:
            return _problem(problems.unreadable(error.errors()))
        except (DatabaseError, Overloaded) as error:
            return _problem(problems.store_away(None, error))

    async def _present(
        self, headers: Mapping[bytes, bytes], body: bytes
    ) -> tuple[int, bytes, bytes]:
        device = await self._device(headers)
        if device is None:
            return _problem(problems.key_missing())
        nonce = clearance.fit(headers.get(b"idempotency-key", b"").decode("latin-1"))
        given, now = PassageIn.model_validate_json(body), clock.now()
        rules = self.rules.at(clearance.happened_at(given, now))
        request = clearance.request_of(given, nonce, rules.pack, now)
        place = clearance.place_of(device, rules.pack)
        shown = Presentation(device.actor, place, request, rules.pack)
        answer = await self.collector.answer(shown)
        if isinstance(answer, Refusal):
            return _problem(problems.refused(None, answer))
        told = json.dumps(clearance.told(answer, rules.say), ensure_ascii=False)
        return 200 if answer.again else 201, _JSON, told.encode()

    async def _device(self, headers: Mapping[bytes, bytes]) -> DeviceAtWork | None:
        scheme, _, key = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not key:
            return None
        fresh, device = self.keys.known(key)
        return device if fresh else await self._read(self.keys.ask, key)


def _headers(scope: Scope) -> Mapping[bytes, bytes]:
    return dict(scope["headers"])


async def _body(receive: Receive) -> bytes:
    found: bytes = b""
    while True:
        message = await receive()
        found += bytes(message.get("body", b""))
        if len(found) > LARGEST_BODY:
            raise problems.RequestUnreadable(field="body", why=f"more than {LARGEST_BODY} bytes")
        if not message.get("more_body"):
            return found


def _problem(answer: HttpResponse) -> tuple[int, bytes, bytes]:
    return answer.status_code, answer["Content-Type"].encode(), answer.content


async def _send(send: Send, status: int, kind: bytes, body: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
