"""Keeps alerts: two officers, an end, a reason for everything, and a lane's row in step with them."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction

from guomen import clock
from guomen.apps.registry.models import Alert
from guomen.apps.registry.models import Standing as StandingRow
from guomen.apps.registry.operations import (
    AlertOfAnotherDocument,
    Passed,
    Registration,
    SecondOfficerNeeded,
    end_alert,
    lapse_next_alert,
    note_passed,
    refuse_alert,
    register_documents,
    review_alert,
)
from guomen.apps.registry.queries import (
    AlertUnknown,
    alert_file,
    alerts_listed,
    names_in_force,
    recounted_flags,
    standings,
)
from guomen.core.actor import Actor, ActorKind, Duty, DutyMissing
from guomen.core.alerts import (
    RULES,
    AlertDirection,
    AlertFlag,
    AlertIncomplete,
    AlertKind,
    AlertTerms,
    AlertUnfit,
)
from guomen.core.clearance import Standing
from guomen.core.events import EventKind
from guomen.core.transitions import TransitionNotPermitted
from guomen.core.travel_documents import Identified
from tests.apps.registry.alerts import (
    AT,
    BOTH,
    DAY,
    FIRST,
    FOREIGN,
    MINOR,
    SECOND,
    TERMS,
    confirm,
    flags,
    in_force,
    index,
    propose,
)
from tests.builders import kept_entries
from tests.nation import NationForTests

pytestmark = pytest.mark.django_db
PERMIT = Identified("HRP", "H77777777", "CHN", "CHN", date(1990, 1, 1), "M", date(2030, 1, 1))
LAST = TERMS.until


def end(alert: UUID, actor: Actor = SECOND, reason: str = "the order was lifted") -> None:
    """Lift an alert."""
    end_alert(actor=actor, at=AT, day=DAY, entry=clock.new_id(), alert=alert, reason=reason)


def refuse(alert: UUID, actor: Actor = SECOND, reason: str = "no order is there") -> None:
    """Refuse a proposal."""
    refuse_alert(actor=actor, at=AT, day=DAY, entry=clock.new_id(), alert=alert, reason=reason)


def review(
    alert: UUID,
    until: date = LAST,
    *,
    actor: Actor = SECOND,
    on: date = DAY,
    basis: str = "order renewed",
) -> None:
    """Review an alert; the next review is four weeks later, or at its end."""
    review_alert(
        actor=actor,
        at=AT,
        day=on,
        entry=clock.new_id(),
        alert=alert,
        until=until,
        review_on=min(until, on + timedelta(days=28)),
        legal_basis=basis,
    )


def test_proposal_alone_refers_nobody(nation: NationForTests) -> None:
    propose(nation)
    assert flags(nation) == ()
    assert standings(indexes=[index(nation)]) == {}


def test_confirmed_alert_is_what_the_lane_finds(nation: NationForTests) -> None:
    alert = in_force(nation)
    found = AlertFlag(str(alert), "exit_ban", "exit", TERMS.valid_from, TERMS.until)
    assert standings(indexes=[index(nation)]) == {
        index(nation): Standing("unregistered", enrolled=False, alerts=(found,))
    }


def test_several_alerts_on_one_document_end_one_by_one(nation: NationForTests) -> None:
    ban, minor = in_force(nation), in_force(nation, MINOR)
    assert {one.reference for one in flags(nation)} == {str(ban), str(minor)}
    end(ban)
    assert [one.reference for one in flags(nation)] == [str(minor)]
    end(minor)
    assert flags(nation) == ()


def test_standing_is_found_in_one_query(
    nation: NationForTests, django_assert_num_queries: object
) -> None:
    in_force(nation)
    in_force(nation, MINOR, document=replace(FOREIGN, number="L000000C3"))
    wanted = [index(nation), index(nation, replace(FOREIGN, number="L000000C3"))]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [len(one.alerts) for one in standings(indexes=wanted).values()] == [1, 1]


def test_proposer_does_not_confirm_refuse_or_review(nation: NationForTests) -> None:
    alert = propose(nation)
    with pytest.raises(SecondOfficerNeeded):
        confirm(nation, alert, actor=FIRST)
    with pytest.raises(SecondOfficerNeeded):
        refuse(alert, actor=FIRST)
    confirm(nation, alert)
    with pytest.raises(SecondOfficerNeeded):
        review(alert, actor=FIRST)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "in_force", "decided_by": "first"},
        {"state": "in_force", "decided_by": ""},
        {"state": "refused", "decided_by": "second", "closing_reason": ""},
        {"legal_basis": ""},
        {"authority": ""},
        {"until": TERMS.valid_from},
        {"kind": "suspicion"},
        {"reviewed_by": "first"},
    ],
)
def test_database_holds_the_same_promises(
    nation: NationForTests, columns: dict[str, object]
) -> None:
    alert = propose(nation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert).update(**columns)


@pytest.mark.parametrize(
    "document",
    [
        replace(FOREIGN, number="L898902C4"),
        replace(FOREIGN, issuer="DEU"),
        replace(FOREIGN, kind="HRP"),
    ],
)
def test_slip_in_the_document_is_found_by_the_second_officer(
    nation: NationForTests, document: Identified
) -> None:
    alert = propose(nation)
    with pytest.raises(AlertOfAnotherDocument) as caught:
        confirm(nation, alert, document=document)
    assert caught.value.facts == {"why": "document"}
    assert flags(nation) == ()


def test_slip_in_the_name_is_found_and_its_spelling_is_not(nation: NationForTests) -> None:
    alert = propose(nation, MINOR, name="Müller, Jörg")
    with pytest.raises(AlertOfAnotherDocument) as caught:
        confirm(nation, alert, name="MULLER, JORGE")
    assert caught.value.facts == {"why": "name"}
    confirm(nation, alert, name="JOERG MUELLER")
    assert names_in_force(direction="exit", day=DAY) == {str(alert): "Müller, Jörg"}


@pytest.mark.parametrize(
    ("terms", "facts"),
    [
        (replace(TERMS, legal_basis=" "), {"field": "legal_basis"}),
        (replace(TERMS, authority=""), {"field": "authority"}),
    ],
)
def test_alert_without_basis_or_authority_is_refused(
    nation: NationForTests, terms: AlertTerms, facts: dict[str, str]
) -> None:
    with pytest.raises(AlertIncomplete) as caught:
        propose(nation, terms)
    assert caught.value.facts == facts


LONGEST = RULES[AlertKind.EXIT_BAN].longest_days


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (replace(TERMS, direction=AlertDirection.ENTRY), "direction"),
        (replace(TERMS, direction=AlertDirection.BOTH), "direction"),
        (replace(TERMS, until=DAY), "span"),
        (replace(TERMS, until=DAY + timedelta(days=LONGEST + 1)), "span"),
        (replace(TERMS, review_on=DAY), "review"),
        (replace(TERMS, review_on=TERMS.until + timedelta(days=1)), "review"),
        (replace(TERMS, until=DAY + timedelta(days=300), review_on=DAY + timedelta(93)), "review"),
        (
            replace(
                TERMS,
                valid_from=DAY - timedelta(days=30),
                until=DAY,
                review_on=DAY - timedelta(days=1),
            ),
            "span",
        ),
    ],
)
def test_terms_that_do_not_fit_the_kind_are_refused(
    nation: NationForTests, terms: AlertTerms, why: str
) -> None:
    with pytest.raises(AlertUnfit) as caught:
        propose(nation, terms)
    assert caught.value.facts["why"] == why


@pytest.mark.parametrize("kind", AlertKind)
def test_longest_span_of_every_kind_is_taken(nation: NationForTests, kind: AlertKind) -> None:
    rule = RULES[kind]
    until = DAY + timedelta(days=rule.longest_days)
    terms = replace(
        TERMS, kind=kind, until=until, review_on=min(until, DAY + timedelta(rule.review_days))
    )
    in_force(nation, terms)
    assert [one.until for one in flags(nation)] == [until]


def test_name_is_held_only_where_the_kind_needs_one(nation: NationForTests) -> None:
    with pytest.raises(AlertUnfit) as caught:
        propose(nation, name="SPECIMEN, ANAN")
    assert caught.value.facts["why"] == "name"


def everything_stored(alert: UUID) -> bytes:
    """Every byte in the row of an alert and in the ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_alert")
        rows = cursor.fetchall()
        cursor.execute("SELECT * FROM ledger_entry")
        rows += cursor.fetchall()
    values = [value for row in rows for value in row]
    return b"\n".join(
        bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in values
    )


