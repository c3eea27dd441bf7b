"""Writing at a port node which rulebook the centre has published."""

from guomen.apps.ledger.acts import part_of_act
from guomen.apps.policy.models import RulebookVersion
from guomen.apps.policy.publications import Publication
from guomen.apps.policy.queries import files_of
from guomen.core.canonical import digest
from guomen.core.refusal import Nature, Refusal


class PackUnfit(Refusal):
    """The files that the centre sent are missing, or do not have the digest that it names."""

    code = "policy.pack_unfit"
    nature = Nature.BAD_INPUT


@part_of_act
def adopt_publication(*, publication: Publication) -> None:
    """Keep a publication as it stands at the centre; one that is here already stays.

    Its cases were run and its faults looked for where it was published. Refuses files that do not
    have the digest.
    """
    one = publication
    rows = RulebookVersion.objects.filter(pack_digest=one.pack_digest, state="published")
    if rows.filter(decided_at=one.decided_at).exists():
        return
    files = files_of(pack_digest=one.pack_digest) if one.files is None else one.files
    if digest(dict(files)) != one.pack_digest:
        raise PackUnfit(pack=one.pack_digest)
    RulebookVersion.objects.create(
        pack_digest=one.pack_digest,
        rulebook_digest=one.rulebook_digest,
        jurisdiction=one.jurisdiction,
        files=dict(files),
        state="published",
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
    )
