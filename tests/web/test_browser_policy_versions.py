"""In a real browser: versions, the review, closing, and a measure's page; without a fault for axe."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.nation import NationForTests
from tests.web.policy import EXTENSION, propose, published_texts
from tests.web.test_browser import console, faults, overflow, site

__all__ = ["console", "site"]

pytestmark = pytest.mark.browser

CLOSE = "desk/policy/measures/R-EEP-G-HKG/close/"
LAST_DAY = "last.day=31&last.month=12&last.year=2026"

SignIn = Callable[[str], Any]


@pytest.fixture
def sign_in(site: str, page: Any) -> SignIn:
    """Sign an officer in; give the page."""

    def signed_in(name: str) -> Any:
        page.goto(f"{site}/desk/login/?lang=en")
        page.fill("#name", name)
        page.fill("#password", f"{name}-officer-1")
        page.click("main button.primary")
        page.wait_for_url("**/desk/")
        return page

    return signed_in


@pytest.fixture
def waiting(committed: NationForTests) -> str:
    """Give the digest of a proposal with a new measure that disagrees with another."""
    text, cases = (one.replace(EXTENSION, "M-TWIN") for one in published_texts())
    twin = text.replace("deemed_expiry_date: 2023-12-31", "deemed_expiry_date: 2024-12-31")
    return propose(committed, (twin, cases))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["zh-Hans", "ar"])
def test_pages_of_versions_fit_a_narrow_screen_without_fault(
    site: str, sign_in: SignIn, waiting: str, console: list[str], tag: str, scheme: str
) -> None:
    page = sign_in("policy2")
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    version = f"desk/policy/versions/{waiting}/"
    paths = ("desk/policy/versions/", version, f"{version}publish/", f"{version}withdraw/")
    for path in paths:
        page.goto(f"{site}/{path}?lang={tag}")
        assert (path, overflow(page), faults(page)) == (path, 0, "")


@pytest.mark.parametrize("tag", ["zh-Hans", "ar"])
def test_closing_a_measure_fits_a_narrow_screen_without_fault(
    site: str, sign_in: SignIn, console: list[str], tag: str
) -> None:
    page = sign_in("policy1")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/desk/policy/measures/?lang={tag}")
    assert (overflow(page), faults(page)) == (0, "")
    for query in ("", f"what=clause:c&{LAST_DAY}", LAST_DAY):
        page.goto(f"{site}/{CLOSE}?{query}&lang={tag}")
        assert (query, overflow(page), faults(page)) == (query, 0, "")


@pytest.mark.parametrize("tag", ["zh-Hans", "ar"])
@pytest.mark.parametrize("measure", [EXTENSION, "M-2024-1217-240"])
def test_the_page_of_a_measure_fits_a_narrow_screen_without_fault(
    site: str, page: Any, console: list[str], measure: str, tag: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/{tag}/measures/{measure}/")
    assert (overflow(page), faults(page)) == (0, "")


def test_publishing_works_with_the_keyboard_alone(sign_in: SignIn, site: str, waiting: str) -> None:
    page = sign_in("policy2")
    page.goto(f"{site}/desk/policy/versions/{waiting}/?lang=en")
    page.focus("a.button.primary >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/publish/")
    page.focus("main form button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{waiting}/")
    assert "This rulebook decides now" in page.inner_text("main")
