"""The released bulletins; every figure in the text leads to its own page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guomen.apps.bulletins import queries
from guomen.apps.policy.queries import jurisdiction
from guomen.core.numerals import quantity_phrase
from guomen.jurisdiction import Jurisdiction
from guomen.language.tags import text_in
from guomen.web.components.refused import page


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence; with a figure it is a link to that figure's page."""

    text: str
    figure: queries.CountedFigure | None = None


@page
def bulletins(request: HttpRequest, tag: str) -> HttpResponse:
    """List the released bulletins, newest period first."""
    found = [(one, _title(one.texts)) for one in queries.released()]
    content = {"bulletins": found, "zone": jurisdiction().zone}
    return render(request, "portal/bulletins.html", content)


def _title(texts: Mapping[str, str]) -> Mapping[str, str]:
    return {tag: text.partition("\n")[0] for tag, text in texts.items()}


@page
def bulletin(request: HttpRequest, tag: str, bulletin_id: UUID) -> HttpResponse:
    """Show one bulletin; what is not released yet has no public page."""
    found = queries.bulletin(bulletin_id=bulletin_id)
    if found.state != "released":
        raise Http404("not released")
    pack = jurisdiction()
    text, text_tag = text_in(found.texts, tag)
    title, *lines = text.splitlines() or [""]
    content = {
        "bulletin": found,
        "title": title,
        "text_tag": text_tag,
        "lines": [_pieces(line, found, pack, text_tag) for line in lines],
        "figures": [(one, pack.figures.get(one.figure)) for one in found.figures],
        "zone": pack.zone,
    }
    return render(request, "portal/bulletin.html", content)


def _pieces(
    line: str, found: queries.BulletinFile, pack: Jurisdiction, text_tag: str
) -> list[Piece]:
    figures = _phrases(found, pack, text_tag)
    if not figures:
        return [Piece(line)]
    longest_first = sorted(figures, key=len, reverse=True)
    cut = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", line)
    return [Piece(text, figures.get(text)) for text in cut if text]


def _phrases(
    found: queries.BulletinFile, pack: Jurisdiction, text_tag: str
) -> dict[str, queries.CountedFigure]:
    """Give the words in which each figure stands in the text."""
    known = [one for one in found.figures if one.figure in pack.figures]
    return {
        quantity_phrase(
            one.value, pack.units[pack.figures[one.figure].unit][text_tag], text_tag
        ): one
        for one in reversed(known)
    }
