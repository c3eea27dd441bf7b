"""The fields of the form of a measure: labels, choices by name, and what was typed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guomen.core.policy import FactDeclaration, FactType, Measure
from guomen.core.policy.effects import CodeNames, EffectDeclaration, EffectType
from guomen.core.policy.tables import joined, states_of
from guomen.jurisdiction import Jurisdiction
from guomen.jurisdiction.measures import IN_TABLE
from guomen.jurisdiction.tables import CONFIDENCES
from guomen.language.codes import name_of
from guomen.language.sentences import say_code
from guomen.language.tags import language, text_in
from guomen.web.components.conditions import Line, lines_of
from guomen.web.components.fields import Choice
from guomen.web.desks.policy.form_rows import (
    WRITTEN_OUT,
    ClauseRow,
    EffectRow,
    MeasureRows,
    TestRow,
)

MOST_BOXES = 30
"""More codes than this are typed with commas instead of being marked."""

_COMPARISONS: Mapping[str, Promise] = {
    "equals": _("is"),
    "one_of": _("is one of"),
    IN_TABLE: _("is in the dated list"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "more_than": _("is more than"),
    "less_than": _("is less than"),
    "between": _("lies between (both included)"),
    "starts_with": _("begins with"),
    "present": _("is told at all"),
}
_ORDERED = ("at_least", "at_most", "more_than", "less_than", "between")
_SUPPLIERS: Mapping[str, Promise] = {
    "applicant": _("told by the applicant"),
    "register": _("from the registers"),
    "lane": _("seen at the lane"),
    "window": _("seen at the window"),
    "institution": _("told by the institution"),
    "system": _("set by the system"),
}


@dataclass(frozen=True, slots=True)
class Control:
    """One field. `kind`: text, area, select, day or boxes; `groups` are its choices by heading."""

    name: str
    label: str
    kind: str = "text"
    values: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    error: str = ""
    hint: str = ""
    tag: str = ""

    @property
    def value(self) -> str:
        """What stands in a field that holds one value."""
        return ", ".join(self.values)

    @property
    def anchor(self) -> str:
        """Where the error summary leads."""
        return self.name


@dataclass(frozen=True, slots=True)
class TestFields:
    """The fields of a test; `value` and `end` are None where the comparison needs none."""

    __test__ = False  # not one for pytest

    head: str
    at: int
    fact: Control
    compare: Control
    value: Control | None
    end: Control | None
    negated: bool
    group: Control


@dataclass(frozen=True, slots=True)
class EffectFields:
    """The fields of one key of an effect."""

    head: str
    at: int
    key: Control
    value: Control


@dataclass(frozen=True, slots=True)
class ClauseFields:
    """The fields of a clause; `deep` holds the lines of a condition that no form can show."""

    head: str
    at: int
    was: str
    recorded: str
    days: tuple[Control, ...]
    deep: tuple[Line, ...] | None
    tests: tuple[TestFields, ...]
    effects: tuple[EffectFields, ...]


@dataclass
class FormFields:
    """Makes the fields of one form; `errors` are told beside the field of their name."""

    pack: Jurisdiction
    tag: str
    errors: Mapping[str, str]
    made: list[Control] = field(default_factory=list)

    def measure(self, rows: MeasureRows) -> tuple[Control, ...]:
        """Give the fields of the measure itself."""
        plain, pack = rows.plain, self.pack
        questions = {name: one.names for name, one in pack.rulebook.questions.items()}
        confidences = {
            one: {self.tag: say_code("confidence", one, self.tag)} for one in CONFIDENCES
        }
        note = gettext("What the mark does not cover; may stay empty.")
        return (
            self._text("id", gettext("Identifier"), plain["id"]),
            self._select("family", gettext("Group of measures"), plain["family"], pack.families),
            self._select("question", gettext("What it decides"), plain["question"], questions),
            *self._in_languages("title", gettext("Title"), "text", rows),
            *self._in_languages("text", gettext("Text"), "area", rows),
            self._text("source", gettext("Source"), plain["source"], "area"),
            self._select(
                "confidence", gettext("How firmly we know it"), plain["confidence"], confidences
            ),
            self._text(
                "confidence_note",
                gettext("Remark on how firmly we know it"),
                plain["confidence_note"],
                "area",
                note,
            ),
            self._text("note", gettext("Note"), plain["note"], "area", gettext("May stay empty.")),
        )

    def _in_languages(
        self, head: str, label: str, kind: str, rows: MeasureRows
    ) -> Iterator[Control]:
        held = (name.partition(".")[2] for name in rows.texts if name.startswith(f"{head}."))
        for tag in dict.fromkeys((*self.pack.pack_languages, *held)):
            name = f"{head}.{tag}"
            own = f"{label} ({language(tag).own_name})"
            yield self._add(name, own, kind, (rows.texts.get(name, ""),), tag=tag)

    def clauses(self, rows: MeasureRows, stored: Measure) -> tuple[ClauseFields, ...]:
        """Give the fields of the clauses; a deep condition is said as it is stored."""
        kept = {one.id: one for one in map(joined, states_of(stored.clauses))}
        found = []
        for at, row in enumerate(rows.clauses):
            clause = kept.get(row.plain["was"])
            deep = row.tests is None and clause is not None
            lines = lines_of(clause.when, self.pack, self.tag) if deep and clause else None
            found.append(self._clause(row, at, lines))
        return tuple(found)

    def _clause(self, row: ClauseRow, at: int, deep: tuple[Line, ...] | None) -> ClauseFields:
        head, plain = f"c{at}", row.plain
        open_end = gettext("Leave it empty as long as no end is known.")
        days = (
            self._text(f"{head}.id", gettext("Identifier of the clause"), plain["id"]),
            self._text(f"{head}.announced", gettext("Announced"), plain["announced"], "day"),
            self._text(f"{head}.from", gettext("First day"), plain["from"], "day"),
            self._text(f"{head}.last", gettext("Last day"), plain["last"], "day", open_end),
        )
        tests = row.tests or ()
        groups = sorted({one.group for one in tests if one.group})
        return ClauseFields(
            head,
            at,
            plain["was"],
            plain["recorded"],
            days,
            deep,
            tuple(self._test(one, f"{head}.t{n}", n, groups) for n, one in enumerate(tests)),
            tuple(self._effect(one, f"{head}.e{n}", n) for n, one in enumerate(row.effects)),
        )

    # ------------------------------------------------------------------------ tests

    def _test(self, row: TestRow, head: str, at: int, groups: list[str]) -> TestFields:
        vocabulary = self.pack.rulebook.vocabulary
        known = row.fact in vocabulary
        declared = vocabulary[row.fact] if known else None
        value = None
        if row.compare != "present":
            value = self._value(row, declared, f"{head}.value", row.values)
        end = None
        if row.compare == "between":
            end = self._value(row, declared, f"{head}.end", (row.end,), gettext("Last value"))
        return TestFields(
            head,
            at,
            self._facts(f"{head}.fact", row.fact),
            self._comparisons(f"{head}.compare", row.compare, declared),
            value,
            end,
            row.negated,
            self._groups(f"{head}.group", row.group, groups),
        )

    def _facts(self, name: str, chosen: str) -> Control:
        by_supplier: dict[str, list[Choice]] = defaultdict(list)
        vocabulary = self.pack.rulebook.vocabulary
        for one in (vocabulary[fact] for fact in vocabulary.names()):
            text, tag = text_in(one.names, self.tag)
            choice = Choice(one.name, text, tag, one.name == chosen)
            by_supplier[one.supplied_by].append(choice)
        groups = tuple(
            (str(_SUPPLIERS[supplier]), _sorted(choices))
            for supplier, choices in by_supplier.items()
        )
        unchosen = ("", self._unknown((chosen,), vocabulary.names()))
        return self._add(name, gettext("Fact"), "select", (chosen,), groups=(unchosen, *groups))

    def _comparisons(self, name: str, chosen: str, declared: FactDeclaration | None) -> Control:
        wanted = [one for one in _COMPARISONS if one == chosen or self._fits(one, declared)]
        choices = tuple(
            Choice(one, str(_COMPARISONS[one]), self.tag, one == chosen) for one in wanted
        )
        choices = (*self._unknown((chosen,), _COMPARISONS), *choices)
        label = gettext("Comparison")
        return self._add(name, label, "select", (chosen,), groups=(("", choices),))

    def _fits(self, operator: str, declared: FactDeclaration | None) -> bool:
        if declared is None:
            return True
        if operator in _ORDERED:
            return declared.type in (FactType.DATE, FactType.INTEGER)
        if operator == "starts_with":
            return declared.type is FactType.CODE
        return operator != IN_TABLE or bool(self._tables(declared))

    def _tables(self, declared: FactDeclaration) -> dict[str, Mapping[str, str]]:
        tables = self.pack.tables.values()
        return {one.id: one.names for one in tables if declared.name in one.facts}

    def _value(
        self,
        row: TestRow,
        declared: FactDeclaration | None,
        name: str,
        values: tuple[str, ...],
        label: str = "",
    ) -> Control:
        label = label or gettext("Value")
        if declared is None:
            return self._text(name, label, ", ".join(values))
        if row.compare == IN_TABLE:
            return self._select(name, label, _first(values), self._tables(declared))
        if declared.type is FactType.BOOLEAN:
            return self._select(name, label, _first(values), self._answers())
        if declared.type is FactType.DATE and row.compare != "one_of":
            return self._text(name, label, _first(values), "day")
        if row.compare == "one_of":
            return self._several(name, label, values, declared.codes)
        if declared.codes and row.compare == "equals":
            return self._select(name, label, _first(values), declared.codes)
        return self._text(name, label, ", ".join(values))

    def _groups(self, name: str, chosen: str, there: list[str]) -> Control:
        fresh = next(str(at) for at in range(1, len(there) + 2) if str(at) not in there)
        own = Choice("", gettext("must hold by itself"), self.tag, not chosen)
        several = tuple(
            Choice(
                one, gettext("one of group %(number)s") % {"number": one}, self.tag, one == chosen
            )
            for one in (*there, fresh)
        )
        label = gettext("Together with others")
        return self._add(name, label, "select", (chosen,), groups=(("", (own, *several)),))

    # ------------------------------------------------------------------------ effects

    def _effect(self, row: EffectRow, head: str, at: int) -> EffectFields:
        names = {key: one.names for key, one in self.pack.effects.items()}
        key = self._select(f"{head}.key", gettext("What follows"), row.key, names)
        declared = self.pack.effects.get(row.key)
        return EffectFields(head, at, key, self._effect_value(row, declared, f"{head}.value"))

    def _effect_value(
        self, row: EffectRow, declared: EffectDeclaration | None, name: str
    ) -> Control:
        label = gettext("Value")
        kind = declared.type if declared else EffectType.COUNT
        if declared is None or kind in (EffectType.INTEGER, EffectType.COUNT):
            return self._text(name, label, ", ".join(row.values), hint=_unit(declared))
        if kind in WRITTEN_OUT:
            hint = gettext("Written as in the file, for example [{key: value}].")
            return self._text(name, label, ", ".join(row.values), "yaml", hint)
        if kind is EffectType.BOOLEAN:
            return self._select(name, label, _first(row.values), self._answers())
        if kind is EffectType.DATE:
            return self._text(name, label, _first(row.values), "day")
        if kind is EffectType.CODES:
            return self._several(name, label, row.values, declared.codes)
        return self._select(name, label, _first(row.values), declared.codes)

    # ------------------------------------------------------------------------ single fields

    def _answers(self) -> CodeNames:
        words = {"true": "yes", "false": "no"}
        return {
            code: {self.tag: say_code("question_value", word, self.tag)}
            for code, word in words.items()
        }

    def _several(self, name: str, label: str, values: tuple[str, ...], codes: CodeNames) -> Control:
        known = all(one in codes for one in values)
        if 0 < len(codes) <= MOST_BOXES and known:
            groups = (("", self._choices(codes, values)),)
            return self._add(name, label, "boxes", values, groups=groups)
        hint = gettext("Several with commas between them.")
        said = ", ".join(name_of(one, codes, self.tag)[0] for one in values if one in codes)
        return self._text(name, label, ", ".join(values), "area", f"{hint} {said}".strip())

    def _select(self, name: str, label: str, chosen: str, codes: CodeNames) -> Control:
        choices = (*self._unknown((chosen,), codes), *self._choices(codes, (chosen,)))
        return self._add(name, label, "select", (chosen,), groups=(("", choices),))

    def _choices(self, codes: CodeNames, chosen: Iterable[str]) -> tuple[Choice, ...]:
        marked = {*chosen}
        return _sorted(
            Choice(code, *name_of(code, codes, self.tag), code in marked) for code in codes
        )

    def _unknown(self, chosen: Iterable[str], known: Iterable[str]) -> tuple[Choice, ...]:
        """Give the choices that are made and not to be had: nothing chosen yet, or not known."""
        left = (one for one in chosen if one not in known)
        return tuple(
            Choice(one, one or gettext("Choose"), "en" if one else self.tag, True) for one in left
        )

    def _text(
        self, name: str, label: str, value: str, kind: str = "text", hint: str = ""
    ) -> Control:
        return self._add(name, label, kind, (value,), hint=hint)

    def _add(
        self,
        name: str,
        label: str,
        kind: str,
        values: tuple[str, ...],
        *,
        groups: tuple[tuple[str, tuple[Choice, ...]], ...] = (),
        hint: str = "",
        tag: str = "",
    ) -> Control:
        error = self.errors.get(name, "")
        made = Control(name, label, kind, values, groups, error, hint, tag)
        self.made.append(made)
        return made

    def problems(self) -> tuple[tuple[Control, ...], tuple[str, ...]]:
        """Give the fields with something wrong, and what is wrong with no field in particular."""
        named = {one.name for one in self.made}
        loose = tuple(what for name, what in self.errors.items() if name not in named)
        return tuple(one for one in self.made if one.error), loose


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _unit(declared: EffectDeclaration | None) -> str:
    if declared is None or declared.unit is None:
        return ""
    return gettext("Counted in: %(unit)s") % {"unit": declared.unit}


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda one: one.text))
