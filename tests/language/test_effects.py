"""Keeps how effects are said: phrases, durations, dates, lists, mappings, money and grants."""

from dataclasses import replace

import pytest

from guomen.core.canonical import Json
from guomen.core.policy import FactDeclaration, FactType
from guomen.core.policy.effects import EffectDeclaration, EffectType
from guomen.jurisdiction import Jurisdiction
from guomen.language.amounts import say_amount
from guomen.language.sentences import say_effect, say_grant, say_value
from guomen.language.tags import LANGUAGES
from guomen.language.values import FSI, PDI
from tests.builders import pack


def bare(text: str) -> str:
    """Leave out the marks of direction, which no reader sees."""
    return "".join(one for one in text if one not in f"{FSI}{PDI}\u200f")


def said(key: str, value: Json, tag: str, name: str = "cn") -> str:
    """Say one effect of a pack without marks of direction, with a plain colon."""
    return bare(say_effect(key, value, tag, pack(name))).replace("：", ": ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("key", "value", "chinese", "english", "arabic"),
    [
        ("visa_required", False, "免办签证", "no visa is needed", "لا حاجة إلى تأشيرة"),
        ("visa_required", True, "需要签证", "a visa is needed", "التأشيرة مطلوبة"),
        ("deemed_expiry_date", "2023-12-31", "视为有效至2023年12月31日",
         "counts as valid until 31 December 2023", "يعد ساريا حتى 31 ديسمبر 2023"),
        ("stay_days", 14, "停留期: 14天", "Stay: 14 days", "مدة الإقامة: 14 يومًا"),
        ("stay_hours", 240, "停留时限: 240小时", "Stay: 240 hours", "مدة الإقامة: 240 ساعة"),
        ("working_days", 7, "办结时限: 7个工作日", "Decision within: 7 working days",
         "مدة البت في الطلب: 7 أيام عمل"),
        ("languages", ["zh", "en"], "服务语种: 汉语、英语", "Languages spoken: Chinese, English",
         "لغات الخدمة: الصينية، الإنجليزية"),
        ("entries", 2, "有效次数: 2", "Number of entries: 2", "عدد مرات الدخول: 2"),
        ("entries", "multiple", "有效次数: 多次", "Number of entries: multiple",
         "عدد مرات الدخول: متعددة"),
        ("price", 0, "费用: 免费", "Price: free of charge", "الرسم: مجانا"),
        ("price", 15, "费用: ¥15", "Price: CN¥15", "الرسم: 15 CN¥"),
        ("port", "HENGQIN", "往返口岸: 横琴口岸", "Port to be used: Hengqin port",
         "المنفذ المستخدم: منفذ هنغتشين"),
        ("validity_years_by_class", {"legal": 1, "research": 3},
         "各类人才的有效期: 法律人才 – 1年、科研人才 – 3年",
         "Validity by talent class: Law – 1 year, Research – 3 years",
         "مدة الصلاحية حسب فئة الكفاءة: القانون – سنة، البحث العلمي – 3 سنوات"),
    ],
)  # fmt: skip
def test_effect_is_said_as_people_say_it(
    key: str, value: Json, chinese: str, english: str, arabic: str
) -> None:
    assert said(key, value, "zh-Hans") == chinese
    assert said(key, value, "en") == english
    assert said(key, value, "ar") == arabic


def test_name_and_value_keep_their_own_direction_in_arabic() -> None:
    assert say_effect("stay_days", 14, "ar", pack("cn")).count(FSI) == 2


def granting() -> Jurisdiction:
    """The Chinese pack, which declares grants."""
    found = pack("cn")
    names = dict.fromkeys(LANGUAGES, "May be granted")
    declared = EffectDeclaration("grants", EffectType.GRANTS, None, names, {}, {}, {})
    return replace(found, effects={**found.effects, "grants": declared})


GRANTS: list[Json] = [
    {"endorsement": "T", "entries": 1, "stay_days": 14},
    {"endorsement": "T", "entries": "multiple", "stay_days": 14},
]


@pytest.mark.parametrize(
    ("tag", "first", "between"),
    [
        ("en", "Kind of endorsement: Family visit, Number of entries: 1, Stay: 14 days", "; "),
        ("zh-Hans", "签注种类: 探亲、有效次数: 1、停留期: 14天", "；"),
        (
            "ar",
            "نوع التأشيرة المضافة: زيارة عائلية، عدد مرات الدخول: 1، مدة الإقامة: 14 يومًا",
            "؛ ",
        ),
    ],
)
def test_grant_says_all_that_is_fixed_about_it(tag: str, first: str, between: str) -> None:
    [one, _] = GRANTS
    assert isinstance(one, dict)
    grant = bare(say_grant(one, tag, granting())).replace("：", ": ")
    assert grant == first
    together = bare(say_effect("grants", GRANTS, tag, granting())).replace("：", ": ")
    assert together.startswith(f"May be granted: {first}{between}")


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("unit", ["hours", "days", "working_days", "months", "years", "CNY"])
def test_every_amount_is_said_in_every_unit_and_language(unit: str, tag: str) -> None:
    for value in (0, 1, 2, 3, 5, 11, 21, 100):
        amount = say_amount(value, unit, tag)
        assert amount.strip()
        assert "duration" not in amount
        assert "_" not in amount


@pytest.mark.parametrize(
    ("value", "russian"),
    [(1, "1 рабочий день"), (2, "2 рабочих дня"), (5, "5 рабочих дней"), (21, "21 рабочий день")],
)
def test_working_days_follow_the_plurals_of_the_language(value: int, russian: str) -> None:
    assert say_amount(value, "working_days", "ru") == russian


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("zh-Hans", "离开限定区域"),
        ("en", "leaves the restricted area"),
        ("ar", "يغادر المنطقة المحظورة"),
    ],
)
def test_answer_with_a_phrase_of_its_own_is_said_by_it(tag: str, words: str) -> None:
    declared = pack("cn").rulebook.vocabulary["crossing.stays_airside"]
    assert say_value(False, declared, tag) == words


@pytest.mark.parametrize(
    ("code", "tag", "words"),
    [
        ("FRA", "zh-Hans", "法国"),
        ("FRA", "en", "France"),
        ("D", "es", "Alemania"),
        ("HKG", "en", "Hong Kong, China"),
        ("USA", "ar", "الولايات المتحدة"),
    ],
)
def test_nationality_is_said_by_its_name(code: str, tag: str, words: str) -> None:
    assert say_value(code, pack("cn").rulebook.vocabulary["person.nationality"], tag) == words


def test_code_of_an_open_list_is_its_own_name() -> None:
    declared = FactDeclaration("a.plate", FactType.CODE, None, "lane", {"en": "Plate"}, {})
    assert say_value("K-17", declared, "fr") == "K-17"
