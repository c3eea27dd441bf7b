"""Figures: their values from tallies, recounts from the records, splits, and published bulletins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, Sum

from guomen.apps.bulletins.models import Bulletin, DailyTally, PublishedFigure, TallyHead
from guomen.apps.ledger import queries as ledger
from guomen.core.canonical import digest
from guomen.core.numerals import Growth, growth
from guomen.core.refusal import Nature, Refusal
from guomen.core.seal import Head
from guomen.core.time import Period, parse_period, year_before
from guomen.jurisdiction import FigureDefinition, Selection


class NothingSealed(Refusal):
    """There is no seal to count up to."""

    code = "bulletins.nothing_sealed"
    nature = Nature.CONFLICT


class PeriodNotCovered(Refusal):
    """The records do not cover the period whole."""

    code = "bulletins.period_not_covered"
    nature = Nature.NOT_FOUND


class BulletinUnknown(Refusal):
    """There is no such bulletin."""

    code = "bulletins.unknown"
    nature = Nature.NOT_FOUND


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """A value with everything that is needed to count it again."""

    figure: str
    period: str
    value: int
    definition_version: int
    definition_digest: str
    seal_node: str
    seal_number: int
    seal_root: str

    @property
    def digest(self) -> str:
        """The SHA-256 over value, definition, period and seal."""
        return digest(
            {
                "figure": self.figure,
                "period": self.period,
                "value": self.value,
                "definition": self.definition_digest,
                "seal": [self.seal_node, self.seal_number, self.seal_root],
            }
        )


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a figure, split by a column or by month."""

    part: str
    value: int


@dataclass(frozen=True, slots=True)
class BulletinFile:
    """A bulletin as it is kept."""

    id: UUID
    template: str
    period: str
    state: str
    texts: Mapping[str, str]
    compiled_by: str
    compiled_at: datetime
    released_by: str
    released_at: datetime | None
    figures: tuple[CountedFigure, ...]


def _chosen(selection: Selection, period: Period) -> Q:
    chosen = Q(kind=selection.kind.value, day__gte=period.start)
    if period.until is not None:
        chosen &= Q(day__lt=period.until)
    for column, values in selection.where.items():
        any_value = tuple(values) == ("*",)
        chosen &= ~Q(**{column: ""}) if any_value else Q(**{f"{column}__in": list(values)})
    return chosen


def _all_chosen(definition: FigureDefinition, period: Period) -> Q:
    chosen = Q(pk__in=[])
    for selection in definition.selections:
        chosen |= _chosen(selection, period)
    return chosen


def value(*, definition: FigureDefinition, period: Period) -> int:
    """Give a figure's value in a period from the daily tallies."""
    rows = DailyTally.objects.filter(_all_chosen(definition, period))
    return int(rows.aggregate(total=Sum("quantity"))["total"] or 0)


def recounted(*, definition: FigureDefinition, period: Period) -> int:
    """Count a figure again from the ledger's entries themselves."""
    return sum(
        total
        for selection in definition.selections
        for _, total in ledger.count_by(
            kind=selection.kind.value,
            where=selection.where,
            start=period.start,
            until=period.until,
            by=["kind"],
        )
    )


def counted(*, definition: FigureDefinition, period: str) -> CountedFigure:
    """Give a value with its definition and the seal it was counted up to.

    Refuses when nothing is sealed, and a period that the records do not cover whole: no figure
    is better than one that looks like zero.
    """
    head = tally_head()
    if not is_covered(period=period):
        raise PeriodNotCovered(period=period, covered=", ".join(covered_periods()))
    return CountedFigure(
        figure=definition.id,
        period=period,
        value=value(definition=definition, period=parse_period(period)),
        definition_version=definition.version,
        definition_digest=definition.digest,
        seal_node=head.node,
        seal_number=head.number,
        seal_root=head.root,
    )


def tally_head() -> Head:
    """Give the head that the tallies count up to; refuse where nothing is sealed and tallied."""
    row = TallyHead.objects.order_by("-until_mark").first()
    found = ledger.seal_numbered(row.node, row.number) if row else None
    if found is None:
        raise NothingSealed()
    return found.head


