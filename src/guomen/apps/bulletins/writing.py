"""Writes a bulletin's text: the template's sentences with each figure's phrase in its place."""

import re
from collections.abc import Mapping

from guomen.apps.bulletins.queries import CountedFigure
from guomen.core.numerals import (
    Growth,
    LanguageNotWritten,
    growth_phrase,
    period_phrase,
    quantity_phrase,
)
from guomen.core.refusal import Nature, Refusal
from guomen.jurisdiction import BulletinTemplate, Jurisdiction

_PLACE = re.compile(r"\{(?P<figure>[a-z_.]+)(?P<growth>\|yoy)?\}")


class FigureNotInTemplate(Refusal):
    """A sentence names a figure that its template does not list."""

    code = "bulletins.figure_not_in_template"
    nature = Nature.BAD_INPUT


def write_text(
    template: BulletinTemplate,
    figures: Mapping[str, CountedFigure],
    growths: Mapping[str, Growth],
    jurisdiction: Jurisdiction,
    language: str,
) -> str:
    """Write title and sentences; refuses a language that the template does not have."""
    if language not in template.sentences:
        raise LanguageNotWritten(language=language, written=", ".join(template.sentences))

    def phrase(place: re.Match[str]) -> str:
        name = place["figure"]
        if name == "period":
            return period_phrase(next(iter(figures.values())).period, language)
        if name not in figures:
            raise FigureNotInTemplate(figure=name, template=template.id)
        if place["growth"]:
            return growth_phrase(growths[name], language)
        unit = jurisdiction.units[jurisdiction.figures[name].unit][language]
        return quantity_phrase(figures[name].value, unit, language)

    lines = [template.titles[language], *template.sentences[language]]
    return "\n".join(_PLACE.sub(phrase, line) for line in lines)
