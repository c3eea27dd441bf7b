"""A port's node queues what it decides, and the centre keeps it once, in order and marked late."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from guomen import clock
from guomen.apps.border.bundles import Bundle, bundle_for, read_bundle
from guomen.apps.border.models import HeldKnowledge, NodeAct, OutboxAct, Passage, PortNode, Referral
from guomen.apps.border.nodes import NodeAtWork, NodeRevoked, NodeUnknown, node_named, nodes_listed
from guomen.apps.border.operations import (
    ActUnfit,
    Batch,
    NodeNameUnfit,
    adopt_bundle,
    decide_referral,
    enroll_node,
    note_answer,
    note_heard,
    note_refused,
    receive_acts,
    revoke_node,
)
from guomen.apps.border.operations.outbox import KEPT
from guomen.apps.border.outbox import ends, held, waiting
from guomen.apps.border.queries import PassageAnswer
from guomen.apps.ledger.models import Entry
from guomen.apps.registry.keys import number_index
from guomen.apps.registry.queries import RegistryElsewhere, vault
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.canonical import Json, canonical_text
from guomen.core.events import EventKind
from guomen.core.outbox import ActsForked, ActsMissing, ActsUnsigned, NumberedAct, sign_act
from guomen.core.refusal import Refusal
from guomen.core.seal import public_key_of
from tests.apps.border.conftest import AT, Lane
from tests.builders import kept_entries, passage, presented
from tests.nation import OPERATOR, NationForTests

KEY = bytes(range(32))
NAME = "hengqin"
LATER = AT + timedelta(hours=3)


@contextmanager
def node_here(name: str = NAME) -> Iterator[None]:
    """Let this installation be the node: it numbers and signs what it does."""
    with override_settings(GUOMEN_NODE_KEY=KEY, GUOMEN_NODE=name):
        yield


@dataclass
class Sent:
    """What a node would send; `take` hands it to the centre."""

    acts: tuple[NumberedAct, ...]
    signature: bytes

    def take(self, at: datetime = LATER, name: str = NAME) -> int:
        """Let the centre take it."""
        node = node_named(name=name)
        return receive_acts(actor=node.actor, at=at, batch=Batch(name, self.acts, self.signature))

    def part(self, start: int, until: int) -> "Sent":
        """Give some consecutive acts with their signature."""
        acts = self.acts[start:until]
        return Sent(acts, sign_act(acts[-1].digest(), KEY))


def forget() -> None:
    """Take away what the node wrote, as if the centre were another database."""
    Referral.objects.all().delete()
    Passage.objects.all().delete()


def acted(gate: Lane, *nonces: str, good: bool = True, at: datetime = AT) -> Sent:
    """Present travellers at the node; give its outbox, and the centre without them."""
    with node_here():
        if good:
            HeldKnowledge.objects.update_or_create(
                pk=1, defaults={"known_on": at, "good_until": at + timedelta(hours=72)}
            )
        for nonce in nonces:
            gate.clear(passage(nonce, presented(), at), at=at)
        found = waiting(start=1, most=100, size=1_000_000)
    forget()
    # The ledger cannot forget, so the node's entries get other ids, as the centre's would be.
    return Sent(found.acts, found.signature)


def with_fresh_entries(sent: Sent) -> Sent:
    """Rename the entries: the test's ledger has the node's own, and ids come once."""
    acts: list[NumberedAct] = []
    previous = sent.acts[0].previous
    for one in sent.acts:
        told = dict(_told(one), entry=str(clock.new_entry()))
        acts.append(NumberedAct(one.node, one.number, previous, canonical_text(told)))
        previous = acts[-1].digest()
    return Sent(tuple(acts), sign_act(previous, KEY))


def _told(act: NumberedAct) -> dict[str, Json]:
    found: dict[str, Json] = json.loads(act.content)
    return found


@pytest.fixture
def node(nation: NationForTests) -> NodeAtWork:
    """A node that is enrolled for Hengqin."""
    enroll(NAME)
    return node_named(name=NAME)


def enroll(name: str, port: str = "HENGQIN", actor: Actor = OPERATOR) -> None:
    """Enrol a node."""
    enroll_node(
        actor=actor,
        at=AT,
        entry=clock.new_entry(),
        reference=clock.new_id(),
        name=name,
        port=port,
        public_key=public_key_of(KEY),
    )


def revoke(name: str = NAME) -> None:
    """Take a node out of use."""
    revoke_node(actor=OPERATOR, at=AT, entry=clock.new_entry(), name=name)


# ---------------------------------------------------------------------------- at the node


def test_the_centre_queues_nothing(gate: Lane) -> None:
    gate.clear(passage("n", presented(), AT))
    assert not OutboxAct.objects.exists()


def test_a_node_numbers_chains_and_signs_each_act(gate: Lane) -> None:
    sent = acted(gate, "a", "b", "c")
    assert [one.number for one in sent.acts] == [1, 2, 3]
    assert [one.previous for one in sent.acts[1:]] == [one.digest() for one in sent.acts[:2]]
    assert sent.signature == sign_act(sent.acts[-1].digest(), KEY)


def test_a_retry_queues_nothing_more(gate: Lane) -> None:
    with node_here():
        request = passage("a", presented(), AT)
        assert gate.clear(request).again is False
        assert gate.clear(request).again is True
        assert ends().last == 1


def test_a_gate_refers_and_a_desk_goes_on_when_the_knowledge_is_old(gate: Lane, desk: Lane) -> None:
    with node_here():
        HeldKnowledge.objects.create(pk=1, known_on=AT, good_until=AT + timedelta(hours=72))
        fresh = gate.clear(passage("a", presented(), AT))
        later = AT + timedelta(hours=72)
        old = gate.clear(passage("b", presented(), later), at=later)
        at_desk = desk.clear(passage("c", presented(), later), at=later)
    assert not _reason(fresh, "node.knowledge_old")
    assert old.outcome == "refer"
    assert _reason(old, "node.knowledge_old") == [(False, {"day": "2023-06-01"})]
    assert _reason(at_desk, "node.knowledge_old") == [(True, {"day": "2023-06-01"})]


def _reason(answer: PassageAnswer, code: str) -> list[tuple[bool | None, dict[str, str]]]:
    return [(one.in_order, dict(one.facts)) for one in answer.reasons if one.code == code]


def test_a_node_that_was_never_told_opens_no_gate(gate: Lane) -> None:
    with node_here():
        answer = gate.clear(passage("a", presented(), AT))
    assert answer.outcome == "refer"
    assert _reason(answer, "node.knowledge_old")[0][0] is False


def test_a_revoked_node_forgets_what_gates_go_by(nation: NationForTests) -> None:
    note_answer(at=AT, acknowledged=0)
    HeldKnowledge.objects.update(known_on=AT, good_until=LATER)
    note_refused(code="node.acts_forked", revoked=False)
    assert held().is_good(AT)
    note_refused(code="node.revoked", revoked=True)
    assert (held().is_good(AT), held().refused) == (False, "node.revoked")
    note_answer(at=AT, acknowledged=0)
    assert held().refused == ""


def test_the_outbox_lets_go_of_what_the_centre_has_had_for_a_week_but_the_last(gate: Lane) -> None:
    acted(gate, "a", "b", "c")
    note_answer(at=AT + KEPT, acknowledged=3)
    assert OutboxAct.objects.count() == 3
    note_answer(at=AT + KEPT + timedelta(days=1), acknowledged=2)
    assert [one.number for one in OutboxAct.objects.all()] == [3]
    note_answer(at=AT + KEPT + timedelta(days=1), acknowledged=3)
    assert ends().last == 3


def test_a_batch_is_bounded_by_number_and_size(gate: Lane) -> None:
    acted(gate, "a", "b", "c")
    assert len(waiting(start=1, most=2, size=1_000_000).acts) == 2
    assert len(waiting(start=2, most=9, size=1_000_000).acts) == 2
    assert len(waiting(start=1, most=9, size=1).acts) == 1
    assert waiting(start=4, most=9, size=1).acts == ()


def test_a_node_finds_numbers_and_opens_no_person(nation: NationForTests) -> None:
    key = vault().key
    with override_settings(GUOMEN_INDEX_KEY=key, GUOMEN_REGISTRY_SECRET=None):
        assert number_index().index("HRP", "", "H1") == number_index().index("HRP", "", "H1")
        found = number_index().index("HRP", "", "H1")
        with pytest.raises(RegistryElsewhere):
            vault()
    assert found == vault().index("HRP", "", "H1")


# ---------------------------------------------------------------------------- at the centre


def test_what_came_from_a_node_is_kept_as_it_was_there_and_late(
    gate: Lane, node: NodeAtWork
) -> None:
    sent = with_fresh_entries(acted(gate, "a", "b"))
    before = {one.event.id for one in kept_entries()}
    assert sent.take() == 2
    rows = Passage.objects.order_by("nonce")
    assert [(one.nonce, one.recorded_at, one.occurred_at) for one in rows] == [
        ("a", LATER, AT),
        ("b", LATER, AT),
    ]
    entries = [one for one in kept_entries() if one.event.id not in before]
    assert [str(one.event.id) for one in entries] == [_told(one)["entry"] for one in sent.acts]
    assert {one.node for one in entries} == {settings.GUOMEN_NODE}
    assert [(one.number, one.stored) for one in NodeAct.objects.order_by("number")] == [
        (1, True),
        (2, True),
    ]
    again = gate.clear(replace(passage("a", presented(), AT)), at=LATER)
    assert (again.late, again.again) == (True, True)


def test_acts_that_are_here_already_are_not_stored_again(gate: Lane, node: NodeAtWork) -> None:
    sent = with_fresh_entries(acted(gate, "a", "b", "c"))
    assert sent.part(0, 2).take() == 2
    entries = Entry.objects.count()
    assert sent.part(0, 2).take() == 2
    assert Entry.objects.count() == entries
    assert sent.take() == 3
    assert Entry.objects.count() == entries + 1
    assert Passage.objects.count() == 3


def test_a_gap_is_refused_with_the_number_expected(gate: Lane, node: NodeAtWork) -> None:
    sent = with_fresh_entries(acted(gate, "a", "b", "c"))
    sent.part(0, 1).take()
    with pytest.raises(ActsMissing) as refused:
        sent.part(2, 3).take()
    assert refused.value.facts == {"expected": 2, "given": 3}
    assert Passage.objects.count() == 1


def test_a_gate_that_asked_both_leaves_one_passage(gate: Lane, node: NodeAtWork) -> None:
    sent = with_fresh_entries(acted(gate, "both", "alone"))
    here = gate.clear(passage("both", presented(), AT))
    assert sent.take() == 2
    assert Passage.objects.get(nonce="both").id == here.passage
    assert Passage.objects.count() == 2
    first = NodeAct.objects.get(number=1)
    assert (first.record, first.stored) == (here.passage, False)


def test_one_nonce_for_two_travellers_loses_neither(gate: Lane, node: NodeAtWork) -> None:
    sent = with_fresh_entries(acted(gate, "same"))
    gate.clear(passage("same", presented(number="H99999999"), AT))
    assert sent.take() == 1
    assert set(Passage.objects.values_list("nonce", flat=True)) == {"same", f"{NAME}:1"}


def test_a_decision_made_at_the_node_follows_its_referral(gate: Lane, node: NodeAtWork) -> None:
    officer = Actor(ActorKind.OFFICER, "officer", frozenset({Duty.DECIDE_REFERRAL}), "HENGQIN")
    with node_here():
        answer = gate.clear(passage("a", presented(verified=False), AT))
        assert answer.referral is not None
        decide_referral(
            actor=officer,
            at=AT,
            day=AT.date(),
            entry=clock.new_entry(),
            referral=answer.referral,
            outcome="not_admitted",
            legal_basis="Article 25",
            note="seen",
        )
        gate.clear(passage("b", presented(), AT))
        found = waiting(start=1, most=9, size=1_000_000)
    forget()
    sent = with_fresh_entries(Sent(found.acts, found.signature))
    assert sent.take() == 3
    row = Referral.objects.get(pk=answer.referral)
    assert (row.state, row.decided_by, row.decided_at) == ("not_admitted", "officer", AT)
    assert row.legal_basis == "Article 25"
    decided = kept_entries(EventKind.REFERRAL_DECIDED)[-1]
    assert (decided.event.occurred_at, decided.recorded_at) == (AT, LATER)


@pytest.mark.parametrize(
    "change",
    [
        {"port": "GONGBEI"},
        {"actor": "somebody"},
        {"actor": "018f0000-0000-7000-8000-000000000000"},
        {"outcome": "refuse"},
        {"referral": "018f0000-0000-7000-8000-000000000000", "outcome": "pass"},
        {"lane": "x" * 25},
        {"reasons": "["},
        {"occurred_at": "2023-06-01T00:00:00"},
        {"id": "no id"},
        {"act": "coronation"},
        {"nonce": 5},
        {"nonce": "a\x00"},
    ],
)
def test_an_act_that_is_not_of_the_port_or_does_not_fit_is_refused_whole(
    gate: Lane, node: NodeAtWork, change: dict[str, Json]
) -> None:
    good = with_fresh_entries(acted(gate, "a", "b")).acts
    bad = canonical_text({**_told(good[1]), **change})
    acts = (good[0], replace(good[1], content=bad))
    with pytest.raises(ActUnfit) as refused:
        Sent(acts, sign_act(acts[-1].digest(), KEY)).take()
    assert refused.value.facts["number"] == 2
    assert not Passage.objects.exists()
    assert node_named(name=NAME).received.number == 0


def test_another_history_and_another_key_are_refused(gate: Lane, node: NodeAtWork) -> None:
    sent = with_fresh_entries(acted(gate, "a", "b"))
    sent.take()
    forged = replace(sent.acts[1], content="{}")
    with pytest.raises(ActsForked):
        Sent((forged,), sign_act(forged.digest(), KEY)).take()
    with pytest.raises(ActsUnsigned):
        Sent(sent.acts, sign_act(sent.acts[-1].digest(), bytes(32))).take()


def test_a_revoked_node_is_refused_at_once_and_its_name_is_not_given_again(
    gate: Lane, node: NodeAtWork
) -> None:
    sent = with_fresh_entries(acted(gate, "a"))
    revoke()
    with pytest.raises(NodeRevoked):
        receive_acts(actor=node.actor, at=LATER, batch=Batch(NAME, sent.acts, sent.signature))
    with pytest.raises(NodeUnknown):
        revoke()
    with pytest.raises(Refusal, match="name_taken"):
        enroll(NAME)


def test_a_node_cannot_speak_for_another(gate: Lane, node: NodeAtWork) -> None:
    enroll("gongbei", "GONGBEI")
    other = node_named(name="gongbei")
    sent = acted(gate, "a")
    with pytest.raises(NodeUnknown):
        receive_acts(actor=other.actor, at=AT, batch=Batch(NAME, sent.acts, sent.signature))


@pytest.mark.parametrize("name", ["", "Hengqin", "a b", "x" * 33, "../up", settings.GUOMEN_NODE])
def test_a_name_that_no_file_should_have_is_refused(nation: NationForTests, name: str) -> None:
    with pytest.raises(NodeNameUnfit):
        enroll(name)


def test_who_does_not_manage_accounts_enrols_no_node(nation: NationForTests) -> None:
    nobody = replace(OPERATOR, duties=frozenset[Duty]())
    with pytest.raises(DutyMissing):
        enroll(NAME, actor=nobody)


def test_enrolling_and_revoking_leave_entries(nation: NationForTests) -> None:
    enroll(NAME)
    revoke()
    found = kept_entries(EventKind.NODE_ENROLLED, EventKind.NODE_REVOKED)
    reference = str(PortNode.objects.get().reference)
    assert [dict(one.event.payload) for one in found] == [{"node": reference}] * 2


def test_the_centre_shows_how_far_a_node_is_behind(gate: Lane, node: NodeAtWork) -> None:
    note_heard(actor=node.actor, at=LATER, node=NAME, told_number=9, skew=-86_400)
    with_fresh_entries(acted(gate, "a", "b")).take()
    [one] = nodes_listed()
    assert (one.name, one.last_number, one.waiting, one.skew_seconds) == (NAME, 2, 7, -86_400)
    assert one.silent_seconds(LATER + timedelta(minutes=2)) == 120


# ---------------------------------------------------------------------------- what it is told


def test_a_bundle_is_read_as_it_was_told_and_holds_no_person(nation: NationForTests) -> None:
    bundle = _bundle()
    assert read_bundle(json.loads(canonical_text(bundle.told()))) == bundle
    text = canonical_text(bundle.told())
    assert "H00000000" not in text
    assert nation.gate_key not in text
    assert "CHAN" not in text.replace("CHANNEL", "")
    assert {one.name for one in bundle.devices} == {"gate-1"}
    assert bundle.complete


def _bundle(after: str = "", pack: str = "") -> Bundle:
    return bundle_for(
        node=NAME,
        port="HENGQIN",
        asked_at=AT,
        made_at=AT,
        good_for=timedelta(hours=72),
        after=after,
        pack=pack,
    )


def test_a_node_that_knows_all_is_told_nothing_again(nation: NationForTests) -> None:
    first = _bundle()
    assert first.publication is not None
    assert first.standings
    again = _bundle(first.cursor, first.publication.pack_digest)
    assert again.standings == ()
    assert again.cursor == first.cursor
    assert again.publication is not None
    assert again.publication.files is None


def test_adopting_a_bundle_makes_gates_good_for_its_span_by_the_nodes_own_clock(
    nation: NationForTests,
) -> None:
    long_ago = AT - timedelta(days=400)
    adopt_bundle(at=long_ago, bundle=replace(_bundle(), complete=False))
    assert not held().is_good(long_ago)
    adopt_bundle(at=long_ago, bundle=_bundle())
    assert held().is_good(long_ago + timedelta(hours=71))
    assert not held().is_good(long_ago + timedelta(hours=72))
    assert held().known_on == AT


def test_a_device_that_the_centre_does_not_name_is_out_of_use(nation: NationForTests) -> None:
    whole, before = _bundle(), nation.gate
    adopt_bundle(at=AT, bundle=replace(whole, devices=()))
    with pytest.raises(Refusal, match="key_unknown"):
        _ = nation.gate
    adopt_bundle(at=AT, bundle=whole)
    assert nation.gate == before
