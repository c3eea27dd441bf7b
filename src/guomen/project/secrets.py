"""Secrets: from the environment, or made once and kept in the data folder with mode 600."""

import os
import secrets
from pathlib import Path


def secret(folder: Path, name: str, length: int = 32) -> bytes:
    """Give a secret of `length` bytes.

    `GUOMEN_<NAME>` (hexadecimal) in the environment goes before the file `<folder>/<name>`, which
    is made with fresh random bytes where it is missing.
    """
    given = os.environ.get("GUOMEN_" + name.upper())
    if given:
        return bytes.fromhex(given)
    path = folder / name
    if not path.exists():
        _make(path, length)
    return path.read_bytes()


def _make(path: Path, length: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process of the same start made it first
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(length))
