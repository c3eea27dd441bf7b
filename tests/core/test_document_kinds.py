"""Keeps how a read zone is told apart: kinds, issuers, and numbers as they are looked up."""

from dataclasses import replace
from datetime import date

import pytest

from guomen.core.travel_documents import (
    DocumentKind,
    KindUnknown,
    identified,
    identify_kind,
    number_key,
    read_mrz,
)
from tests.builders import PASSPORT, PERMIT, Zone, pack
from tests.core import test_mrz_specimens as specimens

ON = date(2023, 6, 1)


def kind_of(lines: str | list[str], name: str = "cn") -> DocumentKind:
    """Tell the kind of a zone in a pack."""
    found = pack(name)
    return identify_kind(read_mrz(lines, ON), found.documents.values(), found.national_issuers)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("CSC000000004<3001019<9001011<2", "EEP_HKM"),
        ("CSCA00000015<2812313<8506151<8", "EEP_HKM"),
        ("CDL000000007<2906302<0112318<2", "EEP_TW"),
        ("CSC000000005<3001019<9001011<2", "EEP_HKM"),
        (specimens.PASSPORT, "PPT_ORD"),
        (specimens.DOCTORED, "PPT_ORD"),
        (specimens.PERMIT, "HRP"),
        (specimens.TAIWAN, "TWP_5"),
        (specimens.TD3, "PPT_FOR"),
    ],
)
def test_chinese_samples_map_to_their_kinds(lines: str | list[str], kind: str) -> None:
    assert kind_of(lines).code == kind


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (specimens.TD3, "PPT_UTO"),
        (specimens.TD1, "ID_UTO"),
        (specimens.TD2, "ID_UTO"),
        (specimens.TD1_LONG, "ID_UTO"),
        (specimens.MRV_A, "VISA_UTO"),
        (specimens.MRV_B, "VISA_UTO"),
        (specimens.PASSPORT, "PPT_FOR"),
    ],
)
def test_utopian_specimens_map_to_their_kinds(lines: list[str], kind: str) -> None:
    assert kind_of(lines, "utopia").code == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("E12345678", "PPT_ORD"),
        ("EA1234567", "PPT_ORD"),
        ("K12345678", "PPT_HK"),
        ("KJ0123456", "PPT_HK"),
        ("MA1234567", "PPT_MO"),
    ],
)
def test_only_the_number_tells_a_region_passport_from_an_ordinary_one(
    number: str, kind: str
) -> None:
    assert kind_of(replace(PASSPORT, code="P<", number=number).td3()).code == kind


def test_order_of_the_pack_decides_between_kinds_that_fit_alike() -> None:
    nowhere = replace(PASSPORT, code="P<", number="00000").td3()
    assert kind_of(nowhere).code == "PPT_ORD"


@pytest.mark.parametrize("code", ["P<", "PO", "PD", "PM"])
def test_any_foreign_passport_is_a_foreign_passport(code: str) -> None:
    assert kind_of(Zone(code, "FRA", nationality="FRA").td3()).code == "PPT_FOR"


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (PASSPORT.td2(), {"format": "TD2", "code": "PO", "issuer": "CHN"}),
        (Zone("XX", "UTO").td1(), {"format": "TD1", "code": "XX", "issuer": "UTO"}),
        (
            ["CZC000000004<3001019<9001011<2"],
            {"format": "CN_CARD_1LINE", "code": "CZ", "issuer": ""},
        ),
    ],
)
def test_zone_that_nobody_declares_is_refused_with_what_it_says(
    lines: list[str], facts: dict[str, str]
) -> None:
    with pytest.raises(KindUnknown) as caught:
        kind_of(lines)
    assert caught.value.facts == facts


def test_home_return_permits_meet_on_nine_characters_whatever_the_renewal() -> None:
    kind = pack("cn").documents["HRP"]
    assert number_key(kind, "H0123456701") == number_key(kind, "H01234567") == "H01234567"
    assert number_key(kind, "H0123456802") != number_key(kind, "H0123456702")


def test_other_numbers_are_compared_whole() -> None:
    kind = pack("cn").documents["PPT_ORD"]
    assert number_key(kind, "E12345678") == "E12345678"


def test_typed_separators_and_case_do_not_count() -> None:
    kind = pack("cn").documents["HRP"]
    assert number_key(kind, " h012-345 67（01）") == "H01234567"


@pytest.mark.parametrize(
    ("kind", "number", "fits"),
    [
        ("PPT_ORD", "E12345678", True),
        ("PPT_ORD", "EI1234567", False),
        ("PPT_ORD", "E1234567", False),
        ("PPT_ORD", "E１２３４５６７８", False),
        ("EEP_HKM", "CA0000001", True),
        ("EEP_HKM", "CO0000001", False),
        ("HRP", "H0123456701", True),
        ("HRP", "X01234567", False),
    ],
)
def test_number_fits_its_printed_form(kind: str, number: str, fits: bool) -> None:
    assert pack("cn").documents[kind].number_fits(number) is fits


def test_identified_document_says_what_the_zone_says() -> None:
    lines = PERMIT.td1()
    found = identified(read_mrz(lines, ON), kind_of(lines))
    assert (found.kind, found.number, found.nationality) == ("HRP", "H00000000", "CHN")
    assert (found.birth_date, found.expiry_date) == (date(1990, 1, 1), date(2022, 6, 30))


def test_specimen_number_fits_the_pattern_of_its_kind() -> None:
    for lines in (specimens.TD3, specimens.TD1_LONG, specimens.MRV_A):
        mrz = read_mrz(lines, ON)
        assert kind_of(lines, "utopia").number_fits(mrz.number)
