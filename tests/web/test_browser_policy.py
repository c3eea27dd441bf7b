"""In a real browser: the policy desk live, without scripts, right-to-left, and without fault for axe."""

from typing import Any

import pytest

from guomen.apps.policy import queries as policy
from guomen.project.replay_worker import run_next_replay
from tests.web.conftest import Counted
from tests.web.test_browser import console, faults, overflow, site

__all__ = ["console", "site"]

pytestmark = pytest.mark.browser

EXTENSION = "M-2023-0508-HRP"


def begun(page: Any, site: str, tag: str = "en") -> str:
    """Sign in, begin a draft of the published extension, and give its address."""
    page.goto(f"{site}/desk/policy/?lang={tag}")
    page.fill("#name", "policy1")
    page.fill("#password", "policy1-officer-1")
    page.click("main button.primary")
    page.wait_for_selector("#measure")
    page.select_option("#measure", EXTENSION)
    page.click("form:has(#measure) button")
    page.wait_for_selector("#check")
    return str(page.url)


def unfold(page: Any) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def test_the_check_follows_the_writing(site: str, page: Any, console: list[str]) -> None:
    begun(page, site)
    text = page.input_value("#text")
    page.fill("#text", text.replace("equals: HRP", "equals: HRPP"))
    page.wait_for_selector("#check a[data-line]")
    assert "Faults: 1" in page.inner_text("#check-told")
    page.click("#check a[data-line]")
    chosen = "document.activeElement.value.slice(document.activeElement.selectionStart, "
    assert "HRPP" in page.evaluate(f"{chosen}document.activeElement.selectionEnd)")
    page.fill("#text", text)
    page.wait_for_selector("#check [value=propose]")
    (file,) = policy.drafts(states=("open",), most=2)
    assert file.revision == 1


def test_without_scripts_the_button_checks(site: str, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    begun(page, site)
    text = page.input_value("#text")
    page.fill("#text", text.replace("equals: HRP", "equals: HRPP"))
    page.click("[value=check]")
    assert "Faults: 1" in page.inner_text("#check-state")
    assert "HRPP" in page.input_value("#text")
    context.close()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_a_draft_fit_a_phone_without_fault(site: str, page: Any, tag: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    address = begun(page, site, tag)
    for path in ("form/", "replays/", "", "/desk/policy/"):
        page.goto(f"{site}{path}" if path.startswith("/") else f"{address}{path}")
        unfold(page)
        assert overflow(page) == 0, path
        assert faults(page) == "", path
    assert page.evaluate("document.documentElement.dir") == ("rtl" if tag == "ar" else "ltr")


def test_faults_of_text_and_form_are_told_without_fault(site: str, page: Any) -> None:
    address = begun(page, site)
    page.goto(f"{address}form/")
    page.fill("[id='title.en']", "")
    page.click("[value=save]")
    page.wait_for_selector(".summary-wrong")
    assert faults(page) == ""
    page.click(".summary-wrong a")
    assert page.evaluate("document.activeElement.id") == "title.en"
    page.click("[value='add_test:0']")
    page.wait_for_selector("[id='c0.t2.fact']:focus")
    page.goto(address)
    page.fill("#text", "id: alone")
    page.wait_for_selector("#check a[data-line]")
    assert faults(page) == ""


def test_a_replay_is_followed_to_its_result(live_server: Any, counted: Counted, page: Any) -> None:
    address = begun(page, str(live_server.url))
    text = page.input_value("#text").replace("equals: HRP}", "equals: PPT_ORD}")
    page.fill("#text", text.replace("between: [2020-01-01, 2023-12-30]", "at_least: 2020-01-01"))
    page.click("[value=save]")
    page.wait_for_selector("#check .wrong")
    page.goto(f"{address}replays/")
    page.fill("#first", "2023-05-31")
    page.click("main button.primary")
    page.wait_for_selector("progress")
    assert faults(page) == ""
    assert run_next_replay()
    page.wait_for_selector(".chart")
    assert "helped 3" in page.inner_text("main .lead")
    unfold(page)
    assert overflow(page) == 0
    assert faults(page) == ""
