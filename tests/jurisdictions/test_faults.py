"""Keeps what the reader refuses: each fault with its file, its line, what is wrong and how to mend it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from guomen.jurisdiction import Fault, PackRefused, load_files, read_files
from tests.builders import ROOT

UTOPIA = read_files(ROOT / "jurisdictions" / "utopia")
MEASURE = "measures/documents/U-2012-FIRE.yaml"
NEIGHBOURS = "measures/visitors/U-2010-NEIGHBOURS.yaml"
CASES = "cases/documents/U-2012-FIRE.yaml"
SERVICE = "services/passport-after-the-fire.yaml"
BULLETIN = "bulletins/half-year.yaml"
FIGURE = "figures/persons.visitors.yaml"


def edited(path: str, old: str, new: str) -> dict[str, str]:
    """Give Utopia's files with one passage replaced."""
    assert old in UTOPIA[path], f"{old!r} does not stand in {path}"
    return {**UTOPIA, path: UTOPIA[path].replace(old, new, 1)}


def faults_in(files: Mapping[str, str]) -> tuple[Fault, ...]:
    """Load a pack that must be refused."""
    with pytest.raises(PackRefused) as caught:
        load_files("utopia", files)
    return caught.value.faults


def line_of(path: str, text: str, files: Mapping[str, str]) -> int:
    """Find the line of a text, from 1."""
    lines = files[path].splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_pack_without_a_fault_loads() -> None:
    assert load_files("utopia", UTOPIA).code == "utopia"


