"""What the register says about documents: the standing for a lane, and the alerts. A person's data
are opened by `names_in_force` and `holder_behind` alone, for acts that note the reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from guomen.apps.registry.flags import read_flags, spell_flags
from guomen.apps.registry.models import Alert, TravelDocument
from guomen.apps.registry.models import Standing as StandingRow
from guomen.apps.registry.vault import NumberIndex, Vault
from guomen.core.alerts import RULES, AlertFlag, AlertKind, state_on
from guomen.core.clearance import Standing
from guomen.core.refusal import Nature, Refusal
from guomen.core.travel_documents import DocumentKind, Identified, number_key

_PARAMETERS = 900
"""As many ids in one query as every SQLite takes."""

ALERT_NAME = "registry_alert.name"
"""The place under which an alert's name is encrypted."""


class AlertUnknown(Refusal):
    """There is no such alert."""

    code = "registry.alert_unknown"
    nature = Nature.NOT_FOUND


class RegistryElsewhere(Refusal):
    """This installation is a port node: persons are registered at the centre alone."""

    code = "registry.elsewhere"
    nature = Nature.NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class AlertFile:
    """An alert as officers see it: everything but the document's number and the person's name.

    `state` is that of the day it was asked for: what is past its end has lapsed.
    """

    id: UUID
    document_kind: str
    kind: str
    direction: str
    legal_basis: str
    authority: str
    instruction: str
    language: str
    valid_from: date
    until: date
    review_on: date
    review_due: bool
    state: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    closing_reason: str
    holds_name: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """The person a registered document was issued to."""

    person: UUID
    name: str


def vault() -> Vault:
    """Give the vault of this installation; refuse at a port node, which holds no persons."""
    if settings.GUOMEN_REGISTRY_SECRET is None:
        raise RegistryElsewhere()
    return _vault(settings.GUOMEN_REGISTRY_SECRET)


@lru_cache(maxsize=2)
def _vault(secret: bytes) -> Vault:
    # Deriving the keys costs more than a decision; they are the same for the same secret.
    return Vault(secret)


def index_of(*, kind: DocumentKind, document: Identified, keys: NumberIndex) -> str:
    """Give the keyed index under which a presented document is found.

    A nationally issued one is found whatever issuer its zone prints (a card may print none).
    """
    issuer = "" if kind.national else document.issuer
    return keys.index(kind.code, issuer, number_key(kind, document.number))


def standings(*, indexes: Iterable[str]) -> dict[str, Standing]:
    """Give the standings of documents by index; unknown ones are left out."""
    wanted = list(dict.fromkeys(indexes))
    found: dict[str, Standing] = {}
    for start in range(0, len(wanted), _PARAMETERS):
        rows = StandingRow.objects.filter(number_index__in=wanted[start : start + _PARAMETERS])
        for index, status, enrolled, alerts in rows.values_list(
            "number_index", "status", "enrolled", "alerts"
        ):
            found[index] = Standing(status, enrolled, read_flags(alerts) if alerts else ())
    return found


def recounted_flags(*, index: str) -> str:
    """Count the alerts in force on a document anew, as its standing must repeat them."""
    rows = Alert.objects.filter(number_index=index, state="in_force")
    return spell_flags(
        AlertFlag(str(row.id), row.kind, row.direction, row.valid_from, row.until) for row in rows
    )


def alerts_listed(*, day: date, most: int) -> tuple[AlertFile, ...]:
    """List alerts as they are on a day: what lives by its next review, then what is over."""
    lives = Q(state="proposed") | Q(state="in_force", until__gt=day)
    living = Alert.objects.filter(lives).order_by("review_on", "proposed_at")[:most]
    over = Alert.objects.exclude(lives).order_by("-until", "proposed_at")[:most]
    return tuple(_file(row, day) for row in (*living, *over))


def alert_file(*, alert_id: UUID, day: date) -> AlertFile:
    """Read one alert, or refuse with `registry.alert_unknown`."""
    return _file(alert_row(alert_id=alert_id), day)


def alert_files(*, references: Iterable[str], day: date) -> tuple[AlertFile, ...]:
    """Read the alerts of these references; what is no alert is left out."""
    rows = Alert.objects.filter(pk__in=[UUID(one) for one in references])
    return tuple(_file(row, day) for row in rows.order_by("proposed_at"))


def alert_row(*, alert_id: UUID) -> Alert:
    """Give the row of an alert; for this app's own operations."""
    row = Alert.objects.filter(pk=alert_id).first()
    if row is None:
        raise AlertUnknown(alert=str(alert_id))
    return row


def names_in_force(*, direction: str, day: date) -> dict[str, str]:
    """Open the names that alerts in force hold for a direction, by the alert's reference."""
    holding = [kind for kind in AlertKind if RULES[kind].may_hold_name]
    rows = Alert.objects.filter(
        state="in_force",
        kind__in=holding,
        direction__in=(direction, "both"),
        valid_from__lte=day,
        until__gt=day,
    )
    named = ((str(row.id), name_held(row=row)) for row in rows.order_by("proposed_at"))
    return {reference: name for reference, name in named if name}


def name_held(*, row: Alert) -> str:
    """Open the name that an alert holds; the empty text where it holds none."""
    if not row.wrapped_key:
        return ""
    key, name = bytes(row.wrapped_key), bytes(row.name)
    return vault().decrypt(key, str(row.id), ALERT_NAME, name)


def holder_behind(*, index: str) -> Holder | None:
    """Open the name of the person a registered document was issued to."""
    row = TravelDocument.objects.filter(number_index=index).select_related("person").first()
    if row is None or not row.person.wrapped_key:
        return None
    person = row.person
    key, name = bytes(person.wrapped_key), bytes(person.name)
    opened = vault().decrypt(key, str(person.id), "registry_person.name", name)
    return Holder(person.id, opened)


def _file(row: Alert, day: date) -> AlertFile:
    state = state_on(row.state, row.until, day)
    return AlertFile(
        row.id,
        row.document_kind,
        row.kind,
        row.direction,
        row.legal_basis,
        row.authority,
        row.instruction,
        row.language,
        row.valid_from,
        row.until,
        row.review_on,
        state == "in_force" and row.review_on <= day,
        state,
        row.proposed_by,
        row.proposed_at,
        row.decided_by,
        row.decided_at,
        row.closing_reason,
        bool(row.wrapped_key),
    )
