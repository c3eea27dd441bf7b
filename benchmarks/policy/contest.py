"""Times several contestants in turns, so that a change of the machine's pace meets them all alike."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

SLICE = 0.02
"""Seconds for which each contestant runs in a round."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """What is called for each input; a round calls it on as many inputs as fill its slice."""

    name: str
    decide: Callable[[Any], object]
    inputs: Sequence[Any]


Rounds = Mapping[str, Sequence[float]]
"""Microseconds a call by contestant, one figure a round; figures of a round belong together."""


def run_rounds(contestants: Sequence[Contestant], seconds: float) -> Rounds:
    """Run all contestants in a random order, round after round, three times at least."""
    until = time.perf_counter() + seconds
    counts = {one.name: _calls_in_slice(one) for one in contestants}
    found: dict[str, list[float]] = {one.name: [] for one in contestants}
    number = 0
    while number < 3 or time.perf_counter() < until:
        for one in Random(number).sample(contestants, len(contestants)):
            count = counts[one.name]
            first = number * count % len(one.inputs)
            found[one.name].append(_time(one, first, count))
        number += 1
    return found


def _calls_in_slice(one: Contestant) -> int:
    calls = min(20, len(one.inputs))
    return max(calls, int(SLICE * 1_000_000 / _time(one, 0, calls)))


def _time(one: Contestant, first: int, count: int) -> float:
    inputs = [one.inputs[(first + step) % len(one.inputs)] for step in range(count)]
    decide = one.decide
    began = time.perf_counter()
    for given in inputs:
        decide(given)
    return (time.perf_counter() - began) * 1_000_000 / count


def median(rounds: Rounds, name: str) -> float:
    """Give the median of a contestant's rounds in microseconds."""
    return statistics.median(rounds[name])


def ratio(rounds: Rounds, upper: str, lower: str) -> float:
    """Give the median of the ratios of two contestants, each within one round."""
    return statistics.median(
        one / other for one, other in zip(rounds[upper], rounds[lower], strict=True)
    )


def single_calls(one: Contestant, passes: int) -> tuple[float, float]:
    """Give the median and the 99th percentile of single calls in microseconds, clock included."""
    clock, decide = time.perf_counter_ns, one.decide
    times = []
    for given in [*one.inputs] * passes:
        began = clock()
        decide(given)
        times.append(clock() - began)
    times.sort()
    return times[len(times) // 2] / 1000, times[int(len(times) * 0.99)] / 1000