FAULTS = {
    "unknown fact": (MEASURE, "fact: document.type,", "fact: document.tpye,",
                     "`document.tpye` is not declared", "declare it in facts.yaml"),
    "wrong type": (NEIGHBOURS, "at_most: 14", "at_most: fortnight",
                   "`fortnight` is not a whole number", "write digits only"),
    "unreachable code": (MEASURE, "equals: PPT_UTO", "equals: PPT_UTP",
                         "`PPT_UTP` can never be the value of document.type", "use one of the codes"),
    "unreachable prefix": (MEASURE, "equals: PPT_UTO", "starts_with: ZZ",
                           "no code of document.type begins with `ZZ`", "correct the prefix"),
    "no order": (MEASURE, "equals: PPT_UTO", "at_least: PPT_UTO",
                 "document.type is of type code and has no order", "use equals or one_of"),
    "no text": (NEIGHBOURS, "at_most: 14", "starts_with: 1",
                "crossing.stay_days is of type integer, no text", "compare it by value"),
    "overlapping clauses": (NEIGHBOURS, "until: 2024-01-01", "until: 2024-01-02",
                            "clause `b` overlaps clause `a`", "close the earlier with `until:`"),
    "clause twice": (NEIGHBOURS, "- id: b", "- id: a", "clause `a` is there twice", "its own id"),
    "empty period": (NEIGHBOURS, "until: 2024-01-01", "until: 2010-01-01",
                     "`until` is not after `from`", "first day on which it no longer holds"),
    "missing language": (MEASURE, "title:\n  en:", "title:\n  de:",
                         "the text in `en` is missing", "add `en: …`"),
    "empty text": (MEASURE, "title:\n  en: Passports extended after the fire at the printing office",
                   "title:\n  en: ''", "the text in `en` is missing", "add `en: …`"),
    "unknown key": (MEASURE, "family: documents", "famly: documents",
                    "`famly` is not known here", "use one of:"),
    "missing key": (MEASURE, "family: documents\n", "", "`family` is missing", "add `family:`"),
    "same key twice": (MEASURE, "family: documents", "family: documents\nfamily: others",
                       "`family` is written twice", "keep one of them"),
    "unknown family": (MEASURE, "family: documents", "family: martians",
                       "`martians` is not known here", "documents"),
    "unknown question": (MEASURE, "question: document.validity", "question: document.colour",
                         "`document.colour` is not known here", "use one of:"),
    "unknown confidence": (MEASURE, "confidence: V", "confidence: certain",
                           "`certain` is not known here", "K-high"),
    "no clauses": (MEASURE, UTOPIA[MEASURE].split("clauses:")[1], " []\n",
                   "a measure needs a clause", "add one with `in_force:`"),
    "day of no calendar": (MEASURE, "from: 2012-05-01", "from: 2012-02-30",
                           "`2012-02-30` is not a day", "write YYYY-MM-DD"),
    "day in another spelling": (MEASURE, "from: 2012-05-01", "from: 20120501",
                                "`20120501` is not a day", "write YYYY-MM-DD"),
    "week for a day": (MEASURE, "from: 2012-05-01", "from: 2012-W18-2",
                       "`2012-W18-2` is not a day", "write YYYY-MM-DD"),
    "number in another spelling": (NEIGHBOURS, "at_most: 14", "at_most: 1_4",
                                   "`1_4` is not a whole number", "write digits only"),
    "two tests in one": (MEASURE, "equals: PPT_UTO", "equals: PPT_UTO, one_of: [PPT_UTO]",
                         "a test names one fact and one comparison", "split it under `all:`"),
    "unknown operator": (MEASURE, "equals: PPT_UTO", "is: PPT_UTO", "`is` is not known here", "equals"),
    "empty any": (MEASURE, "all:", "any: []\n      all:", "one of all, any, not or a test", "nest"),
    "between one": (MEASURE, "between: [2012-01-01, 2012-12-30]", "between: [2012-01-01]",
                    "`between` takes two ends", "both inclusive"),
    "between backwards": (MEASURE, "between: [2012-01-01, 2012-12-30]",
                          "between: [2012-12-30, 2012-01-01]", "first end is after the last", "swap"),
    "value twice": (NEIGHBOURS, "one_of: [QMA, QMB]", "one_of: [QMA, QMA]",
                    "a value is there twice", "keep one of them"),
    "empty list": (NEIGHBOURS, "one_of: [QMA, QMB]", "one_of: []",
                   "an empty list is never met", "name at least one value"),
    "list for a value": (MEASURE, "equals: PPT_UTO", "equals: [PPT_UTO]",
                         "a single value is expected here", "write one value"),
    "value for a list": (NEIGHBOURS, "one_of: [QMA, QMB]", "one_of: QMA",
                         "a list is expected here", "write `- …` lines"),
    "undeclared fact in a case": (CASES, "document.type: PPT_UTO", "document.typ: PPT_UTO",
                                  "`document.typ` is not declared", "correct it"),
    "unknown verdict": (CASES, "expect: met", "expect: yes", "`yes` is not known here", "met"),
    "service asks what nobody declares": (SERVICE, "document.expiry_date]", "document.colour]",
                                          "`document.colour` is not declared", "facts.yaml"),
    "service with six questions": (
        SERVICE, "asks: [document.type, document.expiry_date]",
        ("asks: [document.type, document.expiry_date, person.age, person.category, "
        "crossing.purpose, crossing.stay_days]"), "6 questions are too many", "ask at most five"),
    "service without a text": (SERVICE, "  summary:", "  sumary:", "`sumary` is not known here", "summary"),
    "service without a language": (SERVICE, "    ru:", "    uk:", "the text in `ru` is missing", "add `ru"),
    "unit that nobody declares": (FIGURE, "unit: person_time", "unit: heads",
                                  "`heads` is not known here", "person_time"),
    "event that does not exist": (FIGURE, "kind: passage.cleared", "kind: passage.cleansed",
                                  "`passage.cleansed` is not known here", "passage.cleared"),
    "column that does not exist": (FIGURE, "group: [visitors]", "tribe: [visitors]",
                                   "`tribe` is not known here", "group"),
    "port without a station": ("organisation/ports.yaml", "station: CAPITAL", "station: MOON",
                               "`MOON` is not known here", "CAPITAL"),
    "pattern that is none": ("documents.yaml", 'pattern: "[A-Z0-9]{9}"', 'pattern: "["',
                             "not a pattern", "write a regular expression"),
    "layout that does not exist": ("documents.yaml", "format: TD3", "format: TD9",
                                   "`TD9` is not known here", "TD3"),
    "group of nobody": ("documents.yaml", "group: citizens", "group: martians",
                        "`martians` is not known here", "citizens"),
    "zone that is none": ("jurisdiction.yaml", "zone: UTC", "zone: Utopia/Amaurot",
                          "`Utopia/Amaurot` is no time zone", "IANA"),
    "licence of no list": ("jurisdiction.yaml", "id: Apache-2.0", "id: free for all",
                           "`free for all` is no SPDX identifier", "Apache-2.0"),
    "licence without its text": ("jurisdiction.yaml", "url: https://www.apache.org", "url: www.apache.org",
                                 "is no address", "https://"),
    "family without a language": ("codes/families.yaml", "  ru:", "  uk:",
                                  "the text in `ru` is missing", "add `ru"),
    "reader of a group of nobody": ("codes/readers.yaml", "{citizens:", "{martians:",
                                    "`martians` is not known here", "citizens"),
    "reader of no language": ("codes/readers.yaml", "citizens: en", "citizens: tlh",
                              "`tlh` is not known here", "zh-Hans"),
    "reader of two languages": ("codes/readers.yaml", "es: [QMB]", "es: [QMB, QMA]",
                                "`QMA` stands under two languages", "keep it under one"),
    "fact of no type": ("facts.yaml", "type: integer", "type: float",
                        "`float` is not known here", "integer"),
    "supplier that is none": ("facts.yaml", "supplied_by: lane", "supplied_by: oracle",
                              "`oracle` is not known here", "applicant"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told_with_file_line_and_how_to_mend_it(name: str) -> None:
    path, old, new, what, mend = FAULTS[name]
    files = edited(path, old, new)
    first = faults_in(files)[0]
    assert first.file == f"utopia/{path}"
    assert what in first.what
    assert mend in first.mend
    assert 1 <= first.line <= files[path].count("\n") + 1
    assert str(first) == f"{first.file}:{first.line}: {first.what}. To mend: {first.mend}"


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("unknown fact", "document.tpye"),
        ("wrong type", "at_most: fortnight"),
        ("unreachable code", "PPT_UTP"),
        ("day of no calendar", "2012-02-30"),
        ("unknown key", "famly"),
        ("overlapping clauses", "id: b"),
        ("undeclared fact in a case", "document.typ:"),
        ("event that does not exist", "passage.cleansed"),
        ("service with six questions", "asks:"),
        ("port without a station", "MOON"),
    ],
)
def test_line_is_the_one_where_the_fault_stands(name: str, marked: str) -> None:
    path, old, new, _, _ = FAULTS[name]
    files = edited(path, old, new)
    assert faults_in(files)[0].line == line_of(path, marked, files)


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    files = edited(MEASURE, "family: documents", "family: [documents")
    [fault, *_] = faults_in(files)
    assert (fault.file, "not YAML" in fault.what) == (f"utopia/{MEASURE}", True)
    assert fault.line >= line_of(MEASURE, "[documents", files)


