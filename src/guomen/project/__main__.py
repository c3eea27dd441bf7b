"""The command line: `./guomen NAME …`."""

import os
import sys
from pathlib import Path

from guomen.language.catalogues import compile_all

ROOT = Path(__file__).resolve().parents[3]

_HELP = """usage: ./guomen NAME [options]        (./guomen NAME --help tells more)

  demo        set up, simulate the synthetic nation, compile the bulletin, serve
  test        the whole suite on both databases; `test -- ARGS` hands ARGS to pytest
  check       style, types, import contracts and templates alone
  serve       the pages and the API         worker      sealing and tallying on a timer
  migrate     the database's tables         createduty  a login with a post and its duties
  mrz read    machine-readable zones        policy      check | decide | replay | export | publish
  ledger      seal | verify | prove         bulletin    make | check | tally | compile | release
  device      enroll | revoke               document    register | status
  port-node   a port that clears alone      node        enroll | revoke | list
  reference   writes docs/reference         messages    updates the catalogues of translations
  bench       the benchmarks
"""


def main(arguments: list[str]) -> int:
    """Run one command; everything but tests and benchmarks is a Django management command."""
    if not arguments or arguments[0] in ("help", "--help", "-h"):
        sys.stdout.write(_HELP)
        return 0
    compile_all(ROOT / "src" / "guomen" / "locale")
    if arguments[0] in ("test", "check", "bench"):
        return _run_tool(arguments)
    if arguments[0] == "demo":
        return _run_demo(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guomen.project.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["./guomen", arguments[0].replace("-", "_"), *arguments[1:]])
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _run_tool(arguments: list[str]) -> int:
    from guomen.project import bench, suite

    tools = {"test": suite.run_tests, "check": suite.run_checks, "bench": bench.run}
    return tools[arguments[0]](arguments[1:])


def _run_demo(arguments: list[str]) -> int:
    # The simulation is a program that uses the product; the product never imports it.
    command = [sys.executable, "-m", "simulation", *arguments[1:]]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