def test_neither_name_nor_number_stands_in_clear(nation: NationForTests) -> None:
    alert = in_force(nation, MINOR, name="SPECIMEN, ANAN")
    stored = everything_stored(alert)
    assert b"ANAN" not in stored
    assert b"L898902C3" not in stored


@pytest.mark.parametrize("how", ["end", "refuse", "lapse"])
def test_name_is_gone_when_the_alert_is_over(nation: NationForTests, how: str) -> None:
    alert = propose(nation, MINOR, name="SPECIMEN, ANAN")
    if how == "refuse":
        refuse(alert)
    else:
        confirm(nation, alert, name="SPECIMEN, ANAN")
        if how == "end":
            end(alert)
        lapse_next_alert(at=AT, day=MINOR.until)
    row = Alert.objects.get(pk=alert)
    assert (bytes(row.wrapped_key), bytes(row.name)) == (b"", b"")
    assert names_in_force(direction="exit", day=DAY) == {}


def test_each_act_leaves_one_entry_of_reference_and_codes(nation: NationForTests) -> None:
    before = len(kept_entries())
    alert = in_force(nation)
    review(alert, LAST + timedelta(days=9))
    end(alert)
    refused = propose(nation)
    refuse(refused)
    events = [one.event for one in kept_entries()[before:]]
    assert [(one.kind, one.actor, dict(one.payload)) for one in events] == [
        (EventKind.ALERT_PROPOSED, "first", {"alert": str(alert), "kind": "exit_ban"}),
        (EventKind.ALERT_CONFIRMED, "second", {"alert": str(alert), "proposed_by": "first"}),
        (EventKind.ALERT_REVIEWED, "second", {"alert": str(alert), "until": "2023-09-08"}),
        (EventKind.ALERT_ENDED, "second", {"alert": str(alert)}),
        (EventKind.ALERT_PROPOSED, "first", {"alert": str(refused), "kind": "exit_ban"}),
        (EventKind.ALERT_REFUSED, "second", {"alert": str(refused)}),
    ]
    assert {(one.document_kind, one.direction) for one in events} == {("PPT_FOR", "exit")}
    assert "Court" not in repr(events)


