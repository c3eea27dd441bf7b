"""The nodes' endpoints let in whom the centre enrolled, and answer with what is signed and numbered."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from guomen import clock
from guomen.apps.border.models import PortNode
from guomen.apps.border.operations import adopt_bundle, enroll_node, revoke_node
from guomen.apps.border.outbox import Waiting
from guomen.core.outbox import NO_ACT, NumberedAct, sign_act
from guomen.core.outbox.requests import SIGNATURE, SIGNED_AT, NodeRequest
from guomen.core.seal import public_key_of
from guomen.core.signing import Purpose, is_signed
from guomen.project.enrolment import Enrolment
from guomen.project.port_node import link
from guomen.project.port_node.link import BundleUnfit, Link, LinkDown, Refused
from tests.api.conftest import problem
from tests.nation import OPERATOR, NationForTests

KEY = bytes(range(32))
BUNDLE, ACTS = "/api/v1/nodes/bundle", "/api/v1/nodes/acts"
ENROLMENT = Enrolment("hengqin", "HENGQIN", KEY, bytes(32), public_key_of(settings.GUOMEN_SEAL_KEY))


def enroll() -> None:
    """Enrol the node."""
    enroll_node(
        actor=OPERATOR,
        at=clock.now(),
        entry=clock.new_entry(),
        reference=clock.new_id(),
        name="hengqin",
        port="HENGQIN",
        public_key=public_key_of(KEY),
    )


@pytest.fixture
def node(nation: NationForTests) -> None:
    """An enrolled node."""
    enroll()


def signed(method: str, path: str, body: bytes = b"", **changed: Any) -> Mapping[str, str]:
    """Sign a request as the node does."""
    request = replace(NodeRequest("hengqin", method, path, body, clock.now()), **changed)
    return request.signed(KEY)


def ask(path: str = BUNDLE, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Ask for a bundle."""
    found = Client().get(path, headers=signed("GET", path) if headers is None else headers)
    assert isinstance(found, HttpResponse)
    return found


def send(body: Mapping[str, Any]) -> HttpResponse:
    """Send acts."""
    text = json.dumps(body).encode()
    headers = signed("POST", ACTS, text)
    found = Client().post(ACTS, text, content_type="application/json", headers=headers)
    assert isinstance(found, HttpResponse)
    return found


def batch(*acts: NumberedAct, **changed: Any) -> dict[str, Any]:
    """Spell a batch with the last act's signature."""
    return {
        "acts": [
            {"number": one.number, "previous": one.previous, "content": one.content} for one in acts
        ],
        "signature": sign_act(acts[-1].digest(), KEY).hex() if acts else "",
        "told": 7,
        "clock": (clock.now() - timedelta(days=1)).isoformat(),
        **changed,
    }


def test_a_bundle_is_signed_with_the_seals_key_for_this_node(node: None) -> None:
    told = json.loads(ask(f"{BUNDLE}?known=&pack=").content)
    text, signature = told["bundle"].encode(), bytes.fromhex(told["signature"])
    centre = public_key_of(settings.GUOMEN_SEAL_KEY)
    assert is_signed(Purpose.BUNDLE, text, signature, centre)
    assert not is_signed(Purpose.ACT, text, signature, centre)
    bundle = json.loads(text)
    assert (bundle["node"], bundle["port"], bundle["good_for"]) == ("hengqin", "HENGQIN", 72 * 3600)


def test_what_is_not_signed_by_the_node_is_refused(node: None) -> None:
    good = signed("GET", BUNDLE)
    for headers in (
        {**good, SIGNATURE: "00" * 64},
        {**good, SIGNATURE: "no hex"},
        {**good, SIGNED_AT: "yesterday"},
        {**good, SIGNED_AT: "2026-01-01T00:00:00"},
        signed("GET", f"{BUNDLE}?known=1.1"),
        signed("POST", BUNDLE),
        signed("GET", BUNDLE, node="gongbei"),
    ):
        problem(ask(headers=headers), 403, "node.unknown")


def test_a_request_of_another_time_is_told_the_time(node: None) -> None:
    for days in (-1, 1):
        headers = signed("GET", BUNDLE, signed_at=clock.now() + timedelta(days=days))
        found = problem(ask(headers=headers), 403, "node.request_stale")
        assert found["facts"]["now"][:10] == clock.now().isoformat()[:10]


def test_a_revoked_node_is_refused_at_its_next_request(node: None) -> None:
    assert ask().status_code == 200
    revoke_node(actor=OPERATOR, at=clock.now(), entry=clock.new_entry(), name="hengqin")
    problem(ask(), 403, "node.revoked")
    problem(send(batch()), 403, "node.revoked")


def test_a_node_without_acts_says_how_far_it_is(node: None) -> None:
    answer = send(batch())
    assert json.loads(answer.content) == {"last": 0}
    row = PortNode.objects.get()
    assert row.told_number == 7
    assert -86_410 < row.skew_seconds < -86_390


def test_a_gap_is_answered_with_the_number_expected(node: None) -> None:
    act = NumberedAct("hengqin", 5, NO_ACT, "{}")
    found = problem(send(batch(act)), 409, "node.acts_missing")
    assert found["facts"] == {"expected": 1, "given": 5}


def test_an_act_that_cannot_be_kept_is_refused_with_its_number(node: None) -> None:
    act = NumberedAct("hengqin", 1, NO_ACT, "{}")
    assert problem(send(batch(act)), 422, "node.act_unfit")["facts"]["number"] == 1
    act = NumberedAct("hengqin", 1, NO_ACT, "no json")
    assert problem(send(batch(act)), 422, "node.act_unfit")["facts"]["number"] == 1


def test_a_batch_that_is_none_is_unreadable(node: None) -> None:
    for body in ({}, batch(acts=[{"number": 0}]), batch(signature="x"), batch(told=-1)):
        problem(send(body), 422, "request.unreadable")


# ---------------------------------------------------------------------------- the node's own side


def test_the_link_learns_and_sends(committed: NationForTests, live_server: Any) -> None:
    enroll()
    found = Link(live_server.url, ENROLMENT)
    bundle = found.learn("", "")
    assert bundle.complete
    adopt_bundle(at=clock.now(), bundle=bundle)
    assert found.send(Waiting((), b""), 3) == 0
    act = NumberedAct("hengqin", 4, NO_ACT, "{}")
    with pytest.raises(Refused) as refused:
        found.send(Waiting((act,), sign_act(act.digest(), KEY)), 4)
    assert refused.value.facts["expected"] == 1


def test_a_clock_that_is_a_day_off_finds_the_centres_time(
    committed: NationForTests, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    enroll()
    found = Link(live_server.url, ENROLMENT)

    class Slow:
        """The node's clock, a day behind."""

        now = staticmethod(lambda: clock.now() - timedelta(days=1))

    monkeypatch.setattr(link, "clock", Slow)
    assert found.learn("", "").complete
    assert timedelta(hours=23) < found.offset < timedelta(hours=25)


def test_what_another_signed_is_no_bundle(committed: NationForTests, live_server: Any) -> None:
    enroll()
    other = replace(ENROLMENT, centre_key=public_key_of(bytes(32)))
    with pytest.raises(BundleUnfit, match="signed"):
        Link(live_server.url, other).learn("", "")
    with pytest.raises(BundleUnfit, match="another request"):
        Link(live_server.url, replace(ENROLMENT, port="GONGBEI")).learn("", "")


def test_a_centre_that_is_not_there_is_a_link_that_is_down() -> None:
    with pytest.raises(LinkDown):
        Link("http://127.0.0.1:1", ENROLMENT).learn("", "")
