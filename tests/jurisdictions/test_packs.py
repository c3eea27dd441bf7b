"""Keeps what both packs promise: they load, every measure lets through and refuses, texts are there."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from guomen.core.clearance import LANE, VALIDITY, VISA
from guomen.core.events import COLUMNS
from guomen.core.policy import (
    All,
    Clause,
    Condition,
    Facts,
    Measure,
    Not,
    Operator,
    decide,
    failed_cases,
)
from guomen.core.policy import Any as AnyOf
from guomen.core.policy.conditions import judge
from guomen.core.policy.conditions import tests_of as questions_in
from guomen.core.policy.rulebook import verdict_on
from guomen.core.travel_documents import DocumentKind
from tests.builders import pack

PACKS = ("cn", "utopia")
MEASURES = [(name, one) for name in PACKS for one in pack(name).rulebook.measures]
by_measure = pytest.mark.parametrize(
    ("name", "measure"), MEASURES, ids=[measure.id for _, measure in MEASURES]
)


def test_chinese_pack_has_its_63_measures_and_60_cases_of_the_law() -> None:
    measures = pack("cn").rulebook.announced
    assert len(measures) == 63
    assert sum(case.origin == "domain" for one in measures for case in one.cases) == 60


def test_utopia_is_small_and_complete() -> None:
    utopia = pack("utopia")
    assert 0 < len(utopia.rulebook.measures) <= 25
    for part in ("documents", "ports", "stations", "lanes", "services", "figures", "bulletins"):
        assert getattr(utopia, part), part


def test_utopia_asks_in_every_way_that_the_rules_can_ask() -> None:
    clauses = [one for measure in pack("utopia").rulebook.measures for one in measure.clauses]
    asked = [test for one in clauses for test in questions_in(one.when)]
    assert {test.operator for test in asked} == set(Operator)
    assert any(test.table for test in asked)
    shapes = {type(part) for one in clauses for part in parts_in(one.when)}
    assert {All, AnyOf, Not} <= shapes


def parts_in(condition: Condition) -> Iterator[Condition]:
    """A condition and all that it is made of."""
    yield condition
    if isinstance(condition, Not):
        yield from parts_in(condition.part)
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from parts_in(part)


def test_utopia_holds_every_way_in_which_a_measure_stands_in_time() -> None:
    measures, today = pack("utopia").rulebook.measures, date(2026, 11, 22)
    assert any(len({one.id for one in measure.clauses}) > 1 for measure in measures)
    last = [(measure.clauses[0].in_force, measure.clauses[-1].in_force) for measure in measures]
    assert any(ends.until is not None and ends.until <= today for _, ends in last), "closed"
    assert any(starts.start > today for starts, _ in last), "announced, not yet in force"
    assert any(case.expect is None for measure in measures for case in measure.cases)


def test_utopian_question_gives_the_answers_of_several_measures_together() -> None:
    facts: Facts = {"crossing.port": "HARBOUR", "crossing.waiting_hours": 9}
    found = decide(pack("utopia").rulebook, "crossing.facilities", facts, date(2024, 3, 1))
    assert found.outcome == {"meal": True, "bed": True}
    assert {found.measure, *found.also} == {"U-2017-MEAL", "U-2017-BED"}


@pytest.mark.parametrize("name", PACKS)
def test_every_case_comes_out_as_expected(name: str) -> None:
    assert failed_cases(pack(name).rulebook) == ()


@by_measure
def test_measure_lets_one_through_and_refuses_one(name: str, measure: Measure) -> None:
    verdicts = {verdict_on(pack(name).rulebook, measure, case) for case in measure.cases}
    assert {True, False} <= verdicts


@by_measure
def test_measure_is_cited_and_told_in_every_language_of_the_law(
    name: str, measure: Measure
) -> None:
    assert measure.citation.source.strip()
    for language in pack(name).pack_languages:
        assert measure.titles[language].strip()
        assert measure.texts[language].strip()


def edges(clause: Clause) -> Iterator[tuple[date, bool]]:
    """The days on both sides of a clause's ends, and whether it is in force on them."""
    start, until = clause.in_force.start, clause.in_force.until
    yield start - timedelta(days=1), False
    yield start, True
    if until is not None:
        yield until - timedelta(days=1), True
        yield until, False


def situation_for(measure: Measure, clause: Clause, name: str) -> Facts | None:
    """Facts from the measure's cases under which a clause is met."""
    complete = pack(name).rulebook.vocabulary.complete
    found = (case.facts for case in measure.cases if judge(clause.when, complete(case.facts)))
    return next(found, None)


@by_measure
def test_measure_is_judged_rightly_on_every_boundary_day(name: str, measure: Measure) -> None:
    book = pack(name).rulebook
    for clause in measure.clauses:
        facts = situation_for(measure, clause, name)
        assert facts is not None, f"no case meets clause {clause.id}"
        for day, in_force in edges(clause):
            decision = decide(book, measure.question, facts, day)
            answering = {decision.measure, *decision.also}
            if in_force:
                assert measure.id in answering, day
            elif not _another_clause_answers(measure, clause, day):
                assert measure.id not in answering, day


def _another_clause_answers(measure: Measure, clause: Clause, day: date) -> bool:
    return any(one.in_force.contains(day) for one in measure.clauses if one is not clause)


@by_measure
def test_every_operand_of_a_condition_can_occur(name: str, measure: Measure) -> None:
    vocabulary = pack(name).rulebook.vocabulary
    for clause in measure.clauses:
        for test in questions_in(clause.when):
            codes = vocabulary[test.fact].codes
            several = test.operand if isinstance(test.operand, tuple) else (test.operand,)
            if codes and test.operator in (Operator.EQUALS, Operator.ONE_OF):
                assert set(several) <= set(codes)


@pytest.mark.parametrize("name", PACKS)
def test_questions_of_the_lane_are_declared(name: str) -> None:
    assert {LANE, VALIDITY, VISA} <= set(pack(name).rulebook.questions)


@pytest.mark.parametrize("name", PACKS)
def test_every_port_belongs_to_a_station_and_has_texts(name: str) -> None:
    found = pack(name)
    for port in found.ports.values():
        assert port.station in found.stations
        assert set(found.pack_languages) <= set(port.names)


KINDS = [(name, kind) for name in PACKS for kind in pack(name).documents.values()]


@pytest.mark.parametrize(("name", "kind"), KINDS, ids=[f"{n}-{k.code}" for n, k in KINDS])
def test_kind_of_document_is_a_value_of_its_fact_and_belongs_to_a_group(
    name: str, kind: DocumentKind
) -> None:
    found = pack(name)
    assert kind.code in found.rulebook.vocabulary["document.type"].codes
    assert kind.group in found.groups
    assert kind.category in found.rulebook.vocabulary["person.category"].codes


@pytest.mark.parametrize("name", PACKS)
def test_every_figure_counts_columns_of_the_ledger_in_a_unit_with_names(name: str) -> None:
    found = pack(name)
    for figure in found.figures.values():
        assert figure.selections
        assert set(figure.splits) <= set(COLUMNS)
        assert set(found.languages) <= set(found.units[figure.unit])
        assert set(found.languages) <= set(figure.names)


@pytest.mark.parametrize("name", PACKS)
def test_figures_digest_tells_what_is_counted(name: str) -> None:
    figures = pack(name).figures.values()
    assert len({one.digest for one in figures}) == len(figures)


@pytest.mark.parametrize("name", PACKS)
def test_every_service_speaks_every_language(name: str) -> None:
    found = pack(name)
    for service in found.services.values():
        for texts in service.texts.values():
            assert set(found.languages) <= set(texts)
