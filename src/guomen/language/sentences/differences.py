"""Says what differs between two rulebooks, one sentence for each difference."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import singledispatch

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.canonical import Json, canonical_text
from guomen.core.policy import Operator, Test, Value
from guomen.core.policy.alterations import Asked
from guomen.core.policy.differences import (
    AnswersChanged,
    ClauseListed,
    ConditionRearranged,
    DayMoved,
    DayOf,
    DefaultChanged,
    Difference,
    EffectChanged,
    Field,
    FieldChanged,
    MeasureListed,
    Place,
    QuestionListed,
    SilenceChanged,
    TestChanged,
)
from guomen.jurisdiction import Jurisdiction
from guomen.language.amounts import say_several
from guomen.language.sentences.effects import say_effect
from guomen.language.sentences.filling import fill
from guomen.language.sentences.findings import say_test, say_value
from guomen.language.sentences.labels import say_code
from guomen.language.tags import LANGUAGES, speaking, text_in
from guomen.language.values import say_day

_IN_MEASURE = _("\u201c%(measure)s\u201d: %(change)s")
_IN_CLAUSE = _("\u201c%(measure)s\u201d, clause %(clause)s: %(change)s")
_FROM_A_DAY = _("from %(since)s on: %(change)s")

_MEASURE = {
    True: _("The measure \u201c%(measure)s\u201d is added."),
    False: _("The measure \u201c%(measure)s\u201d is removed."),
}
_CLAUSE_ADDED = _("the clause is new and in force from %(start)s.")
_CLAUSE_ADDED_FOR_A_TIME = _(
    "the clause is new and in force from %(start)s until the end of %(last)s."
)
_CLAUSE_REMOVED = _("the clause is removed.")
_REARRANGED = _("its tests are joined in another way or stand in another order.")

_DAYS: Mapping[DayOf, Promise] = {
    DayOf.START: _("it begins on %(after)s, not on %(before)s."),
    DayOf.UNTIL: _("its last day is %(after)s, not %(before)s."),
    DayOf.ANNOUNCED: _("it was announced on %(after)s, not on %(before)s."),
    DayOf.RECORDED: _("it was recorded on %(after)s, not on %(before)s."),
}
_DAYS_GIVEN: Mapping[DayOf, Promise] = {
    DayOf.UNTIL: _("its last day is %(after)s; so far it had no end."),
    DayOf.ANNOUNCED: _("the day of its announcement is now given: %(after)s."),
}
_DAYS_TAKEN: Mapping[DayOf, Promise] = {
    DayOf.UNTIL: _("it has no end any more; its last day was %(before)s."),
    DayOf.ANNOUNCED: _("the day of its announcement is no longer given; it was %(before)s."),
}

_ASKS = {
    "added": _("it now asks: %(after)s."),
    "removed": _("it no longer asks: %(before)s."),
    "changed": _("it now asks: %(after)s; before: %(before)s."),
}
_EXCLUDES = {
    "added": _("it now excludes: %(after)s."),
    "removed": _("it no longer excludes: %(before)s."),
    "changed": _("it now excludes: %(after)s; before: %(before)s."),
}
_LISTS = {
    (True, False): _("to the values asked for under \u201c%(fact)s\u201d is added: %(gained)s."),
    (False, True): _("from the values asked for under \u201c%(fact)s\u201d is taken: %(lost)s."),
    (True, True): _(
        "in the values asked for under \u201c%(fact)s\u201d, added: %(gained)s; taken out: %(lost)s."
    ),
}
_FOLLOWS = {
    "added": _("it now also says: %(after)s."),
    "removed": _("it no longer says: %(before)s."),
    "changed": _("it now says: %(after)s; before: %(before)s."),
}

_FIELDS: Mapping[Field, Promise] = {
    Field.TITLE: _("title (%(language)s)"),
    Field.TEXT: _("text (%(language)s)"),
    Field.SOURCE: _("where it stands written"),
    Field.CONFIDENCE: _("how firmly it is known"),
    Field.CONFIDENCE_NOTE: _("remark on how firmly it is known"),
    Field.NOTE: _("remark for officers"),
    Field.FAMILY: _("group of measures"),
    Field.QUESTION: _("what it decides"),
    Field.SCOPE: _("for whom and where it is meant"),
    Field.NAMED_IN_ARTICLE: _("named in the article"),
}
_LONG = (Field.TEXT, Field.CONFIDENCE_NOTE, Field.NOTE, Field.SCOPE)
_FIELD_IS_NOW = _("%(field)s: now \u201c%(after)s\u201d; before: \u201c%(before)s\u201d.")
_FIELD_CHANGED = _("%(field)s: changed.")
_STANDING = {
    "true": _("it counts as a standing rule now."),
    "false": _("it counts as an announced measure now."),
}

_QUESTION = {
    True: _("The question \u201c%(question)s\u201d is added."),
    False: _("The question \u201c%(question)s\u201d is removed."),
}
_DEFAULT = _("\u201c%(question)s\u201d, where no measure answers: %(change)s")
_ANSWERS = {
    True: _("\u201c%(question)s\u201d: several measures may now answer at once."),
    False: _("\u201c%(question)s\u201d: one measure alone answers now."),
}
_SILENCES = {
    "added": _(
        "\u201c%(fact)s\u201d, where nobody tells it: now taken as %(after)s, before unknown."
    ),
    "removed": _(
        "\u201c%(fact)s\u201d, where nobody tells it: now unknown, before taken as %(before)s."
    ),
    "changed": _(
        "\u201c%(fact)s\u201d, where nobody tells it: now taken as %(after)s, before as %(before)s."
    ),
}


def say_difference(one: Difference, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say one difference in the reader's language, with the names that the jurisdiction gives.

    What it no longer declares (a fact or an effect that is gone) is said by its name in the pack.
    """
    return _say(one, tag, jurisdiction)


