"""Keeps growth and the phrases in which a bulletin says its figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.numerals import (
    LanguageNotWritten,
    growth,
    growth_phrase,
    number_phrase,
    quantity_phrase,
)

COUNTS = st.integers(0, 10**11)


@pytest.mark.parametrize(
    ("now", "base", "percent"),
    [
        (168_200_000, 62_387_000, "169.6"),
        (9_831_000, 4_485_000, "119.2"),
        (100, 100, "0.0"),
        (50, 100, "-50.0"),
        (0, 7, "-100.0"),
        (10005, 10000, "0.1"),
        (20001, 20000, "0.0"),
        (9995, 10000, "-0.1"),
    ],
)
def test_growth_is_rounded_half_up_to_one_decimal(now: int, base: int, percent: str) -> None:
    assert growth(now, base).percent == Decimal(percent)


@given(COUNTS)
def test_without_a_base_there_is_no_growth(now: int) -> None:
    assert growth(now, 0).percent is None


@given(COUNTS, st.integers(1, 10**11))
def test_growth_lies_within_half_a_tenth_of_the_exact_value(now: int, base: int) -> None:
    percent = growth(now, base).percent
    assert percent is not None
    exact = Decimal(now - base) * 100 / Decimal(base)
    assert abs(percent - exact) <= Decimal("0.05") + abs(exact) * Decimal("1e-20")


@pytest.mark.parametrize(
    ("now", "base", "zh", "en"),
    [
        (270, 100, "同比增长170.0%", "up 170.0% year on year"),
        (50, 100, "同比下降50.0%", "down 50.0% year on year"),
        (7, 7, "与上年同期持平", "unchanged from a year before"),
        (0, 0, "上年同期无记录", "with none in the same period a year before"),
        (5, 0, "上年同期无记录", "with none in the same period a year before"),
        (100_001, 100_000, "同比增长0.0%", "up 0.0% year on year"),
        (99_999, 100_000, "同比下降0.0%", "down 0.0% year on year"),
    ],
)
def test_growth_is_said_with_its_direction(now: int, base: int, zh: str, en: str) -> None:
    found = growth(now, base)
    assert (growth_phrase(found, "zh-Hans"), growth_phrase(found, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_234, "1234", "1,234"),
        (9_500, "9500", "9,500"),
        (9_999, "9999", "9,999"),
        (10_000, "1.0万", "10,000"),
        (2_704_500, "270.5万", "2.7 million"),
        (950_000, "95.0万", "950,000"),
        (999_999, "100.0万", "999,999"),
        (1_000_000, "100.0万", "1.0 million"),
        (9_831_000, "983.1万", "9.8 million"),
        (99_500_000, "9950.0万", "99.5 million"),
        (99_999_499, "9999.9万", "100.0 million"),
        (99_999_500, "1.00亿", "100.0 million"),
        (168_200_000, "1.68亿", "168.2 million"),
        (999_949_999, "10.00亿", "999.9 million"),
        (999_950_000, "10.00亿", "1.00 billion"),
        (1_005_000_000, "10.05亿", "1.01 billion"),
    ],
)
def test_count_is_said_as_the_press_writes_it(value: int, zh: str, en: str) -> None:
    assert (number_phrase(value, "zh-Hans"), number_phrase(value, "en")) == (zh, en)


SCALES = {"亿": 10**8, "万": 10**4, " billion": 10**9, " million": 10**6}


def read_back(phrase: str) -> tuple[Decimal, Decimal]:
    """Give the value a phrase says, and the size of its last decimal."""
    for word, size in SCALES.items():
        if phrase.endswith(word):
            number = Decimal(phrase.removesuffix(word))
            exponent = number.as_tuple().exponent
            assert isinstance(exponent, int)
            return number * size, Decimal(1).scaleb(exponent) * size
    return Decimal(phrase.replace(",", "")), Decimal(0)


@given(COUNTS, st.sampled_from(["zh-Hans", "en"]))
def test_phrase_says_the_count_to_half_of_its_last_decimal(value: int, language: str) -> None:
    said, step = read_back(number_phrase(value, language))
    assert abs(said - value) <= step / 2


@given(COUNTS, st.sampled_from(["zh-Hans", "en"]))
def test_phrase_is_never_more_than_five_percent_off(value: int, language: str) -> None:
    said, _ = read_back(number_phrase(value, language))
    assert abs(said - value) <= Decimal(value) / 20


def test_quantity_is_said_with_its_unit() -> None:
    assert quantity_phrase(168_200_000, "人次", "zh-Hans") == "1.68亿人次"
    assert quantity_phrase(9_831_000, "conveyances", "en") == "9.8 million conveyances"


def test_language_that_is_not_written_yet_is_refused() -> None:
    with pytest.raises(LanguageNotWritten) as caught:
        number_phrase(1, "fr")
    assert caught.value.facts["language"] == "fr"
    with pytest.raises(LanguageNotWritten):
        growth_phrase(growth(1, 1), "fr")