def test_ending_and_refusing_need_a_reason(nation: NationForTests) -> None:
    alert = propose(nation)
    with pytest.raises(AlertIncomplete):
        refuse(alert, reason=" ")
    confirm(nation, alert)
    with pytest.raises(AlertIncomplete):
        end(alert, reason="")
    end(alert, reason="served")
    assert alert_file(alert_id=alert, day=DAY).closing_reason == "served"


def test_either_officer_lifts_an_alert_alone(nation: NationForTests) -> None:
    only_proposes = replace(FIRST, duties=frozenset({Duty.PROPOSE_ALERT}))
    end(in_force(nation), actor=only_proposes)
    end(in_force(nation), actor=SECOND)
    assert flags(nation) == ()


def test_what_is_over_is_not_taken_up_again(nation: NationForTests) -> None:
    alert = in_force(nation)
    end(alert)
    acts: list[Callable[[], None]] = [
        lambda: confirm(nation, alert),
        lambda: end(alert),
        lambda: refuse(alert),
        lambda: review(alert),
    ]
    for act in acts:
        with pytest.raises(TransitionNotPermitted):
            act()


def test_proposal_is_not_reviewed(nation: NationForTests) -> None:
    alert = propose(nation)
    with pytest.raises(TransitionNotPermitted):
        review(alert)


def test_review_extends_within_the_span_counted_from_its_day(nation: NationForTests) -> None:
    alert, on = in_force(nation), DAY + timedelta(days=80)
    with pytest.raises(AlertUnfit):
        review(alert, on + timedelta(days=LONGEST + 1), on=on)
    with pytest.raises(AlertIncomplete):
        review(alert, on=on, basis=" ")
    review(alert, on + timedelta(days=LONGEST), on=on)
    file = alert_file(alert_id=alert, day=on)
    assert (file.until, file.legal_basis) == (on + timedelta(days=LONGEST), "order renewed")
    assert [one.until for one in flags(nation)] == [file.until]


def test_review_comes_too_late_when_the_alert_has_lapsed(nation: NationForTests) -> None:
    alert = in_force(nation)
    with pytest.raises(TransitionNotPermitted) as caught:
        review(alert, LAST + timedelta(days=30), on=LAST)
    assert caught.value.facts["now"] == "lapsed"


def test_review_is_due_on_its_day(nation: NationForTests) -> None:
    alert = in_force(nation)
    before, due = TERMS.review_on - timedelta(days=1), TERMS.review_on
    assert not alert_file(alert_id=alert, day=before).review_due
    assert alert_file(alert_id=alert, day=due).review_due


