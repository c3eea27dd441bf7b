"""Writes measures and cases as the pack's YAML, so that what is read again is the same.

The manner is that of the files: one order of keys, tests on one line, long prose folded. Comments
of the file that was read are not kept, but for the line that names the measure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from textwrap import wrap

import yaml

from guomen.core.canonical import Json
from guomen.core.policy import All, Case, Clause, Condition, Measure, Not, Test
from guomen.core.policy.measure import Scope
from guomen.core.policy.tables import Table, TableRow, joined, states_of
from guomen.core.time import Period
from guomen.jurisdiction.measures import EXPECTATIONS, IN_TABLE

_WIDTH = 96
_TAG = "tag:yaml.org,2002:"
_ONE_SPACED = re.compile(r"\S+(?: \S+)+")
"""Prose that a folded block gives back as it was: single spaces and no other white space."""


class _Writer(yaml.SafeDumper):
    """PyYAML's writer with lists indented, double quotes, and our few scalars that are no texts.

    A text is quoted where `Node.json` would read something else: NO and 2023-12-31 stay plain.
    """

    yaml_implicit_resolvers = {}

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the elements of a list below its key."""
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        """Prefer double quotes to single ones."""
        style = str(super().choose_scalar_style() or "")
        return '"' if style == "'" else style

    def write_folded(self, text: str) -> None:
        """Fold between words before a line is full, where PyYAML folds after."""
        self.write_indicator(">-", True)
        room = _WIDTH - (self.indent or 0)
        for line in wrap(text, room, break_long_words=False, break_on_hyphens=False):
            self.write_indent()
            self.stream.write(line)
            self.column += len(line)
            self.whitespace = self.indention = False


for _name, _pattern, _begins in (
    ("bool", r"(?:true|false)\Z", ["t", "f"]),
    ("null", r"(?:null)?\Z", ["n", ""]),
    ("int", r"(?:0|-?[1-9][0-9]*)\Z", [*"-0123456789"]),
):
    _Writer.add_implicit_resolver(_TAG + _name, re.compile(_pattern), _begins)


def write_measure(measure: Measure) -> str:
    """Write a measure's file, without its cases; the states of a clause become one clause again."""
    kind = "Standing rule" if measure.standing else "Measure"
    title = measure.titles.get("en") or next(iter(measure.titles.values()), "")
    return _file(f"{kind} {measure.id}: {title}", _mapping(_measure(measure)))


def write_cases(measure_id: str, cases: Iterable[Case]) -> str:
    """Write the file of a measure's cases."""
    head = f"Cases of {measure_id}: situations, and the verdict the measure must give on the day"
    rows = [_mapping(_case(case)) for case in cases]
    return _file(head, _mapping({"measure": _text(measure_id), "cases": _list(rows)}))


def write_table(table: Table) -> str:
    """Write the file of a dated table."""
    rows = [_line_or_block(_row(row), 4) for row in table.rows]
    found = {
        "id": _text(table.id),
        "facts": _texts(table.facts),
        **_proses("name", table.names),
        **_prose("source", table.source, 0),
        "confidence": _text(table.confidence),
        "rows": _list(rows),
    }
    title = table.names.get("en") or next(iter(table.names.values()), "")
    return _file(f"Table {table.id}: {title}", _mapping(found))


def _row(row: TableRow) -> dict[str, yaml.Node]:
    values = _list([_scalar(value) for value in row.values], flow=True)
    return {"values": values, **_days(row.in_force)}


def _file(head: str, node: yaml.Node) -> str:
    spoken = " ".join(word for word in head.split() if word.isprintable())
    return f"# {spoken}.\n{_serialized(node, _WIDTH)}"


def _serialized(node: yaml.Node, width: float) -> str:
    return str(yaml.serialize(node, Dumper=_Writer, allow_unicode=True, width=width))


# ---------------------------------------------------------------------------- nodes


