"""What the tests of alerts share: two officers, a document abroad, and terms that fit."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from guomen import clock
from guomen.apps.registry.operations import AlertProposal, confirm_alert, propose_alert
from guomen.apps.registry.queries import index_of, standings, vault
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.alerts import AlertDirection, AlertFlag, AlertKind, AlertTerms, Instruction
from guomen.core.travel_documents import Identified
from tests.builders import instant
from tests.nation import NationForTests

AT, DAY = instant("2023-06-01 04:00"), date(2023, 6, 1)
BOTH = frozenset({Duty.PROPOSE_ALERT, Duty.CONFIRM_ALERT})
FIRST = Actor(ActorKind.OFFICER, "first", BOTH)
SECOND = Actor(ActorKind.OFFICER, "second", frozenset({Duty.CONFIRM_ALERT}))
FOREIGN = Identified("PPT_FOR", "L898902C3", "UTO", "UTO", date(1974, 8, 12), "F", date(2030, 1, 1))
TERMS = AlertTerms(
    kind=AlertKind.EXIT_BAN,
    direction=AlertDirection.EXIT,
    legal_basis="Exit and Entry Administration Law, article 28 (2); order of 30 May 2023",
    authority="Court of Utopia, duty desk +000 1",
    instruction=Instruction.SHOW_EXIT_BAN,
    language="en",
    valid_from=DAY,
    until=DAY + timedelta(days=90),
    review_on=DAY + timedelta(days=60),
)
MINOR = replace(
    TERMS,
    kind=AlertKind.MISSING_MINOR,
    direction=AlertDirection.BOTH,
    instruction=Instruction.PROTECT_MINOR,
    review_on=DAY + timedelta(days=30),
)


def propose(
    nation: NationForTests,
    terms: AlertTerms = TERMS,
    *,
    document: Identified = FOREIGN,
    name: str = "",
    actor: Actor = FIRST,
    day: date = DAY,
) -> UUID:
    """Propose an alert; give its id."""
    kind = nation.jurisdiction.documents[document.kind]
    proposal = AlertProposal(
        alert=clock.new_id(), kind=kind, document=document, terms=terms, name=name
    )
    propose_alert(actor=actor, at=AT, day=day, entry=clock.new_id(), proposal=proposal)
    return proposal.alert


def confirm(
    nation: NationForTests,
    alert: UUID,
    *,
    document: Identified = FOREIGN,
    name: str = "",
    actor: Actor = SECOND,
    day: date = DAY,
) -> None:
    """Confirm an alert with the document as the order has it."""
    confirm_alert(
        actor=actor,
        at=AT,
        day=day,
        entry=clock.new_id(),
        alert=alert,
        kind=nation.jurisdiction.documents[document.kind],
        document=document,
        name=name,
    )


def in_force(
    nation: NationForTests,
    terms: AlertTerms = TERMS,
    *,
    document: Identified = FOREIGN,
    name: str = "",
) -> UUID:
    """Propose and confirm an alert; give its id."""
    alert = propose(nation, terms, document=document, name=name)
    confirm(nation, alert, document=document, name=name)
    return alert


def index(nation: NationForTests, document: Identified = FOREIGN) -> str:
    """Give the index under which a document is found."""
    kind = nation.jurisdiction.documents[document.kind]
    return index_of(kind=kind, document=document, keys=vault())


def flags(nation: NationForTests, document: Identified = FOREIGN) -> tuple[AlertFlag, ...]:
    """Give the alerts that a lane finds on a document."""
    key = index(nation, document)
    found = standings(indexes=[key]).get(key)
    return found.alerts if found else ()
