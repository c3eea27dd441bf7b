"""The desk of alerts, and what a referral shows of them: two officers, a purpose, a line in the log."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from guomen.apps.accounts.models import ReadLine
from guomen.apps.border.models import Referral
from guomen.apps.registry.models import Alert
from guomen.language.tags import LANGUAGES
from tests.nation import NationForTests
from tests.web.conftest import EXTENDED_PERMIT, LAST_GOOD_DAY

SetClock = Callable[[datetime], None]
LAW = "Protection of Minors Law, article 1; order 7"
DAYS = {
    "valid_from": ("1", "12", "2023"),
    "until": ("1", "3", "2024"),
    "review_on": ("28", "12", "2023"),
}
TYPED = {
    "document_kind": "HRP",
    "number": "H00000000",
    "kind": "missing_minor",
    "direction": "both",
    "instruction": "protect_minor",
    "legal_basis": LAW,
    "authority": "Duty desk of Zhuhai, 0756",
    "name": "CHAN, TAI MAN",
}
NOW = datetime(2023, 12, 1, 4, tzinfo=UTC)


def days(**spans: tuple[str, str, str]) -> dict[str, str]:
    """Spell days as their three boxes send them."""
    parts = ("day", "month", "year")
    return {
        f"{name}.{part}": value
        for name, day in spans.items()
        for part, value in zip(parts, day, strict=True)
    }


PROPOSAL = {**TYPED, **days(**DAYS)}


def sign_in(client: Client, name: str) -> Client:
    """Sign an officer in, in place of whoever was."""
    client.post("/desk/logout/")
    client.post("/desk/login/", {"name": name, "password": f"{name}-officer-1"})
    return client


@pytest.fixture
def first(nation: NationForTests, client: Client, on_day: SetClock) -> Client:
    """Give the browser of the officer who proposes."""
    on_day(NOW)
    return sign_in(client, "alerts1")


def proposed(first: Client) -> str:
    """Propose the alert; give its address."""
    answer = first.post("/desk/alerts/new/", PROPOSAL)
    assert answer.status_code == 302
    return str(answer["Location"])


def confirmed(first: Client) -> str:
    """Propose and confirm the alert; give its address."""
    address = proposed(first)
    sent = {"number": "H00000000", "name": "CHAN TAI MAN"}
    answer = sign_in(first, "alerts2").post(f"{address}confirm/", sent)
    assert answer.status_code == 302
    return address


def test_proposal_waits_and_its_proposer_is_told_so(first: Client) -> None:
    html = first.get(proposed(first), {"lang": "en"}).content.decode()
    assert "proposed, waits for a second officer" in html
    assert "you do not confirm it" in html
    assert "/confirm/" not in html
    listed = first.get("/desk/alerts/?lang=en").content.decode()
    assert "missing minor" in listed


def test_what_is_missing_is_told_at_its_box_and_the_rest_is_kept(first: Client) -> None:
    sent = {**PROPOSAL, "legal_basis": "", "until.day": "", "kind": ""}
    answer = first.post("/desk/alerts/new/?lang=en", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count('<a href="#') >= 3
    assert 'value="H00000000"' in html
    assert not Alert.objects.exists()


def test_foreign_document_needs_its_issuer(first: Client) -> None:
    sent = {**PROPOSAL, "document_kind": "PPT_FOR", "number": "L898902C3"}
    assert b"three letters" in first.post("/desk/alerts/new/?lang=en", sent).content
    assert first.post("/desk/alerts/new/", {**sent, "issuer": "uto"}).status_code == 302


def test_terms_that_do_not_fit_are_refused_in_words(first: Client) -> None:
    sent = {**PROPOSAL, "kind": "exit_ban"}
    answer = first.post("/desk/alerts/new/?lang=en", sent)
    assert answer.status_code == 422
    assert "does not concern the direction" in answer.content.decode()


def test_no_page_of_the_desk_shows_number_or_name(first: Client) -> None:
    address = confirmed(first)
    for page in (address, "/desk/alerts/"):
        html = first.get(page).content.decode()
        assert "H0000" not in html
        assert "CHAN" not in html


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"number": "H00000001", "name": "CHAN TAI MAN"}, "not the document that was proposed"),
        ({"number": "H00000000", "name": "CHAN SIU MAN"}, "not the name that was proposed"),
        ({"name": "CHAN TAI MAN"}, "Fill this in."),
    ],
)
def test_second_officer_reads_the_order_anew(
    first: Client, sent: dict[str, str], says: str
) -> None:
    address = proposed(first)
    answer = sign_in(first, "alerts2").post(f"{address}confirm/?lang=en", sent)
    assert answer.status_code in (409, 422)
    assert says in answer.content.decode()
    assert Alert.objects.get().state == "proposed"


def test_second_officer_confirms_reviews_and_lifts(first: Client) -> None:
    address = confirmed(first)
    assert Alert.objects.get().state == "in_force"
    sent = {
        "legal_basis": "order renewed",
        **days(until=("1", "6", "2024"), review_on=("30", "12", "2023")),
    }
    assert first.post(f"{address}review/", {**sent, "legal_basis": ""}).status_code == 422
    assert first.post(f"{address}review/", sent).status_code == 302
    assert Alert.objects.get().legal_basis == "order renewed"
    assert first.post(f"{address}end/", {"reason": ""}).status_code == 422
    assert first.post(f"{address}end/", {"reason": "found"}).status_code == 302
    assert Alert.objects.get().state == "ended"
    assert first.post(f"{address}end/", {"reason": "found"}).status_code == 409


def test_second_officer_refuses_with_a_reason(first: Client) -> None:
    address = proposed(first)
    assert first.post(f"{address}refuse/", {"reason": "mine"}).status_code == 403
    answer = sign_in(first, "alerts2").post(f"{address}refuse/", {"reason": "no order"})
    assert answer.status_code == 302
    assert "no order" in first.get(address).content.decode()


@pytest.mark.parametrize("act", ["confirm", "refuse", "review", "end"])
def test_an_act_is_not_done_by_following_a_link(first: Client, act: str) -> None:
    address = proposed(first)
    assert sign_in(first, "alerts2").get(f"{address}{act}/")["Location"] == address
    assert Alert.objects.get().state == "proposed"


def test_second_officer_does_not_propose(first: Client) -> None:
    assert sign_in(first, "alerts2").get("/desk/alerts/new/").status_code == 403


def test_start_leads_to_the_desk(first: Client) -> None:
    assert b'href="/desk/alerts/"' in first.get("/desk/").content


@pytest.mark.parametrize("tag", list(LANGUAGES))
def test_every_page_speaks_the_officer_s_language(first: Client, tag: str) -> None:
    address = confirmed(first)
    pages = [first.get(one, {"lang": tag}) for one in (address, "/desk/alerts/")]
    pages.append(sign_in(first, "alerts1").get("/desk/alerts/new/", {"lang": tag}))
    for page in pages:
        html = page.content.decode()
        assert f'<html lang="{tag}"' in html
        assert "UNKNOWN-NAME" not in html


@pytest.fixture
def hit(first: Client, on_day: SetClock) -> str:
    """Let the permit meet its alert at the lane; give the address of the referral."""
    confirmed(first)
    on_day(LAST_GOOD_DAY)
    lane = sign_in(first, "lane")
    place = {"lane_kind": "STAFF_HMT", "direction": "entry", "lane": "7"}
    lane.post("/desk/lane/place/", place)
    lane.post("/desk/lane/passages/", {"mrz": EXTENDED_PERMIT, "act": "refer", "nonce": "a-1"})
    return f"/desk/referrals/{Referral.objects.get().pk}/"


def test_referral_says_that_there_is_an_alert_and_opens_it_for_a_purpose(
    first: Client, hit: str
) -> None:
    shut = first.get(hit, {"lang": "en"}).content.decode()
    assert "Open it before you decide" in shut
    assert LAW not in shut
    answer = first.post(f"{hit}alerts/?lang=en", {"purpose": "decide_referral"})
    html = answer.content.decode()
    assert answer.status_code == 200
    for told in ("missing minor", LAW, "Duty desk of Zhuhai", "quiet room", "1 March 2024"):
        assert told in html, told
    assert "CHAN" not in html
    assert ReadLine.objects.filter(reference=f"alert:{Alert.objects.get().pk}").count() == 1


def test_alert_stays_shut_without_a_purpose(first: Client, hit: str) -> None:
    answer = first.post(f"{hit}alerts/?lang=en", {"purpose": "", "name": "LEE"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the purpose" in html
    assert LAW not in html
    assert 'value="LEE"' in html
    assert not ReadLine.objects.exists()


def test_alert_is_not_opened_by_following_a_link(first: Client, hit: str) -> None:
    assert first.get(f"{hit}alerts/")["Location"] == hit


def test_near_name_is_shown_as_a_suggestion_with_the_mark_of_misused_identity(
    first: Client, hit: str, on_day: SetClock
) -> None:
    on_day(NOW)
    sent = {
        **PROPOSAL,
        "number": "H00000009",
        "kind": "misused_identity",
        "instruction": "check_identity",
        "name": "CHAN TAIMAN",
    }
    address = sign_in(first, "alerts1").post("/desk/alerts/new/", sent)["Location"]
    again = {"number": "H00000009", "name": "CHAN TAIMAN"}
    sign_in(first, "alerts2").post(f"{address}confirm/", again)
    on_day(LAST_GOOD_DAY)
    answer = sign_in(first, "lane").post(f"{hit}alerts/?lang=en", {"purpose": "decide_referral"})
    html = answer.content.decode()
    assert "Only a suggestion" in html
    assert "CHAN TAIMAN" in html
    assert "rightful holder is a victim" in html
    assert "Compare the holder closely" not in html
    assert Referral.objects.get().state == "open"
