"""In a real browser: two officers set an alert without scripts, and no page of it has a fault for axe."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guomen import clock
from tests.web.conftest import EXTENDED_PERMIT
from tests.web.test_browser import console, faults, overflow, site, wait_for_focus

__all__ = ["console", "site"]

pytestmark = pytest.mark.browser


def sign_in(page: Any, site: str, name: str, path: str, tag: str = "en") -> None:
    """Sign an officer in at a page, in place of whoever was."""
    page.context.clear_cookies()
    page.goto(f"{site}{path}?lang={tag}")
    page.fill("#name", name)
    page.fill("#password", f"{name}-officer-1")
    page.click("main button.primary")


def fill_day(page: Any, name: str, days: int) -> None:
    """Fill in a day that lies so many days ahead."""
    day = clock.today(ZoneInfo("Asia/Shanghai")) + timedelta(days=days)
    for part in ("day", "month", "year"):
        page.fill(f"[id='{name}.{part}']", str(getattr(day, part)))


def propose(page: Any, site: str, tag: str = "en") -> str:
    """Propose an alert on the permit; give its address."""
    sign_in(page, site, "alerts1", "/desk/alerts/new/", tag)
    page.click("main button.primary")
    page.wait_for_selector(".summary-wrong")
    for name, code in (
        ("document_kind", "HRP"),
        ("kind", "misused_identity"),
        ("direction", "both"),
        ("instruction", "check_identity"),
    ):
        page.select_option(f"#{name}", code)
    page.fill("#number", "H00000000")
    page.fill("#legal_basis", "Order 7")
    page.fill("#authority", "Duty desk")
    page.fill("#name", "CHAN, TAI MAN")
    for name, days in (("valid_from", 0), ("until", 90), ("review_on", 60)):
        fill_day(page, name, days)
    return str(page.url)


def confirm(page: Any, site: str, address: str, tag: str = "en") -> None:
    """Confirm the proposal as the second officer."""
    sign_in(page, site, "alerts2", address.removeprefix(site).partition("?")[0], tag)
    page.fill("#number", "H00000000")
    page.fill("#name", "CHAN TAI MAN")


def test_alert_is_set_and_met_without_scripts(site: str, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    propose(page, site)
    page.click("main button.primary")
    confirm(page, site, page.url)
    page.click("main button.primary")
    assert "in force" in page.inner_text("main")
    sign_in(page, site, "lane", "/desk/lane/")
    page.select_option("#lane_kind", "STAFF_HMT")
    page.click("main button.primary")
    page.fill("#mrz", EXTENDED_PERMIT)
    page.click("main form button[type=submit]")
    page.click("button[value=refer]")
    page.goto(f"{site}/desk/referrals/?lang=en")
    page.click("tbody a")
    page.select_option("#purpose", "decide_referral")
    page.click("form[action*=alerts] button")
    assert "rightful holder is a victim" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_desk_has_no_fault_for_axe_and_fits_a_phone(
    site: str, page: Any, console: list[str], tag: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    propose(page, site, tag)
    assert (faults(page), overflow(page)) == ("", 0)
    page.click("main button.primary")
    page.wait_for_url("**/alerts/*-*/")
    confirm(page, site, page.url, tag)
    assert (faults(page), overflow(page)) == ("", 0)
    page.click("main button.primary")
    page.wait_for_selector("#legal_basis")
    assert (faults(page), overflow(page)) == ("", 0)
    page.goto(f"{site}/desk/alerts/?lang={tag}")
    assert (faults(page), overflow(page)) == ("", 0)
    sign_in(page, site, "lane", "/desk/lane/", tag)
    page.select_option("#lane_kind", "STAFF_HMT")
    page.click("main button.primary")
    wait_for_focus(page, "mrz")
    page.keyboard.type(EXTENDED_PERMIT)
    page.wait_for_selector(".verdict-refer")
    page.click("button[value=refer]")
    page.wait_for_selector(".verdict-last")
    page.goto(f"{site}/desk/referrals/?lang={tag}")
    page.click("tbody a")
    page.wait_for_selector("#purpose")
    assert (faults(page), overflow(page)) == ("", 0)
    page.select_option("#purpose", "decide_referral")
    page.click("form[action*=alerts] button")
    page.wait_for_selector(".callout")
    assert (faults(page), overflow(page)) == ("", 0)
