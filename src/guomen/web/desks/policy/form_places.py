"""Leads from a line of the YAML that a form has written back to the field of the form."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import yaml

from guomen.web.desks.policy.form_rows import ClauseRow, MeasureRows, TestRow

_Path = tuple[str | int, ...]
_CLAUSE_FIELDS = {"id": "id", "announced": "announced", "in_force": "from", "recorded": "from"}


def parts_of(tests: Sequence[TestRow]) -> list[list[int]]:
    """Give the parts of a condition as places of rows: alternatives of one group stand together."""
    parts: dict[str, list[int]] = {}
    for at, one in enumerate(tests):
        parts.setdefault(f"group {one.group}" if one.group else f"row {at}", []).append(at)
    return list(parts.values())


def field_at(text: str, line: int, rows: MeasureRows) -> str:
    """Give the name of the field whose value begins at a line; one that holds several, if several do.

    A part of the measure that has no field gives its own name, which is none of the form's.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    starting = [path for path, at in _leaves(root, ()) if at == line]
    shared = (parts[0] for parts in takewhile(_alike, zip(*starting, strict=False)))
    return _field(tuple(shared), rows)


def _alike(parts: Sequence[str | int]) -> bool:
    return len(set(parts)) == 1


def _leaves(node: yaml.Node | None, path: _Path) -> Iterator[tuple[_Path, int]]:
    """Give what holds nothing more, with its line: a list begins where its first element does."""
    inner = list(_inner(node)) if node is not None else []
    for name, value in inner:
        yield from _leaves(value, (*path, name))
    if node is not None and not inner:
        yield path, node.start_mark.line + 1


def _inner(node: yaml.Node) -> Iterable[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        return [(str(key.value), value) for key, value in node.value]
    return enumerate(node.value) if isinstance(node, yaml.SequenceNode) else ()


def _field(path: _Path, rows: MeasureRows) -> str:
    if path[:1] in (("title",), ("text",)):
        return ".".join(str(one) for one in path[:2])
    if path[:1] != ("clauses",) or len(path) == 1:
        return str(path[0]) if path else ""
    at, inner = path[1], path[2:]
    name = _in_clause(inner, rows.clauses[at]) if isinstance(at, int) else "id"
    return f"c{at}.{name}"


def _in_clause(inner: _Path, clause: ClauseRow) -> str:
    if inner[:1] == ("when",):
        return _in_condition(inner[2:], clause)
    if inner[:1] == ("effect",):
        keys = [one.key for one in clause.effects]
        return f"e{keys.index(str(inner[1]))}.value" if len(inner) > 1 else "e0.value"
    return _CLAUSE_FIELDS.get(str(inner[0]), "id") if inner else "id"


def _in_condition(inner: _Path, clause: ClauseRow) -> str:
    """Find the row of a part of `all`, and within an `any` the row of the alternative."""
    if clause.tests is None or not inner:
        return "add-test"
    places = parts_of(clause.tests)[int(inner[0])]
    within = next((int(one) for one in inner[1:] if isinstance(one, int)), 0)
    row = places[min(within, len(places) - 1)]
    return f"t{row}.fact" if inner[-1] == "fact" else f"t{row}.value"
