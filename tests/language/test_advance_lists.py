"""Keeps a sentence for every finding of a list, and for every way in which one cannot be read."""

import re
from pathlib import Path

import pytest

from guomen.core import messages
from guomen.core.messages import CellFinding, Finding
from guomen.core.refusal import Fact
from guomen.language.sentences.advance_lists import SENTENCES, say_list_finding
from guomen.language.sentences.refusals import SENTENCES as REFUSALS
from guomen.language.sentences.refusals import say_refusal

FOLDER = Path(messages.__path__[0])
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py")))
TABLES = "\n".join(
    (FOLDER / name).read_text(encoding="utf-8") for name in ("tables.py", "cells.py")
)


def codes_of_messages() -> set[str]:
    told = re.findall(
        r'told\(\s*"(?:message\.)?(\w+)"|_tell\(\s*"(\w+)"', SOURCE.replace(TABLES, "")
    )
    return {f"message.{one or other}" for one, other in told}


def codes_of_tables() -> set[str]:
    raised = re.findall(
        r'CellUnreadable\("(\w+)"|_tell\("(\w+)"|word_of\(value, \w+, "(\w+)"', TABLES
    )
    return {f"table.{one or two or three}" for one, two, three in raised}


def test_every_finding_of_a_table_has_a_sentence() -> None:
    assert len(codes_of_tables()) > 12
    assert codes_of_tables() - set(SENTENCES) == set()


def test_every_finding_of_a_message_has_a_sentence() -> None:
    known = {code.removeprefix("table.").removeprefix("message.") for code in SENTENCES}
    found = {code.removeprefix("message.") for code in codes_of_messages()}
    assert len(found) > 25
    assert found - known == set()


def test_every_reason_why_a_message_cannot_be_read_has_a_sentence_of_its_own() -> None:
    named = re.findall(r'unreadable\(\s*"(\w+)"|MessageUnreadable\(\s*why="(\w+)"', SOURCE)
    reasons = {one or other for one, other in named}
    assert len(reasons) > 12
    assert {one for one in reasons if f"message.unreadable.{one}" not in REFUSALS} == {"header"}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_finding_is_said_with_its_place(code: str) -> None:
    finding: Finding | CellFinding
    if code.startswith("message."):
        finding = Finding(code=code, segment=4, tag="BGM", position=17, found="1", assumed="2")
    else:
        finding = CellFinding(code=code, row=4, column="C", field="sex", found="A")
    said = say_list_finding(finding, "en")
    assert said.startswith(("Segment 4 (BGM), character 17: ", "Row 4, column C: "))
    assert "%(" not in said
    assert said.endswith(".")


def test_refusal_names_element_component_and_how_to_mend_it() -> None:
    facts: dict[str, Fact] = {
        "why": "number",
        "segment": 4,
        "tag": "CNT",
        "element": 2,
        "component": 2,
        "position": 9,
    }
    said = say_refusal("message.unreadable", facts, "en")
    assert said.startswith("Segment 4 (CNT), character 9: element 2, component 2, is no number")
    assert said.endswith("Correct it.")
