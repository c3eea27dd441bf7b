"""Tallying days, compiling a bulletin and releasing it by a second officer."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from guomen.apps.bulletins.models import Bulletin, DailyTally, PublishedFigure, TallyHead
from guomen.apps.bulletins.queries import (
    BulletinUnknown,
    CountedFigure,
    counted,
    recounted,
    year_on_year,
)
from guomen.apps.bulletins.writing import write_text
from guomen.apps.ledger import queries as ledger
from guomen.apps.ledger.acts import act, derivation
from guomen.apps.ledger.operations import append_office_act
from guomen.apps.ledger.rows import insert_rows
from guomen.core.actor import Actor, Duty
from guomen.core.canonical import Json
from guomen.core.events import CATALOGUE, COLUMNS, EventKind
from guomen.core.refusal import Nature, Refusal
from guomen.core.seal import Head
from guomen.core.time import parse_period
from guomen.core.transitions import BULLETIN
from guomen.jurisdiction import BulletinTemplate, Jurisdiction


class PeriodNotSealed(Refusal):
    """Entries of the period wait for a seal, so a figure could not name what it was counted from."""

    code = "bulletins.period_not_sealed"
    nature = Nature.CONFLICT


class TalliesBehind(Refusal):
    """The tallies do not agree with the records: they must be taken again first."""

    code = "bulletins.tallies_behind"
    nature = Nature.CONFLICT


class SecondOfficerNeeded(Refusal):
    """Who compiled a bulletin does not release it."""

    code = "bulletins.second_officer_needed"
    nature = Nature.NOT_ALLOWED


_TALLY = ("day", "kind", *COLUMNS, "quantity")


_COUNTED = [kind.value for kind, description in CATALOGUE.items() if description.counted]
_DAYS_AT_ONCE = 200


@derivation
def tally_sealed(*, node: str, anew: bool = False) -> int:
    """Take anew the tallies of every day of which something was sealed since the last time.

    With `anew`, of all days. The tallies then count exactly what the newest seal covers, and
    figures name that seal. Gives how many rows were written.
    """
    head = ledger.last_seal(node)
    if head is None:
        return 0
    done = None if anew else TallyHead.objects.filter(node=node).first()
    if done is not None and done.number == head.number:
        return 0
    since = done.until_mark if done else None
    days = ledger.days_sealed(kinds=_COUNTED, since_mark=since, up_to=head)
    rows = 0
    for start in range(0, len(days), _DAYS_AT_ONCE):
        rows += _tally(days[start : start + _DAYS_AT_ONCE], head)
    until = {"number": head.number, "until_mark": head.until_mark}
    TallyHead.objects.update_or_create(node=node, defaults=until)
    return rows


def _tally(days: Sequence[date], head: Head) -> int:
    DailyTally.objects.filter(day__in=days).delete()
    rows = [
        (parts[0], kind, *parts[1:], total)
        for kind in _COUNTED
        for parts, total in ledger.count_days(
            kind=kind, days=days, up_to=head, by=["day", *COLUMNS]
        )
    ]
    insert_rows(DailyTally, _TALLY, rows)
    return len(rows)


@act
def compile_bulletin(
    *,
    actor: Actor,
    at: datetime,
    day: date,
    entry: UUID,
    bulletin: UUID,
    template: BulletinTemplate,
    period: str,
    jurisdiction: Jurisdiction,
) -> None:
    """Compile a bulletin in all languages of its template; leaves `bulletin.compiled`.

    Refuses a period with unsealed entries, and tallies that a recount contradicts.
    """
    actor.require(Duty.COMPILE_BULLETIN)
    span = parse_period(period)
    waiting = ledger.unsealed_days(start=span.start, until=span.until)
    if waiting:
        raise PeriodNotSealed(period=period, entries=waiting)
    figures = _figures(template, period, jurisdiction)
    growths = {
        name: year_on_year(definition=jurisdiction.figures[name], period=period) for name in figures
    }
    row = Bulletin.objects.create(
        id=bulletin,
        template=template.id,
        period=period,
        state="compiled",
        texts={
            language: write_text(template, figures, growths, jurisdiction, language)
            for language in template.sentences
        },
        compiled_by=actor.reference,
        compiled_at=at,
        released_by="",
    )
    PublishedFigure.objects.bulk_create(_published(row, one) for one in figures.values())
    payload: dict[str, Json] = {
        "bulletin": str(bulletin),
        "period": period,
        "figures": {name: one.digest for name, one in figures.items()},
    }
    append_office_act(
        entry=entry, kind=EventKind.BULLETIN_COMPILED, actor=actor, at=at, day=day, payload=payload
    )


def _figures(
    template: BulletinTemplate, period: str, jurisdiction: Jurisdiction
) -> dict[str, CountedFigure]:
    figures = {}
    for name in template.figures:
        definition = jurisdiction.figures[name]
        one = counted(definition=definition, period=period)
        again = recounted(definition=definition, period=parse_period(period))
        if one.value != again:
            raise TalliesBehind(figure=name, tallied=one.value, recounted=again)
        figures[name] = one
    return figures


def _published(row: Bulletin, one: CountedFigure) -> PublishedFigure:
    return PublishedFigure(
        bulletin=row,
        figure=one.figure,
        period=one.period,
        value=one.value,
        definition_version=one.definition_version,
        definition_digest=one.definition_digest,
        seal_node=one.seal_node,
        seal_number=one.seal_number,
        seal_root=one.seal_root,
        digest=one.digest,
    )


@act
def release_bulletin(*, actor: Actor, at: datetime, day: date, entry: UUID, bulletin: UUID) -> None:
    """Release a compiled bulletin to the public; leaves `bulletin.released`.

    Refuses the officer who compiled it.
    """
    actor.require(Duty.RELEASE_BULLETIN)
    row = Bulletin.objects.filter(pk=bulletin).first()
    if row is None:
        raise BulletinUnknown(bulletin=str(bulletin))
    BULLETIN.require(row.state, "released")
    if row.compiled_by == actor.reference:
        raise SecondOfficerNeeded(bulletin=str(bulletin))
    changed = Bulletin.objects.filter(pk=row.pk, state="compiled").update(
        state="released", released_by=actor.reference, released_at=at
    )
    BULLETIN.require_done(changed, "released")
    payload: dict[str, Json] = {"bulletin": str(bulletin), "period": row.period}
    append_office_act(
        entry=entry, kind=EventKind.BULLETIN_RELEASED, actor=actor, at=at, day=day, payload=payload
    )
