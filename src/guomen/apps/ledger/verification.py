"""Verifies the ledger: recomputes every leaf, root, signature and link, and names what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guomen.apps.ledger.queries import (
    FIRST_MARK,
    LAST_MARK,
    BrokenEntry,
    KeptEntry,
    KeptSeal,
    entries_between,
    last_seal,
    nodes,
    seals,
)
from guomen.core.events import entry_content
from guomen.core.seal import NO_HEAD, is_signed_by, leaf_hash, merkle_root


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """One thing that does not agree: what, in which seal, and the entry where it can be named."""

    kind: str
    node: str
    seal: int | None
    entry: str | None
    told: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found."""

    entries: int
    seals: int
    unsealed: int
    faults: tuple[LedgerFault, ...]


Exported = Mapping[tuple[str, int], str]
"""Digests of heads that left the machine, by node and number."""


def verify_ledger(exported: Exported, public_key: bytes | None) -> Verification:
    """Verify all nodes.

    `exported` heads show a rewritten history or a cut tail, which nothing inside can show.
    `public_key`: the key that ought to have signed; None accepts the key stored with each seal.
    """
    walks = [_Walk(node, exported, public_key) for node in nodes()]
    faults = [fault for walk in walks for fault in walk.run()]
    faults += _missing_heads(exported, {(walk.node, n) for walk in walks for n in walk.numbers})
    return Verification(
        sum(walk.entries for walk in walks),
        sum(len(walk.numbers) for walk in walks),
        sum(walk.unsealed for walk in walks),
        tuple(faults),
    )


def _missing_heads(exported: Exported, seen: set[tuple[str, int]]) -> Iterator[LedgerFault]:
    for node, number in sorted(exported.keys() - seen):
        yield LedgerFault(
            "seal_missing", node, number, None, "this head was exported and is no longer there"
        )


class _Walk:
    """One walk along one node's seals."""

    def __init__(self, node: str, exported: Exported, public_key: bytes | None) -> None:
        self.node, self._exported, self._public_key = node, exported, public_key
        self.entries, self.unsealed = 0, 0
        self.numbers: list[int] = []

    def run(self) -> Iterator[LedgerFault]:
        yield from self._before_all_seals()
        previous, mark, number = NO_HEAD, 0, 0
        for seal in seals(self.node):
            number += 1
            yield from self._links(seal, previous, mark, number)
            yield from self._signature(seal)
            yield from self._content(seal)
            previous, mark = seal.head.digest(), seal.head.until_mark
            number = seal.head.number
            self.numbers.append(number)
        yield from self._tail()

    def _fault(self, kind: str, seal: KeptSeal, told: str) -> LedgerFault:
        return LedgerFault(kind, self.node, seal.head.number, None, told)

    def _links(
        self, seal: KeptSeal, previous: str, mark: int, number: int
    ) -> Iterator[LedgerFault]:
        head = seal.head
        if head.number != number:
            yield self._fault("seal_missing", seal, f"seal {number} is missing before this one")
        elif head.previous != previous:
            yield self._fault("seal_chain", seal, "does not name the head before it")
        if head.number == number and head.from_mark != mark:
            yield self._fault("seal_gap", seal, f"begins at {head.from_mark}, not at {mark}")
        known = self._exported.get((self.node, head.number))
        if known is not None and known != head.digest():
            yield self._fault("seal_rewritten", seal, "differs from the head that was exported")

    def _signature(self, seal: KeptSeal) -> Iterator[LedgerFault]:
        key = self._public_key or seal.public_key
        if not is_signed_by(seal.head, seal.signature, key):
            yield self._fault("seal_signature", seal, "is not signed by the ledger's key")

    def _content(self, seal: KeptSeal) -> Iterator[LedgerFault]:
        head, leaves = seal.head, []
        for kept in entries_between(self.node, head.from_mark, head.until_mark):
            leaves.append(kept.leaf)
            yield from self._entry(kept, head.number)
        self.entries += len(leaves)
        if len(leaves) != head.count:
            kind = "entry_deleted" if len(leaves) < head.count else "entry_inserted"
            told = f"{head.count} entries were sealed, {len(leaves)} are there"
            yield self._fault(kind, seal, told)
        elif merkle_root(leaves).hex() != head.root:
            yield self._fault(
                "order_or_leaf", seal, "entries were reordered or their leaves changed"
            )

    def _before_all_seals(self) -> Iterator[LedgerFault]:
        for kept in entries_between(self.node, FIRST_MARK, 0):
            self.entries += 1
            told = "it stands before the first mark, where no seal can cover it"
            yield LedgerFault("entry_inserted", self.node, None, _reference(kept), told)

    def _entry(self, kept: KeptEntry | BrokenEntry, seal: int | None) -> Iterator[LedgerFault]:
        if isinstance(kept, BrokenEntry):
            told = f"its content is not readable: {kept.told}"
            yield LedgerFault("entry_changed", self.node, seal, kept.reference, told)
            return
        content = entry_content(kept.event, kept.node, kept.recorded_at, kept.version)
        if leaf_hash(content) != kept.leaf:
            told = "its content does not give its leaf"
            yield LedgerFault("entry_changed", self.node, seal, _reference(kept), told)

    def _tail(self) -> Iterator[LedgerFault]:
        last = last_seal(self.node)
        for kept in entries_between(self.node, last.until_mark if last else 0, LAST_MARK):
            self.unsealed += 1
            yield from self._entry(kept, None)
        self.entries += self.unsealed


def _reference(kept: KeptEntry | BrokenEntry) -> str:
    return kept.reference if isinstance(kept, BrokenEntry) else str(kept.event.id)
