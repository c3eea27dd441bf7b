"""Writes the rows of a form as a measure's YAML, and tells beside which field a fault belongs.

A value that does not fit its fact is written as it was typed: the reader of the file, which knows
every rule, says what is wrong with it, and its line leads back to the field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from guomen.core.canonical import Json
from guomen.core.policy import All, Any, Citation, Clause, Condition, Measure, Not, Operator, Test
from guomen.core.policy.effects import EffectType
from guomen.core.policy.facts import FactType, Value
from guomen.core.policy.tables import joined, states_of
from guomen.core.time import Period
from guomen.jurisdiction import Jurisdiction, PackRefused, load_draft
from guomen.jurisdiction.drafting import MEASURE
from guomen.jurisdiction.measures import IN_TABLE
from guomen.jurisdiction.nodes import PackFault, read_yaml
from guomen.jurisdiction.writing import write_measure
from guomen.web.desks.policy.form_places import field_at, parts_of
from guomen.web.desks.policy.form_rows import (
    WRITTEN_OUT,
    ClauseRow,
    EffectRow,
    MeasureRows,
    TestRow,
)

COMPARISONS = (*(one.value for one in Operator), IN_TABLE)
"""Every way in which a test can compare, as the file spells it."""


@dataclass(frozen=True, slots=True)
class FormWritten:
    """The text that was written, or why there is none: what is wrong, by the name of the field.

    What is wrong with no field in particular stands under the empty name.
    """

    text: str
    errors: Mapping[str, str]


def write_rows(rows: MeasureRows, stored: Measure, pack: Jurisdiction) -> FormWritten:
    """Write the rows; what a form does not show is taken from the measure as it is stored."""
    kept = (joined(states) for states in states_of(stored.clauses))
    writer = _Writer(pack, {one.id: one for one in kept}, _unfilled(rows, pack))
    clauses = [writer.clause(one, f"c{at}") for at, one in enumerate(rows.clauses)]
    if writer.errors:
        return FormWritten("", writer.errors)
    plain = rows.plain
    measure = Measure(
        id=plain["id"],
        family=plain["family"],
        question=plain["question"],
        titles=_by_language(rows, "title."),
        texts=_by_language(rows, "text."),
        citation=Citation(plain["source"], plain["confidence"], plain["confidence_note"]),
        note=plain["note"],
        clauses=tuple(one for one in clauses if one is not None),
        standing=stored.standing,
        scope=stored.scope,
        named_in_article=stored.named_in_article,
    )
    text = write_measure(measure)
    return FormWritten(text, _faults(text, rows, pack))


def _unfilled(rows: MeasureRows, pack: Jurisdiction) -> dict[str, str]:
    """Tell what was left empty, and the clauses that share an id."""
    needed = {name: rows.plain[name] for name in ("id", "source")}
    for tag in pack.pack_languages:
        needed |= {name: rows.texts.get(name, "") for name in (f"title.{tag}", f"text.{tag}")}
    errors = {name: gettext("Fill this in.") for name, typed in needed.items() if not typed}
    ids = [one.plain["id"] for one in rows.clauses]
    for at, one in enumerate(ids):
        if not one:
            errors[f"c{at}.id"] = gettext("Fill this in.")
        elif one in ids[:at]:
            errors[f"c{at}.id"] = _twice()
    return errors


def _twice() -> str:
    return gettext("This is there twice. Keep one of them.")


def _faults(text: str, rows: MeasureRows, pack: Jurisdiction) -> dict[str, str]:
    try:
        load_draft(text, MEASURE, pack)
    except PackRefused as refused:
        fault = refused.faults[0]
        return {field_at(text, fault.line, rows): f"{fault.what}. {fault.mend}."}
    return {}


def _by_language(rows: MeasureRows, head: str) -> dict[str, str]:
    return {
        name.removeprefix(head): text
        for name, text in rows.texts.items()
        if name.startswith(head) and text
    }


@dataclass
class _Writer:
    """Makes the parts of a measure, and gathers what cannot even be written."""

    pack: Jurisdiction
    stored: Mapping[str, Clause]
    errors: dict[str, str]

    def clause(self, row: ClauseRow, head: str) -> Clause | None:
        """Make a clause; None where its days give no period."""
        when = self._condition(row, head)
        effect = self._effects(row.effects, head)
        days = self._days(row, head)
        recorded = self._day(row.plain["recorded"], f"{head}.from")
        announced = self._day(row.plain["announced"], f"{head}.announced")
        if days is None or recorded is None:
            return None
        return Clause(row.plain["id"], announced, days, recorded, when, effect)

    def _days(self, row: ClauseRow, head: str) -> Period | None:
        start = self._day(row.plain["from"], f"{head}.from")
        last = self._day(row.plain["last"], f"{head}.last")
        if start is None:
            self.errors.setdefault(f"{head}.from", gettext("Give the first day."))
            return None
        if last is not None and not start <= last < date.max:
            self.errors[f"{head}.last"] = gettext("The last day lies before the first.")
            return None
        return Period(start, None if last is None else last + timedelta(days=1))

    def _day(self, typed: str, name: str) -> date | None:
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            self.errors[name] = gettext("There is no such day.")
            return None

    def _condition(self, row: ClauseRow, head: str) -> Condition:
        if row.tests is None:
            kept = self.stored.get(row.plain["was"])
            return kept.when if kept else All(())
        tests = [self._test(one, f"{head}.t{at}") for at, one in enumerate(row.tests)]
        return All(
            tuple(
                Any(tuple(tests[at] for at in places))
                if row.tests[places[0]].group
                else tests[places[0]]
                for places in parts_of(row.tests)
            )
        )

    def _test(self, row: TestRow, head: str) -> Condition:
        test = self._filled(row) if self._is_filled(row, head) else _ANY_TEST
        return Not(test) if row.negated else test

    def _is_filled(self, row: TestRow, head: str) -> bool:
        lacks = {"fact": not row.fact, "compare": row.compare not in COMPARISONS}
        lacks["value"] = not row.values and row.compare != Operator.PRESENT.value
        for name in (name for name, lacking in lacks.items() if lacking):
            words = gettext("Give a value.") if name == "value" else gettext("Choose one.")
            self.errors[f"{head}.{name}"] = words
        return not any(lacks.values())

    def _filled(self, row: TestRow) -> Test:
        if row.compare == IN_TABLE:
            return Test(row.fact, Operator.ONE_OF, (), row.values[0])
        operator = Operator(row.compare)
        if operator is Operator.PRESENT:
            return Test(row.fact, operator, True)
        if operator is Operator.BETWEEN:
            ends = (row.values[0], row.end)
            return Test(row.fact, operator, tuple(self._value(row.fact, one) for one in ends))
        if operator is Operator.ONE_OF:
            several = listed(row.values)
            return Test(row.fact, operator, tuple(self._value(row.fact, one) for one in several))
        return Test(row.fact, operator, self._value(row.fact, row.values[0]))

    def _value(self, fact: str, typed: str) -> Value:
        vocabulary = self.pack.rulebook.vocabulary
        return _typed_value(typed, vocabulary[fact].type if fact in vocabulary else FactType.CODE)

    def _effects(self, rows: Iterable[EffectRow], head: str) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for at, row in enumerate(rows):
            if not row.key or row.key in found:
                self.errors[f"{head}.e{at}.key"] = _twice() if row.key else gettext("Choose one.")
            elif not row.values:
                self.errors[f"{head}.e{at}.value"] = gettext("Give a value.")
            else:
                found[row.key] = self._effect(row, f"{head}.e{at}.value")
        return found

    def _effect(self, row: EffectRow, name: str) -> Json:
        declared = self.pack.effects.get(row.key)
        kind = declared.type if declared else EffectType.CODE
        if kind in WRITTEN_OUT:
            return self._written_out(row.values[0], name)
        if kind is EffectType.CODES:
            return list(listed(row.values))
        return _typed_json(row.values[0], kind)

    def _written_out(self, typed: str, name: str) -> Json:
        try:
            return read_yaml(typed, name).json()
        except PackFault as fault:
            self.errors[name] = f"{fault.fault.what}. {fault.fault.mend}."
        except (RecursionError, ValueError):  # an alias to itself, a number without end
            self.errors[name] = gettext("This cannot be read.")
        return None


_ANY_TEST = Test("", Operator.PRESENT, True)
"""Stands for one that is not filled in, until the officer is told so."""


def listed(values: Iterable[str]) -> tuple[str, ...]:
    """Give the values of a list, whether they are marked one by one or typed with commas."""
    parts = (one.strip() for value in values for one in value.replace("\uff0c", ",").split(","))
    return tuple(one for one in parts if one)


def _typed_value(typed: str, kind: FactType) -> Value:
    if kind is FactType.BOOLEAN and typed in ("true", "false"):
        return typed == "true"
    if kind is FactType.INTEGER and _is_number(typed):
        return int(typed)
    return typed


def _typed_json(typed: str, kind: EffectType) -> Json:
    if kind is EffectType.BOOLEAN and typed in ("true", "false"):
        return typed == "true"
    counted = kind in (EffectType.INTEGER, EffectType.COUNT)
    return int(typed) if counted and _is_number(typed) else typed


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.removeprefix("-").isdigit() and len(typed) < _DIGITS


_DIGITS = 18
