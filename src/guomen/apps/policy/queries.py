"""The jurisdiction and rulebook in force, compiled once in each process."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from guomen.apps.policy.models import RulebookVersion
from guomen.core.policy import Rulebook
from guomen.core.refusal import Nature, Refusal
from guomen.jurisdiction import Jurisdiction, load_files


class NoRulebookPublished(Refusal):
    """Nothing is published yet, so nothing can be decided."""

    code = "policy.no_rulebook_published"
    nature = Nature.CONFLICT


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
    return _compiled(found)


def rulebook_named(*, rulebook_digest: str) -> Rulebook | None:
    """Find the rulebook that an act names, whatever has been published since."""
    rows = RulebookVersion.objects.filter(rulebook_digest=rulebook_digest).order_by("id")
    pack = rows.values_list("pack_digest", flat=True).first()
    return _compiled(pack).rulebook if pack else None


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
