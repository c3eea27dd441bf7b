"""Reads `bulletins/`: the sentences of a bulletin, with places for figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guomen.jurisdiction.nodes import Node


@dataclass(frozen=True, slots=True)
class BulletinTemplate:
    """One kind of bulletin. In a sentence, `{figure.id}` stands for a figure's phrase,
    `{figure.id|yoy}` for its growth over the same period of the year before."""

    id: str
    figures: tuple[str, ...]
    titles: Mapping[str, str]
    sentences: Mapping[str, tuple[str, ...]]


def read_bulletin(file: Node, figures: Collection[str]) -> BulletinTemplate:
    """Read one template; it may use the pack's figures only."""
    row = file.mapping(("id", "figures", "title", "sentences"))
    sentences = {
        language: tuple(one.text() for one in node.sequence())
        for language, node in row["sentences"].items()
    }
    return BulletinTemplate(
        id=row["id"].text(),
        figures=tuple(node.one_of(figures) for node in row["figures"].sequence()),
        titles=row["title"].texts(sentences),
        sentences=sentences,
    )
