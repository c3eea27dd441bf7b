"""The jurisdiction and rulebook in force, compiled once in each process; versions and drafts."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from guomen.apps.policy.models import Draft, ReplayRun, RulebookVersion
from guomen.core.policy import Rulebook
from guomen.core.refusal import Nature, Refusal
from guomen.jurisdiction import Jurisdiction, PackRefused, load_files


class NoRulebookPublished(Refusal):
    """Nothing is published yet, so nothing can be decided."""

    code = "policy.no_rulebook_published"
    nature = Nature.CONFLICT


class DraftUnknown(Refusal):
    """There is no such draft."""

    code = "policy.draft_unknown"
    nature = Nature.NOT_FOUND


class ReplayUnknown(Refusal):
    """There is no such replay."""

    code = "policy.replay_unknown"
    nature = Nature.NOT_FOUND


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft with its texts. `waits`: the proposal made of it, which a second officer decides."""

    id: UUID
    measure: str
    standing: bool
    text: str
    cases: str
    state: str
    revision: int
    author: str
    changed_by: str
    changed_at: datetime
    base: str
    proposed_as: str


@dataclass(frozen=True, slots=True)
class ReplayFile:
    """A replay with how far it is; `result` holds what was found once it is done."""

    id: UUID
    draft: UUID
    revision: int
    text: str
    start: date
    until: date
    state: str
    done: int
    days: int
    result: Mapping[str, Any] | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version's row, without its files."""

    pack_digest: str
    rulebook_digest: str
    state: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None


@lru_cache(maxsize=4)
def _compiled(pack_digest: str) -> Jurisdiction:
    # A digest names one content for ever, so what was compiled of it never grows stale.
    row = RulebookVersion.objects.filter(pack_digest=pack_digest).earliest("id")
    return load_files(row.jurisdiction, row.files)


def jurisdiction() -> Jurisdiction:
    """Give the jurisdiction as published last; refuse with `policy.no_rulebook_published`."""
    newest = published_digest()
    if newest is None:
        raise NoRulebookPublished()
    return _compiled(newest)


def jurisdiction_at(*, instant: datetime) -> Jurisdiction:
    """Give the jurisdiction as it was published at an instant: what came late is decided by it.

    Before the first publication the first one answers; without any, `policy.no_rulebook_published`.
    """
    published = RulebookVersion.objects.filter(state="published")
    found = None
    with suppress(OverflowError):  # an instant beyond the calendar is not that of any version
        before = published.filter(decided_at__lte=instant.astimezone(UTC))
        latest = before.order_by("-decided_at", "-id")
        found = latest.values_list("pack_digest", flat=True).first()
    if found is None:
        found = published.order_by("decided_at", "id").values_list("pack_digest", flat=True).first()
    if found is None:
        raise NoRulebookPublished()
    try:
        return _compiled(found)
    except PackRefused:  # a pack of a time when packs were written otherwise
        return jurisdiction()


def rulebook_named(*, rulebook_digest: str) -> Rulebook | None:
    """Find the rulebook that an act names, whatever has been published since."""
    there = RulebookVersion.objects.filter(rulebook_digest=rulebook_digest).exists()
    return _kept(rulebook_digest) if there else None


@lru_cache(maxsize=16)
def _kept(rulebook_digest: str) -> Rulebook:
    row = RulebookVersion.objects.filter(rulebook_digest=rulebook_digest).earliest("id")
    if row.rules is None:  # kept before there was a form for it: the pack must still be readable
        return load_files(row.jurisdiction, row.files).rulebook
    return Rulebook.of_kept(row.rules)


def published_digest() -> str | None:
    """Give the digest of the pack that decides now."""
    newest = RulebookVersion.objects.filter(state="published").order_by("-decided_at", "-id")
    return newest.values_list("pack_digest", flat=True).first()


def versions() -> tuple[Version, ...]:
    """List all versions, newest first."""
    rows = RulebookVersion.objects.order_by("-proposed_at", "-id").defer("files")
    return tuple(
        Version(
            row.pack_digest,
            row.rulebook_digest,
            row.state,
            row.proposed_by,
            row.proposed_at,
            row.decided_by,
            row.decided_at,
        )
        for row in rows
    )


def version(*, pack_digest: str) -> Version | None:
    """Find the latest proposal of a pack."""
    return next((one for one in versions() if one.pack_digest == pack_digest), None)


def files_of(*, pack_digest: str) -> Mapping[str, str]:
    """Give the files of a pack that was once proposed; none of one that never was."""
    rows = RulebookVersion.objects.filter(pack_digest=pack_digest).order_by("id")
    found: Mapping[str, str] | None = rows.values_list("files", flat=True).first()
    return found or {}


def jurisdiction_of(*, pack_digest: str) -> Jurisdiction | None:
    """Give the jurisdiction of a pack that was once proposed."""
    there = RulebookVersion.objects.filter(pack_digest=pack_digest).exists()
    return _compiled(pack_digest) if there else None


def publications() -> tuple[Version, ...]:
    """List the publications in their order; a pack that came back stands there twice."""
    found = [one for one in reversed(versions()) if one.state == "published"]
    return tuple(sorted(found, key=lambda one: one.decided_at or one.proposed_at))


def drafts(*, states: Collection[str], most: int) -> tuple[DraftFile, ...]:
    """List drafts in these states, the one changed last first."""
    rows = Draft.objects.filter(state__in=states).order_by("-changed_at", "id")
    return tuple(map(_draft, rows[:most]))


def draft(*, draft_id: UUID) -> DraftFile:
    """Read one draft; refuse with `policy.draft_unknown`."""
    row = Draft.objects.filter(pk=draft_id).first()
    if row is None:
        raise DraftUnknown(draft=str(draft_id))
    return _draft(row)


def draft_of(*, pack_digest: str) -> DraftFile | None:
    """Find the draft of which a proposal was made."""
    row = Draft.objects.filter(proposed_as=pack_digest).order_by("-changed_at").first()
    return _draft(row) if row else None


def _draft(row: Draft) -> DraftFile:
    return DraftFile(
        row.id,
        row.measure,
        row.standing,
        row.text,
        row.cases,
        row.state,
        row.revision,
        row.author,
        row.changed_by,
        row.changed_at,
        row.base,
        row.proposed_as,
    )


def replays(*, draft_id: UUID, most: int) -> tuple[ReplayFile, ...]:
    """List the replays of a draft, the latest first."""
    rows = ReplayRun.objects.filter(draft_id=draft_id).order_by("-asked_at", "id")
    return tuple(map(_replay, rows[:most]))


def replay(*, run: UUID) -> ReplayFile:
    """Read one replay; refuse with `policy.replay_unknown`."""
    row = ReplayRun.objects.filter(pk=run).first()
    if row is None:
        raise ReplayUnknown(run=str(run))
    return _replay(row)


def next_replay() -> ReplayFile | None:
    """Find the replay that a worker should go on with: one in the middle first, then the oldest."""
    rows = ReplayRun.objects.filter(state__in=["running", "waiting"])
    row = rows.order_by("state", "asked_at").first()
    return _replay(row) if row else None


def _replay(row: ReplayRun) -> ReplayFile:
    return ReplayFile(
        row.id,
        row.draft_id,
        row.revision,
        row.text,
        row.start,
        row.until,
        row.state,
        row.done,
        row.days,
        row.result,
        row.asked_at,
    )
