"""What a port node is told of the rulebook: the newest publication, with its files where it lacks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from guomen.apps.policy.models import RulebookVersion
from guomen.apps.policy.queries import files_of, publications
from guomen.core.canonical import Json


@dataclass(frozen=True, slots=True)
class Publication:
    """A published pack; `files` None: the node has them already."""

    pack_digest: str
    rulebook_digest: str
    jurisdiction: str
    files: Mapping[str, str] | None
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime

    def told(self) -> dict[str, Json]:
        """Spell it for the wire."""
        return {
            "pack": self.pack_digest,
            "rulebook": self.rulebook_digest,
            "jurisdiction": self.jurisdiction,
            "files": None if self.files is None else dict(self.files),
            "proposed_by": self.proposed_by,
            "proposed_at": self.proposed_at.astimezone(UTC).isoformat(),
            "decided_by": self.decided_by,
            "decided_at": self.decided_at.astimezone(UTC).isoformat(),
        }


def read_publication(told: Mapping[str, Any]) -> Publication:
    """Read what `told` spelled."""
    return Publication(
        told["pack"],
        told["rulebook"],
        told["jurisdiction"],
        told["files"],
        told["proposed_by"],
        datetime.fromisoformat(told["proposed_at"]),
        told["decided_by"],
        datetime.fromisoformat(told["decided_at"]),
    )


def newest_publication(*, held: str) -> Publication | None:
    """Give what is published; without its files where `held` is its digest."""
    found = publications()
    if not found or found[-1].decided_at is None:
        return None
    newest = found[-1]
    digest = newest.pack_digest
    name = RulebookVersion.objects.filter(pack_digest=digest).values_list("jurisdiction", flat=True)
    return Publication(
        digest,
        newest.rulebook_digest,
        name[0],
        None if held == digest else files_of(pack_digest=digest),
        newest.proposed_by,
        newest.proposed_at,
        newest.decided_by,
        found[-1].decided_at,
    )
