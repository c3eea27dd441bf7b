"""`serve`: the pages and the API over HTTP."""

from argparse import ArgumentParser
from typing import Any

from guomen.project.commands import GuomenCommand
from guomen.project.serving import become_server, refuse_taken


class Command(GuomenCommand):
    """Becomes a granian server in this very process."""

    help = "Serve the pages and the API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_taken(host, port)
        self.stdout.write(f"http://{host}:{port}/")
        self.stdout.flush()
        application = "guomen.project.wsgi:application"
        become_server("wsgi", host, port, application, workers=options["workers"])
