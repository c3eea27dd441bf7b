"""Keeps the code free of countries: what is Chinese stands in the pack, and nowhere in the source."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

from guomen.jurisdiction import Jurisdiction
from tests.builders import ROOT, pack

SOURCE = ROOT / "src" / "guomen"
READS_CHINESE = SOURCE / "core" / "claims"
"""Reads figures out of Chinese articles: a language, not a country."""

PERMITTED_LITERALS = {
    "CN_CARD_1LINE": "the layout's own name",
    "zh_Hans_CN": "a locale of CLDR",
    "zh_Hant_TW": "a locale of CLDR",
    "zh_Hant_HK": "a locale of CLDR",
}
PERMITTED_LINES = {
    ("language/tags.py", "Taiwan"): "whose numbers CLDR writes well in the traditional script",
}
"""Where a text may say a place, and why: only about how a language is written."""

PLACES = (
    # The state and its parts, and institutions and papers of its law.
    *("China", "PRC", "Hong Kong", "Macao", "Macau", "Taiwan", "Beijing", "Shanghai", "Mainland"),
    *("Chine", "Pékin", "Taïwan", "Pekín", "Taiwán", "Китай", "Китая", "Гонконг", "Сянган"),
    *("Тайвань", "Тайваня", "الصين", "هونغ كونغ", "ماكاو", "تايوان"),
    *("hukou", "home-return", "Exit and Entry Administration Law", "National Immigration"),
    *("NIA", "MPS", "mainland"),
)
HAN = (
    "12367|中国|中國|中华|中華|国家移民管理局|國家移民管理局|公安|人民法院|出入境管理局|出入境管理法|内地|內地|港澳"
    "|台湾|臺灣|香港|澳门|澳門|回乡证|回鄉證|通行证|通行證|台胞证|户口|戶口|边民|邊民|大陆|大陸|北京|上海"
    "|深圳|珠海|拱北|横琴|橫琴"
)
"""The same in Chinese, which has no spaces to tell where a word begins."""

SHARED = {"border", "foreign", "entry", "exit", "CREW", "GROUP", "GREEN", "TRAIN", "SHIP", "BORDER"}
SHARED |= {"TRANSIT", "PRIORITY", "FACE", "SH", "SC", "SD", "HA", "ZH"}
"""Codes of the Chinese pack that are words or abbreviations of anybody's."""


def modules() -> list[Path]:
    """The modules that must know no country."""
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if READS_CHINESE not in path.parents and "migrations" not in path.parts
    ]


def texts() -> list[Path]:
    """Every file of the source that people or browsers read."""
    kinds = ("*.py", "*.html", "*.css", "*.js", "*.svg")
    found = {path for kind in kinds for path in SOURCE.rglob(kind)}
    return sorted(path for path in found if READS_CHINESE not in path.parents)


def one_of(words: set[str]) -> re.Pattern[str]:
    """Find one of the words, not within a longer Latin, Cyrillic or Arabic one."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


@cache
def codes_of_china() -> re.Pattern[str]:
    """Everything by which the Chinese pack codes its documents, ports, lanes and measures."""
    found = pack("cn")
    codes = {*found.documents, *found.ports, *found.lanes, *found.stations, *found.groups}
    codes |= {*found.national_issuers, *found.services, "HKG", "MAC", "TWN", "hk_resident"}
    codes |= {measure.id for measure in found.rulebook.measures}
    utopia = pack("utopia")
    codes -= {*utopia.documents, *utopia.ports, *utopia.lanes, *utopia.services, *SHARED}
    return one_of(codes)


@cache
def places_of_china() -> re.Pattern[str]:
    """The places and institutions by name, with those of the pack's ports and stations."""
    named = {*PLACES, *_names(pack("cn"))}
    han = {word for word in named if re.search(r"[\u4e00-\u9fff]", word)}
    return re.compile(one_of(named - han).pattern + "|" + "|".join([HAN, *map(re.escape, han)]))


def _names(found: Jurisdiction) -> Iterator[str]:
    yield from found.names.values()
    for port in found.ports.values():
        yield from port.names.values()
    for station in found.stations.values():
        yield from station.names.values()


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module but its docstrings, and every name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value
        if isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, node.id if isinstance(node, ast.Name) else node.attr


def shown(path: Path) -> str:
    """Name a file within the source."""
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_module_codes_no_country(path: Path) -> None:
    found = [
        (line, text)
        for line, text in literals(path)
        if text not in PERMITTED_LITERALS and codes_of_china().search(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", texts(), ids=shown)
def test_source_names_no_place_and_no_institution(path: Path) -> None:
    found = [
        (number, place[0])
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for place in places_of_china().finditer(line)
        if (shown(path), place[0]) not in PERMITTED_LINES
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.po")), ids=shown)
def test_catalogue_names_no_place_and_no_institution(path: Path) -> None:
    said = [text for one in polib.pofile(str(path)) for text in (one.msgid, one.msgstr)]
    assert [text for text in said if places_of_china().search(text)] == []


def test_default_jurisdiction_stands_in_the_settings_alone() -> None:
    naming = [shown(path) for path in modules() if any(text == "cn" for _, text in literals(path))]
    assert naming == ["project/settings.py"]


def test_search_would_find_a_country() -> None:
    for text in ("HRP", "CHN", "issuer == 'CHN'", "GONGBEI", "hmt"):
        assert codes_of_china().search(text), text
    for text in ("China", "中国公民", "in Hong Kong", "拨打12367", "Call 12367.", "拱北", "الصين"):
        assert places_of_china().search(text), text
    assert not codes_of_china().search("CHNX")
    assert not places_of_china().search("Chinese")


def test_what_is_permitted_is_still_there() -> None:
    said = {text for path in modules() for _, text in literals(path)}
    assert set(PERMITTED_LITERALS) <= said
    for file, place in PERMITTED_LINES:
        assert place in (SOURCE / file).read_text(encoding="utf-8"), file
