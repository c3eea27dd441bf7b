"""Keeps the gate's endpoint: a zone and a key in, a green light or a referral with reasons out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import InterfaceError, OperationalError

from guomen import clock
from guomen.apps.accounts.operations import revoke_device
from guomen.apps.border.queries import open_referrals, passage
from guomen.core.events import EventKind
from tests.api.conftest import Gate, problem, told
from tests.builders import PASSPORT, PERMIT, VALID_PERMIT, Zone, kept_entries
from tests.nation import AT, OPERATOR

LINES = PERMIT.td1()
INSIDE, OUTSIDE = "2023-12-30T12:00:00+08:00", "2024-01-02T12:00:00+08:00"


def against(answer: Any) -> dict[str, Any]:
    """What is not in order, by code."""
    return {one["code"]: one for one in answer["reasons"] if one["in_order"] is not True}


def test_extended_permit_passes_on_the_30th_of_december(gate: Gate) -> None:
    answer = gate.post(LINES, INSIDE)
    body = told(answer)
    assert (answer.status_code, body["outcome"], body["again"]) == (201, "pass", False)
    assert (body["measure"], body["clause"], body["referral"]) == ("M-2023-0508-HRP", "a", None)
    assert against(body) == {}
    [extended] = [one for one in body["reasons"] if one["code"] == "document.extended"]
    assert "2023年12月31日" in extended["text"]["zh-Hans"]
    assert "31 December 2023" in extended["text"]["en"]


def test_extended_permit_is_referred_on_the_2nd_of_january_with_the_reason(gate: Gate) -> None:
    answer = gate.post(LINES, OUTSIDE)
    body = told(answer)
    assert (answer.status_code, body["outcome"]) == (201, "refer")
    reason = against(body)["document.expiry"]
    assert reason["facts"] == {"expiry_date": "2022-06-30", "day": "2024-01-02"}
    assert "2022年6月30日" in reason["text"]["zh-Hans"]
    assert "30 June 2022" in reason["text"]["en"]
    [waiting] = open_referrals(port="HENGQIN", most=9)
    assert str(waiting.id) == body["referral"]


def test_flipped_check_digit_is_named_with_its_place(gate: Gate) -> None:
    wrong = [LINES[0][:14] + "3" + LINES[0][15:], *LINES[1:]]
    body = told(gate.post(wrong, INSIDE))
    assert body["outcome"] == "refer"
    checks = [one for one in body["reasons"] if one["code"] == "document.check_digit"]
    number = checks[0]
    assert number["facts"] == {
        "field": "number",
        "line": "1",
        "column": "15",
        "printed": "3",
        "computed": "9",
    }
    for language in ("zh-Hans", "en"):
        assert "15" in number["text"][language]


def test_same_key_twice_is_one_record_and_the_same_answer(gate: Gate) -> None:
    before = len(kept_entries())
    first, second = gate.post(LINES, INSIDE), gate.post(LINES, INSIDE)
    assert (first.status_code, second.status_code) == (201, 200)
    assert told(second) == {**told(first), "again": True}
    assert len(kept_entries()) == before + 1


def test_same_key_with_another_traveller_is_a_conflict(gate: Gate) -> None:
    gate.post(LINES, INSIDE)
    before = len(kept_entries())
    found = problem(gate.post(VALID_PERMIT.td1(), INSIDE), 409, "border.nonce_reused")
    assert found["facts"] == {"nonce": "n1"}
    assert len(kept_entries()) == before


def test_key_is_compared_without_spaces_around_it(gate: Gate) -> None:
    gate.post(LINES, INSIDE, nonce="n1")
    assert told(gate.post(LINES, INSIDE, nonce=" n1 "))["again"]


def test_answer_names_a_passage_that_is_on_record(gate: Gate) -> None:
    body = told(gate.post(LINES, INSIDE))
    found = passage(passage_id=UUID(body["passage"]))
    assert found is not None
    assert (found.outcome, found.rulebook) == (body["outcome"], body["rulebook"])


def test_passage_happens_at_the_gates_own_place(gate: Gate) -> None:
    gate.post(LINES, INSIDE)
    [entry] = kept_entries(EventKind.PASSAGE_CLEARED)
    assert (entry.event.port, entry.event.lane) == ("HENGQIN", "ECHANNEL")
    assert entry.event.day.isoformat() == "2023-12-30"


def test_answer_repeats_no_number_and_no_name(gate: Gate) -> None:
    content = gate.post(LINES, INSIDE).content.decode()
    assert "H00000000" not in content
    assert "TAI" not in content


def test_presentation_without_a_time_happens_now(gate: Gate) -> None:
    body = told(gate.post(LINES, None))  # type: ignore[arg-type]  # as a gate may send null
    happened = datetime.fromisoformat(body["occurred_at"])
    assert abs(datetime.now(UTC) - happened) < timedelta(minutes=1)
    assert not body["late"]


def test_presentation_from_a_backlog_is_marked_late(gate: Gate) -> None:
    assert told(gate.post(LINES, INSIDE))["late"]


def test_day_is_the_day_at_the_port_whatever_zone_the_gate_writes(gate: Gate) -> None:
    assert told(gate.post(LINES, "2023-12-31T15:59:59Z"))["outcome"] == "pass"
    assert told(gate.post(LINES, "2023-12-31T16:00:00Z", nonce="n2"))["outcome"] == "refer"


def test_gate_that_did_not_compare_the_holder_refers(gate: Gate) -> None:
    body = told(gate.post(LINES, INSIDE, holder_verified=None))
    assert against(body)["holder.verified"]["in_order"] is None


def test_endorsement_that_the_gate_read_is_looked_at(gate: Gate) -> None:
    card = Zone("CS", number="C00000000", birth="900101", expiry="300101").card()
    paper = {"paper": "endorsement", "kind": "G", "valid_until": "2024-01-01", "entries_left": 1}
    leaving: dict[str, Any] = {"direction": "exit", "companion": paper}
    assert told(gate.post(card, INSIDE, **leaving))["outcome"] == "pass"
    spent = {**leaving, "companion": {**paper, "entries_left": 0}}
    assert "endorsement.entries_left" in against(told(gate.post(card, INSIDE, nonce="n2", **spent)))
    alone = told(gate.post(card, INSIDE, nonce="n3", direction="exit"))
    assert "endorsement.present" in against(alone)


def test_chinese_passport_passes_with_its_empty_optional_field(gate: Gate) -> None:
    assert told(gate.post(PASSPORT.td3(), INSIDE))["outcome"] == "pass"


# ---------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("key", [None, "", "unknown", "test-gate-key", "x" * 5000])
def test_without_a_key_in_use_nothing_is_answered(gate: Gate, key: str | None) -> None:
    before = len(kept_entries())
    problem(gate.post(LINES, INSIDE, key=key), 401, "accounts.key_unknown")
    assert len(kept_entries()) == before


def test_revoked_key_is_not_let_in(gate: Gate) -> None:
    revoke_device(actor=OPERATOR, at=AT, entry=clock.new_id(), name="gate-1")
    problem(gate.post(LINES, INSIDE), 401, "accounts.key_unknown")


def test_missing_idempotency_key_is_told_by_its_name(gate: Gate) -> None:
    found = problem(gate.post(LINES, INSIDE, nonce=None), 422, "request.unreadable")
    assert "Idempotency-Key" in found["facts"]["field"]


@pytest.mark.parametrize("nonce", ["", "   ", "n" * 65])
def test_idempotency_key_that_is_none_is_refused(gate: Gate, nonce: str) -> None:
    problem(gate.post(LINES, INSIDE, nonce=nonce), 422, "border.idempotency_key_unfit")


@pytest.mark.parametrize("body", [b"", b"{", b"not json", b"\xff\xfe", b'{"mrz": NaN'])
def test_body_that_is_no_json_is_told_so(gate: Gate, body: bytes) -> None:
    answer = gate.send(body)
    assert answer.status_code in (400, 422)
    problem(answer, answer.status_code, "request.unreadable")


@pytest.mark.parametrize("body", ["[]", "null", "7", '"text"', "{}"])
def test_json_of_another_form_is_told_so(gate: Gate, body: str) -> None:
    found = problem(gate.send(body), 422, "request.unreadable")
    assert found["fields"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"direction": "sideways"}, "direction"),
        ({"mrz": []}, "mrz"),
        ({"mrz": LINES * 2}, "mrz"),
        ({"mrz": ["A" * 61]}, "mrz.0"),
        ({"mrz": "one line"}, "mrz"),
        ({"presented_at": "yesterday"}, "presented_at"),
        ({"holder_verified": "maybe"}, "holder_verified"),
        ({"companion": {"paper": "ticket"}}, "companion.paper"),
        ({"companion": {"paper": "visa", "kind": "L", "valid_until": "2023-02-30"}}, "valid_until"),
        ({"companion": {"paper": "visa", "kind": "L" * 17, "valid_until": "2023-02-01"}}, "kind"),
    ],
)
def test_field_that_does_not_fit_is_named(gate: Gate, change: dict[str, Any], field: str) -> None:
    mrz = change.pop("mrz", LINES)
    answer = gate.post(mrz, change.pop("presented_at", INSIDE), **change)
    found = problem(answer, 422, "request.unreadable")
    assert any(field in one["field"] for one in found["fields"]), found["fields"]


def test_zone_that_is_none_is_told_with_line_and_column(gate: Gate) -> None:
    wrong = [LINES[0], LINES[1][:3] + "o" + LINES[1][4:], LINES[2]]
    found = problem(gate.post(wrong, INSIDE), 422, "mrz.unreadable")
    assert (found["facts"]["line"], found["facts"]["column"]) == (2, 4)
    problem(gate.post(LINES[:2], INSIDE), 422, "mrz.unreadable")


def test_document_that_nobody_declares_is_refused(gate: Gate) -> None:
    problem(gate.post(replace(PERMIT, code="XX").td1(), INSIDE), 422, "document.kind_unknown")


def test_time_without_its_zone_is_refused(gate: Gate) -> None:
    found = problem(gate.post(LINES, "2023-12-30T12:00:00"), 422, "border.time_without_zone")
    assert found["facts"] == {"given": "2023-12-30T12:00:00"}


def test_time_in_the_future_is_not_believed(gate: Gate) -> None:
    at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    found = problem(gate.post(LINES, at), 422, "border.time_unlikely")
    assert found["facts"]["seconds_ahead"] > 86_000


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_time_beyond_the_calendar_is_refused(gate: Gate, at: str) -> None:
    problem(gate.post(LINES, at), 422, "period.unreadable")


def away(error: Exception) -> Callable[..., None]:
    """Stand in for a store that does not answer."""

    def fails(**_asked: object) -> None:
        raise error

    return fails


@pytest.mark.parametrize(
    "error", [OperationalError("server closed"), InterfaceError("connection already closed")]
)
@pytest.mark.parametrize(
    "place", ["guomen.api.devices.device_behind", "guomen.api.clearance.clear_passage"]
)
def test_gate_is_told_to_refer_when_the_store_is_away(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, place: str, error: Exception
) -> None:
    monkeypatch.setattr(place, away(error))
    found = problem(gate.post(LINES, INSIDE), 503, "store.away")
    assert found["outcome"] == "refer"


def test_key_that_answered_one_day_is_refused_for_another(gate: Gate) -> None:
    assert told(gate.post(LINES, "2023-12-30T10:00:00+08:00"))["outcome"] == "pass"
    problem(gate.post(LINES, "2024-06-01T10:00:00+08:00"), 409, "border.nonce_reused")


def test_same_instant_in_another_zone_is_the_same_retry(gate: Gate) -> None:
    first = told(gate.post(LINES, "2023-12-30T10:00:00+08:00"))
    second = told(gate.post(LINES, "2023-12-30T02:00:00Z"))
    assert (second["passage"], second["again"]) == (first["passage"], True)


def test_body_that_no_presentation_needs_is_told_as_a_problem(gate: Gate) -> None:
    found = problem(gate.send(b" " * (2 * 1024 * 1024 + 1)), 413, "request.unreadable")
    assert "bytes" in found["facts"]["why"]
