"""At a port node: queueing acts for the centre, noting what it has, and adopting what it says."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from guomen.apps.accounts.operations import adopt_devices
from guomen.apps.border.bundles import Bundle
from guomen.apps.border.decisions import DecisionRecord
from guomen.apps.border.models import HeldKnowledge, OutboxAct
from guomen.apps.border.outbox import THE_ROW, ends
from guomen.apps.border.records import PassageRecord
from guomen.apps.ledger.acts import derivation, part_of_act
from guomen.apps.ledger.rows import insert_rows
from guomen.apps.policy.operations import adopt_publication
from guomen.apps.registry.operations import adopt_standings
from guomen.core.canonical import canonical_text
from guomen.core.outbox import NumberedAct, sign_act

_COLUMNS = ("number", "previous", "digest", "signature", "content", "queued_at")

KEPT = timedelta(days=7)
"""So long the outbox keeps what the centre has: it may be restored from its last backup."""


@part_of_act
def queue_acts(*, acts: Sequence[PassageRecord | DecisionRecord], at: datetime) -> None:
    """Queue acts in the transaction that does them: what is answered is on its way.

    Numbered without a gap, because SQLite has one writer at a time. At the centre it does nothing.
    """
    key = settings.GUOMEN_NODE_KEY
    if key is None or not acts:
        return
    found = ends()
    number, previous = found.last, found.digest
    rows: list[tuple[object, ...]] = []
    for one in acts:
        number += 1
        act = NumberedAct(settings.GUOMEN_NODE, number, previous, canonical_text(one.told()))
        digest = act.digest()
        rows.append((number, previous, digest, sign_act(digest, key), act.content, at))
        previous = digest
    insert_rows(OutboxAct, _COLUMNS, rows)


@derivation
def note_answer(*, at: datetime, acknowledged: int) -> None:
    """Note the last act that the centre has, and let go of what it has had for some time.

    The last act always stays: the next one names its digest.
    """
    _keep(heard_at=at, acknowledged=acknowledged, refused="")
    settled = OutboxAct.objects.filter(number__lte=acknowledged, queued_at__lt=at - KEPT)
    settled.filter(number__lt=ends().last).delete()


@derivation
def note_refused(*, code: str, revoked: bool) -> None:
    """Note that the centre refused for good; a node that was revoked forgets what gates go by."""
    _keep(refused=code, **({"good_until": None, "known_on": None} if revoked else {}))


@derivation
def adopt_bundle(*, at: datetime, bundle: Bundle) -> None:
    """Take over what the centre says: rulebook, devices and a page of standings.

    Gates go by it once the last page is there, for the span that the centre gives, counted from
    now by the node's own clock, which need not be right.
    """
    if bundle.publication is not None:
        adopt_publication(publication=bundle.publication)
    adopt_devices(port=bundle.port, devices=bundle.devices, at=at)
    adopt_standings(standings=bundle.standings)
    told: dict[str, object] = {"cursor": bundle.cursor}
    if bundle.complete:
        told |= {"known_on": bundle.made_at, "good_until": at + bundle.good_for}
    _keep(heard_at=at, **told)


def _keep(**columns: object) -> None:
    HeldKnowledge.objects.update_or_create(pk=THE_ROW, defaults=columns)
