"""Decisions by the rulebook beside the engines of others.

./guomen bench policy [--seconds N]

The table goes to stderr; stdout gets one JSON line.
"""

import argparse
import sys

from benchmarks.policy.decisions import run_decisions
from benchmarks.policy.verdict import line, table


def main() -> None:
    """Run for about the given time and print what came out."""
    parser = argparse.ArgumentParser(prog="./guomen bench policy")
    parser.add_argument("--seconds", type=float, default=30)
    outcome = run_decisions(parser.parse_args().seconds)
    sys.stderr.write(table(outcome))
    print(line(outcome))


if __name__ == "__main__":
    main()
