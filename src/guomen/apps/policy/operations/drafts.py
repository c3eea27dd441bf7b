"""Writing a draft, and proposing the rulebook with the draft in it."""

from datetime import datetime
from uuid import UUID

from guomen.apps.ledger.acts import act, working_paper
from guomen.apps.policy.models import Draft
from guomen.apps.policy.operations.rulebooks import propose
from guomen.apps.policy.queries import DraftUnknown, files_of, jurisdiction, published_digest
from guomen.core.actor import Actor, Duty
from guomen.core.policy import Measure
from guomen.core.refusal import Nature, Refusal
from guomen.core.transitions import DRAFT
from guomen.jurisdiction import Jurisdiction, PackRefused, load_draft
from guomen.jurisdiction.drafting import MEASURE, check_draft, put_in, texts_of


class DraftChanged(Refusal):
    """Somebody saved the draft meanwhile; what this officer wrote was not saved over it."""

    code = "policy.draft_changed"
    nature = Nature.CONFLICT


class DraftNotReady(Refusal):
    """A draft with faults, without cases, or with cases that come out otherwise."""

    code = "policy.draft_not_ready"
    nature = Nature.CONFLICT


class DraftOutdated(Refusal):
    """The measure was published anew since the draft was begun."""

    code = "policy.draft_outdated"
    nature = Nature.CONFLICT


_SHOWN = 40
"""So much of a measure's id is kept beside the text, to show in lists."""


@working_paper
def begin_draft(
    *,
    actor: Actor,
    at: datetime,
    draft: UUID,
    measure: str,
    text: str,
    cases: str,
    standing: bool = False,
) -> None:
    """Begin a draft of a measure (new or published) with its first text."""
    actor.require(Duty.PROPOSE_RULEBOOK)
    Draft.objects.create(
        id=draft,
        measure=measure,
        base=published_digest() or "",
        standing=standing,
        text=text,
        cases=cases,
        state="open",
        revision=1,
        author=actor.reference,
        begun_at=at,
        changed_by=actor.reference,
        changed_at=at,
        proposed_as="",
    )


@working_paper
def save_draft(
    *, actor: Actor, at: datetime, draft: UUID, revision: int, text: str, cases: str
) -> int:
    """Keep a draft's texts, whatever is wrong in them; give the new revision.

    Refuses when another saved it since `revision`, and a draft that is proposed or discarded.
    """
    actor.require(Duty.PROPOSE_RULEBOOK)
    row = _row(draft)
    if row.state != "open":
        DRAFT.require(row.state, "open")
    found = _named(text)
    changed = Draft.objects.filter(pk=draft, state="open", revision=revision).update(
        text=text,
        cases=cases,
        measure=found or row.measure,
        revision=revision + 1,
        changed_by=actor.reference,
        changed_at=at,
    )
    if not changed:
        raise DraftChanged(revision=revision, now=row.revision)
    return revision + 1


def _named(text: str) -> str | None:
    """Read the measure's id where the text lets it be read; one too long is told by its beginning."""
    try:
        return load_draft(text, MEASURE, jurisdiction()).id[:_SHOWN]
    except PackRefused:
        return None


@working_paper
def discard_draft(*, actor: Actor, at: datetime, draft: UUID) -> None:
    """Lay a draft aside; its text stays readable."""
    actor.require(Duty.PROPOSE_RULEBOOK)
    _move(_row(draft), "discarded", actor, at)


@act
def propose_draft(*, actor: Actor, at: datetime, entry: UUID, draft: UUID) -> str:
    """Propose the published pack with the draft in it; give its digest. Leaves `rulebook.proposed`.

    Refuses a draft that is not ready, and one whose measure was published anew meanwhile.
    """
    actor.require(Duty.PROPOSE_RULEBOOK)
    row = _row(draft)
    DRAFT.require(row.state, "proposed")
    pack, base = jurisdiction(), published_digest() or ""
    measure = _ready(row, pack)
    files = files_of(pack_digest=base)
    if row.base != base and texts_of(files, measure) != texts_of(
        files_of(pack_digest=row.base), measure
    ):
        raise DraftOutdated(measure=measure.id)
    wanted = put_in(files, measure, row.text, row.cases)
    proposed = propose(actor=actor, at=at, entry=entry, name=pack.code, files=wanted)
    _move(row, "proposed", actor, at, proposed)
    return proposed


def _ready(row: Draft, pack: Jurisdiction) -> Measure:
    check = check_draft(row.text, row.cases, pack, standing=row.standing)
    if check.measure is None or not check.ready:
        otherwise = sum(not one.as_expected for one in check.cases)
        raise DraftNotReady(faults=len(check.faults), cases=len(check.cases), otherwise=otherwise)
    return check.measure


def _row(draft: UUID) -> Draft:
    row = Draft.objects.filter(pk=draft).first()
    if row is None:
        raise DraftUnknown(draft=str(draft))
    return row


def _move(row: Draft, state: str, actor: Actor, at: datetime, proposed_as: str = "") -> None:
    DRAFT.require(row.state, state)
    changed = Draft.objects.filter(pk=row.pk, state=row.state, revision=row.revision).update(
        state=state, changed_by=actor.reference, changed_at=at, proposed_as=proposed_as
    )
    DRAFT.require_done(changed, state)
