"""Keeps what belongs to a yes: variants and who changed them, papers and who waives them, terms."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guomen.core.canonical import Json
from guomen.core.entitlement import Entitlement, Grant, Service, decide_entitlement
from guomen.core.policy import (
    All,
    Condition,
    Facts,
    FactType,
    Operator,
    Rulebook,
    Value,
    Vocabulary,
)
from guomen.core.policy.facts import FactDeclaration
from guomen.core.policy.measure import Measure, Question
from tests.builders import asks, clause, measure, pack

OLD, NEW = date(2010, 1, 1), date(2024, 5, 6)
DAY = date(2025, 1, 1)
VOCABULARY = Vocabulary(
    [
        FactDeclaration("kind", FactType.CODE, None, "applicant", {}, {"S": {}, "T": {}}),
        FactDeclaration("age", FactType.INTEGER, "year", "applicant", {}, {}),
        FactDeclaration("shared", FactType.BOOLEAN, None, "window", {}, {}),
        FactDeclaration("hobby", FactType.CODE, None, "applicant", {}, {}),
    ]
)
QUESTIONS = {
    name: Question(name, {}, default, several=several)
    for name, default, several in (
        ("grant", {}, True),
        ("place", {"place": "home"}, False),
        ("papers", {}, True),
        ("terms", {}, True),
    )
}
SERVICE = Service(
    id="visit",
    question="grant",
    asks=("kind", "age"),
    given={},
    yes_when=None,
    texts={},
    questions={"what": "grant", "where": "place", "papers": "papers", "terms": "terms"},
)
KIND_S = asks("kind", Operator.EQUALS, "S")
ANYONE = All(())


def says(
    name: str, question: str, when: Condition, effect: Mapping[str, Json], since: date = OLD
) -> Measure:
    """Make a measure with one clause that answers a question."""
    return measure(name, clause(when, effect, since), question=question)


def book(*measures: Measure) -> Rulebook:
    """Make a rulebook of these measures."""
    return Rulebook("test", VOCABULARY, QUESTIONS, measures)


def entitlement(answers: Facts, *measures: Measure, on: date = DAY) -> Entitlement:
    """Ask the service of these tests."""
    return decide_entitlement(SERVICE, book(*measures), answers, on)


VARIANTS: list[Json] = [{"stay": 7, "fee": 15}, {"stay": 7, "fee": 80}]
BASE = says("BASE", "grant", KIND_S, {"grants": VARIANTS})
LONGER = says("LONGER", "grant", KIND_S, {"stay": 14}, NEW)


def test_a_later_clause_changes_the_variants_behind_it_and_is_named() -> None:
    found = entitlement({"kind": "S"}, BASE, LONGER)
    assert found.grants == (
        Grant("BASE", "a", {"stay": 14, "fee": 15}, ("LONGER",)),
        Grant("BASE", "a", {"stay": 14, "fee": 80}, ("LONGER",)),
    )


def test_a_change_holds_from_its_first_day() -> None:
    before = entitlement({"kind": "S"}, BASE, LONGER, on=date(2024, 5, 5))
    assert [one.variant["stay"] for one in before.grants] == [7, 7]
    assert all(one.amended_by == () for one in before.grants)


def test_a_change_adds_nothing_that_a_variant_does_not_speak_of() -> None:
    other = says("OTHER", "grant", KIND_S, {"colour": "red"}, NEW)
    found = entitlement({"kind": "S"}, BASE, other)
    assert all("colour" not in one.variant for one in found.grants)


def test_an_earlier_clause_changes_nothing_before_it() -> None:
    early = says("EARLY", "grant", ANYONE, {"stay": 1}, date(2001, 1, 1))
    assert [one.variant["stay"] for one in entitlement({"kind": "S"}, BASE, early).grants] == [7, 7]


def test_the_latest_of_several_changes_has_the_last_word() -> None:
    latest = says("LATEST", "grant", KIND_S, {"stay": 30}, date(2024, 12, 1))
    [first, _] = entitlement({"kind": "S"}, LONGER, latest, BASE).grants
    assert first.variant["stay"] == 30
    assert first.amended_by == ("LONGER", "LATEST")


def test_who_is_granted_nothing_is_not_entitled_though_something_is_changed() -> None:
    assert entitlement({"kind": "S"}, LONGER).entitled is False


def test_a_fact_that_the_service_asks_keeps_the_answer_open() -> None:
    assert entitlement({}, BASE).entitled is None


def test_a_clause_for_what_the_service_never_asks_leaves_the_no_a_no() -> None:
    hobby = asks("hobby", Operator.EQUALS, "chess")
    elsewhere = says("ELSEWHERE", "grant", hobby, {"grants": VARIANTS})
    assert entitlement({"kind": "T"}, BASE, elsewhere).entitled is False


def test_a_clause_that_waits_for_an_office_keeps_the_answer_open() -> None:
    shared = asks("shared", Operator.EQUALS, True)
    at_window = says("WINDOW", "grant", shared, {"grants": VARIANTS})
    assert entitlement({"kind": "T"}, at_window).entitled is None


def test_the_default_of_a_part_is_told_without_a_measure() -> None:
    [place] = entitlement({"kind": "S"}, BASE).where
    assert (place.key, place.value, place.measure) == ("place", "home", None)


FORM = says("FORM", "papers", ANYONE, {"papers": ["form", "photo", "record"]})
PROOF = says("PROOF", "papers", KIND_S, {"papers": ["proof", "form"]}, NEW)
SHARED_DATA = asks("shared", Operator.EQUALS, True)
WAIVER = says("WAIVER", "papers", SHARED_DATA, {"waive_materials": ["record"], "keep": False}, NEW)


def test_papers_of_all_clauses_add_up_the_general_ones_first_each_once() -> None:
    bring = entitlement({"kind": "S"}, BASE, FORM, PROOF).papers.bring
    assert [(one.value, one.measure) for one in bring] == [
        ("form", "FORM"),
        ("photo", "FORM"),
        ("record", "FORM"),
        ("proof", "PROOF"),
    ]


def test_a_waived_paper_need_not_be_brought_and_the_waiver_is_named() -> None:
    papers = entitlement({"kind": "S", "shared": True}, BASE, FORM, WAIVER).papers
    assert [one.value for one in papers.bring] == ["form", "photo"]
    assert [(one.value, one.measure) for one in papers.waived] == [("record", "WAIVER")]
    assert [(one.key, one.value, one.measure) for one in papers.also] == [("keep", False, "WAIVER")]


def test_each_term_names_the_clause_that_goes_before() -> None:
    usual = says("USUAL", "terms", ANYONE, {"fee": 300, "working_days": 7})
    lost = says("LOST", "terms", KIND_S, {"fee": 600})
    told = entitlement({"kind": "S"}, BASE, usual, lost).terms
    assert {one.key: (one.value, one.measure) for one in told} == {
        "fee": (600, "LOST"),
        "working_days": (7, "USUAL"),
    }


def test_what_an_outcome_says_beside_the_yes_is_kept() -> None:
    service = Service("fast", "place", (), {}, {"place": "anywhere"}, {})
    nearby = says("NEARBY", "place", ANYONE, {"place": "anywhere", "queue": "short"})
    found = decide_entitlement(service, book(nearby), {}, DAY)
    assert found.entitled is True
    assert [(one.key, one.value, one.measure) for one in found.holds] == [
        ("queue", "short", "NEARBY")
    ]


GRANTING = [service for service in pack("cn").services.values() if service.yes_when is None]


def values_of(kind: FactType, codes: Sequence[str]) -> st.SearchStrategy[Value]:
    """Draw a value of a type; of a closed list, one of its codes."""
    if kind is FactType.BOOLEAN:
        return st.booleans()
    if kind is FactType.INTEGER:
        return st.integers(0, 250)
    if kind is FactType.DATE:
        return st.dates()
    return st.sampled_from(sorted(codes) or ["other"])


def answers_to(service: Service) -> st.SearchStrategy[dict[str, Value]]:
    """Draw answers to some of a service's questions, from what its facts can be."""
    vocabulary = pack("cn").rulebook.vocabulary
    drawn: dict[str, st.SearchStrategy[Value]] = {}
    for name in service.asks:
        declared = vocabulary[name]
        if declared.absent is not None:
            continue  # silence about it has a meaning: saying more can change a yes
        codes = service.among.get(name) or tuple(declared.codes)
        drawn[name] = values_of(declared.type, codes)
    return st.fixed_dictionaries({}, optional=drawn)


@pytest.mark.parametrize("service", GRANTING, ids=lambda one: one.id)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), on=st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_telling_more_never_turns_a_yes_into_something_else(
    service: Service, data: st.DataObject, on: date
) -> None:
    rulebook = pack("cn").rulebook
    more = data.draw(answers_to(service))
    kept = data.draw(st.sets(st.sampled_from(sorted(service.asks))))
    fewer = {name: value for name, value in more.items() if name in kept}
    if decide_entitlement(service, rulebook, fewer, on).entitled:
        assert decide_entitlement(service, rulebook, more, on).entitled is True


@pytest.mark.parametrize("service", GRANTING, ids=lambda one: one.id)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), on=st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_a_yes_always_names_what_is_granted_and_by_which_measure(
    service: Service, data: st.DataObject, on: date
) -> None:
    rulebook = pack("cn").rulebook
    found = decide_entitlement(service, rulebook, data.draw(answers_to(service)), on)
    assert bool(found.grants) is (found.entitled is True)
    for grant in found.grants:
        granting = rulebook.measure(grant.measure)
        assert granting is not None
        in_force = granting.clause_on(on)
        assert in_force is not None
        assert in_force.id == grant.clause
        assert all(rulebook.measure(name) for name in grant.amended_by)
