"""What differs between two rulebooks, as data: measure by measure, clause by clause, test by test."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from guomen.core.canonical import Json, canonical_text
from guomen.core.policy.alterations import Asked, altered_tests, rearranged
from guomen.core.policy.facts import Value, Vocabulary
from guomen.core.policy.measure import Clause, Measure, Question
from guomen.core.policy.rulebook import Rulebook
from guomen.core.policy.tables import joined, states_of
from guomen.core.time import Period


@dataclass(frozen=True, slots=True)
class Place:
    """Where a difference is: the measure with its titles, and the clause, empty for the whole."""

    measure: str
    titles: Mapping[str, str]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class MeasureListed:
    """A measure is there that was not (`added`), or is there no more."""

    place: Place
    added: bool


@dataclass(frozen=True, slots=True)
class ClauseListed:
    """A clause is there that was not (`added`), or is there no more."""

    place: Place
    in_force: Period
    added: bool


class DayOf(StrEnum):
    """The days of a clause; `until` is the first day on which it is no longer in force."""

    START = "start"
    UNTIL = "until"
    ANNOUNCED = "announced"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class DayMoved:
    """One of a clause's days is another; None: there is none."""

    place: Place
    day: DayOf
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class TestChanged:
    """A test is new (`before` None), gone (`after` None), or asks something else of the same fact.

    `since`: the first day on which it does, where only a dated table has changed.
    """

    __test__ = False  # not one for pytest

    place: Place
    before: Asked | None
    after: Asked | None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ConditionRearranged:
    """The tests that stay are joined in another way (`all`, `any`, `not`, or their order)."""

    place: Place


@dataclass(frozen=True, slots=True)
class EffectChanged:
    """A key of a clause's effect; `before` and `after` hold it with its value, or nothing."""

    place: Place
    key: str
    before: Mapping[str, Json]
    after: Mapping[str, Json]


class Field(StrEnum):
    """What a measure says beside its clauses."""

    TITLE = "title"
    TEXT = "text"
    SOURCE = "source"
    CONFIDENCE = "confidence"
    CONFIDENCE_NOTE = "confidence_note"
    NOTE = "note"
    FAMILY = "family"
    QUESTION = "question"
    STANDING = "standing"
    SCOPE = "scope"
    NAMED_IN_ARTICLE = "named_in_article"


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """Something of a measure beside its clauses; `language` is told for titles and texts."""

    place: Place
    field: Field
    before: str
    after: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class QuestionListed:
    """A question is there that was not (`added`), or is there no more."""

    question: str
    names: Mapping[str, str]
    added: bool


@dataclass(frozen=True, slots=True)
class DefaultChanged:
    """A key of what holds when no measure answers a question."""

    question: str
    names: Mapping[str, str]
    key: str
    before: Mapping[str, Json]
    after: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class AnswersChanged:
    """Several measures may now answer a question at once (`several`), or one alone."""

    question: str
    names: Mapping[str, str]
    several: bool


@dataclass(frozen=True, slots=True)
class SilenceChanged:
    """What it means when nobody tells a fact; None: it is unknown."""

    fact: str
    names: Mapping[str, str]
    before: Value | None
    after: Value | None


Difference: TypeAlias = (
    MeasureListed
    | ClauseListed
    | DayMoved
    | TestChanged
    | ConditionRearranged
    | EffectChanged
    | FieldChanged
    | QuestionListed
    | DefaultChanged
    | AnswersChanged
    | SilenceChanged
)


def differences(before: Rulebook, after: Rulebook) -> tuple[Difference, ...]:
    """Give everything that differs, in a fixed order: measures by id, then questions, then facts.

    Clauses are compared by their id, over all states of the tables that they read. Cases, the
    names of questions and facts, and the order in which measures stand are not compared.
    """
    return (
        *_of_measures(_by_id(before.measures), _by_id(after.measures)),
        *_of_questions(before.questions, after.questions),
        *_of_silences(before.vocabulary, after.vocabulary),
    )


def _by_id(measures: Iterable[Measure]) -> Mapping[str, Measure]:
    return {measure.id: measure for measure in measures}


def _of_measures(
    before: Mapping[str, Measure], after: Mapping[str, Measure]
) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        if name in before and name in after:
            yield from _of_measure(before[name], after[name])
        else:
            one = after[name] if name in after else before[name]
            yield MeasureListed(Place(name, one.titles), added=name in after)


