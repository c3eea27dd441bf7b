"""A replay of a draft over recorded passages beside DuckDB's own SQL for the same condition.

./guomen bench policy-replay [--rows N ...] [--seconds N] [--folder DIR]

The files are made first, in a folder that is removed afterwards; the table goes to stderr, the one
JSON line to stdout.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.policy.measures import load_rulebook
from benchmarks.policy_replay.contest import Times, run_contest
from benchmarks.policy_replay.drafts import make_drafts
from benchmarks.policy_replay.passages import make_passages
from benchmarks.policy_replay.verdict import line, table


def main() -> None:
    """Run on each number of rows and print what came out."""
    parser = argparse.ArgumentParser(prog="./guomen bench policy-replay")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 20_000_000])
    parser.add_argument(
        "--seconds", type=float, default=60, help="no round begins later; the making is beside it"
    )
    parser.add_argument(
        "--folder", type=Path, help="where to make the files: 40 bytes for each act"
    )
    asked = parser.parse_args()
    several = [
        one
        for rows in asked.rows
        for one in _run(rows, asked.seconds / len(asked.rows), asked.folder)
    ]
    sys.stderr.write(table(several))
    print(line(several))


def _run(rows: int, seconds: float, folder: Path | None) -> list[Times]:
    rulebook = load_rulebook()
    with TemporaryDirectory(dir=folder) as place:
        passages = make_passages(Path(place), rows, rulebook, lambda month: _tell(f"made {month}"))
        return run_contest(passages, make_drafts(rulebook), seconds, _tell)


def _tell(what: str) -> None:
    sys.stderr.write(f"bench policy-replay: {what}\n")


if __name__ == "__main__":
    main()
