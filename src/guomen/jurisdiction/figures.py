"""Reads `figures/`: what each published figure counts, in what unit, and how texts speak of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guomen.core.canonical import Json, digest
from guomen.core.claims import FigureWords
from guomen.core.events import COLUMNS, EventKind
from guomen.jurisdiction.nodes import Node


@dataclass(frozen=True, slots=True)
class Selection:
    """Entries of one kind whose columns have one of the given values.

    A column under `without` must be none of them; `measure: ["*"]` means any, but some.
    """

    kind: EventKind
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """One figure: the sum of `quantity` over its selections in a period.

    `digest` names exactly this definition; a change of what is counted is a new version.
    """

    id: str
    version: int
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    unit: str
    selections: tuple[Selection, ...]
    splits: tuple[str, ...]
    source: str
    words: FigureWords | None

    @property
    def digest(self) -> str:
        """The SHA-256 of what is counted and in which unit."""
        return digest({"id": self.id, "version": self.version, **self._content()})

    def _content(self) -> dict[str, Json]:
        return {
            "unit": self.unit,
            "counts": [
                {"kind": one.kind.value, "where": {k: list(v) for k, v in one.where.items()}}
                for one in self.selections
            ],
        }


_REQUIRED = ("id", "version", "name", "definition", "unit", "counts", "splits", "source")


def read_figure(file: Node, units: Collection[str], languages: Collection[str]) -> FigureDefinition:
    """Read one figure's file; names and definition in every language."""
    row = file.mapping(_REQUIRED, ("words", "confidence", "note"))
    figure_id = row["id"].text()
    return FigureDefinition(
        id=figure_id,
        version=row["version"].integer(),
        names=row["name"].texts(languages),
        definitions=row["definition"].texts(languages),
        unit=row["unit"].one_of(units),
        selections=tuple(_selection(node) for node in row["counts"].sequence()),
        splits=tuple(node.one_of(COLUMNS) for node in row["splits"].sequence()),
        source=row["source"].text(),
        words=_words(figure_id, row["words"]) if "words" in row else None,
    )


def _selection(node: Node) -> Selection:
    row = node.mapping(("kind",), COLUMNS)
    kind = EventKind(row.pop("kind").one_of([one.value for one in EventKind]))
    return Selection(kind, {column: _values(value) for column, value in row.items()})


def _values(node: Node) -> tuple[str, ...]:
    return tuple(one.text() for one in node.sequence())


def _words(figure_id: str, node: Node) -> FigureWords:
    row = node.mapping(("units", "all_of"), ("none_of",))
    return FigureWords(
        figure=figure_id,
        units=frozenset(_values(row["units"])),
        all_of=tuple(_values(group) for group in row["all_of"].sequence()),
        none_of=_values(row["none_of"]) if "none_of" in row else (),
    )
