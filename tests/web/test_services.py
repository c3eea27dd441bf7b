"""The eligibility pages: everything that belongs to a yes stands there in words, with its measure."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from guomen.language.tags import LANGUAGES
from tests.nation import NationForTests

TAGS = tuple(LANGUAGES)
MACAO_WEEKLY = {
    "application.endorsement": "G",
    "application.destination": "MAC",
    "person.hukou_city": "珠海",
}
SHARED_DATA = {
    "residence_permit.kind": "work",
    "person.days_since_entry": "30",
    "application.data_shared": "yes",
}


def asked(service: str, told: dict[str, str], on: tuple[int, int, int], tag: str = "en") -> str:
    """Spell the address of a check."""
    names = ("day", "month", "year")
    day = {f"on.{name}": str(value) for name, value in zip(names, on, strict=True)}
    return f"/{tag}/services/{service}/?{urlencode({**told, **day})}"


def page(client: Client, *query: object) -> str:
    """Fetch the page of a check."""
    answer = client.get(asked(*query))  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_yes_shows_grants_place_channel_papers_and_time(
    client: Client, nation: NationForTests
) -> None:
    html = page(client, "hk-macao-endorsement", MACAO_WEEKLY, (1, 1, 2025))
    assert "result-yes" in html
    for told in (
        "What may be granted",
        "one in each calendar week",
        "the place of registered residence",
        "at a smart kiosk",
        "resident identity card",
        "7 working days",
        "/en/measures/M-2025-0101-ZH/",
        "/en/measures/R-EEP-G-MAC/",
        "/en/measures/R-PAPERS-ENDORSEMENT/",
    ):
        assert told in html, told


def test_a_measure_that_changes_a_variant_is_named_beside_the_rule(
    client: Client, nation: NationForTests
) -> None:
    told = {
        "application.endorsement": "S",
        "application.destination": "HKG",
        "application.proof": "yes",
    }
    before = page(client, "hk-macao-endorsement", told, (5, 5, 2024))
    after = page(client, "hk-macao-endorsement", told, (6, 5, 2024))
    assert "Stay: 7 days" in before
    assert "Stay: 14 days" not in before
    assert "Stay: 14 days" in after
    assert "Stay: 7 days" not in after
    assert "/en/measures/M-2024-0506-4/" in after


def test_what_need_not_be_brought_is_told_apart(client: Client, nation: NationForTests) -> None:
    html = page(client, "residence-permit", SHARED_DATA, (1, 2, 2024))
    bring, waived = html.split("What you need not bring")
    assert "accommodation record" in waived
    assert "accommodation record" not in bring.split("What to bring")[1]
    assert "1,000" in html


def test_a_no_shows_nothing_that_belongs_to_a_yes(client: Client, nation: NationForTests) -> None:
    late = {**SHARED_DATA, "person.days_since_entry": "31"}
    html = page(client, "residence-permit", late, (1, 2, 2024))
    assert "result-no" in html
    assert "What to bring" not in html
    assert "What may be granted" not in html


def test_a_service_lets_choose_only_what_it_is_for(client: Client, nation: NationForTests) -> None:
    html = client.get("/en/services/taiwan-endorsement/").content.decode()
    assert 'value="Y"' in html
    assert 'value="S"' not in html
    wrong = client.get("/en/services/taiwan-endorsement/?application.endorsement=S")
    assert wrong.status_code == 422


@pytest.mark.parametrize("tag", TAGS)
def test_every_service_opens_in_every_language(
    client: Client, nation: NationForTests, tag: str
) -> None:
    for service in nation.jurisdiction.services:
        answer = client.get(f"/{tag}/services/{service}/")
        assert answer.status_code == 200, service


@pytest.mark.parametrize("tag", TAGS)
def test_a_yes_is_said_in_every_language(client: Client, nation: NationForTests, tag: str) -> None:
    html = page(client, "residence-permit", SHARED_DATA, (1, 2, 2024), tag)
    assert "result-yes" in html
    assert nation.jurisdiction.services["residence-permit"].texts["yes"][tag] in html
    for code in ("validity_days_min", "accommodation_record", "place_of_stay", "law_limit_days"):
        assert code not in html, code


def test_the_home_page_gathers_the_services_by_whom_they_are_for(
    client: Client, nation: NationForTests
) -> None:
    html = client.get("/en/").content.decode()
    for heading in ("Mainland residents", "Foreigners", "For everyone"):
        assert f">{heading}</h2>" in html
    for service in nation.jurisdiction.services:
        assert html.count(f'href="/en/services/{service}/"') == 1
    assert html.index("Mainland residents</h2>") < html.index("For everyone</h2>")


def test_standing_rules_stand_behind_the_measures_and_have_their_page(
    client: Client, nation: NationForTests
) -> None:
    html = client.get("/en/measures/").content.decode()
    measures, rules = html.split('id="rules"')
    assert "/en/measures/M-2024-0506-4/" in measures
    assert "/en/measures/R-EEP-S/" not in measures
    assert "/en/measures/R-EEP-S/" in rules
    assert "Measures on record: 63." in measures
    shown = client.get("/en/measures/R-EEP-S/").content.decode()
    assert "standing rule" in shown
    assert "Business" in shown
