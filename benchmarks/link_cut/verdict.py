"""What must hold after every fault: nothing answered is lost, nothing is there twice, all in order."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.link_cut.gate import Answered
from benchmarks.link_cut.places import Country


@dataclass(frozen=True)
class Counted:
    """What the centre holds, beside what the gates were told. All but the first two must be 0."""

    acknowledged: int
    stored: int
    lost: int
    doubled: int
    out_of_order: int
    gaps: int
    late_wrong: int
    not_in_ledger: int

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is lost, doubled, out of order or marked wrongly."""
        faults = (self.lost, self.doubled, self.out_of_order, self.gaps, self.late_wrong)
        return not any((*faults, self.not_in_ledger))


def count(country: Country, answered: Sequence[Answered]) -> Counted:
    """Compare the centre's tables with what the gates were told."""
    passages = country.centre.rows(
        "SELECT p.nonce, p.outcome, e.sequence,"
        " (julianday(p.recorded_at) - julianday(p.occurred_at)) * 86400 > 300"
        " FROM border_passage p LEFT JOIN ledger_entry e ON e.entry_id = p.entry"
    )
    known = {nonce: outcome for nonce, outcome, _, _ in passages}
    late = {nonce for nonce, _, _, is_late in passages if is_late}
    entries = Counter(
        json.loads(payload)["passage"]
        for (payload,) in country.centre.rows(
            "SELECT payload FROM ledger_entry WHERE kind LIKE 'passage.%'"
        )
    )
    return Counted(
        acknowledged=len(answered),
        stored=len(passages),
        lost=sum(known.get(one.nonce) is None for one in answered),
        doubled=len(passages) - len(known) + sum(many - 1 for many in entries.values()),
        out_of_order=_out_of_order(country),
        gaps=_gaps(country),
        late_wrong=sum(one.late and one.nonce not in late for one in answered),
        not_in_ledger=sum(sequence is None for _, _, sequence, _ in passages),
    )


def _out_of_order(country: Country) -> int:
    """Count acts of the node that stand before an earlier one in the ledger."""
    rows = country.centre.rows(
        "SELECT e.sequence FROM border_nodeact a JOIN border_passage p ON p.id = a.record"
        " JOIN ledger_entry e ON e.entry_id = p.entry WHERE a.stored ORDER BY a.number"
    )
    return sum(later[0] <= earlier[0] for earlier, later in pairwise(rows))


def _gaps(country: Country) -> int:
    [(first, last, rows)] = country.centre.rows(
        "SELECT COALESCE(MIN(number), 1), COALESCE(MAX(number), 0), COUNT(*) FROM border_nodeact"
    )
    return int(last) - int(first) + 1 - int(rows) + int(first) - 1
