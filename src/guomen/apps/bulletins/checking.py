"""Checks an article: what it claims, and what the records say of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guomen.apps.bulletins.queries import covered_periods, value
from guomen.apps.ledger import queries as ledger
from guomen.core.claims import Judged, Known, judge, read_claims
from guomen.core.time import parse_period
from guomen.jurisdiction import FigureDefinition, Jurisdiction


def check_article(
    *, text: str, published: date | None, jurisdiction: Jurisdiction
) -> Sequence[Judged]:
    """Judge each claim of a text against the records, scaled up by what the records say of
    their own scale."""
    spoken = [one for one in jurisdiction.figures.values() if one.words is not None]
    words = [one.words for one in spoken if one.words is not None]
    return judge(read_claims(text), words, known_values(spoken), published)


def known_values(figures: Sequence[FigureDefinition]) -> list[Known]:
    """Give every figure's value in every period that the records cover, and its parts.

    A figure that no record speaks to has no value, rather than zero.
    """
    scale = _scale()
    # Of a nation simulated at 1:1000 one record stands for a thousand: half of that is open.
    margin = _scaled(Fraction(1, 2), scale) if scale != 1 else Decimal(0)
    return [
        Known(figure.id, period, _scaled(Fraction(total), scale), complete=True, margin=margin)
        for figure in figures
        for period in _with_parts(covered_periods())
        if (total := value(definition=figure, period=parse_period(period)))
    ]


def _scale() -> Fraction:
    simulated = ledger.simulation()
    return Fraction(simulated.scale) if simulated else Fraction(1)


def _scaled(total: Fraction, scale: Fraction) -> Decimal:
    whole = total / scale
    return Decimal(whole.numerator) / Decimal(whole.denominator)


def _with_parts(half_years: Sequence[str]) -> list[str]:
    found: list[str] = []
    for code in half_years:
        year, half = code[:4], int(code[-1])
        quarters = [f"{year}Q{2 * half - 1}", f"{year}Q{2 * half}"]
        months = [f"{year}-{month:02d}" for month in range(6 * half - 5, 6 * half + 1)]
        found += [code, *quarters, *months]
        if half == 2 and f"{year}H1" in half_years:
            found.append(year)
    return found
