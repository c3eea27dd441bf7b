"""Who may open which page, and the headers that every answer carries."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from guomen.web.access import PAGES, Open
from guomen.web.urls import urlpatterns
from tests.nation import NationForTests

SOME = "01890000-0000-7000-8000-000000000000"


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    names = [pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    assert len(names) == len(urlpatterns)
    assert sorted(filter(None, names)) == sorted(PAGES)


WHICH = {
    "referral_id": SOME,
    "alert_id": SOME,
    "draft_id": SOME,
    "run_id": SOME,
    "digest": "0" * 64,
    "measure_id": "M-2023-0508-HRP",
}
"""Something for each part of an address that names one thing."""


def staff_address(name: str) -> str:
    """Give an address of a staff route."""
    route = next(one for one in urlpatterns if isinstance(one, URLPattern) and one.name == name)
    return reverse(name, kwargs={part: WHICH[part] for part in route.pattern.converters})


STAFF = [name for name, row in PAGES.items() if row is not Open.PUBLIC]


@pytest.mark.parametrize("name", STAFF)
def test_staff_pages_lead_to_the_login_when_signed_out(
    client: Client, nation: NationForTests, name: str
) -> None:
    answer = client.get(staff_address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/?next=")


@pytest.mark.parametrize("name", [n for n in STAFF if PAGES[n] is not Open.STAFF])
def test_a_page_is_shut_to_posts_without_its_duty(
    client: Client, nation: NationForTests, name: str
) -> None:
    client.post("/desk/login/", {"name": "press1", "password": "press1-officer-1"})
    answer = client.get(staff_address(name), {"lang": "en"})
    assert answer.status_code == 403
    assert "not part of your duties" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("policy2", ["desk.policy_versions", "desk.policy_version", "desk.policy_publish"]),
        ("policy1", ["desk.policy_versions", "desk.policy_withdraw", "desk.policy_close"]),
        ("alerts1", ["desk.alerts", "desk.alert", "desk.alert_new"]),
        ("alerts2", ["desk.alerts", "desk.alert", "desk.alert_end"]),
    ],
)
def test_of_several_duties_one_opens_a_page(
    client: Client, nation: NationForTests, name: str, opens: list[str]
) -> None:
    client.post("/desk/login/", {"name": name, "password": f"{name}-officer-1"})
    assert 403 not in [client.get(staff_address(route)).status_code for route in opens]


def test_a_route_without_a_row_stays_shut(
    client: Client, nation: NationForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {name: row for name, row in PAGES.items() if name != "portal.measures"}
    monkeypatch.setattr("guomen.web.access.PAGES", rows)
    assert client.get("/en/measures/").status_code == 404


def test_a_wrong_password_does_not_tell_which_half_is_wrong(
    client: Client, nation: NationForTests
) -> None:
    answers = [
        client.post("/desk/login/?lang=en", {"name": name, "password": "wrong"})
        for name in ("lane", "nobody")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(b"do not fit together" in answer.content for answer in answers)


@pytest.mark.parametrize("wished", ["https://elsewhere.test/", "//elsewhere.test", "/en/"])
def test_the_login_leads_to_desks_only(client: Client, nation: NationForTests, wished: str) -> None:
    sent = {"name": "lane", "password": "lane-officer-1", "next": wished}
    assert client.post("/desk/login/", sent)["Location"] == "/desk/"


def test_signing_out_ends_the_session(lane_officer: Client) -> None:
    assert lane_officer.get("/desk/logout/").status_code == 405
    lane_officer.post("/desk/logout/")
    assert lane_officer.get("/desk/").status_code == 302


def test_the_start_shows_what_the_duties_open(lane_officer: Client) -> None:
    html = lane_officer.get("/desk/?lang=en").content.decode()
    assert 'href="/desk/lane/"' in html
    assert "decide referrals" in html


@pytest.mark.parametrize("path", ["/en/", "/desk/login/", "/en/nothing/", "/desk/"])
def test_every_answer_carries_the_policy(client: Client, nation: NationForTests, path: str) -> None:
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "Permissions-Policy" in answer


def test_staff_pages_are_not_cached(client: Client, nation: NationForTests) -> None:
    assert client.get("/desk/login/")["Cache-Control"] == "no-store"
