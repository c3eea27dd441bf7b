"""A long queue is sealed in pieces, and every piece is part of one chain."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.conf import settings

from guomen.apps.ledger import operations
from guomen.apps.ledger.acts import one_act
from guomen.apps.ledger.operations import append, seal_everything
from guomen.apps.ledger.queries import prove
from guomen.apps.ledger.verification import verify_ledger
from guomen.core.seal import Head, root_from_proof
from tests.builders import inspected, instant, let_other_databases_end
from tests.nation import NationForTests

AT = datetime(2023, 6, 1, tzinfo=UTC)


@pytest.fixture
def in_threes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a seal hold three entries."""
    monkeypatch.setattr(operations, "SEGMENT", 3)


def _append_one_by_one(count: int) -> list[UUID]:
    events = [inspected(1, instant("2023-06-01 00:00").date()) for _ in range(count)]
    for event in events:
        with one_act():
            append(events=[event], recorded_at=AT)
    return [event.id for event in events]


def _seal_all() -> list[Head]:
    let_other_databases_end()
    key = settings.GUOMEN_SEAL_KEY
    return seal_everything(node=settings.GUOMEN_NODE, private_key=key, at=AT)


@pytest.mark.usefixtures("in_threes")
def test_a_long_queue_is_sealed_in_pieces_that_chain(committed: NationForTests) -> None:
    _seal_all()
    entries = _append_one_by_one(8)
    heads = _seal_all()
    assert [head.count for head in heads] == [3, 3, 2]
    found = verify_ledger({}, None)
    assert (found.faults, found.unsealed) == ((), 0)
    proof = prove(entries[4])
    assert root_from_proof(proof.entry.leaf, proof.steps).hex() == heads[1].root


@pytest.mark.usefixtures("in_threes")
def test_a_transaction_is_never_cut_in_two(committed: NationForTests) -> None:
    _seal_all()
    day = instant("2023-06-01 00:00").date()
    with one_act():
        append(events=[inspected(1, day) for _ in range(7)], recorded_at=AT)
    heads = _seal_all()
    assert sum(head.count for head in heads) == 7
    found = verify_ledger({}, None)
    assert (found.faults, found.unsealed) == ((), 0)
