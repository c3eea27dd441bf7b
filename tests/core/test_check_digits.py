"""Keeps the two check digit rules to their published examples and to what they promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.travel_documents import mod_11_2, weighted_7_3_1
from guomen.core.travel_documents.check_digits import ALPHABET
from tests.builders import digit, worth

CHARACTERS = st.sampled_from(sorted(ALPHABET))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("L898902C3", "6"), ("D23145890", "7"), ("740812", "2"), ("120415", "9"), ("", "0")],
)
def test_icao_examples_come_out_as_printed(text: str, expected: str) -> None:
    assert weighted_7_3_1(text) == expected


def test_permanent_resident_specimen_ends_in_its_check_character() -> None:
    assert mod_11_2("911124198108030024"[:17]) == "4"


def test_ten_is_written_as_the_letter_x() -> None:
    assert mod_11_2("11010519491231002") == "X"


def test_identity_number_of_another_length_is_no_identity_number() -> None:
    with pytest.raises(ValueError, match="zip"):
        mod_11_2("9111241981080300")


@given(st.text(CHARACTERS, max_size=44))
def test_digit_agrees_with_the_rule_worked_out_anew(text: str) -> None:
    assert weighted_7_3_1(text) == digit(text)


@given(st.text(CHARACTERS, min_size=1, max_size=30), st.data())
def test_changed_character_shows_unless_the_values_are_equal_modulo_ten(
    text: str, data: st.DataObject
) -> None:
    # 7, 3 and 1 share no factor with 10, so the weight never hides a change; only the values can
    # (0, <, A, K and U are worth 0 modulo 10, 1, B, L and V are worth 1, and so on).
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(CHARACTERS)
    changed = text[:place] + other + text[place + 1 :]
    same_worth = worth(other) % 10 == worth(text[place]) % 10
    assert (weighted_7_3_1(changed) == weighted_7_3_1(text)) is same_worth


@given(st.text("0123456789", min_size=17, max_size=17), st.data())
def test_any_changed_digit_of_an_identity_number_shows(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    assert mod_11_2(text[:place] + other + text[place + 1 :]) != mod_11_2(text)


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 15))
def test_two_exchanged_neighbours_show(text: str, place: int) -> None:
    exchanged = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if exchanged != text:
        assert mod_11_2(exchanged) != mod_11_2(text)
