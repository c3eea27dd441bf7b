"""Keeps what the reader refuses in the vocabulary of effects, and the values that cannot occur."""

import pytest

from guomen.jurisdiction import PackRefused, load_draft, load_files
from tests.builders import pack
from tests.jurisdictions.test_faults import (
    CASES,
    MEASURE,
    NEIGHBOURS,
    SERVICE,
    UTOPIA,
    edited,
    faults_in,
    line_of,
)

EFFECTS = "effects.yaml"
FACTS = "facts.yaml"
QUESTIONS = "questions.yaml"
FREE = "measures/documents/U-2020-YOUNG.yaml"
NATIONAL_CASES = "cases/visitors/U-2010-NEIGHBOURS.yaml"
GRANTS = "effect: {grants: [{fee: 0, may_cross: true}, {fee: ordinary}]}"
GRANTS_DECLARED = """\
grants:
  type: grants
  name: {zh-Hans: 甲, zh-Hant: 甲, en: Grants, ru: Выдаётся, fr: Octrois, es: Concesiones, ar: يمنح}
"""

FAULTS = {
    "undeclared key": (MEASURE, "may_cross: true}", "may_crawl: true}",
                       "effect `may_crawl` is not declared", "declare it in effects.yaml"),
    "no boolean": (MEASURE, "may_cross: true}", "may_cross: perhaps}",
                   "`perhaps` is not known here", "use one of: false, true"),
    "no day": (MEASURE, "deemed_expiry_date: 2012-12-31", "deemed_expiry_date: 2012-12-32",
               "`2012-12-32` is not a day", "write YYYY-MM-DD"),
    "no number": (NEIGHBOURS, "stay_days_max: 14", "stay_days_max: fortnight",
                  "`fortnight` is not a whole number", "write digits only"),
    "no code": (FREE, "fee: 0", "fee: double",
                "`double` can never be the value of fee", "use one of the codes of fee"),
    "default of a question": (QUESTIONS, "fee: ordinary", "fee: usual",
                              "`usual` can never be the value of fee", "declare it in effects.yaml"),
    "answer of a service": (SERVICE, "may_cross: true", "may_cross: 1",
                            "`1` is not known here", "use one of: false, true"),
    "type that is none": (EFFECTS, "type: boolean", "type: flag", "`flag` is not known here", "boolean"),
    "name without a language": (EFFECTS, "    ar: يعد ساريا حتى\n", "",
                                "the text in `ar` is missing", "add `ar: …`"),
    "phrase without a language": (EFFECTS, "    ar: يعد ساريا حتى {value}\n", "",
                                  "the text in `ar` is missing", "add `ar: …`"),
    "phrase without the value": (EFFECTS, "counts as valid until {value}", "counts as valid",
                                 "the phrase in `en` has no single place", "write {value} once"),
    "unit that is none": (EFFECTS, "unit: days", "unit: fortnights",
                          "`fortnights` is no unit", "working_days"),
    "unit of a boolean": (EFFECTS, "type: boolean", "type: boolean\n  unit: days",
                          "`unit` does not go with the type boolean", "correct the type"),
    "code without codes": (EFFECTS, "type: date", "type: code", "`deemed_expiry_date` has no codes",
                           "add `codes:` or `values_from:`"),
    "mapping without keys": (EFFECTS, "type: boolean\n", "type: mapping\n",
                             "`said` does not go with the type mapping", "correct the type"),
    "list that is none": (FACTS, "values_from: ports", "values_from: harbours",
                          "`harbours` is not known here", "ports"),
    "values given twice": (FACTS, "values_from: ports", "values_from: ports\n  codes: {}",
                           "the values are given twice", "keep one of the two"),
    "codes of a number": (FACTS, "type: integer", "type: integer\n  values_from: ports",
                          "`values_from` is for a fact of type code", "correct the type"),
    "code without a language": (FACTS, "      ar: جواز سفر\n", "",
                                "the text in `ar` is missing", "add `ar: …`"),
    "nationality of nobody": (NEIGHBOURS, "one_of: [QMA, QMB]", "one_of: [QMA, XQZ]",
                              "`XQZ` can never be the value of person.nationality", "use one of the"),
    "nationality of nobody in a case": (NATIONAL_CASES, "person.nationality: QMA",
                                        "person.nationality: XQZ",
                                        "`XQZ` can never be the value of person.nationality",
                                        "use one of the codes"),
    "withdrawn country": (NEIGHBOURS, "one_of: [QMA, QMB]", "one_of: [QMA, SUN]",
                          "`SUN` can never be the value of person.nationality", "use one of the"),
    "port that is none": (CASES, "document.type: PPT_UTO", "crossing.port: MOON_GATE",
                          "`MOON_GATE` can never be the value of crossing.port", "use one of the"),
    "kind of document that is none": (MEASURE, "equals: PPT_UTO", "one_of: [PPT_UTO, SLED]",
                                      "`SLED` can never be the value of document.type", "use one"),
    "kind of document that is none, in a service": (
        SERVICE, "yes_when:", "given: {document.type: SLED}\nyes_when:",
        "`SLED` can never be the value of document.type", "use one of the codes"),
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


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("undeclared key", "may_crawl"),
        ("no code", "fee: double"),
        ("default of a question", "fee: usual"),
        ("nationality of nobody", "XQZ"),
        ("port that is none", "MOON_GATE"),
        ("unit that is none", "fortnights"),
    ],
)
def test_line_is_the_one_where_the_fault_stands(name: str, marked: str) -> None:
    path, old, new, _, _ = FAULTS[name]
    files = edited(path, old, new)
    assert faults_in(files)[0].line == line_of(path, marked, files)


