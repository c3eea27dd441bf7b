"""How the two databases are opened: SQLite as the embedded default, PostgreSQL in production."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    # Without this, INSERT OR REPLACE deletes behind the append-only triggers' back (measured).
    "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
)


def database_from(address: str | None, data: Path) -> dict[str, Any]:
    """Give Django's description of `postgresql://user:password@host:port/name?option=…`.

    A host may be a folder with a Unix socket (`?host=/run/…`). Without an address it is a file in
    the data folder.
    """
    if not address:
        return _sqlite(data / "guomen.sqlite3")
    found = urlsplit(address)
    if found.scheme not in ("postgresql", "postgres"):
        told = f"GUOMEN_DATABASE: {address} does not begin with postgresql://"
        raise ImproperlyConfigured(told)
    options = dict(parse_qsl(found.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found.path.lstrip("/"),
        "USER": unquote(found.username or ""),
        "PASSWORD": unquote(found.password or ""),
        "HOST": options.pop("host", "") or found.hostname or "",
        "PORT": str(found.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_START,
        },
    }
