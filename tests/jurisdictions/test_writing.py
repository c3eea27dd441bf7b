"""What a desk writes is read again as the same measure and the same cases, in the pack's manner."""

from dataclasses import replace
from datetime import date, timedelta
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import Case, Measure, Operator, Value, conditions
from guomen.core.policy.conditions import All, Any, Condition, Not
from guomen.core.policy.measure import Citation, Clause, Scope
from guomen.core.policy.tables import by_states
from guomen.core.time import Period
from guomen.jurisdiction import load_draft
from guomen.jurisdiction.measures import read_cases
from guomen.jurisdiction.nodes import read_yaml
from guomen.jurisdiction.writing import write_cases, write_measure
from tests.builders import ROOT, pack

PACKS = ("cn", "utopia")
MEASURES = [(name, one) for name in PACKS for one in pack(name).rulebook.measures]
by_measure = pytest.mark.parametrize(
    ("name", "measure"), MEASURES, ids=[measure.id for _, measure in MEASURES]
)
NEIGHBOURS = next(one for _, one in MEASURES if one.id == "U-2010-NEIGHBOURS")


def read(text: str, name: str, like: Measure) -> Measure:
    """Read a measure's file; whether it is a standing rule is told by the folder."""
    return replace(load_draft(text, "written", pack(name)), standing=like.standing)


@by_measure
def test_written_measure_is_read_as_the_same(name: str, measure: Measure) -> None:
    written = write_measure(measure)
    found = read(written, name, measure)
    assert found == replace(measure, cases=())
    assert write_measure(found) == written


@by_measure
def test_written_cases_are_read_as_the_same(name: str, measure: Measure) -> None:
    written = write_cases(measure.id, measure.cases)
    found_id, found = read_cases(read_yaml(written, "written"), pack(name).rulebook.vocabulary)
    assert (found_id, found) == (measure.id, measure.cases)
    assert [case.why for case in found] == [case.why for case in measure.cases]
    assert write_cases(found_id, found) == written


@pytest.mark.parametrize(
    "path", ["cn/measures/hmt/M-2025-0101-HQ.yaml", "utopia/measures/ports/U-HARVEST.yaml"]
)
def test_written_measure_looks_as_the_files_do(path: str) -> None:
    file = (ROOT / "jurisdictions" / path).read_text(encoding="utf-8")
    draft = load_draft(file, path, pack(path.split("/")[0]))
    assert write_measure(draft).splitlines()[1:] == file.splitlines()[1:]


@by_measure
def test_written_measure_begins_with_a_line_that_names_it(name: str, measure: Measure) -> None:
    kind = "Standing rule" if measure.standing else "Measure"
    first = write_measure(measure).splitlines()[0]
    assert first.startswith(f"# {kind} {measure.id}: ")


def test_clause_that_reads_a_table_is_written_once_with_its_whole_period() -> None:
    pact = next(one for _, one in MEASURES if one.id == "U-2012-PACT")
    assert len(pact.clauses) > 1
    written = write_measure(pact)
    assert written.count("- id: a\n") == 1
    assert "in_force: {from: 2012-01-01}\n" in written
    assert "{fact: person.nationality, in_table: harbour-pact}" in written


# ---------------------------------------------------------------------------- anything that may be written

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CODES = st.text("abnoyeBZ 市0123.:#-'\"{}[],&*!|>%@`~", min_size=1, max_size=12)
FACTS = pack("utopia").rulebook.vocabulary


def asks(
    fact: str, operator: Operator, operand: st.SearchStrategy[conditions.Operand]
) -> st.SearchStrategy[Condition]:
    """Build tests on one fact."""
    return st.builds(conditions.Test, st.just(fact), st.just(operator), operand)


