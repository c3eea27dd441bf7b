"""Keeps the units and classifiers that make a number in a Chinese text a measured one."""

import re
from dataclasses import dataclass
from typing import Final

_VEHICLE: Final = "[架艘列辆輛]"
_VEHICLES: Final = rf"{_VEHICLE}(?:（{_VEHICLE}(?:、{_VEHICLE})*）)"
_DOCUMENTS: Final = "[本件张張份枚](?:（[本件张張份枚](?:、[本件张張份枚])*）)"

# Pattern, code. The first that matches wins, so long words stand before their beginnings; the
# lookaheads keep out words that merely begin with a classifier (12367通过, 12367支持, 发布).
_UNITS: Final[tuple[tuple[str, str], ...]] = (
    (r"[个個]百分[点點]", "pp"),
    (r"%", "percent"),
    (r"‰", "permille"),
    (r"人次|人（次）", "person_time"),
    (rf"{_VEHICLES}?次|{_VEHICLE}次|[车車班]次", "vehicle_time"),
    (r"[个個](?:国家|國家)(?:(?:和|及|、|与)?地[区區]|（地[区區]）)?", "country"),
    (r"[国國](?![家际際内內门門务務产產籍])", "country"),
    (
        r"[个個]?省(?:[区區]市|[区區份市]|（[^），。；\n]{1,12}）)?(?![厅級级委政道会會])",
        "province",
    ),
    (r"[个個](?:小时|小時|工作日|自然日|星期|季度|月|年|周|一|确立|维护|意识|自信|务必|方面)", ""),
    (r"[个個]", "item"),
    (r"分[钟鐘]", "minute"),
    (r"公斤|千克", "kilogram"),
    (r"克(?![服拉])", "gram"),
    (r"吨|噸", "tonne"),
    (r"公里", "kilometre"),
    (r"美元", "USD"),
    (r"港元|港[币幣]", "HKD"),
    (r"[欧歐]元", "EUR"),
    (r"元(?![旦首老])", "CNY"),
    (r"倍", "times"),
    (rf"{_DOCUMENTS}次?|[件张張份枚本](?![次人地市省报身])", "doc"),
    (rf"{_VEHICLES}|{_VEHICLE}(?![车車入构構设設])", "vehicle"),
    (r"起(?![来來点草])|宗", "case"),
    (r"人(?![民工才大事])|名(?![单義义])|位(?![于於置居列])", "person"),
    (r"通(?![过過道报報知行关關用常])", "call"),
    (r"支(?![持付援撑队])|支(?=队伍)", "gun"),
    (r"[发發](?![布展现現生出放挥言送起行给明])", "round"),
    (r"[项項](?!目)", "measure"),
    (r"[条條](?!件)", "item"),
    (r"批次", "batch"),
    (r"[种種]", "kind"),
    (r"家(?![庭园])", "institution"),
    (r"[处處]", "place"),
    (r"次(?![日年要])", "time"),
)
_COMPILED: Final = tuple((re.compile(pattern), code) for pattern, code in _UNITS)

# Some classifiers serve several nouns: unit code, words around the value, code then meant.
_BY_NOUN_BEFORE: Final = (("doc", "份", "签证", "visa"), ("doc", "件", "案", "case"))
_BY_NOUN_AFTER: Final = (
    ("gun", "支", "队伍", "team"),
    ("item", "条", "措施", "measure"),
    ("item", "条", "举措", "measure"),
    ("item", "条", "通道", "lane"),
    ("item", "条", "专用通道", "lane"),
    ("item", "条", "政策", "measure"),
)

TIERS: Final[dict[str, str]] = {
    "measure": "count",
    "lane": "count",
    "kind": "count",
    "province": "scope",
}
"""What kind of statement a unit makes; every unit not named makes a statistic."""

RATIO_UNITS: Final = frozenset({"percent", "permille", "pp", "times"})
"""Units in which a whole number is rounded too: 16 % is [15.5, 16.5)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found in clean text: its code and where it ends."""

    code: str
    end: int


def unit_at(text: str, place: int, clause_start: int) -> Unit | None:
    """The unit that begins at a place of the clean text, or None where there is none.

    clause_start bounds the search for the noun which some classifiers need (份 of 签证).
    Durations such as 个月 and named sets such as 个维护 are no units of a statistic.
    """
    for pattern, code in _COMPILED:
        if found := pattern.match(text, place):
            meant = _by_noun(code, found[0], text[clause_start:place], text[found.end() :][:8])
            return Unit(meant, found.end()) if meant else None
    return None


def _by_noun(code: str, word: str, before: str, after: str) -> str:
    for general, classifier, noun, meant in _BY_NOUN_BEFORE:
        if (general, classifier) == (code, word) and noun in before:
            return meant
    for general, classifier, noun, meant in _BY_NOUN_AFTER:
        if (general, classifier) == (code, word) and after.startswith(noun):
            return meant
    return code