def year_on_year(*, definition: FigureDefinition, period: str) -> Growth:
    """Compare a period with the same period one year earlier, from exact counts."""
    return growth(
        value(definition=definition, period=parse_period(period)),
        value(definition=definition, period=parse_period(year_before(period))),
    )


def split(*, definition: FigureDefinition, period: str, by: str) -> tuple[Share, ...]:
    """Split a figure by one of its columns, the greatest part first."""
    rows = DailyTally.objects.filter(_all_chosen(definition, parse_period(period)))
    grouped = rows.values_list(by).annotate(total=Sum("quantity")).order_by("-total", by)
    return tuple(Share(str(part), int(total)) for part, total in grouped)


def by_month(*, definition: FigureDefinition, period: str) -> tuple[Share, ...]:
    """Split a figure by month ("2023-01"), in their order."""
    rows = DailyTally.objects.filter(_all_chosen(definition, parse_period(period)))
    months: dict[str, int] = {}
    for day, total in rows.values_list("day").annotate(total=Sum("quantity")).order_by("day"):
        months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", 0) + int(total)
    return tuple(Share(month, total) for month, total in months.items())


def records_behind(*, definition: FigureDefinition, period: str, most: int) -> tuple[UUID, ...]:
    """Give references of some of the sealed entries that a figure counts."""
    span, head = parse_period(period), tally_head()
    found = [
        entry
        for selection in definition.selections
        for entry in ledger.sample(
            kind=selection.kind.value,
            where=selection.where,
            start=span.start,
            until=span.until,
            up_to=head,
            most=most,
        )
    ]
    return tuple(found[:most])


def covered_periods() -> tuple[str, ...]:
    """List the half-years that the records cover whole, in their order.

    Synthetic records say themselves which they cover; others cover what lies between the first
    and the last day on record.
    """
    simulated = ledger.simulation()
    if simulated is not None:
        return simulated.periods
    days = ledger.recorded_days()
    return tuple(_half_years_between(*days)) if days else ()


def is_covered(*, period: str) -> bool:
    """Tell whether every day of a period lies in a half-year that the records cover whole."""
    span = parse_period(period)
    spans = [parse_period(code) for code in covered_periods()]
    day = span.start
    while span.until is not None and day < span.until:
        around = next((one for one in spans if one.contains(day)), None)
        if around is None or around.until is None:
            return False
        day = around.until
    return True


def _half_years_between(first: date, last: date) -> Iterable[str]:
    for year in range(first.year, last.year + 1):
        for half in ("H1", "H2"):
            span = parse_period(f"{year}{half}")
            if first <= span.start and span.last_day is not None and span.last_day <= last:
                yield f"{year}{half}"


def _figure(row: PublishedFigure) -> CountedFigure:
    return CountedFigure(
        row.figure,
        row.period,
        row.value,
        row.definition_version,
        row.definition_digest,
        row.seal_node,
        row.seal_number,
        row.seal_root,
    )


def _bulletin(row: Bulletin) -> BulletinFile:
    figures = PublishedFigure.objects.filter(bulletin=row).order_by("pk")
    return BulletinFile(
        row.id,
        row.template,
        row.period,
        row.state,
        row.texts,
        row.compiled_by,
        row.compiled_at,
        row.released_by,
        row.released_at,
        tuple(map(_figure, figures)),
    )


def bulletin(*, bulletin_id: UUID) -> BulletinFile:
    """Read a bulletin or refuse with `bulletins.unknown`."""
    row = Bulletin.objects.filter(pk=bulletin_id).first()
    if row is None:
        raise BulletinUnknown(bulletin=str(bulletin_id))
    return _bulletin(row)


def released(*, period: str | None = None) -> Sequence[BulletinFile]:
    """List the released bulletins, the newest period first."""
    rows = Bulletin.objects.filter(state="released")
    if period is not None:
        rows = rows.filter(period=period)
    return [_bulletin(row) for row in rows.order_by("-period", "-released_at")]