@singledispatch
def _say(one: Difference, _tag: str, _jurisdiction: Jurisdiction) -> str:
    raise TypeError(type(one).__name__)


def _placed(place: Place, change: str, tag: str) -> str:
    facts = {"measure": text_in(place.titles, tag)[0], "clause": place.clause, "change": change}
    return fill(_IN_CLAUSE if place.clause else _IN_MEASURE, facts, tag)


def _kind(before: object, after: object) -> str:
    return "changed" if before and after else "added" if after else "removed"


# ---------------------------------------------------------------------------- measures and clauses


@_say.register
def _measure_listed(one: MeasureListed, tag: str, _jurisdiction: Jurisdiction) -> str:
    return fill(_MEASURE[one.added], {"measure": text_in(one.place.titles, tag)[0]}, tag)


@_say.register
def _clause_listed(one: ClauseListed, tag: str, _jurisdiction: Jurisdiction) -> str:
    last = one.in_force.last_day
    added = _CLAUSE_ADDED if last is None else _CLAUSE_ADDED_FOR_A_TIME
    days = {"start": say_day(one.in_force.start, tag), "last": last and say_day(last, tag)}
    return _placed(one.place, fill(added if one.added else _CLAUSE_REMOVED, days, tag), tag)


@_say.register
def _day_moved(one: DayMoved, tag: str, _jurisdiction: Jurisdiction) -> str:
    sentence = _DAYS[one.day]
    if one.before is None:
        sentence = _DAYS_GIVEN.get(one.day, sentence)
    elif one.after is None:
        sentence = _DAYS_TAKEN.get(one.day, sentence)
    # People say the last day on which something holds, not the first on which it does not.
    back = timedelta(days=one.day is DayOf.UNTIL)
    days = {"before": _day(one.before, back, tag), "after": _day(one.after, back, tag)}
    return _placed(one.place, fill(sentence, days, tag), tag)


def _day(day: date | None, back: timedelta, tag: str) -> str | None:
    return None if day is None else say_day(day - back, tag)


@_say.register
def _field_changed(one: FieldChanged, tag: str, jurisdiction: Jurisdiction) -> str:
    if one.field is Field.STANDING:
        return _placed(one.place, fill(_STANDING[one.after], {}, tag), tag)
    told = LANGUAGES.get(one.language)
    facts = {
        "field": fill(
            _FIELDS[one.field], {"language": told.own_name if told else one.language}, tag
        ),
        "before": _field(one.field, one.before, tag, jurisdiction),
        "after": _field(one.field, one.after, tag, jurisdiction),
    }
    sentence = _FIELD_CHANGED if one.field in _LONG else _FIELD_IS_NOW
    return _placed(one.place, fill(sentence, facts, tag), tag)


def _field(field: Field, value: str, tag: str, jurisdiction: Jurisdiction) -> str | None:
    questions = jurisdiction.rulebook.questions
    if field is Field.QUESTION and value in questions:
        return text_in(questions[value].names, tag)[0]
    if field is Field.NAMED_IN_ARTICLE and value:
        return say_code("question_value", "yes" if value == "true" else "no", tag)
    if field is Field.FAMILY and value in jurisdiction.families:
        return text_in(jurisdiction.families[value], tag)[0]
    if field is Field.CONFIDENCE:
        return say_code("confidence", value, tag)
    return value or None


# ---------------------------------------------------------------------------- conditions and effects


