"""The style sheet: contrast of its tokens in light and dark, and sides that mirror by themselves."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from guomen.web.components.chart import Month, bar_chart, months_beside
from tests.nation import NationForTests

STATIC = Path(settings.STATICFILES_DIRS[0]) / "guomen"
CSS = (STATIC / "guomen.css").read_text(encoding="utf-8")

PAIRS = (
    *product(("ink", "soft-ink", "link"), ("page", "panel")),
    *product(("ink",), ("go-panel", "care-panel", "stop-panel")),
    *product(("go-text", "care-text", "stop-text"), ("page",)),
    ("go-text", "go-panel"),
    ("care-text", "care-panel"),
    ("stop-text", "stop-panel"),
    ("head-ink", "head"),
    ("go-ink", "go"),
    ("care-ink", "care"),
    ("focus-ink", "focus"),
)
EDGES = (("edge", "page"), ("bar", "page"), ("bar", "panel"), ("stop", "page"), ("go", "page"))


def tokens(theme: str) -> dict[str, str]:
    """Read the colours of a theme; the dark one replaces those of the light one."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    chosen = blocks[:1] if theme == "light" else blocks[:2]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", "".join(chosen)))


def luminance(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_letters_stand_out(theme: str, text: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_bars_stand_out(theme: str, edge: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[edge], found[ground]) >= 3


def test_both_themes_name_the_same_colours() -> None:
    light, dark = tokens("light"), tokens("dark")
    assert len(light) > 20
    unchanged = {name for name in light if light[name] == dark[name]}
    assert unchanged <= {"focus", "focus-ink", "head-ink"}


def test_sides_are_logical() -> None:
    without_comments = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    assert re.findall(r"\b(?:left|right)\b", without_comments) == []
    assert not re.search(r"(?:^|[;{ ])(?:margin|padding|border)-(?:top|bottom)\b", CSS)


def test_nothing_comes_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"(?:https?:)?//[a-z]", text)
        assert found in ([], ["http://w"]), path  # the name of SVG itself


def test_no_page_has_inline_style_or_script(client: Client, nation: NationForTests) -> None:
    templates = Path(settings.TEMPLATES[0]["DIRS"][0]).rglob("*.html")
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>", text), path


def test_what_a_page_loads_is_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.iterdir()) < 30_000


MONTHS = (Month("2023-01", "Jan", 80, 20), Month("2023-02", "Feb", 100, None))


def test_bars_are_as_tall_as_their_values() -> None:
    chart = bar_chart(MONTHS, str, mirrored=False)
    now = [bar for bar in chart.bars if bar.series == "now"]
    assert len(chart.bars) == 3
    assert float(now[0].height) / float(now[1].height) == pytest.approx(0.8, abs=0.01)


def test_a_mirrored_chart_is_the_mirror_image() -> None:
    plain, mirror = (bar_chart(MONTHS, str, mirrored=one) for one in (False, True))
    for one, other in zip(plain.bars, mirror.bars, strict=True):
        edges = [float(part.rstrip("%")) for part in (one.x, one.width, other.x)]
        assert sum(edges) == pytest.approx(100, abs=0.05)


def test_an_empty_chart_does_not_divide_by_nothing() -> None:
    assert bar_chart((Month("2023-01", "Jan", 0, 0),), str, mirrored=False).bars


def test_months_stand_beside_those_of_the_year_before() -> None:
    found = months_beside({"2023-02": 4}, {"2022-01": 3, "2022-02": 2}, lambda code: code)
    assert [(one.code, one.value, one.before) for one in found] == [
        ("2023-01", 0, 3),
        ("2023-02", 4, 2),
    ]