def test_control_character_is_told_as_unreadable() -> None:
    files = edited(MEASURE, "family: documents", "family: \x00")
    assert "not readable" in faults_in(files)[0].what


def test_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "utopia"
    folder.mkdir()
    (folder / "facts.yaml").write_bytes("# 事实\nname: 国门\n".encode("gb18030"))
    with pytest.raises(PackRefused) as caught:
        read_files(folder)
    [fault] = caught.value.faults
    assert (fault.file, fault.line) == ("utopia/facts.yaml", 1)
    assert (fault.what, fault.mend) == ("the file is not UTF-8", "save it as UTF-8 YAML")


@pytest.mark.parametrize("text", ["", "# only a remark\n"])
def test_empty_file_is_a_fault(text: str) -> None:
    [fault, *_] = faults_in({**UTOPIA, MEASURE: text})
    assert (fault.what, fault.line) == ("the file is empty", 1)


@pytest.mark.parametrize(
    "path",
    ["jurisdiction.yaml", "facts.yaml", "questions.yaml", "documents.yaml", "codes/groups.yaml",
     "codes/units.yaml", "organisation/stations.yaml", "organisation/ports.yaml",
     "organisation/lanes.yaml"],
)  # fmt: skip
def test_missing_file_is_a_fault(path: str) -> None:
    files = {name: text for name, text in UTOPIA.items() if name != path}
    [fault] = faults_in(files)
    assert (fault.file, fault.what) == (f"utopia/{path}", "the file is missing")