@_say.register
def _test_changed(one: TestChanged, tag: str, jurisdiction: Jurisdiction) -> str:
    change = _lists(one, tag, jurisdiction) or _asked(one.before, one.after, tag, jurisdiction)
    if one.since is not None:
        change = fill(_FROM_A_DAY, {"since": say_day(one.since, tag), "change": change}, tag)
    return _placed(one.place, change, tag)


def _asked(before: Asked | None, after: Asked | None, tag: str, jurisdiction: Jurisdiction) -> str:
    told = after or before
    sentences = _ASKS if told is None or told.wanted else _EXCLUDES
    facts = {
        "before": before and _test(before.test, tag, jurisdiction),
        "after": after and _test(after.test, tag, jurisdiction),
    }
    return fill(sentences[_kind(before, after)], facts, tag)


def _test(test: Test, tag: str, jurisdiction: Jurisdiction) -> str:
    if test.fact not in jurisdiction.rulebook.vocabulary or test.operand == ():
        return f"{test.fact}: {test.table or test.operand}"
    return say_test(test, tag, jurisdiction)


def _lists(one: TestChanged, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say only what a list has gained and lost; nothing where it is not the same list still."""
    old, new = (asked.values if asked else None for asked in (one.before, one.after))
    if one.after is None or not old or not new or not old & new:
        return ""
    if Operator.ONE_OF not in {asked.test.operator for asked in (one.before, one.after) if asked}:
        return ""
    fact = one.after.test.fact
    facts = {
        "fact": _fact(fact, tag, jurisdiction),
        "gained": _values(fact, new - old, tag, jurisdiction),
        "lost": _values(fact, old - new, tag, jurisdiction),
    }
    sentence = _LISTS.get((bool(new - old), bool(old - new)))
    return "" if sentence is None else fill(sentence, facts, tag)


def _fact(name: str, tag: str, jurisdiction: Jurisdiction) -> str:
    vocabulary = jurisdiction.rulebook.vocabulary
    return text_in(vocabulary[name].names, tag)[0] if name in vocabulary else name


def _values(fact: str, values: Collection[Value], tag: str, jurisdiction: Jurisdiction) -> str:
    several = sorted(values, key=str)
    return say_several((_value(fact, one, tag, jurisdiction) for one in several), tag)


def _value(fact: str, value: Value, tag: str, jurisdiction: Jurisdiction) -> str:
    vocabulary = jurisdiction.rulebook.vocabulary
    return say_value(value, vocabulary[fact], tag) if fact in vocabulary else str(value)


@_say.register
def _rearranged(one: ConditionRearranged, tag: str, _jurisdiction: Jurisdiction) -> str:
    with speaking(tag):
        return _placed(one.place, str(_REARRANGED), tag)


@_say.register
def _effect_changed(one: EffectChanged, tag: str, jurisdiction: Jurisdiction) -> str:
    return _placed(one.place, _follows(one.before, one.after, tag, jurisdiction), tag)


def _follows(
    before: Mapping[str, Json], after: Mapping[str, Json], tag: str, jurisdiction: Jurisdiction
) -> str:
    facts = {
        "before": _effect(before, tag, jurisdiction),
        "after": _effect(after, tag, jurisdiction),
    }
    return fill(_FOLLOWS[_kind(before, after)], facts, tag)


def _effect(effect: Mapping[str, Json], tag: str, jurisdiction: Jurisdiction) -> str:
    said = (
        say_effect(key, value, tag, jurisdiction)
        if key in jurisdiction.effects
        else f"{key}: {canonical_text(value)}"
        for key, value in effect.items()
    )
    return say_several(said, tag)


# ---------------------------------------------------------------------------- questions and facts


@_say.register
def _question_listed(one: QuestionListed, tag: str, _jurisdiction: Jurisdiction) -> str:
    return fill(_QUESTION[one.added], {"question": text_in(one.names, tag)[0]}, tag)


@_say.register
def _default_changed(one: DefaultChanged, tag: str, jurisdiction: Jurisdiction) -> str:
    change = _follows(one.before, one.after, tag, jurisdiction)
    return fill(_DEFAULT, {"question": text_in(one.names, tag)[0], "change": change}, tag)


@_say.register
def _answers_changed(one: AnswersChanged, tag: str, _jurisdiction: Jurisdiction) -> str:
    return fill(_ANSWERS[one.several], {"question": text_in(one.names, tag)[0]}, tag)


@_say.register
def _silence_changed(one: SilenceChanged, tag: str, jurisdiction: Jurisdiction) -> str:
    facts = {
        "fact": text_in(one.names, tag)[0],
        "before": None if one.before is None else _value(one.fact, one.before, tag, jurisdiction),
        "after": None if one.after is None else _value(one.fact, one.after, tag, jurisdiction),
    }
    return fill(_SILENCES[_kind(facts["before"], facts["after"])], facts, tag)
