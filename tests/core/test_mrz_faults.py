"""Keeps what happens to zones that are wrong, incomplete or old: each fault with its place."""

from dataclasses import replace
from datetime import date

import pytest

from guomen.core.travel_documents import MrzUnreadable, read_mrz
from tests.builders import Zone, digit

ON = date(2023, 6, 1)
LINES = Zone(optional="ZE184226B").td3()


def refused(text: str | list[str]) -> dict[str, object]:
    """Give the facts of the refusal."""
    with pytest.raises(MrzUnreadable) as caught:
        read_mrz(text, ON)
    return dict(caught.value.facts)


@pytest.mark.parametrize(
    ("lines", "given"),
    [
        ([], "nothing"),
        (["", "  "], "nothing"),
        ([LINES[0]], "44"),
        ([LINES[0], LINES[1][:-1]], "44 + 43"),
        ([LINES[0] + "<", LINES[1] + "<"], "45 + 45"),
        ([*LINES, LINES[1]], "44 + 44 + 44"),
        (["V" + "<" * 29] * 2, "30 + 30"),
    ],
)
def test_lines_of_another_shape_are_refused_with_their_lengths(
    lines: list[str], given: str
) -> None:
    facts = refused(lines)
    assert (facts["why"], facts["given"]) == ("shape", given)
    assert "3×30 (TD1)" in str(facts["expected"])


@pytest.mark.parametrize("strange", ["l", "Ä", "中", " ", ".", "٣", "\u200b", "Ａ"])
def test_strange_character_is_refused_with_line_and_column(strange: str) -> None:
    line = LINES[1][:4] + strange + LINES[1][5:]
    facts = refused([LINES[0], line])
    assert facts == {"why": "character", "line": 2, "column": 5, "character": strange}


def test_lower_case_is_refused_at_its_first_letter() -> None:
    assert refused([line.lower() for line in LINES])["column"] == 1


def test_spaces_around_lines_and_empty_lines_are_passed_over() -> None:
    text = f"\n  {LINES[0]}  \r\n\n{LINES[1]}\t\n"
    assert read_mrz(text, ON).lines == tuple(LINES)


@pytest.mark.parametrize(
    ("right", "wrong"), [("0", "O"), ("1", "I"), ("8", "B"), ("5", "S"), ("2", "Z")]
)
def test_swapped_look_alike_fails_its_own_check_digit(right: str, wrong: str) -> None:
    lines = Zone(number=f"X{right}2345678").td3()
    swapped = [lines[0], lines[1].replace(f"X{right}", f"X{wrong}", 1)]
    mrz = read_mrz(swapped, ON)
    failed = [one.field for one in mrz.checks if not one.ok]
    assert failed == ["number", "composite"]
    assert not mrz.valid


def test_letter_o_in_a_birth_date_gives_no_day() -> None:
    lines = Zone(birth="9O0101").td3()
    assert read_mrz(lines, ON).birth_date is None


@pytest.mark.parametrize(
    "birth", ["9006<<", "90<<<<", "<<<<<<", "901301", "900230", "900000", "9A0101"]
)
def test_unknown_or_impossible_birth_keeps_its_text_and_gives_no_day(birth: str) -> None:
    mrz = read_mrz(Zone(birth=birth).td3(), ON)
    assert (mrz.birth_text, mrz.birth_date, mrz.valid) == (birth, None, True)


@pytest.mark.parametrize("expiry", ["<<<<<<", "231301", "230229"])
def test_unreadable_expiry_gives_no_day(expiry: str) -> None:
    assert read_mrz(Zone(expiry=expiry).td3(), ON).expiry_date is None


def test_unspecified_sex_is_empty() -> None:
    assert read_mrz(Zone(sex="<").td3(), ON).sex == ""


@pytest.mark.parametrize(
    ("name", "surname", "given", "truncated"),
    [
        ("ARKFREITH", "ARKFREITH", "", False),
        (
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
            "NILAVADHANANANDA",
            "CHAYAPA DEJTHAMRONG K",
            True,
        ),
        ("VAN<DER<BERG<<ANNA", "VAN DER BERG", "ANNA", False),
        ("<<ONLY<GIVEN", "", "ONLY GIVEN", False),
        ("", "", "", False),
    ],
)
def test_names_are_split_where_the_zone_splits_them(
    name: str, surname: str, given: str, truncated: bool
) -> None:
    mrz = read_mrz(Zone(name=name).td3(), ON)
    assert (mrz.surname, mrz.given_names, mrz.name_truncated) == (surname, given, truncated)


def test_germany_is_compared_by_three_letters() -> None:
    mrz = read_mrz(Zone("P<", "D<<", nationality="D<<").td3(), ON)
    assert (mrz.issuer, mrz.nationality) == ("DEU", "DEU")


@pytest.mark.parametrize(
    ("birth", "on", "expected"),
    [
        ("230601", date(2023, 6, 1), date(2023, 6, 1)),
        ("230602", date(2023, 6, 1), date(1923, 6, 2)),
        ("991231", date(2023, 6, 1), date(1999, 12, 31)),
        ("000229", date(2023, 6, 1), date(2000, 2, 29)),
        ("000229", date(1999, 6, 1), None),
        ("040229", date(2004, 2, 28), date(1904, 2, 29)),
        ("000101", date(2000, 1, 1), date(2000, 1, 1)),
    ],
)
def test_birth_is_the_latest_such_day_that_is_not_in_the_future(
    birth: str, on: date, expected: date | None
) -> None:
    assert read_mrz(Zone(birth=birth).td3(), on).birth_date == expected


@pytest.mark.parametrize(
    ("expiry", "on", "expected"),
    [
        ("720101", date(2023, 6, 1), date(2072, 1, 1)),
        ("730101", date(2023, 6, 1), date(1973, 1, 1)),
        ("230601", date(2023, 6, 1), date(2023, 6, 1)),
        ("991231", date(1999, 1, 1), date(1999, 12, 31)),
        ("000101", date(1999, 1, 1), date(2000, 1, 1)),
        ("480101", date(1999, 1, 1), date(2048, 1, 1)),
        ("490101", date(1999, 1, 1), date(1949, 1, 1)),
    ],
)
def test_expiry_lies_within_fifty_years_of_the_reading(
    expiry: str, on: date, expected: date
) -> None:
    assert read_mrz(Zone(expiry=expiry).td3(), on).expiry_date == expected


def test_right_composite_over_wrong_parts_is_not_valid() -> None:
    first, second = LINES
    wrong = second[:9] + str((int(second[9]) + 1) % 10) + second[10:43]
    composite = digit(wrong[:10] + wrong[13:20] + wrong[21:43])
    mrz = read_mrz([first, wrong + composite], ON)
    assert {one.field: one.ok for one in mrz.checks}["composite"]
    assert not mrz.valid


def test_filler_is_no_check_digit_where_the_optional_field_holds_something() -> None:
    second = LINES[1][:42] + "<" + LINES[1][43:]
    mrz = read_mrz([LINES[0], second], ON)
    [optional] = [one for one in mrz.checks if one.field == "optional"]
    assert (optional.ok, optional.printed, optional.computed) == (False, "<", "1")


def test_filler_in_place_of_the_numbers_digit_without_a_long_number_fails() -> None:
    lines = replace(Zone(), code="I<").td1()
    broken = [lines[0][:14] + "<" + lines[0][15:], *lines[1:]]
    mrz = read_mrz(broken, ON)
    assert mrz.checks[0].ok is False
    assert mrz.number == "L898902C3"
