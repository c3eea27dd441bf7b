"""The data folder and its secrets: from the environment, or made once and kept with mode 600."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def data_folder(path: Path) -> Path:
    """Give the installation's folder, made for its own user alone where it is missing.

    Passages lie in it in clear, and its keys.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"GUOMEN_DATA: {path}: {error.strerror}") from None
    return path.resolve()


def secret(folder: Path, name: str, length: int = 32) -> bytes:
    """Give a secret of `length` bytes.

    `GUOMEN_<NAME>` (hexadecimal) in the environment goes before the file `<folder>/<name>`, which
    is made with fresh random bytes where it is missing.
    """
    given = os.environ.get("GUOMEN_" + name.upper())
    if given:
        return _from_hex("GUOMEN_" + name.upper(), given, length)
    path = folder / name
    if not path.exists():
        _make(path, length)
    return path.read_bytes()


def whole_number(variable: str, default: int, *, most: int) -> int:
    """Give a setting from 1 to `most` out of the environment, or its default."""
    given = os.environ.get(variable)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= most):
        raise ImproperlyConfigured(f"{variable}: write a whole number from 1 to {most}")
    return int(given)


def _from_hex(variable: str, given: str, length: int) -> bytes:
    try:
        found = bytes.fromhex(given)
    except ValueError:
        found = b""
    if len(found) != length:
        raise ImproperlyConfigured(f"{variable}: write {2 * length} hexadecimal digits")
    return found


def _make(path: Path, length: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written whole under another name (mode 600), then linked: of two first starts one wins.
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(secrets.token_bytes(length))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
