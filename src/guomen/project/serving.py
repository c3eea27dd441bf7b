"""Becomes the HTTP server of a process, once its port is known to be free."""

import os
import socket
import sys
from pathlib import Path

from django.core.management.base import CommandError

from guomen.project.commands import BAD_INPUT


def refuse_taken(host: str, port: int) -> None:
    """Refuse a port that is taken: two installations on one would answer by chance."""
    try:
        with socket.create_server((host, port)):
            return
    except (OSError, OverflowError) as error:
        told = f"cannot serve at {host}:{port}: {error}. Choose another with --port."
        raise CommandError(told, returncode=BAD_INPUT) from None


def become_server(interface: str, host: str, port: int, application: str, *, workers: int) -> None:
    """Become granian in this very process; it does not come back."""
    server = str(Path(sys.executable).parent / "granian")
    command = [
        server,
        "--interface",
        interface,
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        *(["--blocking-threads", "4"] if interface == "wsgi" else ["--loop", "asyncio"]),
        "--log-level",
        "warning",
        application,
    ]
    os.execv(server, command)  # noqa: S606 - the server of our own environment