def test_case_that_comes_out_otherwise_is_a_fault_with_its_number() -> None:
    old = "expect: met"
    [fault] = faults_in(edited(CASES, old, "expect: unknown"))
    assert "U-2012-FIRE: case 1 expects unknown and comes out met" in fault.what
    assert fault.file == f"utopia/{CASES}"
    assert fault.line > 1
    assert fault.mend == "correct the condition or the case"


@pytest.mark.parametrize(
    ("old", "words"), [("expect: met", "lets through"), ("expect: not_met", "refuses")]
)
def test_measure_without_a_case_on_each_side_is_a_fault(old: str, words: str) -> None:
    files = {**UTOPIA, CASES: UTOPIA[CASES].replace(old + "\n", "expect: unknown\n")}
    [fault, *_] = faults_in(files)
    assert f"measure U-2012-FIRE has no case that it {words}" in fault.what
    assert fault.mend == "add one to cases/documents/U-2012-FIRE.yaml"


def test_measure_without_cases_is_a_fault() -> None:
    files = {name: text for name, text in UTOPIA.items() if name != CASES}
    [fault] = faults_in(files)
    assert "has no case that it lets through" in fault.what


def test_cases_of_no_measure_are_a_fault() -> None:
    files = {**UTOPIA, "cases/x.yaml": UTOPIA[CASES].replace("U-2012-FIRE", "U-GONE")}
    [fault] = faults_in(files)
    assert "`U-GONE`, which is no measure" in fault.what


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (CASES, "U-2012-FIRE"),
        (MEASURE, "U-2012-FIRE"),
        (SERVICE, "passport-after-the-fire"),
        (FIGURE, "persons.visitors"),
        (BULLETIN, "half-year"),
    ],
)
def test_second_file_of_the_same_name_is_a_fault_and_replaces_nothing(path: str, name: str) -> None:
    folder = path.split("/")[0]
    copy = f"{folder}/zz-copy.yaml"
    found = [fault for fault in faults_in({**UTOPIA, copy: UTOPIA[path]}) if "twice" in fault.what]
    assert [(one.file, one.what) for one in found] == [
        (f"utopia/{copy}", f"`{name}` is given twice in {folder}/")
    ]


def test_faults_of_all_files_are_told_at_once() -> None:
    files = edited(MEASURE, "family: documents", "famly: documents")
    files = {**files, NEIGHBOURS: UTOPIA[NEIGHBOURS].replace("at_most: 14", "at_most: x")}
    files = {**files, SERVICE: UTOPIA[SERVICE].replace("    ru:", "    uk:", 1)}
    refused = {fault.file for fault in faults_in(files)}
    assert refused == {f"utopia/{path}" for path in (MEASURE, NEIGHBOURS, SERVICE)}


def test_refusal_lists_every_fault_a_line_and_names_the_first() -> None:
    files = edited(MEASURE, "family: documents", "famly: documents")
    files = {**files, SERVICE: UTOPIA[SERVICE].replace("    ru:", "    uk:", 1)}
    with pytest.raises(PackRefused) as caught:
        load_files("utopia", files)
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    assert caught.value.facts == {"faults": 2, "first": str(caught.value.faults[0])}


def test_country_code_of_norway_is_no_boolean() -> None:
    files = {path: text.replace("QMB", "NO") for path, text in UTOPIA.items()}
    measure = load_files("utopia", files).rulebook.measure("U-2010-NEIGHBOURS")
    assert measure is not None
    assert "'NO'" in repr(measure.clauses[0].when)
