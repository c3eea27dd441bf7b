"""Keeps personal fields closed: no two ciphertexts alike, and none that opens elsewhere."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from guomen.apps.registry.vault import Vault

SECRET = bytes(range(32))
VAULT, OTHER = Vault(SECRET), Vault(bytes(range(1, 33)))
KEY = VAULT.new_subject_key("a person")
PLACE = "registry_person.name"
TEXTS = st.text(max_size=40)


@given(TEXTS)
def test_what_was_encrypted_opens_for_its_subject_and_place(text: str) -> None:
    sealed = VAULT.encrypt(KEY, "a person", PLACE, text)
    assert VAULT.decrypt(KEY, "a person", PLACE, sealed) == text


@given(TEXTS)
def test_ciphertext_differs_each_time(text: str) -> None:
    first, second = (VAULT.encrypt(KEY, "a person", PLACE, text) for _ in range(2))
    assert first != second


def test_keys_of_subjects_differ_each_time() -> None:
    assert VAULT.new_subject_key("a person") != VAULT.new_subject_key("a person")


@pytest.mark.parametrize(
    ("subject", "place"),
    [("another", PLACE), ("a person", "registry_person.sex"), ("a person", "other.name")],
)
def test_ciphertext_moved_to_another_row_or_column_does_not_open(subject: str, place: str) -> None:
    sealed = VAULT.encrypt(KEY, "a person", PLACE, "CHAN, TAI MAN")
    with pytest.raises(InvalidTag):
        VAULT.decrypt(KEY, subject, place, sealed)


def test_key_of_another_subject_does_not_open() -> None:
    sealed = VAULT.encrypt(KEY, "a person", PLACE, "CHAN, TAI MAN")
    with pytest.raises(InvalidTag):
        VAULT.decrypt(VAULT.new_subject_key("a person"), "a person", PLACE, sealed)


def test_vault_of_another_secret_does_not_open() -> None:
    sealed = VAULT.encrypt(KEY, "a person", PLACE, "CHAN, TAI MAN")
    with pytest.raises(InvalidTag):
        OTHER.decrypt(KEY, "a person", PLACE, sealed)


@given(st.data())
def test_flipped_bit_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(VAULT.encrypt(KEY, "a person", PLACE, "CHAN, TAI MAN"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(InvalidTag):
        VAULT.decrypt(KEY, "a person", PLACE, bytes(sealed))


PARTS = st.tuples(TEXTS, TEXTS, TEXTS)


@given(PARTS)
def test_index_of_equal_numbers_is_equal_and_shows_nothing(parts: tuple[str, str, str]) -> None:
    index = VAULT.index(*parts)
    assert index == VAULT.index(*parts)
    assert (len(index), index.isalnum()) == (64, True)
    assert index != OTHER.index(*parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("HRP", "", "H00000001"),
        ("TWP_5", "", "H00000000"),
        ("HRP", "CHN", "H00000000"),
        ("HRPH", "", "00000000"),
        ("HRP", "H", "00000000"),
    ],
)
def test_index_of_anything_else_differs(parts: tuple[str, str, str]) -> None:
    assert VAULT.index(*parts) != VAULT.index("HRP", "", "H00000000")


@pytest.mark.parametrize("secret", [b"", bytes(31)])
def test_short_secret_is_no_secret(secret: bytes) -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Vault(secret)
