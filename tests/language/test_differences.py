"""Keeps how the difference between two rulebooks is said: one sentence each, in every language."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from guomen.core.canonical import Json
from guomen.core.policy import All, Clause, FactType, Measure, Operator, Rulebook, Vocabulary
from guomen.core.policy.conditions import Any, Condition, Not
from guomen.core.policy.differences import Difference, differences
from guomen.core.policy.measure import Citation, Question, Scope
from guomen.core.policy.tables import TableRow, by_states, joined
from guomen.core.time import Period
from guomen.language.sentences import say_difference, say_effect
from guomen.language.tags import LANGUAGES
from guomen.language.values import FSI, PDI
from tests.builders import asks, declared, pack

UTOPIA = pack("utopia")
BOOK = UTOPIA.rulebook
FIRE = next(one for one in BOOK.measures if one.id == "U-2012-FIRE")
[CLAUSE] = FIRE.clauses
YOUNG = asks("person.age", Operator.LESS_THAN, 18)
TITLE = "Passports extended after the fire at the printing office"


def with_measure(measure: Measure) -> Rulebook:
    """Give the rulebook with one measure in place of that of the same id."""
    others = tuple(one for one in BOOK.measures if one.id != measure.id)
    return replace(BOOK, measures=(*others, measure))


def said(before: Rulebook, after: Rulebook, tag: str = "en") -> list[str]:
    """Say all differences without marks of direction."""
    sentences = (say_difference(one, tag, UTOPIA) for one in differences(before, after))
    return [one.replace(FSI, "").replace(PDI, "").replace("\xa0", " ") for one in sentences]


def said_of(measure: Measure, before: Measure = FIRE) -> list[str]:
    """Say how a measure differs, without the words that name it."""
    found = said(with_measure(before), with_measure(measure))
    return [one.removeprefix(f"\u201c{TITLE}\u201d").lstrip(",: ") for one in found]


def said_of_clause(before: Clause = CLAUSE, **changes: object) -> list[str]:
    """Say how a clause differs, without the words that name it."""
    after = replace(before, **changes)  # type: ignore[arg-type]
    found = said_of(replace(FIRE, clauses=(after,)), replace(FIRE, clauses=(before,)))
    return [one.removeprefix("clause a: ") for one in found]


def test_measures_that_come_and_go_are_said() -> None:
    without = replace(BOOK, measures=tuple(one for one in BOOK.measures if one.id != FIRE.id))
    assert said(without, BOOK) == [f"The measure \u201c{TITLE}\u201d is added."]
    assert said(BOOK, without) == [f"The measure \u201c{TITLE}\u201d is removed."]


def test_clauses_that_come_and_go_are_said() -> None:
    later = replace(CLAUSE, id="b", in_force=Period(date(2013, 1, 1), date(2014, 1, 1)))
    open_end = replace(later, in_force=Period(date(2013, 1, 1)))
    both, endless = (
        replace(FIRE, clauses=(CLAUSE, later)),
        replace(FIRE, clauses=(CLAUSE, open_end)),
    )
    days = "from 1 January 2013 until the end of 31 December 2013"
    assert said_of(both) == [f"clause b: the clause is new and in force {days}."]
    assert said_of(endless) == ["clause b: the clause is new and in force from 1 January 2013."]
    assert said_of(FIRE, both) == ["clause b: the clause is removed."]


DAYS: list[tuple[Period, Period, str]] = [
    (
        Period(date(2012, 5, 1), date(2013, 1, 1)),
        Period(date(2012, 5, 1), date(2012, 12, 1)),
        "its last day is 30 November 2012, not 31 December 2012.",
    ),
    (
        Period(date(2012, 5, 1), date(2013, 1, 1)),
        Period(date(2012, 6, 1), date(2013, 1, 1)),
        "it begins on 1 June 2012, not on 1 May 2012.",
    ),
    (
        Period(date(2012, 5, 1)),
        Period(date(2012, 5, 1), date(2013, 1, 1)),
        "its last day is 31 December 2012; so far it had no end.",
    ),
    (
        Period(date(2012, 5, 1), date(2013, 1, 1)),
        Period(date(2012, 5, 1)),
        "it has no end any more; its last day was 31 December 2012.",
    ),
]


@pytest.mark.parametrize(("before", "after", "sentence"), DAYS)
def test_days_are_said_as_the_last_on_which_something_holds(
    before: Period, after: Period, sentence: str
) -> None:
    assert said_of_clause(replace(CLAUSE, in_force=before), in_force=after) == [sentence]


def test_days_of_announcement_and_record_are_said() -> None:
    day = date(2012, 4, 1)
    assert said_of_clause(announced=day) == [
        "it was announced on 1 April 2012, not on 20 April 2012."
    ]
    assert said_of_clause(announced=None) == [
        "the day of its announcement is no longer given; it was 20 April 2012."
    ]
    assert said_of_clause(replace(CLAUSE, announced=None), announced=day) == [
        "the day of its announcement is now given: 1 April 2012."
    ]
    assert said_of_clause(recorded=day) == [
        "it was recorded on 1 April 2012, not on 22 November 2026."
    ]


AGE = "Age in completed years"
KIND = asks("document.type", Operator.EQUALS, "PPT_UTO")
CONDITIONS: list[tuple[Condition, Condition, list[str]]] = [
    (KIND, All((KIND, YOUNG)), [f"it now asks: {AGE}: less than 18 years."]),
    (All((KIND, YOUNG)), All((KIND,)), [f"it no longer asks: {AGE}: less than 18 years."]),
    (All((KIND,)), All((KIND, Not(YOUNG))), [f"it now excludes: {AGE}: less than 18 years."]),
    (
        YOUNG,
        asks("person.age", Operator.LESS_THAN, 20),
        [f"it now asks: {AGE}: less than 20 years; before: {AGE}: less than 18 years."],
    ),
    (
        All((KIND, YOUNG)),
        Any((KIND, YOUNG)),
        ["its tests are joined in another way or stand in another order."],
    ),
]


@pytest.mark.parametrize(("before", "after", "sentences"), CONDITIONS)
def test_conditions_are_said_test_by_test(
    before: Condition, after: Condition, sentences: list[str]
) -> None:
    found = said_of_clause(replace(CLAUSE, when=before), when=after)
    assert found == sentences


NAMED = "person.nationality"
LISTS = [
    (("QMA",), ("QMA", "QMB"), "to the values asked for under \u201cNationality\u201d is added: "),
    (
        ("QMA", "QMB"),
        ("QMB",),
        "from the values asked for under \u201cNationality\u201d is taken: ",
    ),
    (
        ("QMA", "QMB"),
        ("QMB", "UTO"),
        "in the values asked for under \u201cNationality\u201d, added: ",
    ),
]


@pytest.mark.parametrize(("before", "after", "beginning"), LISTS)
def test_list_is_said_by_what_it_gains_and_loses(
    before: tuple[str, ...], after: tuple[str, ...], beginning: str
) -> None:
    one, other = (asks(NAMED, Operator.ONE_OF, values) for values in (before, after))
    [sentence] = said_of_clause(replace(CLAUSE, when=one), when=other)
    assert sentence.startswith(beginning)


def test_change_of_a_table_is_said_with_its_day() -> None:
    pact = next(one for one in BOOK.measures if one.id == "U-2012-PACT")
    table = UTOPIA.tables["harbour-pact"]
    more = replace(table, rows=(*table.rows, TableRow(("UTO",), Period(date(2029, 1, 1)))))
    states = by_states(joined(pact.clauses), {"harbour-pact": more})
    [sentence] = said(BOOK, with_measure(replace(pact, clauses=states)))
    assert "clause a: from 1 January 2029 on: to the values asked for under" in sentence


def test_effects_are_said_by_their_names() -> None:
    def of_effect(before: Mapping[str, Json], after: Mapping[str, Json]) -> list[str]:
        return said_of_clause(replace(CLAUSE, effect=before), effect=after)

    assert of_effect({"fee": 5}, {}) == [f"it no longer says: {fee(5)}."]
    assert of_effect({}, {"fee": 5}) == [f"it now also says: {fee(5)}."]
    assert of_effect({"fee": 5}, {"fee": 0}) == [f"it now says: {fee(0)}; before: {fee(5)}."]
    assert of_effect({"gone": [1]}, {}) == ["it no longer says: gone: [1]."]


def fee(value: int) -> str:
    """Say the fee as the pack does."""
    return say_effect("fee", value, "en", UTOPIA).replace("\xa0", " ")


def test_fact_that_is_no_longer_declared_is_said_by_its_name_in_the_pack() -> None:
    gone = asks("person.gone", Operator.ONE_OF, ("a",))
    one, other = replace(CLAUSE, when=gone), replace(CLAUSE, when=All(()))
    assert any("person.gone" in sentence for sentence in said_of_clause(one, when=other.when))


def test_everything_beside_the_clauses_is_said() -> None:
    after = replace(
        FIRE,
        texts={"en": "another"},
        citation=Citation("elsewhere", "K-low", "doubtful"),
        note="a note",
        question="crossing.visa",
        scope=Scope(places="ports"),
        named_in_article=True,
        standing=True,
    )
    found = said_of(after)
    assert "text (English): changed." in found
    assert any(
        one.startswith("where it stands written: now \u201celsewhere\u201d") for one in found
    )
    assert "remark for officers: changed." in found
    assert "named in the article: now \u201cyes\u201d; before: \u201c\u2014\u201d." in found
    assert "it counts as a standing rule now." in found
    assert len(found) == 9


def everything() -> tuple[Difference, ...]:
    """Give a difference of every kind."""
    lane = BOOK.questions["crossing.lane"]
    facts = [BOOK.vocabulary[name] for name in BOOK.vocabulary.names()]
    changed = replace(
        BOOK,
        vocabulary=Vocabulary([*facts, declared("x", FactType.BOOLEAN, absent=True)]),
        questions={
            **BOOK.questions,
            "crossing.lane": replace(lane, default={"gate": True}, several=not lane.several),
            "new": Question("new", {"en": "new"}, {}, several=False),
        },
        measures=tuple(_changed(one) for one in BOOK.measures[1:]),
    )
    return (*differences(BOOK, changed), *differences(changed, BOOK))


def _changed(measure: Measure) -> Measure:
    clauses = tuple(
        replace(one, when=All((one.when, YOUNG)), effect={"fee": 1}, announced=None)
        for one in measure.clauses
    )
    return replace(measure, clauses=clauses, family="sea", titles={"en": "x", "fr": "y"})


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_difference_is_one_sentence_in_every_language(tag: str) -> None:
    kinds = set()
    for one in everything():
        sentence = say_difference(one, tag, UTOPIA)
        assert sentence.strip()
        assert "%(" not in sentence
        assert "\n" not in sentence
        kinds.add(type(one).__name__)
    assert {"SilenceChanged", "AnswersChanged", "DefaultChanged", "QuestionListed"} <= kinds
    assert len(kinds) >= 9


def test_silence_is_said() -> None:
    facts = [BOOK.vocabulary[name] for name in BOOK.vocabulary.names()]
    more = replace(
        BOOK, vocabulary=Vocabulary([*facts, declared("x", FactType.BOOLEAN, absent=True)])
    )
    assert said(BOOK, more) == [
        "\u201cx\u201d, where nobody tells it: now taken as True, before unknown."
    ]
    assert said(more, BOOK) == [
        "\u201cx\u201d, where nobody tells it: now unknown, before taken as True."
    ]
