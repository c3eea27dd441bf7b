"""A gate's backlog and a port's conveyances arrive over HTTP, each one once."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from guomen.apps.border.models import Inspection, Passage
from tests.api.conftest import problem, told
from tests.builders import PERMIT
from tests.nation import GATE_KEY, NationForTests

LINES = PERMIT.td1()


def post(path: str, body: dict[str, Any], nonce: str = "n1") -> HttpResponse:
    """Send a request as the gate at Hengqin."""
    headers = {"Authorization": f"Bearer {GATE_KEY}", "Idempotency-Key": nonce}
    answer = Client().post(
        f"/api/v1/border/{path}", json.dumps(body), "application/json", headers=headers
    )
    assert isinstance(answer, HttpResponse)
    return answer


def kept(key: str, **more: Any) -> dict[str, Any]:
    """One presentation that a gate kept."""
    return {
        "key": key,
        "mrz": LINES,
        "direction": "entry",
        "presented_at": "2023-06-01T12:00:00+08:00",
        "holder_verified": True,
        **more,
    }


def test_each_of_a_backlog_has_its_own_answer_or_problem(nation: NationForTests) -> None:
    body = {
        "passages": [
            kept("a"),
            kept("b", mrz=["NO ZONE"]),
            kept("c", presented_at="2023-06-01T12:00:00"),
            kept("d", presented_at="2023-05-07T12:00:00+08:00"),
        ]
    }
    answers = told(post("passages/batch", body))["answers"]
    assert [one["key"] for one in answers] == ["a", "b", "c", "d"]
    first, unread, zoneless, early = answers
    assert (first["answer"]["outcome"], first["answer"]["late"]) == ("pass", True)
    assert unread["problem"]["code"].startswith("mrz.unreadable")
    assert unread["answer"] is None
    assert zoneless["problem"]["code"] == "border.time_without_zone"
    assert zoneless["problem"]["text"].keys() == {"zh-Hans", "en"}
    assert early["answer"]["outcome"] == "refer"
    assert Passage.objects.count() == 2


def test_a_backlog_sent_again_gets_its_first_answers(nation: NationForTests) -> None:
    body = {"passages": [kept("a"), kept("b", direction="exit")]}
    first, again = (told(post("passages/batch", body))["answers"] for _ in range(2))
    assert [one["answer"]["passage"] for one in again] == [
        one["answer"]["passage"] for one in first
    ]
    assert all(one["answer"]["again"] for one in again)
    assert Passage.objects.count() == 2


def test_a_backlog_without_passages_is_refused(nation: NationForTests) -> None:
    problem(post("passages/batch", {"passages": []}), 422, "request.unreadable")


VEHICLE = {"kind": "vehicle", "mark": "粤Z 1234港", "direction": "entry"}


def test_a_conveyance_is_recorded_once_whatever_is_sent_again(nation: NationForTests) -> None:
    first = post("conveyances", VEHICLE)
    again = post("conveyances", VEHICLE)
    assert (first.status_code, again.status_code) == (201, 200)
    assert told(again) == {**told(first), "again": True}
    row = Inspection.objects.get()
    assert (str(row.id), row.kind, row.port) == (told(first)["inspection"], "vehicle", "HENGQIN")
    assert "1234" not in row.registration


def test_a_kind_that_the_port_does_not_inspect_is_refused(nation: NationForTests) -> None:
    found = problem(
        post("conveyances", {**VEHICLE, "kind": "aircraft"}), 422, "border.conveyance_not_here"
    )
    assert found["facts"]["port"] == "HENGQIN"


def test_another_conveyance_under_the_same_key_is_refused(nation: NationForTests) -> None:
    post("conveyances", VEHICLE)
    problem(post("conveyances", {**VEHICLE, "mark": "other"}), 409, "border.nonce_reused")
