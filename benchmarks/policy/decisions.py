"""One decision at a time: the rulebook's function beside a hand-written one and the peers."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.policy import handwritten
from benchmarks.policy.contest import Contestant, Rounds, run_rounds, single_calls
from benchmarks.policy.measures import facts_asked, load_rulebook, twelve, varied
from benchmarks.policy.peers import ADAPTERS, NOT_TRIED, Peer, Work, engage
from benchmarks.policy.records import make_records, pools
from guomen.core.policy import Condition, Facts
from guomen.core.policy.compile import compile_conditions
from guomen.core.policy.conditions import findings, judge

RECORDS = 4000
SEED = 20231201
CHECKING = 0.02
"""The part of the time for which one peer is checked; records beyond are not given to it."""
TIMING = 0.65
PASSES = 5

READ_LOOP = "dict read loop, 12 facts"
HANDWRITTEN = "hand-written Python"
OURS = "guomen"
OURS_120 = "guomen, 120 measures"
FINDINGS = "guomen, findings of one failing measure"


@dataclass(frozen=True, slots=True)
class Field:
    """Who takes part, on how many records each agreed or not, and who is left out and why."""

    contestants: list[Contestant] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    checked: dict[str, int] = field(default_factory=dict)
    disagreements: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The field and its times: rounds in microseconds a call; p50 and p99 of our single calls."""

    field: Field
    rounds: Rounds
    p50: float
    p99: float


def run_decisions(seconds: float) -> Outcome:
    """Check every contestant against the hand-written function, then time those that agree."""
    rulebook = load_rulebook()
    measures = twelve(rulebook)
    records = make_records(measures, pools(measures, rulebook.vocabulary), RECORDS, SEED)
    took_part = _ourselves(measures, records)
    types = {name: rulebook.vocabulary[name].type for name in facts_asked(measures)}
    for adapter in ADAPTERS:
        peer = engage(adapter, Work(measures, types))
        if isinstance(peer, Peer):
            _enter(took_part, peer, records, seconds * CHECKING)
        else:
            took_part.left_out.update([peer])
    took_part.left_out.update(NOT_TRIED)
    gc.collect()
    gc.freeze()  # the records of all are not searched for garbage in the middle of a round
    rounds = run_rounds(took_part.contestants, seconds * TIMING)
    ours = next(one for one in took_part.contestants if one.name == OURS)
    return Outcome(took_part, rounds, *single_calls(ours, PASSES))


def _ourselves(measures: Sequence[Condition], records: Sequence[Facts]) -> Field:
    ours, many = compile_conditions(measures), compile_conditions(varied(measures, 10))
    found = Field()
    found.contestants.extend(
        [
            Contestant(READ_LOOP, _read_loop(facts_asked(measures)[::2][:12]), records),
            Contestant(HANDWRITTEN, handwritten.decide, records),
            Contestant(OURS, ours, records),
            Contestant(OURS_120, many, records),
            Contestant(FINDINGS, _all_findings, _failing(measures, records)),
        ]
    )
    found.checked[OURS] = len(records)
    # Both functions compile a part of themselves when they first meet a value: here, not in a round.
    found.disagreements[OURS] = sum(
        (handwritten.decide(one) != ours(one)) + (many(one) & 0xFFF != ours(one)) for one in records
    )
    return found


def _read_loop(names: Sequence[str]) -> Callable[[Facts], None]:
    def read(facts: Facts) -> None:
        get = facts.get
        for name in names:
            get(name)

    return read


def _failing(
    measures: Sequence[Condition], records: Sequence[Facts]
) -> list[tuple[Condition, Facts]]:
    """Give each record with one measure that it does not meet, all twelve in turn."""
    found = []
    for place, facts in enumerate(records):
        turned = [*measures[place % 12 :], *measures[: place % 12]]
        found.append((next(one for one in turned if judge(one, facts) is not True), facts))
    return found


def _all_findings(asked: tuple[Condition, Facts]) -> object:
    return [*findings(*asked)]


def _enter(took_part: Field, peer: Peer, records: Sequence[Facts], seconds: float) -> None:
    """Let a peer take part with the records it got through, if it agreed on each of them."""
    engine, agreed, disagreed = peer.engine, [], 0
    until = time.perf_counter() + seconds
    try:
        for facts in records:
            prepared = engine.prepare(facts)
            is_same = engine.read_mask(engine.decide(prepared)) == handwritten.decide(facts)
            agreed.append(prepared)
            disagreed += not is_same
            if time.perf_counter() > until and len(agreed) >= 50:
                break
    except Exception as error:  # whatever an engine of others raises, it is told and left out
        took_part.left_out[peer.name] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return
    took_part.checked[peer.name] = len(agreed)
    took_part.disagreements[peer.name] = disagreed
    if disagreed:
        took_part.left_out[peer.name] = f"another mask on {disagreed} of {len(agreed)} records"
        return
    took_part.forms[peer.name] = peer.form
    took_part.contestants.append(Contestant(peer.name, engine.decide, agreed))
