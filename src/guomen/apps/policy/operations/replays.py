"""Asking for a replay of a draft, stopping it, taking it up again, and noting how far it is."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from guomen.apps.ledger.acts import derivation, working_paper
from guomen.apps.policy.models import Draft, ReplayRun
from guomen.apps.policy.queries import DraftUnknown, ReplayUnknown
from guomen.core.actor import Actor, Duty
from guomen.core.canonical import Json
from guomen.core.time import Period
from guomen.core.transitions import REPLAY


@working_paper
def ask_replay(*, actor: Actor, at: datetime, run: UUID, draft: UUID, days: Period) -> None:
    """Ask that a draft be replayed, as it stands now, over closed days; a worker takes it up."""
    actor.require(Duty.PROPOSE_RULEBOOK)
    row = Draft.objects.filter(pk=draft).first()
    if row is None:
        raise DraftUnknown(draft=str(draft))
    until = days.until or days.start
    ReplayRun.objects.create(
        id=run,
        draft=row,
        revision=row.revision,
        text=row.text,
        start=days.start,
        until=until,
        state="waiting",
        done=0,
        days=(until - days.start).days,
        asked_by=actor.reference,
        asked_at=at,
        changed_at=at,
    )


@working_paper
def stop_replay(*, actor: Actor, at: datetime, run: UUID) -> None:
    """Stop a replay; what it has gathered stays, and it can be taken up again."""
    actor.require(Duty.PROPOSE_RULEBOOK)
    _move(run, "stopped", at)


@working_paper
def resume_replay(*, actor: Actor, at: datetime, run: UUID) -> None:
    """Let a worker take a stopped or failed replay up again."""
    actor.require(Duty.PROPOSE_RULEBOOK)
    _move(run, "waiting", at)


@derivation
def take_up_replay(*, run: UUID, at: datetime) -> None:
    """Note that a worker has begun, or gone on after another worker ended in the middle."""
    _move(run, "running", at)


@derivation
def note_replayed(*, run: UUID, at: datetime, done: int) -> bool:
    """Note how many days are done; False when somebody has stopped the replay meanwhile."""
    rows = ReplayRun.objects.filter(pk=run, state="running")
    return bool(rows.update(done=done, changed_at=at))


@derivation
def finish_replay(*, run: UUID, at: datetime, result: Mapping[str, Json]) -> None:
    """Keep what a replay found. One that was stopped in its last moment stays stopped."""
    rows = ReplayRun.objects.filter(pk=run, state="running")
    rows.update(state="done", result=dict(result), changed_at=at)


@derivation
def fail_replay(*, run: UUID, at: datetime, why: str) -> None:
    """Note why a replay cannot go on."""
    rows = ReplayRun.objects.filter(pk=run, state="running")
    rows.update(state="failed", result={"why": why}, changed_at=at)


def _move(run: UUID, state: str, at: datetime) -> None:
    row = ReplayRun.objects.filter(pk=run).first()
    if row is None:
        raise ReplayUnknown(run=str(run))
    REPLAY.require(row.state, state)
    changed = ReplayRun.objects.filter(pk=run, state=row.state).update(state=state, changed_at=at)
    REPLAY.require_done(changed, state)
