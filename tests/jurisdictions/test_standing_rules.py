"""Keeps what the standing rules grant in China, day by day, and that they change no lane."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.clearance import LANE, VALIDITY, VISA
from guomen.core.entitlement import Entitlement, decide_entitlement
from guomen.core.policy import Facts, Rulebook, Value, decide
from tests.builders import SHARED, pack

BOOK = pack("cn").rulebook
DOMAIN = SHARED / "domain" / "endorsements-visas.json"


def told(service: str, on: date, **answers: Value) -> Entitlement:
    """Ask a service; a fact's dot is written as two underscores."""
    facts = {name.replace("__", "."): value for name, value in answers.items()}
    return decide_entitlement(pack("cn").services[service], BOOK, facts, on)


def endorsement(kind: str, destination: str, on: date, **answers: Value) -> Entitlement:
    """Ask for an endorsement to Hong Kong or Macao."""
    asked = {"application__endorsement": kind, "application__destination": destination}
    return told("hk-macao-endorsement", on, **asked, **answers)


def variants(found: Entitlement, *keys: str) -> set[tuple[object, ...]]:
    """Give what is granted, as far as these keys tell."""
    return {tuple(one.variant.get(key) for key in keys) for one in found.grants}


SHENZHEN = {"person__hukou_city": "深圳"}


def test_measures_and_standing_rules_are_counted_apart() -> None:
    assert len(BOOK.announced) == 63
    assert {one.id[:2] for one in BOOK.standing} == {"R-"}
    assert {one.id[:2] for one in BOOK.announced} == {"M-"}
    assert len(BOOK.announced) + len(BOOK.standing) == len(BOOK.measures)


def test_every_standing_rule_says_how_firmly_it_is_known_and_since_when() -> None:
    for rule in BOOK.standing:
        assert rule.citation.confidence in ("V", "K-high", "K-med")
        assert rule.clauses[0].in_force.start < date(2026, 1, 1)


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
        for variant in _grants(clause.effect)
        if "endorsement" in variant and "fee" in variant
    )
    for one in listed:
        months = one.get("validity_months", 12)
        assert isinstance(months, int)
        by_length = 80 if months <= 12 else 120 if months <= 24 else 160 if months < 36 else 240
        wanted = {1: 15, 2: 30}.get(one["entries"] if isinstance(one["entries"], int) else 0)
        assert one["fee"] == (wanted or by_length), one


def _grants(effect: Any) -> list[dict[str, Any]]:
    return list(effect.get("grants", []))


TRANSIT: dict[str, Value] = {
    "crossing__port_twov": True,
    "crossing__third_country": True,
    "crossing__onward_ticket_confirmed": True,
}


@pytest.mark.parametrize(
    ("nationality", "hours", "on", "by"),
    [
        ("IND", 24, date(2023, 1, 7), None),
        ("IND", 24, date(2023, 1, 8), "R-TWOV-24H"),
        ("IND", 25, date(2023, 1, 8), None),
        ("USA", 72, date(2023, 1, 8), "R-TWOV-72H"),
        ("USA", 144, date(2024, 12, 16), "R-TWOV-144H"),
        ("USA", 145, date(2024, 12, 16), None),
        ("USA", 145, date(2024, 12, 17), "M-2024-1217-240"),
        ("USA", 24, date(2024, 12, 17), "M-2024-1217-240"),
        ("USA", 241, date(2024, 12, 17), None),
        ("IDN", 240, date(2025, 6, 11), None),
        ("IDN", 240, date(2025, 6, 12), "M-2025-0612-IDN"),
    ],
)
def test_transit_is_answered_by_the_hours_of_its_day(
    nationality: str, hours: int, on: date, by: str | None
) -> None:
    found = told(
        "transit-without-visa",
        on,
        person__nationality=nationality,
        crossing__stay_hours=hours,
        **TRANSIT,
    )
    assert found.entitled is (by is not None)
    assert found.decision.measure == by


@pytest.mark.parametrize(
    ("days", "entitled", "fees"), [(30, True, {400, 800, 1000}), (31, False, set())]
)
def test_residence_permits_are_asked_for_within_30_days(
    days: int, entitled: bool, fees: set[int]
) -> None:
    found = told(
        "residence-permit",
        date(2024, 2, 1),
        residence_permit__kind="work",
        person__days_since_entry=days,
    )
    assert found.entitled is entitled
    assert {one.variant["fee"] for one in found.grants} == fees


def test_shared_data_spare_an_applicant_the_accommodation_record() -> None:
    found = told(
        "residence-permit",
        date(2024, 2, 1),
        residence_permit__kind="study",
        person__days_since_entry=3,
        application__data_shared=True,
    )
    assert "accommodation_record" in [one.value for one in found.papers.waived]
    assert "accommodation_record" not in [one.value for one in found.papers.bring]
    assert "admission_letter" in [one.value for one in found.papers.bring]
    assert {"M-2023-0803-3"} == {one.measure for one in found.papers.also}


@pytest.mark.parametrize(("left", "entitled"), [(7, True), (6, False)])
def test_an_extension_is_asked_for_7_days_before_the_stay_ends(left: int, entitled: bool) -> None:
    found = told(
        "visa-extension-or-replacement",
        date(2023, 6, 1),
        application__service="visa_extend",
        stay__days_left=left,
        application__needs_multiple_trips=False,
    )
    assert found.entitled is entitled


