"""The jurisdiction and rulebook in force, compiled once in each process."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from guomen.apps.policy.models import RulebookVersion
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
