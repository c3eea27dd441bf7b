"""Keeps every official specimen and Chinese sample: fields, and each check digit with its place."""

from datetime import date

import pytest

from guomen.core.travel_documents import MachineReadable, read_mrz

ON = date(2012, 1, 1)

TD3 = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
]
TD1 = [
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]
TD1_LONG = [
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
]
MRV_A = [
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
]
MRV_B = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"]

Verdicts = list[tuple[str, bool, int, int, str, str]]


def verdicts(mrz: MachineReadable) -> Verdicts:
    """Every check digit: field, verdict, line and column from 1, what is printed and computed."""
    return [
        (one.field, one.ok, one.line, one.column, one.printed, one.computed) for one in mrz.checks
    ]


def right(*places: tuple[str, int, int, str]) -> Verdicts:
    """The verdicts of check digits that are all right."""
    return [(field, True, line, column, value, value) for field, line, column, value in places]


def test_passport_specimen_reads_as_published() -> None:
    mrz = read_mrz(TD3, ON)
    assert (mrz.format, mrz.code, mrz.issuer, mrz.number) == ("TD3", "P", "UTO", "L898902C3")
    assert (mrz.surname, mrz.given_names, mrz.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1974, 8, 12), date(2012, 4, 15))
    assert (mrz.nationality, mrz.optional, mrz.name_truncated) == ("UTO", "ZE184226B", False)
    assert mrz.valid
    assert verdicts(mrz) == right(
        ("number", 2, 10, "6"),
        ("birth_date", 2, 20, "2"),
        ("expiry_date", 2, 28, "9"),
        ("optional", 2, 43, "1"),
        ("composite", 2, 44, "0"),
    )


def test_card_specimen_reads_as_published() -> None:
    mrz = read_mrz(TD1, ON)
    assert (mrz.format, mrz.code, mrz.number) == ("TD1", "I", "D23145890")
    assert (mrz.surname, mrz.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1974, 8, 12), date(2012, 4, 15))
    assert verdicts(mrz) == right(
        ("number", 1, 15, "7"),
        ("birth_date", 2, 7, "2"),
        ("expiry_date", 2, 15, "9"),
        ("composite", 2, 30, "6"),
    )


def test_middle_size_specimen_reads_as_published() -> None:
    mrz = read_mrz(TD2, ON)
    assert (mrz.format, mrz.number, mrz.nationality) == ("TD2", "D23145890", "UTO")
    assert verdicts(mrz) == right(
        ("number", 2, 10, "7"),
        ("birth_date", 2, 20, "2"),
        ("expiry_date", 2, 28, "9"),
        ("composite", 2, 36, "6"),
    )


def test_long_number_runs_on_into_the_optional_field() -> None:
    mrz = read_mrz(TD1_LONG, date(1990, 1, 1))
    assert (mrz.number, mrz.optional) == ("D23145890734", "")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1934, 7, 12), date(1995, 7, 12))
    assert (mrz.surname, mrz.given_names, mrz.sex) == ("STEVENSON", "PETER JOHN", "M")
    assert verdicts(mrz) == right(
        ("number", 1, 19, "9"),
        ("birth_date", 2, 7, "7"),
        ("expiry_date", 2, 15, "2"),
        ("composite", 2, 30, "2"),
    )


@pytest.mark.parametrize(
    ("lines", "layout", "optional"), [(MRV_A, "MRV-A", "6ZE184226B"), (MRV_B, "MRV-B", "")]
)
def test_visa_specimens_have_no_composite(lines: list[str], layout: str, optional: str) -> None:
    mrz = read_mrz(lines, date(1995, 1, 1))
    assert (mrz.format, mrz.code, mrz.number) == (layout, "V", "L8988901C")
    assert (mrz.nationality, mrz.optional) == ("XXX", optional)
    assert (mrz.birth_date, mrz.expiry_date) == (date(1940, 9, 7), date(1996, 12, 10))
    assert verdicts(mrz) == right(
        ("number", 2, 10, "4"), ("birth_date", 2, 20, "8"), ("expiry_date", 2, 28, "9")
    )


CARDS = [
    ("CSC000000004<3001019<9001011<2", "CS", "C00000000", (2030, 1, 1), (1990, 1, 1), "4912"),
    ("CSCA00000015<2812313<8506151<8", "CS", "CA0000001", (2028, 12, 31), (1985, 6, 15), "5318"),
    ("CDL000000007<2906302<0112318<2", "CD", "L00000000", (2029, 6, 30), (2001, 12, 31), "7282"),
]