def test_alert_has_lapsed_on_its_day_whether_noted_or_not(nation: NationForTests) -> None:
    alert = in_force(nation)
    assert alert_file(alert_id=alert, day=LAST - timedelta(days=1)).state == "in_force"
    assert alert_file(alert_id=alert, day=LAST).state == "lapsed"
    assert not lapse_next_alert(at=AT, day=LAST - timedelta(days=1))
    assert [one.reference for one in flags(nation)] == [str(alert)]
    assert [lapse_next_alert(at=AT, day=LAST) for _ in range(2)] == [True, False]
    assert flags(nation) == ()


def test_alert_whose_end_is_over_is_not_confirmed(nation: NationForTests) -> None:
    alert = propose(nation)
    with pytest.raises(AlertUnfit):
        confirm(nation, alert, day=LAST)


def registration(nation: NationForTests) -> Registration:
    """Make a registration of the permit."""
    ids = (clock.new_id(), clock.new_id(), clock.new_id())
    kind = nation.jurisdiction.documents["HRP"]
    return Registration(*ids, kind, PERMIT, "WONG, TEST", date(2020, 1, 1))


def register(nation: NationForTests) -> None:
    """Register the permit."""
    registrar = Actor(ActorKind.OFFICER, "registrar", frozenset({Duty.REGISTER_DOCUMENT}))
    register_documents(actor=registrar, at=AT, day=DAY, registrations=[registration(nation)])


@pytest.mark.parametrize("alert_first", [True, False])
def test_alert_and_registration_stand_side_by_side(
    nation: NationForTests, alert_first: bool
) -> None:
    if not alert_first:
        register(nation)
    alert = in_force(nation, document=PERMIT)
    if alert_first:
        assert standings(indexes=[index(nation, PERMIT)]).popitem()[1].status == "unregistered"
        register(nation)
    found = standings(indexes=[index(nation, PERMIT)])[index(nation, PERMIT)]
    assert (found.status, found.enrolled) == ("valid", True)
    assert [one.reference for one in found.alerts] == [str(alert)]


def test_passage_leaves_the_alerts_as_they_are(nation: NationForTests) -> None:
    in_force(nation)
    before = flags(nation)
    note_passed(passed=[Passed(index(nation), "PPT_FOR", "entry", "PVG", AT)])
    assert flags(nation) == before != ()


def test_row_of_the_lane_equals_its_recount(nation: NationForTests) -> None:
    for terms in (TERMS, MINOR):
        in_force(nation, terms)
    end(in_force(nation))
    row = StandingRow.objects.get(number_index=index(nation))
    assert row.alerts == recounted_flags(index=index(nation))


@pytest.mark.parametrize("kind", [ActorKind.DEVICE, ActorKind.SYSTEM])
def test_machine_sets_and_lifts_no_alert(nation: NationForTests, kind: ActorKind) -> None:
    machine = Actor(kind, "machine", BOTH)
    alert = propose(nation)
    for act in (
        lambda: propose(nation, actor=machine),
        lambda: confirm(nation, alert, actor=machine),
        lambda: refuse(alert, actor=machine),
    ):
        with pytest.raises(DutyMissing):
            act()
    confirm(nation, alert)
    for act in (lambda: end(alert, actor=machine), lambda: review(alert, actor=machine)):
        with pytest.raises(DutyMissing):
            act()


def test_only_the_duties_for_alerts_open_the_acts(nation: NationForTests) -> None:
    other = Actor(ActorKind.OFFICER, "other", frozenset(Duty) - BOTH)
    alert = propose(nation)
    for act in (
        lambda: propose(nation, actor=other),
        lambda: propose(nation, actor=SECOND),
        lambda: confirm(nation, alert, actor=other),
        lambda: refuse(alert, actor=other),
        lambda: end(alert, actor=other),
        lambda: review(alert, actor=other),
    ):
        with pytest.raises(DutyMissing):
            act()


def test_unknown_alert_is_refused(nation: NationForTests) -> None:
    with pytest.raises(AlertUnknown):
        end(clock.new_id())


def test_list_shows_what_lives_by_its_review_and_then_what_is_over(
    nation: NationForTests,
) -> None:
    over, later, sooner = in_force(nation), in_force(nation), in_force(nation, MINOR)
    end(over)
    assert [one.id for one in alerts_listed(day=DAY, most=9)] == [sooner, later, over]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_two_alerts_confirmed_at_once_are_both_found(committed: NationForTests) -> None:
    alerts = [propose(committed, terms) for terms in (TERMS, MINOR)]

    def in_thread(alert: UUID) -> None:
        confirm(committed, alert)
        connections.close_all()

    threads = [threading.Thread(target=in_thread, args=(one,)) for one in alerts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {one.reference for one in flags(committed)} == {str(one) for one in alerts}
