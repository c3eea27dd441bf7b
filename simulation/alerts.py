"""Synthetic alerts for the desk: two in force and one that waits, each by two officers of the demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from guomen import clock
from guomen.apps.registry.operations import AlertProposal, confirm_alert, propose_alert
from guomen.apps.registry.queries import alert_files
from guomen.core.actor import Actor
from guomen.core.alerts import AlertDirection, AlertKind, AlertTerms, Instruction
from guomen.core.travel_documents import Identified
from guomen.jurisdiction import Jurisdiction


@dataclass(frozen=True, slots=True)
class _Synthetic:
    """An alert on a document that nobody carries; `name` is near to a specimen's on purpose."""

    kind: AlertKind
    document: tuple[str, str, str]
    direction: AlertDirection
    instruction: Instruction
    days: int
    review: int
    confirmed: bool
    name: str = ""


ALERTS: Sequence[_Synthetic] = (
    _Synthetic(
        AlertKind.LOST_OR_STOLEN,
        ("PPT_FOR", "L898902C3", "UTO"),  # ICAO's specimen country
        AlertDirection.BOTH,
        Instruction.KEEP_DOCUMENT,
        730,
        180,
        confirmed=True,
    ),
    _Synthetic(
        AlertKind.MISSING_MINOR,
        ("PPT_FOR", "X00000001", "UTO"),
        AlertDirection.BOTH,
        Instruction.PROTECT_MINOR,
        180,
        28,
        confirmed=True,
        name="CHAN, TAIMAN",
    ),
    _Synthetic(
        AlertKind.EXIT_BAN,
        ("EEP_TW", "L00000000", "CHN"),
        AlertDirection.EXIT,
        Instruction.SHOW_EXIT_BAN,
        90,
        60,
        confirmed=False,
    ),
)


def set_alerts(pack: Jurisdiction, first: Actor, second: Actor) -> None:
    """Propose the synthetic alerts, and confirm those that are to be in force; what is there stays."""
    day = clock.today(pack.zone)
    proposals = [(one, _proposal(one, pack, day)) for one in ALERTS]
    references = [str(proposal.alert) for _, proposal in proposals]
    known = {one.id for one in alert_files(references=references, day=day)}
    for one, proposal in proposals:
        if proposal.alert in known:
            continue
        propose_alert(
            actor=first, at=clock.now(), day=day, entry=clock.new_entry(), proposal=proposal
        )
        if one.confirmed:
            confirm_alert(
                actor=second,
                at=clock.now(),
                day=day,
                entry=clock.new_entry(),
                alert=proposal.alert,
                kind=proposal.kind,
                document=proposal.document,
                name=one.name,
            )


def _proposal(one: _Synthetic, pack: Jurisdiction, day: date) -> AlertProposal:
    kind, number, issuer = one.document
    terms = AlertTerms(
        kind=one.kind,
        direction=one.direction,
        legal_basis="Synthetic order for the demo; it binds nobody / 演示用合成令，无法律效力",
        authority="Authority of the demo / 演示机关",
        instruction=one.instruction,
        language="en",
        valid_from=day,
        until=day + timedelta(days=one.days),
        review_on=day + timedelta(days=one.review),
    )
    return AlertProposal(
        alert=uuid5(NAMESPACE_URL, f"demo-alert:{kind}:{number}"),
        kind=pack.documents[kind],
        document=Identified(kind, number, issuer, "", None, "", None),
        terms=terms,
        name=one.name,
    )