def _text(value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode(f"{_TAG}str", value)


def _prose(key: str, value: str, column: int) -> dict[str, yaml.Node]:
    """Give a pair of a key, which stands at this column, and prose: folded if it takes a line more."""
    folds = column + len(f"{key}: {value}") > _WIDTH and _ONE_SPACED.fullmatch(value)
    return {key: yaml.ScalarNode(f"{_TAG}str", value, style=">" if folds else None)}


def _proses(key: str, texts: Mapping[str, str]) -> dict[str, yaml.Node]:
    pairs = [_prose(tag, text, 2) for tag, text in texts.items()]
    return {key: _mapping({tag: node for pair in pairs for tag, node in pair.items()})}


def _scalar(value: bool | int | date | str | None) -> yaml.ScalarNode:
    if isinstance(value, str | date):
        return _text(str(value))
    kind = "null" if value is None else "bool" if isinstance(value, bool) else "int"
    return yaml.ScalarNode(_TAG + kind, "null" if value is None else str(value).lower())


def _mapping(pairs: Mapping[str, yaml.Node], *, flow: bool = False) -> yaml.MappingNode:
    rows = [(_text(key), value) for key, value in pairs.items()]
    return yaml.MappingNode(f"{_TAG}map", rows, flow_style=flow or not rows)


def _list(values: Sequence[yaml.Node], *, flow: bool = False) -> yaml.SequenceNode:
    return yaml.SequenceNode(f"{_TAG}seq", [*values], flow_style=flow or not values)


def _texts(values: Iterable[str]) -> yaml.SequenceNode:
    return _list([_text(value) for value in values], flow=True)


def _line_or_block(pairs: Mapping[str, yaml.Node], column: int) -> yaml.MappingNode:
    """Give a mapping that begins at this column on one line, or in several if it does not fit."""
    line = _mapping(pairs, flow=True)
    fits = column + len(_serialized(line, float("inf")).rstrip("\n")) <= _WIDTH
    return line if fits else _mapping(pairs)


# ---------------------------------------------------------------------------- measures


def _measure(measure: Measure) -> dict[str, yaml.Node]:
    found: dict[str, yaml.Node] = {
        "id": _text(measure.id),
        "family": _text(measure.family),
        "question": _text(measure.question),
        **_proses("title", measure.titles),
        **_proses("text", measure.texts),
        **_prose("source", measure.citation.source, 0),
        "confidence": _text(measure.citation.confidence),
    }
    for key, text in (
        ("confidence_note", measure.citation.confidence_note),
        ("note", measure.note),
    ):
        found |= _prose(key, text, 0) if text else {}
    if measure.named_in_article is not None:
        found["named_in_article"] = _scalar(measure.named_in_article)
    if measure.scope is not None:
        found["scope"] = _scope(measure.scope)
    clauses = [_mapping(_clause(joined(states))) for states in states_of(measure.clauses)]
    return {**found, "clauses": _list(clauses)}


def _scope(scope: Scope) -> yaml.Node:
    found: dict[str, yaml.Node] = {}
    if scope.places:
        several = isinstance(scope.places, tuple)
        found["places"] = _texts(scope.places) if several else _text(str(scope.places))
    found |= {"documents": _texts(scope.documents)} if scope.documents else {}
    found |= {"holders": _texts(scope.holders)} if scope.holders else {}
    return _mapping(found)


def _clause(clause: Clause) -> dict[str, yaml.Node]:
    announced = {} if clause.announced is None else {"announced": _scalar(clause.announced)}
    return {
        "id": _text(clause.id),
        **announced,
        "in_force": _mapping(_days(clause.in_force), flow=True),
        "recorded": _scalar(clause.recorded),
        "when": _condition(clause.when, 6),
        "effect": _effect(clause.effect),
    }


def _days(period: Period) -> dict[str, yaml.Node]:
    until = {} if period.until is None else {"until": _scalar(period.until)}
    return {"from": _scalar(period.start), **until}


def _condition(condition: Condition, column: int) -> yaml.Node:
    if isinstance(condition, Test):
        return _line_or_block(_test(condition), column)
    if isinstance(condition, Not):
        return _mapping({"not": _condition(condition.part, column + len("not: "))})
    key = "all" if isinstance(condition, All) else "any"
    return _mapping({key: _list([_condition(part, column + 4) for part in condition.parts])})


def _test(test: Test) -> dict[str, yaml.Node]:
    if test.table is not None:
        return {"fact": _text(test.fact), IN_TABLE: _text(test.table)}
    several = test.operand if isinstance(test.operand, tuple) else None
    one = _scalar(test.operand) if not isinstance(test.operand, tuple) else None
    operand = one or _list([_scalar(value) for value in several or ()], flow=True)
    return {"fact": _text(test.fact), test.operator.value: operand}


def _effect(effect: Mapping[str, Json]) -> yaml.Node:
    pairs = {key: _json(one) for key, one in effect.items()}
    nested = any(
        isinstance(one, yaml.CollectionNode) and not one.flow_style for one in pairs.values()
    )
    return _mapping(pairs) if nested else _line_or_block(pairs, 12)


def _json(value: Json) -> yaml.Node:
    if isinstance(value, Mapping):
        return _mapping({key: _json(one) for key, one in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, str):
        plain = not any(isinstance(one, Mapping | list | tuple) for one in value)
        return _list([_element(one) for one in value], flow=plain)
    return _scalar(value)


def _element(value: Json) -> yaml.Node:
    if isinstance(value, Mapping):
        return _line_or_block({key: _json(one) for key, one in value.items()}, 10)
    return _json(value)


# ---------------------------------------------------------------------------- cases


def _case(case: Case) -> dict[str, yaml.Node]:
    why = _prose("why", case.why, 4) if case.why else {}
    facts = {name: _scalar(value) for name, value in case.facts.items()}
    return {
        "facts": _line_or_block(facts, 11),
        "on": _scalar(case.on),
        "expect": _text(_WORDS[case.expect]),
        "origin": _text(case.origin),
        **why,
    }


_WORDS = {verdict: word for word, verdict in EXPECTATIONS.items()}
