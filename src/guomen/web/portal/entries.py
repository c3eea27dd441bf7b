"""One entry behind a figure: its columns, and the way from its leaf to the sealed root."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guomen.apps.ledger import queries as ledger
from guomen.apps.policy.queries import jurisdiction
from guomen.core.events import CATALOGUE, COLUMNS, entry_content
from guomen.core.seal import leaf_hash, root_from_proof
from guomen.jurisdiction import Jurisdiction
from guomen.web.components.labels import Texts, column_name, part_texts
from guomen.web.components.refused import page


@dataclass(frozen=True, slots=True)
class Climb:
    """Whether the entry as it is kept leads to the root that was sealed."""

    leaf_fits: bool
    root_fits: bool

    @property
    def whole(self) -> bool:
        """Tell whether both hold."""
        return self.leaf_fits and self.root_fits


@page
def entry(request: HttpRequest, tag: str, entry_id: UUID) -> HttpResponse:
    """Show an entry that figures count; who acted and the minute are kept from the public."""
    kept = ledger.entry(entry_id)
    if not CATALOGUE[kept.event.kind].counted:
        raise Http404("an act of the administration upon itself has no public page")
    pack = jurisdiction()
    proof = ledger.prove(entry_id)
    content = {
        "kept": kept,
        "columns": _columns(kept, pack, tag),
        "proof": proof,
        "climb": _climb(proof),
        "zone": pack.zone,
    }
    return render(request, "portal/entry.html", content)


def _columns(kept: ledger.KeptEntry, pack: Jurisdiction, tag: str) -> list[tuple[str, Texts]]:
    return [
        (column_name(column, tag), part_texts(column, value, pack, tag))
        for column in COLUMNS
        if (value := getattr(kept.event, column))
    ]


def _climb(proof: ledger.EntryProof) -> Climb:
    kept = proof.entry
    leaf = leaf_hash(entry_content(kept.event, kept.node, kept.recorded_at, kept.version))
    root = root_from_proof(leaf, proof.steps).hex()
    return Climb(leaf == kept.leaf, root == proof.seal.head.root)
