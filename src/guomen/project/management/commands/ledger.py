"""`ledger seal | verify | prove ENTRY`: the ledger from the command line."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from guomen import clock
from guomen.apps.ledger.heads import export_heads, exported_heads
from guomen.apps.ledger.operations import seal_everything
from guomen.apps.ledger.queries import prove
from guomen.apps.ledger.verification import verify_ledger
from guomen.core.canonical import Json
from guomen.core.seal import is_signed_by, public_key_of, root_from_proof
from guomen.project.commands import GuomenCommand


class Command(GuomenCommand):
    """Seals what waits, verifies everything, or proves one entry."""

    help = "Seal, verify or prove the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        for name in ("seal", "verify", "prove"):
            act = acts.add_parser(name)
            act.add_argument("--json", action="store_true")
            if name == "prove":
                act.add_argument("entry", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"seal": self._seal, "verify": self._verify, "prove": self._prove}
        acts[options["act"]](options)

    def _seal(self, options: Mapping[str, Any]) -> None:
        node = settings.GUOMEN_NODE
        heads = seal_everything(node=node, private_key=settings.GUOMEN_SEAL_KEY, at=clock.now())
        export_heads(node=node, folder=settings.GUOMEN_HEADS)
        answer: dict[str, Json] = {
            "node": node,
            "sealed": sum(head.count for head in heads),
            "seals": [{"number": head.number, "root": head.root} for head in heads],
        }
        lines = [f"seal {one.number}: {one.count} entries, root {one.root}" for one in heads]
        return self.tell(answer, lines or ["nothing waits for a seal"], options["json"])

    def _verify(self, options: Mapping[str, Any]) -> None:
        found = verify_ledger(
            exported_heads(settings.GUOMEN_HEADS), public_key_of(settings.GUOMEN_SEAL_KEY)
        )
        faults: list[dict[str, Json]] = [
            {
                "kind": one.kind,
                "node": one.node,
                "seal": one.seal,
                "entry": one.entry,
                "told": one.told,
            }
            for one in found.faults
        ]
        answer: dict[str, Json] = {
            "entries": found.entries,
            "seals": found.seals,
            "unsealed": found.unsealed,
            "faults": faults,
        }
        lines = [f"{found.entries} entries, {found.seals} seals, {found.unsealed} not sealed yet"]
        lines += [
            f"{one.kind}: {one.node}, seal {one.seal}, entry {one.entry}: {one.told}"
            for one in found.faults
        ]
        lines.append("all agree" if not faults else f"{len(faults)} do not agree")
        self.tell(answer, lines, options["json"])
        self.end(not faults)

    def _prove(self, options: Mapping[str, Any]) -> None:
        proof = prove(options["entry"])
        head = proof.seal.head
        climbs = root_from_proof(proof.entry.leaf, proof.steps).hex() == head.root
        signed = is_signed_by(head, proof.seal.signature, public_key_of(settings.GUOMEN_SEAL_KEY))
        answer: dict[str, Json] = {
            "entry": str(options["entry"]),
            "leaf": proof.entry.leaf.hex(),
            "position": proof.position,
            "steps": [
                {"neighbour": step.neighbour.hex(), "on_left": step.on_left} for step in proof.steps
            ],
            "seal": head.number,
            "root": head.root,
            "public_key": proof.seal.public_key.hex(),
            "signature": proof.seal.signature.hex(),
            "proved": climbs and signed,
        }
        lines = [
            f"leaf {proof.entry.leaf.hex()} is number {proof.position} of seal {head.number}",
            *(f"  {'left ' if s.on_left else 'right'} {s.neighbour.hex()}" for s in proof.steps),
            f"root {head.root}, signed: {'yes' if signed else 'NO'}",
        ]
        self.tell(answer, lines, options["json"])
        self.end(climbs and signed)
