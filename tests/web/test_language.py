"""What is said at the edge: every code has a sentence, and every sentence a translation."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import polib
import pytest
from django.conf import settings
from django.test import Client

import guomen
from guomen.core import clearance
from guomen.core.claims import Reason as ClaimReason
from guomen.core.entitlement import decide_entitlement
from guomen.core.numerals import growth
from guomen.core.refusal import Refusal
from guomen.language.catalogues import compile_all, po_files, untranslated, update
from guomen.language.sentences import reasons as reason_table
from guomen.language.sentences import refusals as refusal_table
from guomen.language.sentences import (
    say_claim,
    say_code,
    say_finding,
    say_reason,
    say_refusal,
)
from guomen.language.tags import LANGUAGES, text_in
from guomen.language.traditional import traditional
from guomen.language.values import (
    say_day,
    say_growth,
    say_instant,
    say_month,
    say_number,
    say_percent,
    say_period,
    say_quantity,
    say_zone,
)
from tests.nation import NationForTests

LOCALE = Path(settings.LOCALE_PATHS[0])
SHANGHAI = ZoneInfo("Asia/Shanghai")


def all_refusals() -> Iterator[type[Refusal]]:
    """Give every refusal of the product, by importing all its modules."""
    for module in pkgutil.walk_packages(guomen.__path__, "guomen."):
        if not module.name.endswith(("__main__", "wsgi", "asgi")):
            importlib.import_module(module.name)
    waiting = [Refusal]
    while waiting:
        for found in waiting.pop().__subclasses__():
            waiting.append(found)
            if found.__module__.startswith("guomen."):
                yield found


def test_every_refusal_has_a_sentence() -> None:
    codes = {one.code for one in all_refusals()}
    assert len(codes) > 25
    assert codes - set(refusal_table.SENTENCES) == set()


def test_every_reason_of_a_lane_has_a_sentence() -> None:
    tree = ast.parse(Path(clearance.__file__).read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Reason":
            code = node.args[0]
            if isinstance(code, ast.JoinedStr):
                end = re.sub(r"^f'\{needed\}|'$", "", ast.unparse(code).replace('"', "'"))
                found |= {f"{paper}{end}" for paper in ("endorsement", "visa")}
            else:
                found.add(str(ast.literal_eval(code)))
    assert len(found) >= 18
    assert found - set(reason_table.SENTENCES) == set()


@pytest.mark.parametrize("tag", list(LANGUAGES))
def test_reasons_name_the_value_in_every_language(nation: NationForTests, tag: str) -> None:
    facts = (("expiry_date", "2022-06-30"), ("day", "2024-01-02"))
    reason = clearance.Reason("document.expiry", False, facts)
    said = say_reason(reason, tag, nation.jurisdiction)
    assert "2022" in said
    assert "2024" in said
    assert "%(" not in said


def test_reasons_say_kinds_measures_and_lanes_by_name(nation: NationForTests) -> None:
    def said(code: str, in_order: bool | None, **facts: str) -> str:
        reason = clearance.Reason(code, in_order, tuple(facts.items()))
        return say_reason(reason, "en", nation.jurisdiction)

    assert "home-return permit" in said("document.on_record", False, kind="HRP")
    assert "Self-service" in said("lane.open_to_holder", False, lane="ECHANNEL")
    assert "extension" in said("visa.exempt", True, measure="M-2023-0508-HRP").lower()
    assert "document number" in said("document.check_digit", False, field="number", printed="7")
    assert "reported lost" in said("document.status", False, status="lost")
    assert "no.such" in said("no.such", False)


def test_unknown_codes_are_named_plainly() -> None:
    assert "no.such.code" in say_refusal("no.such.code", {}, "en")
    assert "no.such.code" in say_claim("no.such.code", {}, "en")
    assert say_code("status", "molten", "en") == "molten"


def test_a_refusal_may_have_a_sentence_for_its_cause() -> None:
    facts = {"why": "character", "line": 2, "column": 5, "character": "é"}
    assert "line 2, column 5" in say_refusal("mrz.unreadable", facts, "en")
    assert "第 2 行第 5 列" in say_refusal("mrz.unreadable", facts, "zh-Hans")


def test_facts_that_nobody_told_are_a_dash() -> None:
    assert "—" in say_refusal("accounts.name_taken", {}, "en")


def test_every_claim_reason_has_a_sentence() -> None:
    for reason in ClaimReason:
        assert reason.value not in say_claim(reason.value, {}, "en")


@pytest.mark.parametrize("tag", list(LANGUAGES))
def test_findings_are_said_with_value_and_demand(nation: NationForTests, tag: str) -> None:
    pack = nation.jurisdiction
    service = pack.services["hrp-extension"]
    answers = {"document.type": "HRP", "document.expiry_date": date(2019, 12, 31)}
    found = decide_entitlement(service, pack.rulebook, answers, date(2023, 6, 1))
    said = [say_finding(one, tag, pack) for one in found.decision.findings]
    assert any("2019" in one and "2020" in one and "2023" in one for one in said)
    assert not any("%(" in one for one in said)


def test_a_finding_without_a_value_says_so(nation: NationForTests) -> None:
    pack = nation.jurisdiction
    service = pack.services["hrp-extension"]
    found = decide_entitlement(service, pack.rulebook, {"document.type": "HRP"}, date(2023, 6, 1))
    said = [say_finding(one, "en", pack) for one in found.decision.findings]
    assert any("not told. The measure asks for a day from" in one for one in said)


def test_nothing_is_untranslated() -> None:
    assert untranslated(LOCALE) == {key: [] for key in po_files(LOCALE)}


def test_nothing_is_fuzzy_or_left_over() -> None:
    wanted = {(m.msgctxt, m.msgid) for m in polib.pofile(str(po_files(LOCALE)["zh-Hans"]))}
    for path in po_files(LOCALE).values():
        catalogue = polib.pofile(str(path))
        assert not catalogue.fuzzy_entries()
        assert not catalogue.obsolete_entries()
        assert {(m.msgctxt, m.msgid) for m in catalogue} == wanted


def test_links_in_messages_stay_whole() -> None:
    for path in po_files(LOCALE).values():
        for entry in polib.pofile(str(path)):
            tags = re.findall(r"<[^>]+>", entry.msgid)
            if all(tag.startswith(("<a", "</")) for tag in tags):
                assert re.findall(r"<[^>]+>", entry.msgstr) == tags, entry.msgid


def test_the_traditional_catalogue_holds_no_simplified_character() -> None:
    simplified = set("说读证签边验转记录发业个这为门册从们务")
    for entry in polib.pofile(str(po_files(LOCALE)["zh-Hant"])):
        assert not simplified & set(entry.msgstr), entry.msgstr


def test_house_words_go_before_the_conversion() -> None:
    assert traditional("请登录后打印“告知书”") == "請登入後列印「告知書」"


def test_updating_and_compiling_keep_what_is_there(tmp_path: Path) -> None:
    locale = tmp_path / "locale"
    source = tmp_path / "page.html"
    source.write_text("{% load i18n %}<p>{% translate 'Lane' %}</p>", encoding="utf-8")
    update(locale)
    path = po_files(locale)["fr"]
    catalogue = polib.pofile(str(path))
    catalogue[0].msgstr = "Couloir"
    catalogue.save()
    source.write_text("{% translate 'Lane' %} {% translate 'Pass' %}", encoding="utf-8")
    update(locale)
    assert [(m.msgid, m.msgstr) for m in polib.pofile(str(path))] == [
        ("Lane", "Couloir"),
        ("Pass", ""),
    ]
    assert untranslated(locale)["fr"] == ["Pass"]
    assert (compile_all(locale), compile_all(locale)) == (6, 0)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("zh-Hans", "1.68亿"),
        ("zh-Hant", "1.68億"),
        ("en", "168.2 million"),
        ("ru", "168,2\u00a0млн"),
        ("fr", "168,2\u00a0M"),
        ("es", "168,2\u00a0M"),
        ("ar", "168.2\u00a0مليون"),
    ],
)
def test_counts_are_said_as_people_read_them(tag: str, said: str) -> None:
    assert say_quantity(168_200_000, tag) == said


def test_values_are_said_in_each_language() -> None:
    assert say_day(date(2023, 12, 30), "zh-Hans") == "2023年12月30日"
    assert say_day(date(2023, 12, 30), "en") == "30 December 2023"
    assert say_number(1234567, "ar") == "1,234,567"
    assert say_month("2023-06", "fr") == "juin 2023"
    assert say_period("2023H1", "ru") == "первое полугодие 2023 года"
    assert say_period("2023-06", "zh-Hant") == "2023年6月"
    at = datetime(2023, 12, 30, 16, 30, tzinfo=UTC)
    assert say_instant(at, SHANGHAI, "zh-Hans") == "2023年12月31日 00:30"
    assert say_instant(at, SHANGHAI, "en") == "31 December 2023, 00:30"
    assert say_zone(SHANGHAI, at, "zh-Hans") == "中国标准时间 (UTC+8)"


def test_signs_and_codes_are_kept_apart_in_arabic() -> None:
    assert say_percent(Decimal("169.6"), "ar") == "\u2068+169.6%\u2069"
    assert say_percent(Decimal("-3.1"), "fr") == "\u22123,1%"
    assert "\u2068UTC+8\u2069" in say_zone(SHANGHAI, datetime(2023, 1, 1, tzinfo=UTC), "ar")
    said = say_refusal("border.time_without_zone", {"given": "2023-01-01T00:00"}, "ar")
    assert "\u20682023-01-01T00:00\u2069" in said


def test_growth_is_said_without_base_and_without_change() -> None:
    assert say_growth(growth(5, 0), "en").startswith("no records")
    assert say_growth(growth(5, 5), "en").startswith("the same")
    assert say_growth(growth(6, 5), "zh-Hans") == "比上年同期 +20.0%"


def test_a_text_falls_back_within_its_script_first() -> None:
    texts = {"en": "permit", "zh-Hans": "证件"}
    assert text_in(texts, "zh-Hant") == ("证件", "zh-Hans")
    assert text_in(texts, "ru") == ("permit", "en")
    assert text_in({"zh-Hans": "证件"}, "ru") == ("证件", "zh-Hans")
    assert text_in({}, "ru") == ("", "ru")


def test_a_text_in_another_language_is_marked(client: Client, nation: NationForTests) -> None:
    html = client.get("/ar/measures/M-2023-0508-HRP/").content.decode()
    assert '<span lang="en" dir="ltr">Extension of expired home-return permits</span>' in html
