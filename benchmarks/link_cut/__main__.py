"""`bench link-cut`: a node behind a failing link for a while, then the drain of a 72-hour backlog."""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from statistics import quantiles

from benchmarks.link_cut.gate import Answered, Gate
from benchmarks.link_cut.places import Country, until
from benchmarks.link_cut.proxy import Fault
from benchmarks.link_cut.verdict import Counted, count

KILLS = ("node killed", "centre killed")
LINK_FAULTS = tuple(one for one in Fault if one is not Fault.NONE)
DRAIN_WITHIN = 1200.0


def main(arguments: Sequence[str]) -> int:
    """Run, and print one JSON line; 1 where anything was lost, doubled or out of order."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="link-cut-") as folder:
        country = Country(Path(folder))
        try:
            country.begin()
            return _run(country, options)
        finally:
            country.end()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./guomen bench link-cut")
    parser.add_argument("--seconds", type=int, default=120, help="of faults; 3600 for the long run")
    parser.add_argument("--backlog", type=int, default=86_400, help="acts of 72 hours")
    parser.add_argument("--gates", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the data lie; removed at the end")
    return parser.parse_args(arguments)


def _run(country: Country, options: argparse.Namespace) -> int:
    gates = [
        Gate(f"gate-{n}", country.gates, lambda: country.proxy.fault.value, country.desk, 0.02)
        for n in range(options.gates)
    ]
    for gate in gates:
        gate.start()
    faults = _fail(country, Random(options.seed), options.seconds)
    drain = until(country.drained, DRAIN_WITHIN, "not drained after the faults")
    for gate in gates:
        gate.stop()
    until(country.drained, DRAIN_WITHIN, "not drained after the last traveller")
    answered = [one for gate in gates for one in gate.answered]
    backlog = _backlog(country, options.backlog) if options.backlog else 0.0
    counted = count(country, answered)
    line = _line(options, faults, answered, counted, drain, backlog)
    sys.stdout.write(json.dumps(line) + "\n")
    return 0 if counted.is_whole else 1


def _fail(country: Country, random: Random, seconds: int) -> Counter[str]:
    faults: Counter[str] = Counter()
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        if random.random() < 0.15:
            told = random.choice(KILLS)
            _kill(country, told, random)
        else:
            country.proxy.fault = random.choice(LINK_FAULTS)
            told = country.proxy.fault.value
            time.sleep(random.choice([0.2, 1.0, 3.0, 12.0]))
            country.proxy.fault = Fault.NONE
        faults[told] += 1
        time.sleep(random.choice([0.1, 0.5, 2.0, 5.0]))
    return faults


def _kill(country: Country, told: str, random: Random) -> None:
    """Kill one side with SIGKILL, in the middle of whatever it does, and start it again."""
    killed = country.node if told == "node killed" else country.centre
    killed.kill()
    time.sleep(random.choice([0.0, 1.0]))
    killed.start()


def _backlog(country: Country, acts: int) -> float:
    """Let the node clear for 72 hours without its centre; give the seconds of the catching up."""
    country.proxy.fault = Fault.DOWN
    country.node.kill()
    country.node.run("benchmarks.link_cut.founding", "backlog", str(acts))
    country.node.start()
    country.proxy.fault = Fault.NONE
    return until(country.drained, DRAIN_WITHIN, "the backlog was not drained")


def _line(
    options: argparse.Namespace,
    faults: Counter[str],
    answered: Sequence[Answered],
    counted: Counted,
    drain: float,
    backlog: float,
) -> dict[str, object]:
    cut = _percentiles([one for one in answered if one.fault in ("down", "half-open")])
    every = _percentiles(answered)
    return {
        "bench": "link-cut",
        "figure": cut["p99_ms"],
        "unit": "ms",
        "ratios": {},
        **every,
        "cut": cut,
        "seconds": options.seconds,
        "seed": options.seed,
        "faults": sum(faults.values()),
        "faults_by_kind": dict(sorted(faults.items())),
        **asdict(counted),
        "drain_s": round(drain, 1),
        "backlog": {
            "acts": options.backlog,
            "seconds": round(backlog, 1),
            "acts_per_s": round(options.backlog / backlog) if backlog else None,
        },
        "goals": {
            "nothing lost, doubled or out of order": counted.is_whole,
            "p99 while cut at most 50 ms": cut["p99_ms"] <= 50,
            "drained within 30 s": drain <= 30,
            "72 hours drained within 600 s": backlog <= 600,
        },
        "load": [round(one, 1) for one in os.getloadavg()],
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


def _percentiles(answered: Sequence[Answered]) -> dict[str, float]:
    taken = sorted(one.seconds * 1000 for one in answered)
    if len(taken) < 2:
        return {"answered": len(taken), "p50_ms": 0.0, "p99_ms": 0.0, "max_ms": 0.0}
    cuts = quantiles(taken, n=100)
    return {
        "answered": len(taken),
        "p50_ms": round(cuts[49], 1),
        "p99_ms": round(cuts[98], 1),
        "max_ms": round(taken[-1], 1),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
