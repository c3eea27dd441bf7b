"""The generated reference says what the code and the pack say."""

import pytest

from guomen.jurisdiction import load_jurisdiction
from guomen.project.reference import pages
from tests.architecture.source import ROOT

PAGES = pages(load_jurisdiction(ROOT / "jurisdictions" / "cn"))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_on_disk_is_what_would_be_written_now(name: str) -> None:
    on_disk = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert on_disk == PAGES[name], "run ./guomen reference"
