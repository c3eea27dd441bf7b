"""The figures for everybody: what they are, what they were, and what they can be recounted from."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from guomen.api.schemas import (
    FigureHead,
    FigureOut,
    FiguresOut,
    GrowthOut,
    ProblemOut,
    SealOut,
    SyntheticOut,
)
from guomen.apps.bulletins import queries as bulletins
from guomen.apps.ledger.queries import simulation
from guomen.apps.policy.queries import jurisdiction as published_jurisdiction
from guomen.core.refusal import Nature, Refusal
from guomen.jurisdiction import FigureDefinition

router = Router(tags=["figures"])


class FigureUnknown(Refusal):
    """The jurisdiction declares no such figure."""

    code = "bulletins.figure_unknown"
    nature = Nature.NOT_FOUND


@router.get("/figures", response=FiguresOut, summary="List the figures")
def list_figures(request: HttpRequest) -> FiguresOut:
    """Give all figures with their definitions, and the periods on record."""
    figures = published_jurisdiction().figures.values()
    return FiguresOut(
        figures=[_head(one) for one in figures],
        periods=list(bulletins.covered_periods()),
        synthetic=_synthetic(),
    )


@router.get(
    "/figures/{figure_id}",
    response={200: FigureOut, 404: ProblemOut, 409: ProblemOut, 422: ProblemOut},
    summary="One figure in one period",
)
def show_figure(
    request: HttpRequest,
    figure_id: str,
    period: Annotated[str | None, Query(description="2023H1, 2023Q2, 2023, 2023-06")] = None,
) -> FigureOut:
    """Give one figure; without a period, in the newest half-year that the records cover."""
    definition = published_jurisdiction().figures.get(figure_id)
    if definition is None:
        raise FigureUnknown(figure=figure_id)
    return _figure(definition, period or _newest())


def _newest() -> str:
    covered = bulletins.covered_periods()
    if not covered:
        raise bulletins.PeriodNotCovered()
    return covered[-1]


def _figure(definition: FigureDefinition, period: str) -> FigureOut:
    counted = bulletins.counted(definition=definition, period=period)
    growth = bulletins.year_on_year(definition=definition, period=period)
    months = bulletins.by_month(definition=definition, period=period)
    percent = None if growth.percent is None else str(growth.percent)
    return FigureOut(
        id=definition.id,
        period=period,
        value=counted.value,
        unit=definition.unit,
        year_on_year=GrowthOut(base=growth.base, percent=percent),
        months={share.part: share.value for share in months},
        definition_version=counted.definition_version,
        definition_digest=counted.definition_digest,
        seal=SealOut(node=counted.seal_node, number=counted.seal_number, root=counted.seal_root),
        digest=counted.digest,
        synthetic=_synthetic(),
    )


def _head(one: FigureDefinition) -> FigureHead:
    return FigureHead(
        id=one.id,
        version=one.version,
        names=dict(one.names),
        unit=one.unit,
        definition=dict(one.definitions),
        definition_digest=one.digest,
        splits=list(one.splits),
    )


def _synthetic() -> SyntheticOut | None:
    told = simulation()
    return SyntheticOut(scale=told.scale, seed=told.seed) if told else None
