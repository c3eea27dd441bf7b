"""What all tests share: a founded nation, append-only tables that can be cleaned up, no network."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import settings

from guomen.apps.ledger import append_only
from guomen.language.catalogues import compile_all
from tests.nation import NationForTests, found_nation

# A property holds or does not; how long an example takes says how busy the machine is.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop beside the ORM
_LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    from django.conf import settings

    compile_all(settings.LOCALE_PATHS[0])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Found the nation once; each test's changes are rolled back to here."""
    with django_db_blocker.unblock():
        found_nation()


@pytest.fixture
def nation(db: None) -> NationForTests:
    """Give the founded nation; after a test that emptied the tables it is founded anew."""
    return found_nation()


@pytest.fixture(autouse=True)
def _append_only_can_be_cleaned(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the triggers for the clean-up of tests that commit, and put them on again before."""
    committing = {"transactional_db", "live_server", "committed"} & set(request.fixturenames)
    if not committing:
        yield
        return
    request.getfixturevalue("transactional_db")
    append_only.install(connection)
    yield
    append_only.lift(connection)


@pytest.fixture
def committed(transactional_db: None) -> NationForTests:
    """Give the nation to a test whose transactions really commit."""
    return found_nation()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests reach this machine alone."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOCAL:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the Chromium that the suite was given; skip where there is none."""
    path = os.environ.get("GUOMEN_CHROMIUM", "/usr/bin/chromium")
    if not path or not os.path.exists(path):
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """Give a fresh page in a fresh context."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()