@pytest.mark.parametrize(
    ("on", "entitled"), [(date(2025, 9, 30), False), (date(2025, 10, 1), True)]
)
def test_the_visa_for_young_talent_exists_from_october_2025(on: date, entitled: bool) -> None:
    found = told("visa-kinds", on, application__visa_reason="young_talent")
    assert found.entitled is entitled


@pytest.mark.parametrize(("days", "visa", "permit"), [(180, "X2", None), (181, "X1", "study")])
def test_long_study_takes_a_residence_permit(days: int, visa: str, permit: str | None) -> None:
    found = told(
        "visa-kinds", date(2024, 1, 1), application__visa_reason="study", crossing__stay_days=days
    )
    [one] = found.grants
    assert one.variant["visa_category"] == visa
    assert one.variant.get("residence_permit_kind") == permit
    assert one.variant.get("residence_permit_within_days") == (30 if permit else None)


@pytest.mark.parametrize(("document", "fee"), [("PPT_ORD", 120), ("EEP_HKM", 60), ("EEP_TW", 60)])
@pytest.mark.parametrize(("age", "years"), [(15, 5), (16, 10)])
def test_documents_of_the_mainland_have_their_fee_and_validity(
    document: str, fee: int, age: int, years: int
) -> None:
    found = told(
        "passport-or-permit",
        date(2024, 1, 1),
        document__type=document,
        application__service="document_issue",
        person__age=age,
    )
    assert variants(found, "document", "validity_years") == {(document, years)}
    terms = {one.key: one.value for one in found.terms}
    assert (terms["fee"], terms["working_days"]) == (fee, 7)
    assert [one.value for one in found.where if one.key == "place_of_application"] == ["any"]
    guarded = "guardian_and_kinship" in [one.value for one in found.papers.bring]
    assert guarded is (age < 16)


@pytest.mark.parametrize(
    ("on", "version"), [(date(2023, 11, 30), "FPR_2017"), (date(2023, 12, 1), "FPR_2023")]
)
@pytest.mark.parametrize(("service", "fee"), [("document_renew", 300), ("document_replace", 600)])
def test_permanent_residence_cards_are_of_the_version_of_their_day(
    on: date, version: str, service: str, fee: int
) -> None:
    found = told("permanent-residence-card", on, application__service=service, person__age=40)
    assert variants(found, "issue_type", "validity_years") == {(version, 10)}
    assert {one.key: one.value for one in found.terms}["fee"] == fee


def domain() -> Any:
    """The facts of the law as they were handed over."""
    if not DOMAIN.exists():
        pytest.skip(f"the facts of the law are not at {DOMAIN}")
    return json.loads(DOMAIN.read_text(encoding="utf-8"))


def granted(key: str) -> set[object]:
    """Every value of a key that some standing rule grants."""
    return {
        variant[key]
        for rule in BOOK.standing
        for clause in rule.clauses
        for variant in _grants(clause.effect)
        if key in variant
    }


def test_every_kind_of_visa_and_of_endorsement_that_was_handed_over_has_a_rule() -> None:
    facts = domain()
    assert granted("visa_category") == {one["code"] for one in facts["visa_categories"]}
    rules = {one.id for one in BOOK.standing}
    for one in facts["taiwan_endorsements"]:
        assert f"R-TWN-{one['code']}" in rules
    for kind in "TSLGQDR":
        assert any(name.startswith(f"R-EEP-{kind}") for name in rules), kind


def test_transit_rules_name_the_nationalities_that_were_handed_over() -> None:
    wanted = set(domain()["twov_nationalities_2024_12_17"])
    rule = BOOK.measure("R-TWOV-144H")
    assert rule is not None
    for one in wanted:
        facts = {
            "crossing.transit": True,
            "person.nationality": one,
            "crossing.port_twov": True,
            "crossing.third_country": True,
            "crossing.onward_ticket_confirmed": True,
            "crossing.stay_hours": 100,
        }
        assert decide(BOOK, VISA, facts, date(2024, 12, 16)).measure == rule.id, one


WITHOUT = Rulebook(BOOK.jurisdiction, BOOK.vocabulary, BOOK.questions, BOOK.announced)
AT_A_LANE = (
    "document.type",
    "document.passport_kind",
    "person.category",
    "crossing.port",
    "crossing.port_group",
    "person.nationality",
    "endorsement.kind",
)


def at_a_lane() -> st.SearchStrategy[Facts]:
    """Draw what a lane tells: some of its facts, never that somebody asks for transit."""
    vocabulary = BOOK.vocabulary
    coded = {name: st.sampled_from(sorted(vocabulary[name].codes)) for name in AT_A_LANE}
    others = {"person.age": st.integers(0, 99), "visa.valid_on_crossing": st.booleans()}
    return st.fixed_dictionaries({}, optional={**coded, **others})


@settings(max_examples=300, deadline=None)
@given(
    facts=at_a_lane(),
    on=st.dates(date(2013, 1, 1), date(2026, 12, 31)),
    question=st.sampled_from([VISA, LANE, VALIDITY]),
)
def test_a_lane_decides_as_if_there_were_no_standing_rules(
    facts: Facts, on: date, question: str
) -> None:
    with_rules = decide(BOOK, question, facts, on, explain=False)
    assert with_rules == decide(WITHOUT, question, facts, on, explain=False)
