"""Fuzzes the readers of lists with atheris, which is not among the requirements.

    pip install atheris && PYTHONPATH=src:. python -m tests.fuzz.advance_lists -max_total_time=60

Anything raised but a declared refusal ends the run with the input that did it.
"""

import importlib
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from tests.core.messages.samples import CREW, PASSENGERS, PROGRESSIVE

atheris: Any = importlib.import_module("atheris")

with atheris.instrument_imports():
    from guomen.core.messages import MessageUnreadable, join_parts, read_paxlst, write_paxlst

ON = date(2024, 1, 5)


def read_and_write(data: bytes) -> None:
    """Read, join and write again; a declared refusal is an answer."""
    try:
        interchange = read_paxlst(data, ON, lambda port: port.startswith("C"))
    except MessageUnreadable:
        return
    join_parts(interchange.messages)
    write_paxlst(interchange)


def main() -> None:
    """Begin from the three samples."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate((PASSENGERS, CREW, PROGRESSIVE)):
            Path(folder, str(number)).write_text(text, encoding="utf-8")
        atheris.Setup([*sys.argv, "-max_len=4096", folder], read_and_write)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
