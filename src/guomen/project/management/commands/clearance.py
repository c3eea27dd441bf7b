"""`clearance`: the process for gates, which commits together what arrives together."""

from argparse import ArgumentParser
from typing import Any

from guomen.project.commands import GuomenCommand
from guomen.project.serving import become_server, refuse_taken


class Command(GuomenCommand):
    """Becomes a granian server with one worker: one queue, one writer."""

    help = "Serve the gates' endpoint, committing in batches."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_taken(host, port)
        self.stdout.write(f"http://{host}:{port}/api/v1/border/passages")
        self.stdout.flush()
        become_server("asgi", host, port, "guomen.project.asgi:application", workers=1)