def _of_measure(before: Measure, after: Measure) -> Iterator[Difference]:
    yield from _of_fields(before, after)
    old, new = _by_clause(before), _by_clause(after)
    for name in _in_order(old, new):
        place = Place(after.id, after.titles, name)
        if name in old and name in new:
            yield from _of_clause(place, old[name], new[name])
        else:
            one = joined(new[name] if name in new else old[name])
            yield ClauseListed(place, one.in_force, added=name in new)


def _by_clause(measure: Measure) -> dict[str, Sequence[Clause]]:
    return {states[0].id: states for states in states_of(measure.clauses)}


def _in_order(before: Collection[str], after: Collection[str]) -> Iterable[str]:
    return dict.fromkeys([*before, *after])


# ---------------------------------------------------------------------------- beside the clauses


def _of_fields(before: Measure, after: Measure) -> Iterator[FieldChanged]:
    place = Place(after.id, after.titles)
    for field, old, new in (
        (Field.TITLE, before.titles, after.titles),
        (Field.TEXT, before.texts, after.texts),
    ):
        for tag in _in_order(old, new):
            if old.get(tag) != new.get(tag):
                yield FieldChanged(place, field, old.get(tag, ""), new.get(tag, ""), tag)
    told, tells = _fields(before), _fields(after)
    for field in tells:
        if told[field] != tells[field]:
            yield FieldChanged(place, field, told[field], tells[field])


def _fields(measure: Measure) -> Mapping[Field, str]:
    return {
        Field.SOURCE: measure.citation.source,
        Field.CONFIDENCE: measure.citation.confidence,
        Field.CONFIDENCE_NOTE: measure.citation.confidence_note,
        Field.NOTE: measure.note,
        Field.FAMILY: measure.family,
        Field.QUESTION: measure.question,
        Field.STANDING: _word(measure.standing),
        Field.SCOPE: _scope(measure),
        Field.NAMED_IN_ARTICLE: _word(measure.named_in_article),
    }


def _word(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _scope(measure: Measure) -> str:
    scope = measure.scope
    if scope is None:
        return ""
    places = scope.places if isinstance(scope.places, str) else ", ".join(scope.places)
    return "; ".join((places, ", ".join(scope.documents), ", ".join(scope.holders)))


# ---------------------------------------------------------------------------- clauses


def _of_clause(
    place: Place, before: Sequence[Clause], after: Sequence[Clause]
) -> Iterator[Difference]:
    old, new = joined(before), joined(after)
    told, tells = _days(old), _days(new)
    for day in DayOf:
        if told[day] != tells[day]:
            yield DayMoved(place, day, told[day], tells[day])
    for one in altered_tests(before, after):
        yield TestChanged(place, one.before, one.after, one.since)
    if rearranged(before, after):
        yield ConditionRearranged(place)
    for key, was, is_now in _of_keys(old.effect, new.effect):
        yield EffectChanged(place, key, was, is_now)


def _days(clause: Clause) -> Mapping[DayOf, date | None]:
    return {
        DayOf.START: clause.in_force.start,
        DayOf.UNTIL: clause.in_force.until,
        DayOf.ANNOUNCED: clause.announced,
        DayOf.RECORDED: clause.recorded,
    }


_KeyChange: TypeAlias = tuple[str, Mapping[str, Json], Mapping[str, Json]]


def _of_keys(before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[_KeyChange]:
    for key in _in_order(before, after):
        old = {key: before[key]} if key in before else {}
        new = {key: after[key]} if key in after else {}
        if canonical_text(old) != canonical_text(new):  # 1 and true are equal, and not the same
            yield key, old, new


# ---------------------------------------------------------------------------- questions and facts


def _of_questions(
    before: Mapping[str, Question], after: Mapping[str, Question]
) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        if name in before and name in after:
            yield from _of_question(before[name], after[name])
        else:
            one = after[name] if name in after else before[name]
            yield QuestionListed(name, one.names, added=name in after)


def _of_question(before: Question, after: Question) -> Iterator[Difference]:
    for key, was, is_now in _of_keys(before.default, after.default):
        yield DefaultChanged(after.id, after.names, key, was, is_now)
    if before.several != after.several:
        yield AnswersChanged(after.id, after.names, after.several)


def _of_silences(before: Vocabulary, after: Vocabulary) -> Iterator[SilenceChanged]:
    for name in sorted({*before.names(), *after.names()}):
        old = before[name].absent if name in before else None
        new = after[name].absent if name in after else None
        if old != new:
            one = after[name] if name in after else before[name]
            yield SilenceChanged(name, one.names, old, new)
