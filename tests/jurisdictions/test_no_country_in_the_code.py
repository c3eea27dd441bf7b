"""Keeps the code free of countries: what is Chinese stands in the pack, never in a condition."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ROOT, pack

SOURCE = ROOT / "src" / "guomen"
PERMITTED = {"CN_CARD_1LINE", "Asia/Shanghai"}
"""The layout's own name, and the example of a time zone in a sentence on how to mend a fault."""

READS_CHINESE = SOURCE / "core" / "claims"
"""Reads figures out of Chinese articles: a language, not a country."""


def modules() -> list[Path]:
    """The modules that must know no country."""
    return [
        path
        for storey in ("core", "apps", "api", "jurisdiction")
        for path in sorted((SOURCE / storey).rglob("*.py"))
        if READS_CHINESE not in path.parents and "migrations" not in path.parts
    ]


def words_of_china() -> re.Pattern[str]:
    """Everything by which the Chinese pack names its documents, ports, places and measures."""
    found = pack("cn")
    codes = {*found.documents, *found.ports, *found.lanes, *found.national_issuers}
    codes -= {"TRANSIT", "GROUP", "CREW", "GREEN", "TRAIN", "SHIP", "BORDER", "PRIORITY", "FACE"}
    codes |= {
        "China",
        "Chinese",
        "HKG",
        "MAC",
        "TWN",
        "Hong Kong",
        "Macao",
        "中国",
        "中华",
        "回乡证",
    }
    codes |= {"mainland", "hk_resident", "12367"}
    ordered = sorted(codes, key=len, reverse=True)
    return re.compile(
        r"(?<![A-Za-z0-9_])(" + "|".join(map(re.escape, ordered)) + r")(?![A-Za-z0-9_])"
    )


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module but its docstrings, and every name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value
        if isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, node.id if isinstance(node, ast.Name) else node.attr


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_module_names_no_country(path: Path) -> None:
    pattern = words_of_china()
    found = [
        (line, text)
        for line, text in literals(path)
        if text not in PERMITTED and not any(one in text for one in PERMITTED)
        if pattern.search(text)
    ]
    assert found == []


def test_search_would_find_a_country() -> None:
    pattern = words_of_china()
    for text in ("HRP", "CHN", "issuer == 'CHN'", "GONGBEI", "中国公民", "Hong Kong"):
        assert pattern.search(text), text
    assert not pattern.search("CHNX")
