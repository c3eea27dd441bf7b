"""`serve`: the pages and the API over HTTP."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from guomen.project.commands import BAD_INPUT, GuomenCommand


def _refuse_taken(host: str, port: int) -> None:
    # The server shares a port with whoever asks; two installations on one would answer by chance.
    try:
        with socket.create_server((host, port)):
            return
    except (OSError, OverflowError) as error:
        told = f"cannot serve at {host}:{port}: {error}. Choose another with --port."
        raise CommandError(told, returncode=BAD_INPUT) from None


class Command(GuomenCommand):
    """Becomes a granian server in this very process."""

    help = "Serve the pages and the API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_taken(options["host"], options["port"])
        server = str(Path(sys.executable).parent / "granian")
        self.stdout.write(f"http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        command = [
            server,
            "--interface",
            "wsgi",
            "--host",
            options["host"],
            "--port",
            str(options["port"]),
            "--workers",
            str(options["workers"]),
            "--blocking-threads",
            "4",
            "--log-level",
            "warning",
            "guomen.project.wsgi:application",
        ]
        os.execv(server, command)  # noqa: S606 - the server of our own environment
