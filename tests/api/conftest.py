"""Gives the API's tests a gate that calls over HTTP, as a device does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.nation import GATE_KEY, NationForTests

PASSAGES = "/api/v1/border/passages"


@dataclass
class Gate:
    """A gate at Hengqin; `post` presents a traveller."""

    client: Client = field(default_factory=Client)

    def post(
        self,
        mrz: Sequence[str],
        at: str = "2023-06-01T12:00:00+08:00",
        *,
        nonce: str | None = "n1",
        key: str | None = GATE_KEY,
        **more: Any,
    ) -> HttpResponse:
        """Present a zone with a key and an idempotency key, where they are given."""
        body: dict[str, Any] = {"mrz": list(mrz), "direction": "entry", "presented_at": at}
        body |= {"holder_verified": True, **more}
        return self.send(json.dumps(body), nonce=nonce, key=key)

    def send(
        self, body: str | bytes, *, nonce: str | None = "n1", key: str | None = GATE_KEY
    ) -> HttpResponse:
        """Send any body."""
        headers: dict[str, str] = {}
        if nonce is not None:
            headers["Idempotency-Key"] = nonce
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        answer = self.client.post(PASSAGES, body, content_type="application/json", headers=headers)
        assert isinstance(answer, HttpResponse)
        return answer


@pytest.fixture
def gate(nation: NationForTests) -> Gate:
    """A gate whose key is in use."""
    return Gate()


def told(answer: HttpResponse) -> Any:
    """Read an answer that is no problem."""
    assert answer["Content-Type"].startswith("application/json"), answer.content
    return json.loads(answer.content)


def problem(answer: HttpResponse, status: int, code: str) -> Mapping[str, Any]:
    """Read a problem document, which has the same form for every refusal."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found = json.loads(answer.content)
    assert (found["code"], found["title"], found["status"]) == (code, code, status)
    assert found["type"] == f"/problems/{code}"
    assert found["text"].keys() == {"zh-Hans", "en"}
    assert found["detail"] == found["text"]["en"]
    assert "Report the code to support" not in found["detail"], "no sentence for this code"
    assert isinstance(found["facts"], dict)
    return dict(found)
