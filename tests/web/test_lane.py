"""The lane desk: a check writes nothing, one key records once, and the operation decides itself."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from guomen.apps.border.models import Passage, Referral
from tests.web.conftest import EXTENDED_PERMIT, FIRST_BAD_DAY, LAST_GOOD_DAY, PASSPORT

SetClock = Callable[[datetime], None]


def check(client: Client, mrz: str, **more: str) -> HttpResponse:
    """Send a scan and give the answer, in English."""
    return client.post("/desk/lane/check/?lang=en", {"mrz": mrz, **more})


def press(client: Client, mrz: str, act: str, nonce: str = "n-1") -> HttpResponse:
    """Press a key."""
    return client.post("/desk/lane/passages/", {"mrz": mrz, "act": act, "nonce": nonce})


def test_the_place_is_asked_first(lane_officer: Client) -> None:
    assert lane_officer.get("/desk/lane/")["Location"] == "/desk/lane/place/"


def test_a_post_with_a_port_keeps_to_it(lane_officer: Client) -> None:
    sent = {"port": "LUOHU", "lane_kind": "STAFF_CN", "direction": "exit", "lane": "3"}
    lane_officer.post("/desk/lane/place/", sent)
    html = lane_officer.get("/desk/lane/?lang=en").content.decode()
    assert "Gongbei" in html
    assert "Luohu" not in html


def test_a_place_that_does_not_exist_is_asked_again(lane_officer: Client) -> None:
    sent = {"lane_kind": "NONE", "direction": "up"}
    assert lane_officer.post("/desk/lane/place/", sent).status_code == 422


def test_an_extended_permit_passes_on_the_last_good_day(at_lane: Client, on_day: SetClock) -> None:
    on_day(LAST_GOOD_DAY)
    html = check(at_lane, EXTENDED_PERMIT).content.decode()
    assert "verdict-pass" in html
    assert "30 June 2022" in html
    assert "31 December 2023" in html
    assert Passage.objects.count() == 0


def test_it_is_referred_afterwards_in_both_languages(at_lane: Client, on_day: SetClock) -> None:
    on_day(FIRST_BAD_DAY)
    html = check(at_lane, EXTENDED_PERMIT).content.decode()
    assert "verdict-refer" in html
    assert "The document expired on 30 June 2022" in html
    assert "No measure applies." in html  # in a line: what the rulebook says to it
    assert '<span lang="zh-Hant" dir="ltr">證件已於2022年6月30日到期' in html
    assert re.search(r'class="shut key"[^>]*disabled', html)
    assert 'value="pass"' not in html


def test_one_key_records_one_passage(at_lane: Client, on_day: SetClock) -> None:
    on_day(LAST_GOOD_DAY)
    answers = [press(at_lane, EXTENDED_PERMIT, "pass") for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/desk/lane/"] * 2
    [row] = Passage.objects.all()
    assert (row.outcome, row.measure, row.port) == ("pass", "M-2023-0508-HRP", "GONGBEI")
    html = at_lane.get("/desk/lane/?lang=en").content.decode()
    assert "PASSED" in html
    assert ">CRCHN" not in html


def test_the_pass_key_does_not_open_what_is_referred(at_lane: Client, on_day: SetClock) -> None:
    on_day(FIRST_BAD_DAY)
    press(at_lane, EXTENDED_PERMIT, "pass")
    assert Passage.objects.get().outcome == "refer"
    assert Referral.objects.get().state == "open"


def test_an_officer_may_refer_what_would_pass(at_lane: Client, on_day: SetClock) -> None:
    on_day(LAST_GOOD_DAY)
    press(at_lane, PASSPORT, "refer")
    assert Passage.objects.get().outcome == "refer"


def test_a_key_meant_for_another_traveller_records_nothing(
    at_lane: Client, on_day: SetClock
) -> None:
    on_day(LAST_GOOD_DAY)
    press(at_lane, EXTENDED_PERMIT, "pass")
    answer = press(at_lane, PASSPORT, "pass")
    assert answer.status_code == 409
    assert Passage.objects.count() == 1


@pytest.mark.parametrize(
    ("mrz", "told"),
    [
        ("", "The lines have the lengths nothing"),
        (EXTENDED_PERMIT.replace("CHAN", "CH*N"), "The character * in line 3, column 3"),
        ("X" * 44 + "\n" + "X" * 44, "No known document looks like this"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(
    at_lane: Client, on_day: SetClock, mrz: str, told: str
) -> None:
    on_day(LAST_GOOD_DAY)
    answer = check(at_lane, mrz)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert mrz.replace("<", "&lt;") in html


def test_a_flipped_check_digit_is_named_with_its_place(at_lane: Client, on_day: SetClock) -> None:
    on_day(LAST_GOOD_DAY)
    flipped = EXTENDED_PERMIT.replace("H000000009", "H000000008")
    html = check(at_lane, flipped).content.decode()
    assert "should be 9 (line 1, column 15)" in html


def test_half_of_a_companion_paper_is_told(at_lane: Client, on_day: SetClock) -> None:
    on_day(LAST_GOOD_DAY)
    answer = check(at_lane, PASSPORT, companion_kind="L")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "together" in html
    assert 'value="L"' in html


def test_a_foreigner_without_visa_is_referred_and_with_one_passes(
    at_lane: Client, on_day: SetClock
) -> None:
    on_day(LAST_GOOD_DAY)
    mrz = (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3001019<<<<<<<<<<<<<<04"
    )
    bare = check(at_lane, mrz).content.decode()
    assert "A visa is needed and none was shown" in bare or "cannot be told yet" in bare
    paper = {"companion_kind": "l", "companion_entries": "1"}
    day = {"companion_until.day": "1", "companion_until.month": "3", "companion_until.year": "2024"}
    html = check(at_lane, mrz, **paper, **day).content.decode()
    assert "is valid until 1 March 2024" in html


def test_opening_the_addresses_of_keys_leads_to_the_lane(at_lane: Client) -> None:
    for path in ("/desk/lane/check/", "/desk/lane/passages/"):
        assert at_lane.get(path)["Location"] == "/desk/lane/"


@pytest.mark.parametrize("tag", ["zh-Hans", "ar", "ru"])
def test_the_desk_speaks_the_chosen_language(at_lane: Client, tag: str) -> None:
    at_lane.get(f"/desk/?lang={tag}")
    html = at_lane.get("/desk/lane/").content.decode()
    assert f'<html lang="{tag}"' in html
    assert "UNKNOWN-NAME" not in html