@pytest.mark.parametrize(("line", "code", "number", "expiry", "birth", "digits"), CARDS)
def test_one_line_card_reads_without_name_and_issuer(
    line: str,
    code: str,
    number: str,
    expiry: tuple[int, int, int],
    birth: tuple[int, int, int],
    digits: str,
) -> None:
    mrz = read_mrz(line, date(2023, 6, 1))
    assert (mrz.code, mrz.number, mrz.issuer, mrz.surname) == (code, number, "", "")
    assert (mrz.expiry_date, mrz.birth_date) == (date(*expiry), date(*birth))
    assert (mrz.valid, mrz.sex, mrz.name_truncated) == (True, "", False)
    assert verdicts(mrz) == right(
        ("number", 1, 12, digits[0]),
        ("expiry_date", 1, 20, digits[1]),
        ("birth_date", 1, 28, digits[2]),
        ("composite", 1, 30, digits[3]),
    )


def test_one_line_card_with_a_wrong_number_digit_names_it() -> None:
    mrz = read_mrz("CSC000000005<3001019<9001011<2", date(2023, 6, 1))
    assert not mrz.valid
    assert verdicts(mrz)[0] == ("number", False, 1, 12, "5", "4")


def test_one_line_cards_composite_only_warns() -> None:
    mrz = read_mrz("CSC000000004<3001019<9001011<3", date(2023, 6, 1))
    assert mrz.valid
    [composite] = [one for one in mrz.checks if one.field == "composite"]
    assert (composite.ok, composite.advisory) == (False, True)


PASSPORT = [
    "POCHNZHENGJIAN<<YANGBEN<<<<<<<<<<<<<<<<<<<<<",
    "E000000008CHN8108038F2804084<<<<<<<<<<<<<<<8",
]
DOCTORED = [
    "POCHNDING<<XIAOQING<<<<<<<<<<<<<<<<<<<<<<<<<",
    "G123456783CHN4201012F090918019201101<<<<<<14",
]
PERMIT = [
    "CRCHNH000000009<<<<<<<<<<<<<<<",
    "9001011M3001019CHN<<<<<<<<<<<8",
    "CHAN<<TAI<MAN<<<<<<<<<<<<<<<<<",
]
TAIWAN = [
    "CTCHN00000000<0<<<<<<<<<<<<<<<",
    "8506151F2812313CHN<<<<<<<<<<<6",
    "LIN<<MEI<LING<<<<<<<<<<<<<<<<<",
]


def test_chinese_passport_reads_with_an_empty_optional_field() -> None:
    mrz = read_mrz(PASSPORT, date(2023, 6, 1))
    assert (mrz.code, mrz.issuer, mrz.number) == ("PO", "CHN", "E00000000")
    assert (mrz.surname, mrz.given_names, mrz.sex) == ("ZHENGJIAN", "YANGBEN", "F")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1981, 8, 3), date(2028, 4, 8))
    assert verdicts(mrz) == [
        *right(("number", 2, 10, "8"), ("birth_date", 2, 20, "8"), ("expiry_date", 2, 28, "4")),
        ("optional", True, 2, 43, "<", "0"),
        *right(("composite", 2, 44, "8")),
    ]


def test_doctored_passport_fails_in_its_parts_while_the_composite_passes() -> None:
    mrz = read_mrz(DOCTORED, date(2023, 6, 1))
    assert not mrz.valid
    assert (mrz.number, mrz.optional) == ("G12345678", "19201101")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1942, 1, 1), date(2009, 9, 18))
    assert verdicts(mrz) == [
        ("number", False, 2, 10, "3", "6"),
        ("birth_date", True, 2, 20, "2", "2"),
        ("expiry_date", False, 2, 28, "0", "1"),
        ("optional", False, 2, 43, "1", "3"),
        ("composite", True, 2, 44, "4", "4"),
    ]


def test_home_return_permit_reads_as_a_card() -> None:
    mrz = read_mrz(PERMIT, date(2023, 6, 1))
    assert (mrz.format, mrz.code, mrz.number, mrz.nationality) == ("TD1", "CR", "H00000000", "CHN")
    assert (mrz.surname, mrz.given_names, mrz.sex) == ("CHAN", "TAI MAN", "M")
    assert (mrz.birth_date, mrz.expiry_date) == (date(1990, 1, 1), date(2030, 1, 1))
    assert verdicts(mrz) == right(
        ("number", 1, 15, "9"),
        ("birth_date", 2, 7, "1"),
        ("expiry_date", 2, 15, "9"),
        ("composite", 2, 30, "8"),
    )


def test_taiwan_permit_reads_a_number_of_eight_characters() -> None:
    mrz = read_mrz(TAIWAN, date(2023, 6, 1))
    assert (mrz.code, mrz.number, mrz.valid) == ("CT", "00000000", True)
    assert (mrz.surname, mrz.given_names) == ("LIN", "MEI LING")
    assert verdicts(mrz)[0] == ("number", True, 1, 15, "0", "0")
    assert verdicts(mrz)[3] == ("composite", True, 2, 30, "6", "6")
