"""Utopia runs the whole loop, from its rulebook to a bulletin that its own records confirm."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from guomen.language.tags import LANGUAGES
from tests.builders import ROOT, let_other_databases_end
from tests.journeys.utopia import (
    CHILD,
    CITIZEN,
    CREW,
    NEARLY_OLD,
    OF_THE_PACT,
    OLD,
    SERVICE,
    VALLEY,
    YOUNG,
    Utopia,
)

FOLDER = ROOT / "jurisdictions" / "utopia"
LAW = "Harbour Act, article 3"

CHINA = re.compile(
    r"中国|中國|中华|中華|公安|移民管理局|港澳|内地|內地|台湾|臺灣|北京|12367|回乡证|回鄉證"
    r"|Chin[ae]\b|Hong Kong|Maca[ou]|Taiw[aá]n|Beijing|Pékin|Китай|Кита[ея]|Гонконг|الصين|هونغ"
    r"|\b(?:CHN|HKG|TWN|HK|HRP|GONGBEI|HENGQIN|ECHANNEL)\b"
)

WORLD = re.compile(r'<option value="[A-Z]{1,3}".*?</option>', re.DOTALL)
"""One row of the list of all nationalities of the world, from which an applicant chooses."""


@pytest.fixture
def utopia(
    transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Utopia:
    """Found Utopia on the last day of 2021, alone in its database."""
    settings.GUOMEN_JURISDICTION = FOLDER
    settings.GUOMEN_HEADS = tmp_path / "heads"
    found = Utopia(monkeypatch)
    found.at("2021-12-31")
    found.found()
    return found


def test_search_would_find_china() -> None:
    for text in ("中国公民", "China", "12367", "a HRP", "Hong Kong", "الصين"):
        assert CHINA.search(text), text
    assert not CHINA.search("Chinatown HKX 123")


def test_utopia_runs_the_whole_loop(utopia: Utopia, tmp_path: Path) -> None:
    assert utopia.command("policy", "check", "--jurisdiction", "utopia")["faults"] == []
    _the_portal_answers(utopia)
    _people_cross(utopia)
    _what_is_recorded_is_sealed_and_tallied(utopia)
    text = _two_officers_release_the_bulletin(utopia)
    _the_records_confirm_the_bulletin(utopia, text, tmp_path)
    _a_draft_is_replayed(utopia, tmp_path)
    _no_page_speaks_of_china(utopia)


def _the_portal_answers(utopia: Utopia) -> None:
    asked = "person.nationality=QMB&person.age=30&crossing.stay_days={days}&on.day=1&on.month=3"
    for days, verdict in ((30, "yes"), (31, "no")):
        page = utopia.page(f"/en/services/short-visit/?{asked.format(days=days)}&on.year=2024")
        assert f"result-{verdict}" in page
        assert "/en/measures/U-2010-NEIGHBOURS/" in page
    untold = utopia.page("/ar/services/airport-transit/?crossing.onward_hours=10&check=1")
    assert "result-unknown" in untold


def _people_cross(utopia: Utopia) -> None:
    kinds = utopia.register(CITIZEN, CHILD, VALLEY.td1(), CREW.td1(), SERVICE.td3())
    assert kinds == ["PPT_UTO", "ID_UTO", "VALLEY_PASS", "CREW_UTO", "PPT_SVC_UTO"]
    for nonce, day in (("0", "2021-12-31"), ("1", "2022-03-01")):
        utopia.at(day)
        assert utopia.gate("quay", CITIZEN, nonce)["outcome"] == "pass"
    utopia.at("2023-03-01")
    _gates_pass_by_a_measure(utopia)
    _the_lane_passes_by_a_measure(utopia)
    _the_lane_refers_and_an_officer_decides(utopia)
    assert utopia.inspect("UT-12") == 1
    utopia.at("2023-07-01")
    assert utopia.gate("quay", CITIZEN, "9")["outcome"] == "pass"


def _gates_pass_by_a_measure(utopia: Utopia) -> None:
    passed = utopia.gate("quay", CITIZEN, "2")
    assert (passed["outcome"], passed["measure"]) == ("pass", "U-2015-GATES")
    passed = utopia.gate("bridge", VALLEY.td1(), "3")
    assert (passed["outcome"], passed["measure"]) == ("pass", "U-2013-VALLEY")
    referred = utopia.gate("quay", CHILD, "4")
    [reason] = [one for one in referred["reasons"] if one["in_order"] is not True]
    assert (referred["outcome"], reason["code"]) == ("refer", "lane.open_to_holder")
    assert CHINA.search(str(referred)) is None


def _the_lane_passes_by_a_measure(utopia: Utopia) -> None:
    utopia.stand_at_the_lane()
    assert "verdict-pass" in utopia.look(OLD)
    for nonce, mrz in enumerate((OLD, OF_THE_PACT, CREW.td1(), SERVICE.td3())):
        assert "PASSED" in utopia.press(mrz, f"lane-{nonce}")


def _the_lane_refers_and_an_officer_decides(utopia: Utopia) -> None:
    assert "Whether a visa is needed cannot be told yet" in utopia.look(YOUNG)
    utopia.decide(utopia.press(YOUNG, "lane-8"), "admitted")
    address = utopia.decide(utopia.press(NEARLY_OLD, "lane-9"), "not_admitted", LAW)
    for tag, language in LANGUAGES.items():
        notice = utopia.page(f"{address}notice/?to={tag}")
        assert f'<html lang="{tag}" dir="{language.direction}">' in notice
        assert LAW in notice
        assert utopia.pack.remedy[tag] in notice
        assert utopia.pack.hotline_hours[tag] in notice
        assert CHINA.search(notice) is None


def _what_is_recorded_is_sealed_and_tallied(utopia: Utopia) -> None:
    utopia.at("2023-07-02")
    let_other_databases_end()
    assert utopia.command("ledger", "seal")["sealed"] > 20
    assert utopia.command("ledger", "verify")["faults"] == []
    assert utopia.command("bulletin", "tally")["rows"] > 5


def _two_officers_release_the_bulletin(utopia: Utopia) -> str:
    asked = ("--period", "2023H1", "--template", "groups")
    assert utopia.command("bulletin", "make", *asked)["language"] == "en"
    made = utopia.command("bulletin", "make", *asked, "--language", "zh-Hans")
    values = {one["id"]: one["value"] for one in made["figures"]}
    assert values == {
        "persons.inspected": 7,
        "persons.citizens": 2,
        "persons.visitors": 3,
        "persons.valley": 1,
        "persons.crews": 1,
        "passages.day_ferry": 1,
        "conveyances.ships": 1,
    }
    bulletin = utopia.command("bulletin", "compile", *asked, "--officer", "morton")["bulletin"]
    with pytest.raises(CommandError, match="second officer"):
        utopia.command("bulletin", "release", bulletin, "--officer", "morton")
    utopia.command("bulletin", "release", bulletin, "--officer", "busleyden")
    valley = utopia.pack.figures["persons.valley"].names
    for tag, language in LANGUAGES.items():
        shown = utopia.page(f"/{tag}/bulletins/{bulletin}/")
        counted = utopia.page(f"/{tag}/figures/persons.valley/2023H1/")
        for page in (shown, counted):
            assert f'<html lang="{tag}" dir="{language.direction}">' in page
            assert "persons.valley/2023H1" in page
            assert valley[tag] in page
    return str(made["text"])


def _the_records_confirm_the_bulletin(utopia: Utopia, text: str, folder: Path) -> None:
    article = folder / "article.txt"
    article.write_text(text, encoding="utf-8")
    claims = utopia.command("bulletin", "check", str(article))["claims"]
    assert {one["figure"] for one in claims} >= {"persons.inspected", "persons.crews"}
    assert {one["verdict"] for one in claims} == {"confirmed"}, claims


def _a_draft_is_replayed(utopia: Utopia, folder: Path) -> None:
    measure = (FOLDER / "measures/sea/U-2019-FERRY.yaml").read_text(encoding="utf-8")
    draft = folder / "draft.yaml"
    draft.write_text(measure.replace("more_than: 69", "more_than: 59"), encoding="utf-8")
    period = ("--from", "2023-01-01", "--until", "2023-07-01")
    found = utopia.command("policy", "replay", str(draft), *period)
    assert (found["helped"], found["lost"], found["changed"]) == (1, 0, 0)


def _no_page_speaks_of_china(utopia: Utopia) -> None:
    for tag in LANGUAGES:
        seen: set[str] = set()
        waiting = [f"/{tag}/", "/desk/lane/", "/desk/referrals/"]
        while waiting:
            address = waiting.pop()
            seen.add(address)
            html = utopia.page(address)
            found = CHINA.search(WORLD.sub("", html))
            assert found is None, (address, found)
            linked = set(re.findall(rf'href="(/{tag}/[^"?#]*/)"', html))
            waiting += sorted(linked - seen - set(waiting))
        assert len(seen) > 30
