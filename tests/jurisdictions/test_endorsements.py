"""Keeps which endorsements the rules grant in China, day by day, with stays, places and fees."""

from datetime import date

import pytest

from guomen.core.entitlement import Entitlement
from guomen.core.policy import Value
from tests.jurisdictions.entitled import BOOK, grants_in, told, variants


def endorsement(kind: str, destination: str, on: date, **answers: Value) -> Entitlement:
    """Ask for an endorsement to Hong Kong or Macao."""
    asked = {"application__endorsement": kind, "application__destination": destination}
    return told("hk-macao-endorsement", on, **asked, **answers)


SHENZHEN = {"person__hukou_city": "深圳"}


def test_holder_of_a_shenzhen_hukou_is_offered_many_journeys_from_december_2024() -> None:
    keys = ("entries", "stay_days", "fee")
    before = endorsement("G", "HKG", date(2024, 11, 30), **SHENZHEN)
    after = endorsement("G", "HKG", date(2024, 12, 1), **SHENZHEN)
    assert ("1/natural_week", 7, 80) in variants(before, *keys)
    assert ("multiple", 7, 80) in variants(after, *keys)
    assert ("1/natural_week", 7, 80) not in variants(after, *keys)
    assert {(1, 7, 15), (2, 7, 30)} <= variants(after, *keys)


def test_holder_of_a_shenzhen_residence_permit_applies_in_shenzhen() -> None:
    answers: dict[str, Value] = {
        "person__hukou_city": "OTHER",
        "person__residence_permit_city": "深圳",
    }
    found = endorsement("G", "HKG", date(2024, 12, 1), **answers)
    assert found.entitled is True
    assert [one.value for one in found.where] == ["residence_permit_city"]
    assert endorsement("G", "HKG", date(2024, 11, 30), **answers).entitled is False


@pytest.mark.parametrize(("on", "days"), [(date(2024, 5, 5), 7), (date(2024, 5, 6), 14)])
def test_business_stays_are_7_days_until_may_2024_and_14_since(on: date, days: int) -> None:
    found = endorsement("S", "MAC", on, application__proof=True)
    keys = ("entries", "validity_months", "stay_days", "fee")
    assert variants(found, *keys) == {
        (1, 3, days, 15),
        ("multiple", 3, days, 80),
        ("multiple", 12, days, 80),
    }
    assert {one.amended_by for one in found.grants} == ({()} if days == 7 else {("M-2024-0506-4",)})


@pytest.mark.parametrize(
    ("city", "on", "expected"),
    [
        ("珠海", date(2024, 12, 31), False),
        ("珠海", date(2025, 1, 1), True),
        ("广州", date(2025, 1, 1), False),
    ],
)
def test_zhuhai_goes_to_macao_once_a_week_from_2025(city: str, on: date, expected: bool) -> None:
    found = endorsement("G", "MAC", on, person__hukou_city=city)
    assert found.entitled is True
    assert (
        ("1/natural_week", 1, 7) in variants(found, "entries", "validity_years", "stay_days")
    ) is (expected)


@pytest.mark.parametrize(
    ("city", "on", "expected"),
    [
        ("成都", date(2024, 3, 5), True),
        ("西安", date(2024, 3, 5), False),
        ("西安", date(2024, 3, 6), True),
        ("兰州", date(2024, 5, 26), False),
        ("兰州", date(2024, 5, 27), True),
        ("OTHER", date(2025, 1, 1), False),
    ],
)
def test_individual_visits_are_for_49_then_51_then_59_cities(
    city: str, on: date, expected: bool
) -> None:
    answers: dict[str, Value] = {
        "person__hukou_city": city,
        "person__residence_permit_city": "OTHER",
    }
    assert endorsement("G", "HKG", on, **answers).entitled is expected


@pytest.mark.parametrize(
    ("region", "on", "expected"),
    [
        ("GBA", date(2023, 2, 19), False),
        ("GBA", date(2023, 2, 20), True),
        ("BEIJING", date(2024, 5, 5), False),
        ("BEIJING", date(2024, 5, 6), True),
        ("YANGTZE_DELTA", date(2025, 11, 4), False),
        ("YANGTZE_DELTA", date(2025, 11, 5), True),
    ],
)
@pytest.mark.parametrize(
    ("talent", "months", "fee", "place"),
    [
        ("outstanding", 60, 240, "region_any"),
        ("health", 36, 240, "work_place"),
        ("legal", 12, 80, "work_place"),
    ],
)
def test_talent_is_granted_5_3_or_1_years_by_class_where_the_scheme_runs(
    region: str, on: date, expected: bool, talent: str, months: int, fee: int, place: str
) -> None:
    found = told(
        "talent-endorsement",
        on,
        person__work_region=region,
        person__talent_class=talent,
        application__talent_proof=True,
    )
    assert found.entitled is expected
    if expected:
        assert variants(found, "validity_months", "stay_days", "fee") == {(months, 30, fee)}
        assert [one.value for one in found.where] == [place]


@pytest.mark.parametrize(("on", "expected"), [(date(2019, 7, 31), True), (date(2019, 8, 1), False)])
def test_individual_tours_to_taiwan_end_with_july_2019(on: date, expected: bool) -> None:
    found = told("taiwan-endorsement", on, application__endorsement="G")
    assert found.entitled is expected


@pytest.mark.parametrize(
    ("on", "place"), [(date(2025, 11, 4), "hukou_place"), (date(2025, 11, 5), "any")]
)
def test_family_visits_to_taiwan_are_handled_anywhere_from_november_2025(
    on: date, place: str
) -> None:
    found = told("taiwan-endorsement", on, application__endorsement="T", application__proof=True)
    assert [one.value for one in found.where] == [place]


def test_the_tariff_of_endorsements_is_the_one_that_was_found() -> None:
    listed = (
        variant
        for rule in BOOK.standing
        for clause in rule.clauses
        for variant in grants_in(clause.effect)
        if "endorsement" in variant and "fee" in variant
    )
    for one in listed:
        months = one.get("validity_months", 12)
        assert isinstance(months, int)
        by_length = 80 if months <= 12 else 120 if months <= 24 else 160 if months < 36 else 240
        wanted = {1: 15, 2: 30}.get(one["entries"] if isinstance(one["entries"], int) else 0)
        assert one["fee"] == (wanted or by_length), one
