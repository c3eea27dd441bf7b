"""Keeps the table of what a lane looks at: what passes, what is referred, and for which reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.alerts import AlertFlag
from guomen.core.clearance import (
    UNREGISTERED,
    Clearance,
    Companion,
    Direction,
    Outcome,
    Place,
    Presented,
    Reason,
    Standing,
    decide_clearance,
    facts_of,
)
from guomen.core.travel_documents import Check
from tests.builders import (
    AIRPORT_GATE,
    CN_GATE,
    CN_STAFFED,
    IN_ORDER,
    PERMIT,
    VALID_PERMIT,
    endorsement,
    pack,
    presented,
    shown,
    visa,
)

DAY = date(2023, 6, 1)


def clear(
    presentation: Presented,
    on: date = DAY,
    *,
    standing: Standing | None = IN_ORDER,
    place: Place = CN_STAFFED,
) -> Clearance:
    """Decide one passage by the Chinese pack."""
    found = pack("cn")
    kind = found.documents[presentation.document.kind]
    return decide_clearance(presentation, kind, standing, place, found.rulebook, on)


def only_reason(clearance: Clearance) -> Reason:
    """Give the one thing that keeps the light from turning green."""
    assert clearance.outcome is Outcome.REFER
    [reason] = clearance.against
    return reason


def test_valid_document_of_a_compared_holder_passes() -> None:
    clearance = clear(shown(VALID_PERMIT.td1(), DAY))
    assert (clearance.outcome, clearance.against) == (Outcome.PASS, ())
    assert [one.code for one in clearance.reasons] == [
        "document.status",
        "document.expiry",
        "holder.verified",
    ]
    assert (clearance.measure, clearance.clause) == (None, None)


def test_wrong_check_digit_is_named_with_its_place() -> None:
    lines = VALID_PERMIT.td1()
    wrong = [lines[0][:14] + "5" + lines[0][15:], *lines[1:]]
    clearance = clear(shown(wrong, DAY))
    assert [dict(one.facts)["field"] for one in clearance.against] == ["number", "composite"]
    first = clearance.against[0]
    assert first.code == "document.check_digit"
    assert dict(first.facts) == {
        "field": "number",
        "line": "1",
        "column": "15",
        "printed": "5",
        "computed": "9",
    }


def test_advisory_check_digit_alone_does_not_refer() -> None:
    check = Check("composite", False, 1, 30, "3", "2", advisory=True)
    document = presented("EEP_HKM", number="C00000000", checks=(check,))
    assert clear(document).outcome is Outcome.PASS


def test_document_issued_here_but_not_on_record_is_referred() -> None:
    reason = only_reason(clear(presented(), standing=None))
    assert (reason.code, dict(reason.facts)) == ("document.on_record", {"kind": "HRP"})


def test_foreign_document_needs_no_record() -> None:
    document = presented("PPT_FOR", number="L898902C3", nationality="UTO", companion=visa())
    assert clear(document, standing=None).outcome is Outcome.PASS


@pytest.mark.parametrize("status", ["lost", "cancelled"])
def test_document_that_is_not_valid_on_record_is_referred(status: str) -> None:
    reason = only_reason(clear(presented(), standing=replace(IN_ORDER, status=status)))
    assert (reason.code, dict(reason.facts)) == ("document.status", {"status": status})


ALERT = AlertFlag("a1", "missing_minor", "both", DAY, DAY + timedelta(days=30))


def test_alert_is_referred_and_tells_its_kind_and_reference_alone() -> None:
    reason = only_reason(clear(presented(), standing=replace(IN_ORDER, alerts=(ALERT,))))
    told = (("alert_kind", "missing_minor"), ("alert", "a1"))
    assert reason == Reason("document.alert", False, told)


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (DAY - timedelta(days=1), Outcome.PASS),
        (DAY, Outcome.REFER),
        (DAY + timedelta(days=29), Outcome.REFER),
        (DAY + timedelta(days=30), Outcome.PASS),
    ],
)
def test_alert_refers_on_its_days_and_not_on_the_day_it_ends(on: date, outcome: Outcome) -> None:
    document = presented("TWP_5", number="00000000")
    assert clear(document, on, standing=replace(IN_ORDER, alerts=(ALERT,))).outcome is outcome


@pytest.mark.parametrize(
    ("direction", "outcome"), [(Direction.EXIT, Outcome.REFER), (Direction.ENTRY, Outcome.PASS)]
)
def test_ban_on_leaving_does_not_concern_an_entry(direction: Direction, outcome: Outcome) -> None:
    ban = replace(ALERT, kind="exit_ban", direction="exit")
    document = presented("PPT_ORD", number="E00000000", direction=direction)
    assert clear(document, standing=replace(IN_ORDER, alerts=(ban,))).outcome is outcome


def test_row_that_stands_for_an_alert_alone_registers_nothing() -> None:
    only_an_alert = Standing(UNREGISTERED, enrolled=False, alerts=(ALERT,))
    here = clear(presented(), standing=only_an_alert)
    assert [one.code for one in here.against] == ["document.on_record", "document.alert"]
    document = presented("PPT_FOR", number="L898902C3", nationality="UTO", companion=visa())
    abroad = clear(document, standing=only_an_alert)
    assert [one.code for one in abroad.against] == ["document.alert"]
    lapsed = clear(document, DAY + timedelta(days=30), standing=only_an_alert)
    assert lapsed.outcome is Outcome.PASS


def test_supporting_paper_is_not_for_crossing() -> None:
    found = clear(presented("RESIDENT_ID", number="110105194912310021"))
    assert [one.code for one in found.against] == ["document.not_for_crossing"]


def test_number_of_another_form_is_referred_where_the_form_is_verified() -> None:
    assert only_reason(clear(presented(number="X0"))).code == "document.number_form"
    assert clear(presented("TWP_1", number="X0")).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("expiry", "outcome"),
    [
        (DAY + timedelta(days=1), Outcome.PASS),
        (DAY, Outcome.PASS),
        (DAY - timedelta(days=1), Outcome.REFER),
    ],
)
def test_document_is_valid_on_its_last_day(expiry: date, outcome: Outcome) -> None:
    document = presented("TWP_5", number="00000000", expiry=expiry)
    assert clear(document).outcome is outcome


def test_expired_document_tells_its_day_and_the_day_of_crossing() -> None:
    reason = only_reason(clear(presented("TWP_5", number="00000000", expiry=date(2020, 1, 1))))
    assert (reason.code, reason.in_order) == ("document.expiry", False)
    assert dict(reason.facts) == {"expiry_date": "2020-01-01", "day": "2023-06-01"}


def test_document_without_a_readable_expiry_is_referred_as_unknown() -> None:
    reason = only_reason(clear(presented("TWP_5", number="00000000", expiry=None)))
    assert (reason.code, reason.in_order) == ("document.expiry", None)


@pytest.mark.parametrize("on", [date(2023, 5, 8), date(2023, 12, 30), date(2023, 12, 31)])
def test_extended_permit_passes_until_the_last_day(on: date) -> None:
    clearance = clear(shown(PERMIT.td1(), on), on)
    assert clearance.outcome is Outcome.PASS
    assert (clearance.measure, clearance.clause) == ("M-2023-0508-HRP", "a")
    [extended] = [one for one in clearance.reasons if one.code == "document.extended"]
    assert dict(extended.facts) == {
        "expiry_date": "2022-06-30",
        "day": on.isoformat(),
        "deemed_expiry_date": "2023-12-31",
        "measure": "M-2023-0508-HRP",
    }


@pytest.mark.parametrize("on", [date(2023, 5, 7), date(2024, 1, 1), date(2024, 1, 2)])
def test_extension_does_not_hold_the_day_before_and_the_day_after(on: date) -> None:
    reason = only_reason(clear(shown(PERMIT.td1(), on), on))
    assert reason.code == "document.expiry"
    assert dict(reason.facts)["day"] == on.isoformat()


@pytest.mark.parametrize(
    ("expiry", "outcome"),
    [(date(2019, 12, 31), Outcome.REFER), (date(2020, 1, 1), Outcome.PASS)],
)
def test_extension_reaches_back_to_the_first_day_of_2020(expiry: date, outcome: Outcome) -> None:
    assert clear(presented(expiry=expiry)).outcome is outcome


@pytest.mark.parametrize(("verified", "in_order"), [(True, True), (False, False), (None, None)])
def test_holder_must_have_been_compared(verified: bool | None, in_order: bool | None) -> None:
    clearance = clear(presented(verified=verified))
    [reason] = [one for one in clearance.reasons if one.code == "holder.verified"]
    assert reason.in_order is in_order
    assert (clearance.outcome is Outcome.PASS) is (verified is True)


@pytest.mark.parametrize(
    ("place", "on", "outcome"),
    [
        (CN_GATE, date(2023, 1, 7), Outcome.REFER),
        (CN_GATE, date(2023, 1, 8), Outcome.PASS),
        (AIRPORT_GATE, date(2023, 5, 14), Outcome.REFER),
        (AIRPORT_GATE, date(2023, 5, 15), Outcome.PASS),
        (CN_STAFFED, date(2023, 1, 7), Outcome.PASS),
    ],
)
def test_self_service_lane_admits_only_whom_a_measure_sends_there(
    place: Place, on: date, outcome: Outcome
) -> None:
    clearance = clear(presented(), on, place=place)
    assert clearance.outcome is outcome
    if outcome is Outcome.REFER:
        reason = only_reason(clearance)
        assert (reason.code, dict(reason.facts)) == ("lane.open_to_holder", {"lane": "ECHANNEL"})


def test_lane_that_a_missing_fact_keeps_closed_is_told_as_unknown() -> None:
    document = presented("EXIT_ENTRY_PASS", number="12345678")
    reason = only_reason(clear(document, place=AIRPORT_GATE))
    assert (reason.code, reason.in_order) == ("lane.open_to_holder", None)


def test_measure_that_kept_the_document_alive_is_named_before_the_lanes() -> None:
    expired = clear(presented(expiry=date(2022, 6, 30)), place=CN_GATE)
    valid = clear(presented(), place=CN_GATE)
    assert (expired.outcome, expired.measure) == (Outcome.PASS, "M-2023-0508-HRP")
    assert (valid.outcome, valid.measure) == (Outcome.PASS, "M-2023-0515-4")


def test_everything_against_a_passage_is_told_at_once() -> None:
    document = presented(number="X0", expiry=date(2019, 1, 1), verified=False)
    found = clear(
        document, standing=Standing("lost", enrolled=False, alerts=(ALERT,)), place=CN_GATE
    )
    assert {one.code for one in found.against} == {
        "document.number_form",
        "document.status",
        "document.alert",
        "document.expiry",
        "holder.verified",
    }


def test_facts_of_a_lane_leave_out_what_nobody_knows() -> None:
    kind = pack("cn").documents["HRP"]
    document = presented(birth=None, nationality="", companion=visa())
    facts = facts_of(document, kind, AIRPORT_GATE, DAY)
    assert facts == {
        "document.type": "HRP",
        "document.expiry_date": date(2030, 1, 1),
        "person.category": "hk_resident",
        "crossing.port": "PVG",
    }


def test_facts_of_a_lane_name_age_and_endorsement() -> None:
    kind = pack("cn").documents["EEP_HKM"]
    document = presented("EEP_HKM", number="C00000000", companion=endorsement())
    facts = facts_of(document, kind, CN_GATE, DAY)
    assert (facts["person.age"], facts["endorsement.kind"]) == (33, "G")
    assert facts["crossing.port_group"] == "adjacent_hk_macao"


CHECKS = st.builds(Check, st.just("number"), st.booleans(), st.just(1), st.just(1), st.just("1"), st.just("1"), st.booleans())  # fmt: skip  # noqa: E501
COMPANIONS = st.builds(
    Companion,
    st.sampled_from(["visa", "endorsement"]),
    st.sampled_from("LGSDT"),
    st.dates(date(2022, 1, 1), date(2026, 1, 1)),
    st.none() | st.integers(0, 2),
)
PRESENTATIONS = st.builds(
    presented,
    st.sampled_from(sorted(pack("cn").documents)),
    number=st.sampled_from(["H00000000", "E00000000", "C00000000", "00000000", "X"]),
    nationality=st.sampled_from(["CHN", "FRA", "UTO", ""]),
    birth=st.none() | st.dates(date(1930, 1, 1), date(2022, 1, 1)),
    expiry=st.none() | st.dates(date(2018, 1, 1), date(2030, 1, 1)),
    checks=st.lists(CHECKS, max_size=2).map(tuple),
    direction=st.sampled_from(Direction),
    companion=st.none() | COMPANIONS,
    verified=st.sampled_from([True, False, None]),
)
FLAGS = st.builds(
    AlertFlag,
    st.just("a1"),
    st.sampled_from(["lost_or_stolen", "exit_ban"]),
    st.sampled_from(["entry", "exit", "both"]),
    st.dates(date(2022, 1, 1), date(2023, 12, 31)),
    st.dates(date(2023, 12, 31), date(2025, 12, 31)),
)
STANDINGS = st.none() | st.builds(
    Standing,
    st.sampled_from(["valid", "lost", "cancelled", UNREGISTERED]),
    st.booleans(),
    st.lists(FLAGS, max_size=2).map(tuple),
)


@given(
    PRESENTATIONS,
    STANDINGS,
    st.sampled_from([CN_GATE, CN_STAFFED, AIRPORT_GATE]),
    st.dates(date(2022, 1, 1), date(2025, 12, 31)),
)
@settings(max_examples=300)
def test_machine_passes_or_refers_and_never_refuses(
    presentation: Presented, standing: Standing | None, place: Place, on: date
) -> None:
    clearance = clear(presentation, on, standing=standing, place=place)
    assert clearance.outcome in (Outcome.PASS, Outcome.REFER)
    assert (clearance.outcome is Outcome.PASS) is (clearance.against == ())
    assert all(one.in_order is not True for one in clearance.against)
    alerted = standing is not None and any(
        one.concerns(presentation.direction.value, on) for one in standing.alerts
    )
    if alerted or (standing is not None and standing.status in ("lost", "cancelled")):
        assert clearance.outcome is Outcome.REFER
    if presentation.holder_verified is not True:
        assert clearance.outcome is Outcome.REFER


def test_outcomes_are_these_two() -> None:
    assert {one.value for one in Outcome} == {"pass", "refer"}
