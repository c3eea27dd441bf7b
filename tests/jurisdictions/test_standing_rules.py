"""Keeps what the standing rules say in China, day by day, and that they change no lane."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.clearance import LANE, VALIDITY, VISA
from guomen.core.policy import Facts, Rulebook, Value, decide
from tests.builders import SHARED
from tests.jurisdictions.entitled import BOOK, grants_in, told, variants

DOMAIN = SHARED / "domain" / "endorsements-visas.json"


def test_measures_and_standing_rules_are_counted_apart() -> None:
    assert len(BOOK.announced) == 63
    assert {one.id[:2] for one in BOOK.standing} == {"R-"}
    assert {one.id[:2] for one in BOOK.announced} == {"M-"}
    assert len(BOOK.announced) + len(BOOK.standing) == len(BOOK.measures)


def test_every_standing_rule_says_how_firmly_it_is_known_and_since_when() -> None:
    for rule in BOOK.standing:
        assert rule.citation.confidence in ("V", "K-high", "K-med")
        assert rule.clauses[0].in_force.start < date(2026, 1, 1)


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


@pytest.mark.parametrize(
    ("purpose", "on", "by"),
    [
        ("medical", date(2023, 1, 7), set()),
        ("medical", date(2023, 1, 8), {"R-PORT-VISA"}),
        ("trade_exchange", date(2023, 8, 2), {"R-PORT-VISA"}),
        ("trade_exchange", date(2023, 8, 3), {"R-PORT-VISA", "M-2023-0803-1"}),
        ("family", date(2024, 1, 11), {"R-PORT-VISA", "M-2024-0111-1"}),
    ],
)
def test_port_visas_are_granted_by_the_law_and_by_the_measures(
    purpose: str, on: date, by: set[str]
) -> None:
    found = told(
        "port-visa",
        on,
        application__purpose=purpose,
        application__urgent=True,
        application__no_time_abroad=True,
        application__invitation_letter=True,
        application__enterprise_proof=True,
    )
    assert {one.measure for one in found.grants} == by
    assert found.entitled is bool(by)


@pytest.mark.parametrize(
    ("on", "nationality", "purpose", "entitled"),
    [
        (date(2024, 7, 9), "GBR", "business", False),
        (date(2024, 7, 10), "GBR", "business", True),
        (date(2024, 7, 10), "CHN", "business", False),
        (date(2024, 7, 10), "GBR", "work", False),
    ],
)
def test_permits_for_non_chinese_residents_exist_since_july_2024(
    on: date, nationality: str, purpose: str, entitled: bool
) -> None:
    found = told(
        "hmt-non-chinese-permit",
        on,
        person__hk_macao_permanent=True,
        person__nationality=nationality,
        application__purpose=purpose,
    )
    assert found.entitled is entitled
    if entitled:
        assert variants(found, "validity_years", "stay_days", "working_days") == {(5, 90, 20)}


@pytest.mark.parametrize(
    ("city", "age", "on", "entitled"),
    [
        ("北京", 16, date(2024, 5, 5), False),
        ("北京", 16, date(2024, 5, 6), True),
        ("北京", 15, date(2024, 5, 6), False),
        ("OTHER", 16, date(2024, 5, 6), False),
        ("OTHER", 16, date(2025, 11, 20), None),
    ],
)
def test_renewal_online_is_for_the_pilot_cities_and_unknown_where_their_list_is(
    city: str, age: int, on: date, entitled: bool | None
) -> None:
    found = told(
        "online-renewal",
        on,
        person__hukou_city=city,
        person__age=age,
        document__type="PPT_ORD",
        document__condition="lost",
    )
    assert found.entitled is entitled


@pytest.mark.parametrize(
    ("enrolled", "on", "entitled"),
    [
        (True, date(2023, 7, 17), False),
        (True, date(2023, 7, 18), True),
        (False, date(2023, 7, 18), False),
    ],
)
def test_the_lane_for_frequent_travellers_is_for_those_enrolled(
    enrolled: bool, on: date, entitled: bool
) -> None:
    found = told(
        "frequent-traveller-lane",
        on,
        person__traveller_group="macao_university_staff",
        person__frequent_traveller_enrolled=enrolled,
    )
    assert found.entitled is entitled


@pytest.mark.parametrize(
    ("document", "card", "months", "entitled"),
    [("HRP", False, 0, True), ("PPT_FOR", True, 0, True), ("PPT_FOR", False, 5, False)],
)
def test_the_fast_lane_is_answered_as_at_the_gate(
    document: str, card: bool, months: int, entitled: bool
) -> None:
    found = told(
        "fast-lane",
        date(2023, 6, 1),
        document__type=document,
        crossing__port_group="airport_other",
        person__has_fpr=card,
        document__chip=True,
        residence_permit__months=months,
    )
    assert found.entitled is entitled


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
        for variant in grants_in(clause.effect)
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