def test_pack_without_a_vocabulary_of_effects_is_refused() -> None:
    [fault] = faults_in({name: text for name, text in UTOPIA.items() if name != EFFECTS})
    assert (fault.file, fault.what) == ("utopia/effects.yaml", "the file is missing")


def test_draft_is_held_to_the_declared_effects() -> None:
    draft = UTOPIA[MEASURE].replace("may_cross: true}", "may_crawl: true}")
    with pytest.raises(PackRefused) as caught:
        load_draft(draft, "draft.yaml", pack("utopia"))
    assert "effect `may_crawl` is not declared" in str(caught.value)


def with_grants(effect: str) -> dict[str, str]:
    """Utopia with a key of grants, and one measure that uses it."""
    files = edited(FREE, "effect: {fee: 0}", effect)
    return {**files, EFFECTS: GRANTS_DECLARED + files[EFFECTS]}


def test_grants_are_read_as_a_list_of_declared_effects() -> None:
    measure = load_files("utopia", with_grants(GRANTS)).rulebook.measure("U-2020-YOUNG")
    assert measure is not None
    assert dict(measure.clauses[0].effect) == {
        "grants": [{"fee": 0, "may_cross": True}, {"fee": "ordinary"}]
    }


@pytest.mark.parametrize(
    ("effect", "what"),
    [
        ("effect: {grants: [{fee: double}]}", "`double` can never be the value of fee"),
        ("effect: {grants: [{price: 1}]}", "effect `price` is not declared"),
        ("effect: {grants: [{grants: [{fee: 0}]}]}", "effect `grants` is not declared"),
        ("effect: {grants: []}", "an empty grant grants nothing"),
        ("effect: {grants: [{}]}", "an empty grant grants nothing"),
        ("effect: {grants: {fee: 0}}", "a list is expected here"),
    ],
)
def test_grant_of_what_is_not_declared_is_a_fault(effect: str, what: str) -> None:
    assert what in faults_in(with_grants(effect))[0].what


MAPPINGS = """\
by_purpose:
  type: mapping
  keys_from: crossing.purpose
  unit: days
  name: {zh-Hans: 甲, zh-Hant: 甲, en: Stay, ru: Срок, fr: Durée, es: Plazo, ar: مدة}
"""


@pytest.mark.parametrize(
    ("effect", "what"),
    [
        ("effect: {by_purpose: {leisure: 3}}", "`leisure` is no key of by_purpose"),
        ("effect: {by_purpose: {work: long}}", "`long` is not a whole number"),
    ],
)
def test_mapping_has_declared_keys_and_values(effect: str, what: str) -> None:
    files = edited(FREE, "effect: {fee: 0}", effect)
    assert what in faults_in({**files, EFFECTS: MAPPINGS + files[EFFECTS]})[0].what


def test_mapping_needs_to_know_its_keys() -> None:
    declared = MAPPINGS.replace("  keys_from: crossing.purpose\n", "")
    [fault] = faults_in({**UTOPIA, EFFECTS: declared + UTOPIA[EFFECTS]})
    assert (fault.what, fault.line) == ("`keys_from` is missing", 2)


def test_days_of_an_effect_stay_the_texts_that_outcomes_carry() -> None:
    measure = pack("utopia").rulebook.measure("U-2012-FIRE")
    assert measure is not None
    assert measure.clauses[0].effect["deemed_expiry_date"] == "2012-12-31"
