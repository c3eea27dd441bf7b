"""In a real browser: the lane by keyboard alone, and pages at 320 px without a fault for axe."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.nation import NationForTests
from tests.web.conftest import EXTENDED_PERMIT, PASSPORT

pytestmark = pytest.mark.browser

CHECKED = (
    "?document.type=HRP&document.expiry_date.day=30&document.expiry_date.month=6"
    "&document.expiry_date.year=2022&on.day=30&on.month=12&on.year=2023"
)
WRONG = "?document.expiry_date.day=31&document.expiry_date.month=2&document.expiry_date.year=2022"


@pytest.fixture
def site(live_server: Any, committed: NationForTests) -> str:
    """Give the address of a running installation."""
    return str(live_server.url)


@pytest.fixture
def signed_in(site: str, page: Any) -> Any:
    """Give a page at the lane of the officer of Gongbei."""
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"{site}/desk/lane/?lang=en")
    page.fill("#name", "lane")
    page.fill("#password", "lane-officer-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/")
    page.select_option("#lane_kind", "STAFF_CN")
    page.click("main button.primary")
    wait_for_focus(page, "mrz")
    return page


def wait_for_focus(page: Any, what: str) -> None:
    """Wait until something has the focus, by its id or value."""
    page.wait_for_selector(f"[id='{what}']:focus, [value='{what}']:focus")


def focused(page: Any) -> str:
    """Name what has the focus."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.value"))


def faults(page: Any) -> str:
    """Tell what axe finds wrong with the page."""
    found = Axe().run(page)
    return "" if found.violations_count == 0 else str(found.generate_report())


def overflow(page: Any) -> int:
    """Tell by how many pixels the page is wider than the window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.fixture
def console(page: Any) -> Iterator[list[str]]:
    """Gather what the browser complains about; the content policy would show here."""
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    yield told
    assert not [one for one in told if "Content Security Policy" in one]


def test_one_key_passes_one_traveller(signed_in: Any, console: list[str]) -> None:
    page = signed_in
    page.keyboard.type(PASSPORT)
    wait_for_focus(page, "pass")
    page.keyboard.press("F8")
    page.wait_for_selector(".verdict-last.verdict-pass")
    wait_for_focus(page, "mrz")
    assert page.input_value("#mrz") == ""


def test_enter_on_the_focused_key_passes_too(signed_in: Any) -> None:
    page = signed_in
    page.keyboard.type(PASSPORT)
    wait_for_focus(page, "pass")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict-last.verdict-pass")


def test_a_second_scan_does_not_press_the_pass_key(signed_in: Any) -> None:
    from guomen.apps.border.models import Passage

    page = signed_in
    page.keyboard.type(PASSPORT)
    wait_for_focus(page, "pass")
    page.keyboard.type(EXTENDED_PERMIT)
    page.wait_for_selector(".verdict-refer")
    assert Passage.objects.count() == 0


def test_what_is_referred_opens_with_f9_alone(signed_in: Any) -> None:
    page = signed_in
    page.keyboard.type(EXTENDED_PERMIT)
    wait_for_focus(page, "refer")
    page.keyboard.press("F8")
    assert page.is_visible(".shut")
    page.keyboard.press("F9")
    page.wait_for_selector(".verdict-last.verdict-refer")


def test_the_lane_has_no_fault_for_axe(signed_in: Any) -> None:
    page = signed_in
    assert faults(page) == ""
    page.keyboard.type(EXTENDED_PERMIT)
    page.wait_for_selector(".verdict-refer")
    assert faults(page) == ""


def test_the_lane_works_without_scripts(site: str, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/desk/lane/?lang=en")
    page.fill("#name", "lane")
    page.fill("#password", "lane-officer-1")
    page.click("main button.primary")
    page.click("main button.primary")
    page.fill("#mrz", PASSPORT)
    page.click("main form button[type=submit]")
    page.click("button[value=pass]")
    assert "PASSED" in page.inner_text(".verdict-last")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["zh-Hans", "ar"])
@pytest.mark.parametrize("path", ["", f"services/hrp-extension/{CHECKED}", "measures/"])
def test_pages_fit_a_narrow_screen_without_fault(
    site: str, page: Any, console: list[str], tag: str, path: str, scheme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/{tag}/{path}")
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"  # styled at all
    assert overflow(page) == 0
    assert faults(page) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["zh-Hans", "ar"])
def test_errors_are_told_and_lead_to_the_field(site: str, page: Any, tag: str, scheme: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/{tag}/services/hrp-extension/{WRONG}")
    assert faults(page) == ""
    page.click(".summary-wrong a")
    assert focused(page).startswith("document.expiry_date.")


def test_arabic_pages_run_from_the_other_side(site: str, page: Any) -> None:
    page.set_viewport_size({"width": 1024, "height": 640})
    middle = "r => r.getBoundingClientRect().x + r.getBoundingClientRect().width / 2"
    page.goto(f"{site}/en/")
    english = page.eval_on_selector(".brand", middle)
    page.goto(f"{site}/ar/")
    arabic = page.eval_on_selector(".brand", middle)
    assert english < 512 < arabic
