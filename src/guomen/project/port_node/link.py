"""Asks the centre over HTTP with signed requests; whatever the link does becomes one of two errors."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from guomen import clock
from guomen.apps.border.bundles import Bundle, read_bundle
from guomen.apps.border.outbox import Waiting
from guomen.core.outbox.requests import NodeRequest
from guomen.core.refusal import Nature, Refusal
from guomen.core.signing import Purpose, is_signed
from guomen.project.enrolment import Enrolment

TIMEOUT = 10.0
"""Seconds without a byte after which the link counts as down, however open it looks."""

LARGEST_ANSWER = 64 * 1024 * 1024


class LinkDown(Exception):
    """No answer that can be used came: what was sent may have arrived or not."""


class Refused(Exception):
    """The centre answered with a refusal: its code and facts."""

    def __init__(self, code: str, facts: Mapping[str, Any]) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


class BundleUnfit(Refusal):
    """What came is no bundle of the centre for this node, or none to this request."""

    code = "node.bundle_unfit"
    nature = Nature.BAD_INPUT


class Link:
    """One node's way to its centre. `offset`: how far the centre's clock is ahead of ours."""

    def __init__(self, centre: str, enrolment: Enrolment) -> None:
        self.centre, self._enrolment = centre.rstrip("/"), enrolment
        self.offset = timedelta(0)

    def learn(self, known: str, pack: str) -> Bundle:
        """Ask for what is new; refuse what the centre's key did not sign for this request."""
        path = f"/api/v1/nodes/bundle?{urlencode({'known': known, 'pack': pack})}"
        asked_at, answer = self._ask("GET", path, b"")
        text = _text(answer, "bundle")
        signature = bytes.fromhex(_text(answer, "signature"))
        if not is_signed(Purpose.BUNDLE, text.encode(), signature, self._enrolment.centre_key):
            raise BundleUnfit(why="it is not signed by the centre")
        try:
            bundle = read_bundle(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise BundleUnfit(why=str(error)[:200]) from None
        mine = (self._enrolment.node, self._enrolment.port, asked_at)
        if (bundle.node, bundle.port, bundle.asked_at) != mine:
            raise BundleUnfit(why="it answers another request")
        return bundle

    def send(self, waiting: Waiting, told: int) -> int:
        """Send acts, or none, and say how many there are; give the last that the centre has."""
        body = {
            "acts": [
                {"number": one.number, "previous": one.previous, "content": one.content}
                for one in waiting.acts
            ],
            "signature": waiting.signature.hex(),
            "told": told,
            "clock": clock.now().isoformat(),
        }
        _, answer = self._ask("POST", "/api/v1/nodes/acts", json.dumps(body).encode())
        last = answer.get("last")
        if not isinstance(last, int):
            raise LinkDown("an answer without a number")
        return last

    def _ask(self, method: str, path: str, body: bytes) -> tuple[datetime, Mapping[str, Any]]:
        try:
            return self._ask_once(method, path, body)
        except Refused as refused:
            if refused.code != "node.request_stale":
                raise
            # Clocks differ, by days where a battery is empty: sign by the centre's from now on.
            theirs = datetime.fromisoformat(str(refused.facts["now"]))
            self.offset = theirs - clock.now()
        return self._ask_once(method, path, body)

    def _ask_once(self, method: str, path: str, body: bytes) -> tuple[datetime, Mapping[str, Any]]:
        signed_at = clock.now() + self.offset
        asked = NodeRequest(self._enrolment.node, method, path, body, signed_at)
        headers = asked.signed(self._enrolment.node_key) | {"Content-Type": "application/json"}
        status, told = self._exchange(method, path, body, headers)
        if 400 <= status < 500 and isinstance(told.get("code"), str):
            raise Refused(told["code"], told.get("facts") or {})
        if status != 200:
            raise LinkDown(f"status {status}")
        return signed_at, told

    def _exchange(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, Any]]:
        connection = self._connection()
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            told = json.loads(answer.read(LARGEST_ANSWER))
        except (OSError, HTTPException, ValueError) as error:
            raise LinkDown(f"{type(error).__name__}: {error}") from None
        finally:
            connection.close()
        if not isinstance(told, dict):
            raise LinkDown("an answer that is no object")
        return answer.status, told

    def _connection(self) -> HTTPConnection:
        place = urlsplit(self.centre)
        kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
        return kind(place.hostname or "", place.port, timeout=TIMEOUT)


def _text(answer: Mapping[str, Any], name: str) -> str:
    found = answer.get(name)
    if not isinstance(found, str):
        raise LinkDown(f"an answer without {name}")
    return found
