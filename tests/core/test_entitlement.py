"""Keeps what an applicant is told: yes, no, or not enough told, with the decision behind it."""

from datetime import date

import pytest

from guomen.core.entitlement import MOST_QUESTIONS, decide_entitlement
from guomen.core.policy import Facts
from guomen.core.policy.facts import FactNotDeclared
from tests.builders import pack

HRP: Facts = {"document.type": "HRP"}
WINDOW: Facts = {**HRP, "document.expiry_date": date(2022, 6, 30)}


def entitled(answers: Facts, on: date, service: str = "hrp-extension") -> bool | None:
    """Ask the Chinese service whether its extension holds."""
    found = pack("cn")
    return decide_entitlement(found.services[service], found.rulebook, answers, on).entitled


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2023, 5, 7), False),
        (date(2023, 5, 8), True),
        (date(2023, 12, 31), True),
        (date(2024, 1, 1), False),
    ],
)
def test_extension_answers_by_the_same_rulebook_as_the_lane(on: date, expected: bool) -> None:
    assert entitled(WINDOW, on) is expected


def test_answer_stays_open_while_a_deciding_fact_is_missing() -> None:
    assert entitled(HRP, date(2023, 6, 1)) is None


def test_answer_is_no_when_no_missing_fact_could_change_it() -> None:
    assert entitled({"document.expiry_date": date(2019, 12, 31)}, date(2023, 6, 1)) is False


def test_decision_behind_the_answer_says_which_test_failed() -> None:
    found = pack("cn")
    answers: Facts = {**HRP, "document.expiry_date": date(2019, 12, 31)}
    told = decide_entitlement(
        found.services["hrp-extension"], found.rulebook, answers, date(2023, 6, 1)
    )
    failed = [one for one in told.decision.findings if one.met is False]
    assert [(one.test.fact, one.given) for one in failed] == [
        ("document.expiry_date", date(2019, 12, 31))
    ]


def test_answer_to_an_undeclared_question_is_refused() -> None:
    with pytest.raises(FactNotDeclared):
        entitled({"shoe.size": 43}, date(2023, 6, 1))


@pytest.mark.parametrize("name", ["cn", "utopia"])
def test_no_service_asks_more_than_fits_a_phone(name: str) -> None:
    for service in pack(name).services.values():
        assert 1 <= len(service.asks) <= MOST_QUESTIONS == 5
        assert not set(service.asks) & set(service.given)
