"""Keeps a hit: a referral on the days and in the direction of the alert, opened for a purpose and logged."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from guomen import clock
from guomen.apps.accounts.operations import PurposeMissing
from guomen.apps.accounts.queries import readings
from guomen.apps.border.operations import AlertsOpened, open_alerts
from guomen.apps.border.queries import PassageAnswer, ReferralUnknown, referral
from guomen.apps.registry.operations import end_alert
from guomen.core.actor import Actor, ActorKind, DutyMissing
from guomen.core.alerts import AlertKind, AlertTerms
from guomen.core.clearance import Direction
from guomen.core.events import EventKind
from tests.apps.border.conftest import AT, Lane
from tests.apps.registry.alerts import DAY, MINOR, SECOND, TERMS, in_force
from tests.builders import VALID_PERMIT, kept_entries, passage, shown

pytestmark = pytest.mark.django_db
FOUND = shown(VALID_PERMIT.td1(), DAY)
PERMIT = FOUND.document
LATER = MINOR.until
MISUSED = replace(MINOR, kind=AlertKind.MISUSED_IDENTITY)


def present(
    desk: Lane, nonce: str = "n1", direction: Direction = Direction.ENTRY, at: datetime = AT
) -> PassageAnswer:
    """Present the registered permit."""
    request = passage(nonce, replace(FOUND, direction=direction), at)
    return desk.clear(request, at)


def alert_on_permit(desk: Lane, terms: AlertTerms = MINOR, name: str = "") -> UUID:
    """Put an alert on the permit."""
    return in_force(desk.nation, terms, document=PERMIT, name=name)


def refer(desk: Lane, nonce: str = "n1") -> UUID:
    """Present the permit, which is referred."""
    found = present(desk, nonce).referral
    assert found is not None
    return found


def open_as(
    actor: Actor, which: UUID, purpose: str = "decide_referral", name: str = ""
) -> AlertsOpened:
    """Open the alerts of a referral."""
    return open_alerts(actor=actor, at=AT, day=DAY, referral=which, purpose=purpose, name=name)


def test_document_without_alert_passes(desk: Lane) -> None:
    assert present(desk).outcome == "pass"


def test_hit_goes_to_a_person_with_kind_and_reference_alone(desk: Lane) -> None:
    alert = alert_on_permit(desk, name="CHAN, TAI MAN")
    file = referral(referral_id=refer(desk), port=None)
    [reason] = [one for one in file.reasons if one.in_order is not True]
    assert reason.code == "document.alert"
    assert dict(reason.facts) == {"alert_kind": "missing_minor", "alert": str(alert)}
    [entry] = kept_entries(EventKind.PASSAGE_REFERRED)[-1:]
    assert entry.event.payload["reasons"] == ["document.alert"]
    assert str(alert) not in repr(entry.event)


@pytest.mark.parametrize(
    ("direction", "outcome"), [(Direction.EXIT, "refer"), (Direction.ENTRY, "pass")]
)
def test_ban_on_leaving_lets_enter(desk: Lane, direction: Direction, outcome: str) -> None:
    alert_on_permit(desk, TERMS)
    assert present(desk, direction=direction).outcome == outcome


def test_lapsed_alert_refers_nobody_although_nobody_noted_it(desk: Lane) -> None:
    alert_on_permit(desk)
    last, after = LATER - timedelta(days=1), LATER
    noon = AT.replace(hour=4)
    on_last = datetime.combine(last, noon.timetz())
    on_next = datetime.combine(after, noon.timetz())
    assert present(desk, "n1", at=on_last).outcome == "refer"
    assert present(desk, "n2", at=on_next).outcome == "pass"


def test_lifted_alert_refers_nobody(desk: Lane) -> None:
    alert = alert_on_permit(desk)
    end_alert(actor=SECOND, at=AT, day=DAY, entry=clock.new_id(), alert=alert, reason="found")
    assert present(desk).outcome == "pass"


def test_opened_alert_shows_what_the_officer_needs(desk: Lane) -> None:
    alert = alert_on_permit(desk)
    [met] = open_as(desk.actor, refer(desk)).met
    assert (met.id, met.kind, met.instruction) == (alert, "missing_minor", "protect_minor")
    assert (met.legal_basis, met.authority, met.until) == (
        MINOR.legal_basis,
        MINOR.authority,
        MINOR.until,
    )


def test_opening_leaves_a_line_for_the_alert_and_for_the_person(desk: Lane) -> None:
    alert = alert_on_permit(desk)
    open_as(desk.actor, refer(desk), "answer_person")
    [line] = readings(reference=f"alert:{alert}")
    assert (line.actor, line.purpose, line.at) == (desk.actor.reference, "answer_person", AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference FROM accounts_readline ORDER BY id")
        kinds = [row[0].partition(":")[0] for row in cursor.fetchall()]
    assert kinds == ["alert", "person"]


@pytest.mark.parametrize("purpose", ["", "curiosity"])
def test_nothing_is_opened_without_a_purpose_of_the_list(desk: Lane, purpose: str) -> None:
    alert = alert_on_permit(desk)
    which = refer(desk)
    with pytest.raises(PurposeMissing):
        open_as(desk.actor, which, purpose)
    assert readings(reference=f"alert:{alert}") == ()


@pytest.mark.parametrize(
    "sql", ["UPDATE accounts_readline SET purpose = 'oversight'", "DELETE FROM accounts_readline"]
)
def test_log_of_reads_only_grows(desk: Lane, sql: str) -> None:
    alert_on_permit(desk)
    open_as(desk.actor, refer(desk))
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_machine_and_another_port_open_nothing(desk: Lane) -> None:
    alert_on_permit(desk)
    which = refer(desk)
    machine = Actor(ActorKind.DEVICE, "gate", desk.actor.duties)
    with pytest.raises(DutyMissing):
        open_as(machine, which)
    with pytest.raises(ReferralUnknown):
        open_as(replace(desk.actor, port="LUOHU"), which)


def elsewhere(desk: Lane, name: str, terms: AlertTerms = MINOR) -> UUID:
    """Put an alert that holds a name on a document abroad."""
    return in_force(desk.nation, terms, name=name)


def test_near_name_is_suggested_with_its_words_for_the_register_s_own_holder(desk: Lane) -> None:
    alert_on_permit(desk, replace(TERMS, kind=AlertKind.LOST_OR_STOLEN, direction=MINOR.direction))
    near = elsewhere(desk, "CHAN TAIMAN", MISUSED)
    elsewhere(desk, "SPECIMEN, ANAN")
    opened = open_as(desk.actor, refer(desk))
    [found] = opened.near
    assert (found.alert.id, found.alert.kind) == (near, "misused_identity")
    assert found.words == ("CHAN", "TAIMAN")
    assert readings(reference=f"alert:{near}")


def test_near_name_refers_nobody_by_itself(desk: Lane) -> None:
    elsewhere(desk, "CHAN, TAI MAN")
    assert present(desk).outcome == "pass"


def test_name_that_the_officer_types_is_compared_and_not_kept(desk: Lane) -> None:
    stranger = shown(replace(VALID_PERMIT, number="H99999999").td1(), DAY)
    which = desk.clear(passage("n9", stranger, AT)).referral
    assert which is not None
    near = elsewhere(desk, "Müller, Jörg")
    assert open_as(desk.actor, which) == AlertsOpened((), (), named=False)
    opened = open_as(desk.actor, which, name="MUELLER JOERG")
    assert [(one.alert.id, one.words) for one in opened.near] == [(near, ("MUELLER", "JOERG"))]
    with connection.cursor() as cursor:
        for table in ("border_passage", "border_referral", "accounts_readline", "ledger_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "MUELLER" not in repr(cursor.fetchall())


def test_alert_of_the_other_direction_or_another_day_is_no_suggestion(desk: Lane) -> None:
    alert_on_permit(desk)
    which = refer(desk)
    to_come = DAY + timedelta(days=1)
    terms = replace(MINOR, valid_from=to_come, until=date(2023, 8, 1))
    elsewhere(desk, "CHAN, TAI MAN", terms)
    assert open_as(desk.actor, which).near == ()


def test_alert_that_was_met_is_not_suggested_too(desk: Lane) -> None:
    alert_on_permit(desk, name="CHAN, TAI MAN")
    opened = open_as(desk.actor, refer(desk))
    assert (len(opened.met), opened.near) == (1, ())
