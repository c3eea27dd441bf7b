"""Times the contestants in turns on every draft, on files that were all read once before."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.policy_replay.contestants import CONTESTANTS, Answer
from benchmarks.policy_replay.drafts import Draft
from benchmarks.policy_replay.passages import Passages

ROUNDS = 3
_AT_ONCE = 1 << 24


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each contestant on one draft, a figure a round, and what each answered."""

    rows: int
    draft: str
    seconds: dict[str, list[float]]
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def acts(self) -> int:
        """Give the number of acts that the draft helps, as the first who answered counted them."""
        return next(iter(self.answers.values()))["all", ""]

    @property
    def is_equal(self) -> bool:
        """Tell whether all who answered told the same number under every heading."""
        first, *others = self.answers.values()
        return all(one == first for one in others)

    def median(self, name: str) -> float:
        """Give the median of a contestant's rounds in seconds."""
        return statistics.median(self.seconds[name])

    def ratio(self, upper: str, lower: str) -> float:
        """Give the median of the ratios of two contestants, each within one round."""
        pairs = zip(self.seconds[upper], self.seconds[lower], strict=True)
        return statistics.median(one / other for one, other in pairs)


def run_contest(
    passages: Passages, drafts: Sequence[Draft], seconds: float, told: Callable[[str], None]
) -> list[Times]:
    """Run up to three rounds, one at least; no other begins after `seconds`."""
    _warm(passages)
    found = {
        one.name: Times(passages.rows, one.name, {name: [] for name in CONTESTANTS})
        for one in drafts
    }
    until = time.perf_counter() + seconds
    for number in range(1, ROUNDS + 1):
        for draft in drafts:
            _round(passages, draft, found[draft.name])
        told(f"{passages.rows:,} rows: round {number}")
        if time.perf_counter() > until:
            break
    return list(found.values())


def _warm(passages: Passages) -> None:
    """Read every file once, so that the disk is out of it for all alike."""
    for path in (*passages.plain, *passages.ours):
        with path.open("rb", buffering=0) as file:
            while file.read(_AT_ONCE):
                pass


def _round(passages: Passages, draft: Draft, times: Times) -> None:
    for name, contestant in CONTESTANTS.items():
        timed = contestant(passages, draft)
        times.seconds[name].append(timed.seconds)
        if timed.answer is not None:
            _check(times.answers, name, timed.answer)


def _check(answers: dict[str, Answer], name: str, answer: Answer) -> None:
    # One who answers otherwise in a later round is as wrong as one who differs from the others.
    if answers.setdefault(name, answer) != answer:
        answers[f"{name}, in another round"] = answer
