"""Reads `bulletins/`: the sentences of a bulletin, with places for figures."""

import re
from collections.abc import Collection, Iterator, Mapping
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


_BRACED = re.compile(r"\{[^{}]*\}|[{}]")


def read_bulletin(
    file: Node, figures: Collection[str], languages: Collection[str]
) -> BulletinTemplate:
    """Read one template; it uses the pack's figures and languages, and a sentence names only the
    figures that its template lists."""
    row = file.mapping(("id", "figures", "title", "sentences"))
    listed = tuple(node.one_of(figures) for node in row["figures"].sequence())
    if not listed:
        raise row["figures"].fault("a bulletin needs a figure", "list at least one")
    places = {f"{{{name}{growth}}}" for name in listed for growth in ("", "|yoy")} | {"{period}"}
    sentences = {
        language: tuple(_sentence(one, places) for one in node.sequence())
        for language, node in _by_language(row["sentences"], languages)
    }
    titles = {
        language: _sentence(node, places)
        for language, node in _by_language(row["title"], languages)
    }
    if titles.keys() != sentences.keys():
        what = "title and sentences stand in different languages"
        raise row["sentences"].fault(what, "write both in the same languages")
    return BulletinTemplate(row["id"].text(), listed, titles, sentences)


def _by_language(node: Node, languages: Collection[str]) -> Iterator[tuple[str, Node]]:
    for language, inner in node.items():
        if language not in languages:
            mend = "use one of: " + ", ".join(sorted(languages))
            raise inner.fault(f"`{language}` is no language of the pack", mend)
        yield language, inner


def _sentence(node: Node, places: Collection[str]) -> str:
    for place in _BRACED.findall(node.text()):
        if place not in places:
            mend = "list the figure under `figures:`, or use {figure}, {figure|yoy}, {period}"
            raise node.fault(f"`{place}` stands for no figure of the bulletin", mend)
    if not node.text().strip():
        raise node.fault("an empty text", "write it or remove it")
    return node.text()
