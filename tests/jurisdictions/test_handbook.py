"""The worked measure of the handbook is a measure: it loads, and its cases come out as written."""

import re

from guomen.core.policy.cel import export_rulebook
from guomen.core.policy.conflicts import conflicts
from guomen.jurisdiction import Jurisdiction, load_files, read_files
from tests.builders import ROOT

HANDBOOK = (ROOT / "docs" / "handbook" / "policy.md").read_text(encoding="utf-8")
SENIORS = "sea/U-2027-SENIORS.yaml"


def with_the_example() -> Jurisdiction:
    """Put the handbook's measure and cases into Utopia's pack."""
    measure, cases = (
        block
        for block in re.findall(r"```yaml\n(.*?)```", HANDBOOK, re.DOTALL)
        if "U-2027-SENIORS" in block
    )
    files = read_files(ROOT / "jurisdictions" / "utopia")
    added = {f"measures/{SENIORS}": measure, f"cases/{SENIORS}": cases}
    return load_files("utopia", {**files, **added})


def test_the_handbooks_measure_loads_and_its_cases_come_out_as_written() -> None:
    pack = with_the_example()
    found = pack.rulebook.measure("U-2027-SENIORS")
    assert found
    assert {case.expect for case in found.cases} == {True, False, None}


def test_the_handbook_tells_the_conflict_and_the_cel_that_come_out() -> None:
    book = with_the_example().rulebook
    told = [one for one in conflicts(book) if one.first == "U-2027-SENIORS trial"]
    assert [(one.kind, one.second, one.settled_by) for one in told] == [
        ("differ", "U-2018-CREWS a", "later")
    ]
    [cel] = [one.when for one in export_rulebook(book) if one.measure == "U-2027-SENIORS"]
    assert cel in HANDBOOK
