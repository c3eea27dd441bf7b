"""Referrals: the list, the decision with its legal basis, and the notice in seven languages."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from guomen.apps.border.models import Referral
from guomen.language.tags import LANGUAGES
from tests.web.conftest import EXTENDED_PERMIT, FIRST_BAD_DAY

SetClock = Callable[[datetime], None]
LAW = "Exit and Entry Administration Law, article 25"


@pytest.fixture
def waiting(at_lane: Client, on_day: SetClock) -> str:
    """Refer one traveller; give the address of the referral."""
    on_day(FIRST_BAD_DAY)
    at_lane.post("/desk/lane/passages/", {"mrz": EXTENDED_PERMIT, "act": "refer", "nonce": "r-1"})
    return f"/desk/referrals/{Referral.objects.get().pk}/"


def test_the_list_shows_kind_and_reasons_and_no_number(at_lane: Client, waiting: str) -> None:
    html = at_lane.get("/desk/referrals/?lang=en").content.decode()
    assert f'href="{waiting}"' in html
    assert "The document expired on 30 June 2022" in html
    assert "H0000" not in html


def test_another_port_does_not_see_it(client: Client, waiting: str) -> None:
    client.post("/desk/logout/")
    client.post("/desk/login/", {"name": "lane2", "password": "lane2-officer-1"})
    assert client.get(waiting).status_code == 404


def test_nobody_is_turned_away_without_legal_basis(at_lane: Client, waiting: str) -> None:
    answer = at_lane.post(f"{waiting}?lang=en", {"outcome": "not_admitted", "note": "kept note"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Give the legal basis" in html
    assert "kept note" in html
    assert Referral.objects.get().state == "open"


def test_a_decision_must_be_chosen(at_lane: Client, waiting: str) -> None:
    answer = at_lane.post(waiting, {"note": "kept note"})
    assert answer.status_code == 422
    assert "kept note" in answer.content.decode()


def test_the_decision_is_kept_and_is_not_taken_twice(at_lane: Client, waiting: str) -> None:
    sent = {"outcome": "not_admitted", "legal_basis": LAW}
    assert at_lane.post(waiting, sent)["Location"] == waiting
    row = Referral.objects.get()
    assert (row.state, row.legal_basis) == ("not_admitted", LAW)
    assert at_lane.post(waiting, {"outcome": "admitted"}).status_code == 409
    assert Referral.objects.get().state == "not_admitted"


def test_there_is_no_notice_before_the_decision(at_lane: Client, waiting: str) -> None:
    assert at_lane.get(f"{waiting}notice/")["Location"] == waiting


@pytest.mark.parametrize("tag", list(LANGUAGES))
def test_the_notice_speaks_the_travellers_language(at_lane: Client, waiting: str, tag: str) -> None:
    at_lane.post(waiting, {"outcome": "not_admitted", "legal_basis": LAW})
    html = at_lane.get(f"{waiting}notice/?to={tag}").content.decode()
    assert f'<html lang="{tag}" dir="{LANGUAGES[tag].direction}">' in html
    assert LAW in html
    assert "H0000" not in html
    assert "UNKNOWN-NAME" not in html
    if tag == "en":
        assert "review the decision" in html
