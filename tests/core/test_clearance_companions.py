"""Keeps the papers that must go with a document: endorsements, visas, and who needs none."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from guomen.core.clearance import (
    Clearance,
    Companion,
    Direction,
    Outcome,
    Presented,
    decide_clearance,
)
from guomen.core.policy import All, Clause, Operator, Rulebook
from guomen.core.time import Period
from tests.builders import (
    CN_STAFFED,
    IN_ORDER,
    Zone,
    asks,
    endorsement,
    measure,
    pack,
    presented,
    shown,
    visa,
)

DAY = date(2023, 6, 1)
YESTERDAY = date(2023, 5, 31)


def clear(presentation: Presented, on: date = DAY, book: Rulebook | None = None) -> Clearance:
    """Decide one passage at a staffed lane; foreigners are not on record."""
    found = pack("cn")
    kind = found.documents[presentation.document.kind]
    standing = IN_ORDER if kind.national else None
    return decide_clearance(presentation, kind, standing, CN_STAFFED, book or found.rulebook, on)


def leaving(companion: Companion | None) -> Presented:
    """A mainland resident leaves for Hong Kong or Macao."""
    direction = Direction.EXIT
    return presented("EEP_HKM", number="C00000000", direction=direction, companion=companion)


def arriving(companion: Companion | None, nationality: str = "UTO") -> Presented:
    """A foreigner enters."""
    return presented("PPT_FOR", number="L898902C3", nationality=nationality, companion=companion)


def against(clearance: Clearance) -> list[tuple[str, bool | None, Mapping[str, str]]]:
    """What is against a passage."""
    return [(one.code, one.in_order, dict(one.facts)) for one in clearance.against]


def test_endorsement_in_order_lets_its_holder_leave() -> None:
    assert clear(leaving(endorsement())).outcome is Outcome.PASS
    assert clear(leaving(endorsement(DAY))).outcome is Outcome.PASS
    assert clear(leaving(endorsement(left=None))).outcome is Outcome.PASS


def test_permit_without_an_endorsement_is_referred_on_the_way_out() -> None:
    assert against(clear(leaving(None))) == [("endorsement.present", False, {})]


@pytest.mark.parametrize(
    ("companion", "code"),
    [
        (endorsement(YESTERDAY), "endorsement.in_date"),
        (endorsement(left=0), "endorsement.entries_left"),
        (endorsement(YESTERDAY, left=0), "endorsement.in_date"),
    ],
)
def test_spent_endorsement_is_referred(companion: Companion, code: str) -> None:
    facts = {"kind": "G", "valid_until": companion.valid_until.isoformat()}
    assert against(clear(leaving(companion))) == [(code, False, facts)]


def test_coming_home_needs_no_endorsement() -> None:
    document = presented("EEP_HKM", number="C00000000", direction=Direction.ENTRY)
    assert clear(document).outcome is Outcome.PASS


def test_visa_in_order_lets_its_holder_enter() -> None:
    assert clear(arriving(visa())).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("companion", "code"), [(visa(YESTERDAY), "visa.in_date"), (visa(left=0), "visa.entries_left")]
)
def test_spent_visa_is_referred(companion: Companion, code: str) -> None:
    [(found, in_order, _)] = against(clear(arriving(companion)))
    assert (found, in_order) == (code, False)


def test_foreigner_needs_no_visa_to_leave() -> None:
    document = replace(arriving(None), direction=Direction.EXIT)
    assert clear(document).outcome is Outcome.PASS


def test_foreigner_without_a_visa_is_referred() -> None:
    assert against(clear(arriving(None), date(2023, 1, 10))) == [("visa.present", False, {})]


def test_paper_of_another_kind_is_as_good_as_none() -> None:
    assert against(clear(leaving(visa()))) == [("endorsement.present", False, {})]
    assert against(clear(arriving(endorsement()), date(2023, 1, 10))) == [
        ("visa.present", False, {})
    ]


def french(on: date) -> Clearance:
    """A French passport without a visa on a day."""
    lines = Zone("P<", "FRA", "DUPONT<<ANNE", "12AB34567", "FRA", "850615", "F", "300101").td3()
    return clear(shown(lines, on), on)


def test_visa_free_traveller_whose_purpose_nobody_knows_goes_to_a_person() -> None:
    assert against(french(date(2023, 12, 1))) == [("visa.present", None, {})]


def with_exemption(when: All) -> Rulebook:
    """The Chinese rulebook with one exemption from 2023-12-01, in place of its own visa rules."""
    book = pack("cn").rulebook
    period = Period(date(2023, 12, 1), date(2024, 12, 1))
    clause = Clause("a", None, period, period.start, when, {"visa_required": False})
    others = tuple(one for one in book.measures if one.question != "crossing.visa")
    exemption = measure("EXEMPT", clause, question="crossing.visa")
    return Rulebook("cn", book.vocabulary, book.questions, (*others, exemption))


FROM_FRANCE = asks("person.nationality", Operator.ONE_OF, ("FRA", "DEU"))
ORDINARY = asks("document.passport_kind", Operator.EQUALS, "ordinary")
SHORT = asks("crossing.stay_days", Operator.AT_MOST, 15)


@pytest.mark.parametrize(
    ("nationality", "on", "outcome"),
    [
        ("FRA", date(2023, 11, 30), Outcome.REFER),
        ("FRA", date(2023, 12, 1), Outcome.PASS),
        ("FRA", date(2024, 11, 30), Outcome.PASS),
        ("FRA", date(2024, 12, 1), Outcome.REFER),
        ("UTO", date(2023, 12, 1), Outcome.REFER),
    ],
)
def test_exemption_whose_facts_the_lane_knows_lets_pass_in_its_time(
    nationality: str, on: date, outcome: Outcome
) -> None:
    book = with_exemption(All((FROM_FRANCE, ORDINARY)))
    clearance = clear(arriving(None, nationality), on, book)
    assert clearance.outcome is outcome
    if outcome is Outcome.PASS:
        assert (clearance.measure, clearance.clause) == ("EXEMPT", "a")
        [exempt] = [one for one in clearance.reasons if one.code == "visa.exempt"]
        assert dict(exempt.facts) == {"measure": "EXEMPT"}
    else:
        assert against(clearance) == [("visa.present", False, {})]


def test_exemption_that_asks_what_the_lane_does_not_know_is_unknown_only_for_its_own() -> None:
    book = with_exemption(All((FROM_FRANCE, ORDINARY, SHORT)))
    on = date(2023, 12, 1)
    assert against(clear(arriving(None, "FRA"), on, book)) == [("visa.present", None, {})]
    assert against(clear(arriving(None, "UTO"), on, book)) == [("visa.present", False, {})]


def test_german_passport_is_exempt_by_the_one_letter_its_zone_prints() -> None:
    lines = Zone("P<", "D<<", "MUSTERMANN<<ERIKA", "C01X00T47", "D<<", "640812", "F", "300101")
    book = with_exemption(All((FROM_FRANCE, ORDINARY)))
    on = date(2023, 12, 1)
    assert clear(shown(lines.td3(), on), on, book).outcome is Outcome.PASS


def test_old_visa_measure_asks_nothing_of_who_shows_no_visa() -> None:
    found = clear(arriving(None), date(2023, 6, 1))
    assert found.facts["visa.valid_on_crossing"] is False
    assert clear(arriving(visa()), date(2023, 6, 1)).facts["visa.valid_on_crossing"] is True