NATIONALITIES = st.sampled_from(sorted(FACTS["person.nationality"].codes))
ORDER = [
    Operator.AT_LEAST,
    Operator.AT_MOST,
    Operator.MORE_THAN,
    Operator.LESS_THAN,
    Operator.EQUALS,
]
TESTS = st.one_of(
    asks("person.nationality", Operator.EQUALS, NATIONALITIES),
    asks(
        "person.nationality",
        Operator.ONE_OF,
        st.lists(NATIONALITIES, min_size=1, max_size=40, unique=True).map(tuple),
    ),
    asks("person.harvest_card", Operator.EQUALS, st.booleans()),
    asks("person.nationality", Operator.PRESENT, st.just(True)),
    *(asks("person.age", operator, st.integers(-5, 200)) for operator in ORDER),
    *(asks("document.expiry_date", operator, DAYS) for operator in ORDER),
    asks(
        "document.expiry_date",
        Operator.BETWEEN,
        st.tuples(DAYS, st.integers(1, 999)).map(lambda two: (two[0], two[0] + timedelta(two[1]))),
    ),
    st.just(conditions.Test("person.nationality", Operator.ONE_OF, (), "harbour-pact")),
)


def _nested(children: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    return st.one_of(
        st.builds(All, st.lists(children, max_size=4).map(tuple)),
        st.builds(Any, st.lists(children, min_size=1, max_size=4).map(tuple)),
        st.builds(Not, children),
    )


TREES = st.recursive(TESTS, _nested, max_leaves=12)
PROSE = st.one_of(
    st.text(printable, min_size=1),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.lists(st.text("abc#:-'\"é市", min_size=1, max_size=30), min_size=1, max_size=60).map(
        " ".join
    ),
)


@given(TREES, DAYS, st.none() | st.integers(1, 9999))
def test_any_condition_and_period_is_read_as_it_was_written(
    when: Condition, start: date, length: int | None
) -> None:
    until = None if length is None else start + timedelta(length)
    clause = Clause("a", None, Period(start, until), start, when, {"visa_required": False})
    measure = replace(NEIGHBOURS, clauses=by_states(clause, pack("utopia").tables), cases=())
    written = write_measure(measure)
    found = read(written, "utopia", measure)
    assert found == measure
    assert write_measure(found) == written


@given(PROSE, PROSE, PROSE.filter(str.strip))
def test_any_text_is_read_as_it_was_written(source: str, note: str, title: str) -> None:
    measure = replace(
        NEIGHBOURS,
        titles={"en": title},
        citation=Citation(source, "K-low", note),
        note=note,
        scope=Scope(places=(source, note), documents=(title,)),
        named_in_article=True,
        cases=(),
    )
    written = write_measure(measure)
    found = read(written, "utopia", measure)
    assert found == measure
    assert write_measure(found) == written


@given(
    st.lists(
        st.tuples(NATIONALITIES, st.integers(), DAYS, PROSE, st.sampled_from([True, False, None]))
    )
)
def test_any_case_is_read_as_it_was_written(
    rows: list[tuple[str, int, date, str, bool | None]],
) -> None:
    cases = tuple(
        Case(situation(code, age, day), day, expect, "proposed", why)
        for code, age, day, why, expect in rows
    )
    written = write_cases("U-1", cases)
    _, found = read_cases(read_yaml(written, "written"), FACTS)
    assert found == cases
    assert [case.why for case in found] == [case.why for case in cases]


def situation(code: str, age: int, day: date) -> dict[str, Value]:
    """Build a situation with a fact of each type."""
    return {
        "person.nationality": code,
        "person.age": age,
        "document.expiry_date": day,
        "person.harvest_card": age % 2 == 0,
    }


def test_what_the_optional_keys_say_is_kept() -> None:
    measure = next(one for _, one in MEASURES if one.id == "M-2023-0508-HRP")
    assert measure.named_in_article is True
    assert measure.scope == Scope(
        "all ports; PSB county-level+", ("HRP",), ("hk_resident", "macao_resident")
    )
    assert NEIGHBOURS.citation.confidence_note == "Specimen: true by invention."
