"""Reads `tables/`: lists of values that measures share, each value with the days on which it counts."""

from collections.abc import Collection

from guomen.core.policy import FactDeclaration, Value, Vocabulary
from guomen.core.policy.tables import Table, TableRow
from guomen.core.time import Period
from guomen.jurisdiction.facts import read_declared
from guomen.jurisdiction.nodes import Node

CONFIDENCES = ("V", "K-high", "K-med", "K-low")
"""V: verified from a found source; K: general knowledge, high to low."""


def read_table(file: Node, vocabulary: Vocabulary, languages: Collection[str]) -> Table:
    """Read one table; every value must be one that the facts it is for can take."""
    row = file.mapping(("id", "facts", "name", "source", "confidence", "rows"))
    declared = [_declared(node, vocabulary) for node in row["facts"].sequence()]
    if not declared:
        raise row["facts"].fault("a table lists the values of a fact", "name at least one")
    rows = tuple(_row(node, declared) for node in row["rows"].sequence())
    if not rows:
        raise row["rows"].fault("a table needs a row", "add `- {values: […], from: …}`")
    return Table(
        id=row["id"].text(),
        facts=tuple(one.name for one in declared),
        names=row["name"].texts(languages),
        source=row["source"].text(),
        confidence=row["confidence"].one_of(CONFIDENCES),
        rows=rows,
    )


def _declared(node: Node, vocabulary: Vocabulary) -> FactDeclaration:
    if node.text() not in vocabulary:
        raise node.fault(f"fact `{node.text()}` is not declared", "declare it in facts.yaml")
    return vocabulary[node.text()]


def _row(node: Node, declared: list[FactDeclaration]) -> TableRow:
    row = node.mapping(("values", "from"), ("until",))
    values: list[Value] = []
    for one in declared:
        values = [read_declared(value, one) for value in row["values"].sequence()]
    if not values:
        raise row["values"].fault("a row without values says nothing", "name one or remove the row")
    if len(set(values)) != len(values):
        raise row["values"].fault("a value is there twice", "keep one of them")
    return TableRow(tuple(values), read_period(node, row))


def read_period(node: Node, row: dict[str, Node]) -> Period:
    """Read `from` and `until` of a row, half-open; refuse an end that is not after the start."""
    start = row["from"].day()
    until = row["until"].day() if "until" in row else None
    if until is not None and until <= start:
        raise node.fault(
            "`until` is not after `from`", "`until` is the first day on which it no longer holds"
        )
    return Period(start, until)
