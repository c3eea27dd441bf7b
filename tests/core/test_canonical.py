"""Keeps the one spelling of a record: equal content, equal bytes, whatever the order of keys."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.canonical import Json, canonical_bytes, canonical_text, digest

VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_spelling_reads_back_as_what_was_spelled(value: Json) -> None:
    assert json.loads(canonical_text(value)) == value


@given(st.dictionaries(st.text(), st.integers()), st.randoms())
def test_order_of_keys_does_not_matter(value: dict[str, int], random: object) -> None:
    keys = list(value)
    random.shuffle(keys)  # type: ignore[attr-defined]  # hypothesis' Random
    assert digest({key: value[key] for key in keys}) == digest(value)


@given(VALUES, VALUES)
def test_different_values_have_different_digests(one: Json, other: Json) -> None:
    same = canonical_bytes(one) == canonical_bytes(other)
    assert (digest(one) == digest(other)) is same
    if same:
        assert one == other


def test_spelling_has_sorted_keys_no_spaces_and_plain_unicode() -> None:
    value: Json = {"b": [1, True, None], "a": "国门", "ä": -5}
    assert canonical_text(value) == '{"a":"国门","b":[1,true,null],"ä":-5}'


def test_true_and_one_are_spelled_differently() -> None:
    assert digest(True) != digest(1)
    assert digest("1") != digest(1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_json_is_not_spelled(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_text(value)  # type: ignore[arg-type]  # what a careless caller might do


def test_empty_object_has_the_known_digest() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
