"""Keeps the Merkle tree, its proofs and the signed heads."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.seal import (
    NO_HEAD,
    Head,
    inclusion_proof,
    is_signed_by,
    leaf_hash,
    merkle_root,
    public_key_of,
    root_from_proof,
    sign_head,
)


def leaves(count: int) -> list[bytes]:
    """So many different leaves."""
    return [leaf_hash(str(number).encode()) for number in range(count)]


def tree_of_the_standard(nodes: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 by its own words: split at the greatest power of two below the count."""
    if not nodes:
        return hashlib.sha256(b"").digest()
    if len(nodes) == 1:
        return nodes[0]
    split = 1 << (len(nodes) - 1).bit_length() - 1
    left, right = tree_of_the_standard(nodes[:split]), tree_of_the_standard(nodes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("count", range(71))
def test_root_is_the_one_of_the_standard(count: int) -> None:
    assert merkle_root(leaves(count)) == tree_of_the_standard(leaves(count))


@pytest.mark.parametrize("count", range(71))
def test_proof_of_every_leaf_climbs_to_the_root(count: int) -> None:
    nodes = leaves(count)
    root = merkle_root(nodes)
    for position, leaf in enumerate(nodes):
        steps = inclusion_proof(nodes, position)
        assert root_from_proof(leaf, steps) == root
        assert len(steps) <= (count - 1).bit_length()


SIZES = st.integers(1, 70)


@given(SIZES, st.data())
def test_any_changed_leaf_changes_the_root_and_fails_its_proof(
    count: int, data: st.DataObject
) -> None:
    nodes = leaves(count)
    position = data.draw(st.integers(0, count - 1))
    forged = leaf_hash(data.draw(st.binary(min_size=9)))
    changed = [*nodes[:position], forged, *nodes[position + 1 :]]
    assert merkle_root(changed) != merkle_root(nodes)
    assert root_from_proof(forged, inclusion_proof(nodes, position)) != merkle_root(nodes)


@given(st.integers(2, 70), st.data())
def test_exchanged_removed_or_added_leaves_change_the_root(count: int, data: st.DataObject) -> None:
    nodes = leaves(count)
    first, second = data.draw(
        st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True)
    )
    exchanged = list(nodes)
    exchanged[first], exchanged[second] = nodes[second], nodes[first]
    roots = {
        merkle_root(one)
        for one in (nodes, exchanged, nodes[:first] + nodes[first + 1 :], [*nodes, nodes[-1]])
    }
    assert len(roots) == 4


@given(SIZES, st.data())
def test_proof_of_another_place_does_not_climb_to_the_root(count: int, data: st.DataObject) -> None:
    nodes = leaves(count)
    position, other = data.draw(st.integers(0, count - 1)), data.draw(st.integers(0, count - 1))
    climbed = root_from_proof(nodes[position], inclusion_proof(nodes, other))
    assert (climbed == merkle_root(nodes)) is (position == other)


def test_leaf_cannot_pose_as_a_node() -> None:
    one, other = leaves(2)
    assert leaf_hash(one + other) != merkle_root([one, other])


KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
HEAD = Head("centre", 3, 10, 20, 9, "ab" * 32, NO_HEAD, datetime(2023, 6, 1, tzinfo=UTC))


def test_head_is_signed_by_its_key_alone() -> None:
    signature = sign_head(HEAD, KEY)
    assert is_signed_by(HEAD, signature, public_key_of(KEY))
    assert not is_signed_by(HEAD, signature, public_key_of(OTHER_KEY))


CHANGES = {
    "node": replace(HEAD, node="south"),
    "number": replace(HEAD, number=4),
    "from_mark": replace(HEAD, from_mark=9),
    "until_mark": replace(HEAD, until_mark=21),
    "count": replace(HEAD, count=10),
    "root": replace(HEAD, root="ac" * 32),
    "previous": replace(HEAD, previous="1" * 64),
    "sealed_at": replace(HEAD, sealed_at=datetime(2023, 6, 1, 0, 0, 0, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("field", CHANGES)
def test_every_field_of_a_head_is_signed(field: str) -> None:
    changed = CHANGES[field]
    assert not is_signed_by(changed, sign_head(HEAD, KEY), public_key_of(KEY))
    assert changed.digest() != HEAD.digest()


def test_zone_in_which_a_store_gives_the_instant_back_does_not_matter() -> None:
    there = replace(HEAD, sealed_at=HEAD.sealed_at.astimezone(timezone(timedelta(hours=8))))
    assert (there.digest(), there.content()) == (HEAD.digest(), HEAD.content())


@pytest.mark.parametrize(
    ("signature", "key"),
    [
        (b"", public_key_of(KEY)),
        (bytes(64), public_key_of(KEY)),
        (bytes(64), b""),
        (b"", bytes(31)),
    ],
)
def test_signature_or_key_of_another_form_is_no_signature(signature: bytes, key: bytes) -> None:
    assert not is_signed_by(HEAD, signature, key)
