"""`port-node`: a port's own installation, which clears at full speed when the centre is away."""

import signal
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from guomen import clock
from guomen.apps.border.outbox import held
from guomen.apps.ledger.heads import export_heads
from guomen.apps.ledger.operations import seal_everything
from guomen.core.outbox.sending import LONGEST_PAUSE
from guomen.core.refusal import Nature, Refusal
from guomen.project.commands import GuomenCommand
from guomen.project.enrolment import Enrolment
from guomen.project.port_node.link import Link, LinkDown, Refused
from guomen.project.port_node.rounds import Rounds
from guomen.project.serving import refuse_taken

EVERY = 0.5
"""Seconds between two rounds while the link is there."""


class NodeNotEnrolled(Refusal):
    """The folder has no enrolment, or that of a node at another port."""

    code = "node.not_enrolled"
    nature = Nature.BAD_INPUT


class CentreAway(Refusal):
    """The first start cannot reach the centre, so there is no rulebook to decide by."""

    code = "node.centre_away"


class Command(GuomenCommand):
    """Runs the gates' process beside the rounds of synchronising, until it is stopped."""

    help = "Run a port that keeps clearing when the centre is away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--port", required=True, help="the code of the port")
        parser.add_argument("--centre", required=True, help="the centre's address, https://…")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--listen", type=int, default=8001, help="TCP port for the gates")

    def handle(self, *args: Any, **options: Any) -> None:
        enrolment: Enrolment | None = settings.GUOMEN_ENROLMENT
        if enrolment is None or enrolment.port != options["port"]:
            raise NodeNotEnrolled(port=options["port"])
        refuse_taken(options["host"], options["listen"])
        call_command("migrate", verbosity=0)
        rounds = Rounds(Link(options["centre"], enrolment))
        self._learn_first(rounds, options["centre"])
        self.stdout.write(f"http://{options['host']}:{options['listen']}/api/v1/border/passages")
        self.stdout.flush()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        front = Front(options["host"], options["listen"])
        front.start()
        try:
            while True:
                time.sleep(max(EVERY, self._round(rounds) / 1000))
        except KeyboardInterrupt:
            return
        finally:
            front.end()

    def _learn_first(self, rounds: Rounds, centre: str) -> None:
        if held().known_on is not None:
            return
        try:
            rounds.learn()
        except LinkDown as error:
            raise CentreAway(centre=centre, why=str(error)) from None
        except Refused as error:
            raise CentreAway(centre=centre, why=error.code) from None

    def _round(self, rounds: Rounds) -> int:
        """Learn, send and seal; give the milliseconds to wait."""
        node, key = settings.GUOMEN_NODE, settings.GUOMEN_SEAL_KEY
        try:
            pause = rounds.go()
            if seal_everything(node=node, private_key=key, at=clock.now()):
                export_heads(node=node, folder=settings.GUOMEN_HEADS)
        except Exception as error:
            # Whatever befalls the sending, the gates go on: this process keeps theirs running.
            self.stderr.write(f"port-node: {type(error).__name__}: {error}; trying again")
            connection.close()
            return LONGEST_PAUSE
        return pause


class Front:
    """The gates' process: started anew when it ends, whatever the link does meanwhile."""

    def __init__(self, host: str, port: int) -> None:
        doors = ["--host", host, "--port", str(port)]
        self._command = [sys.executable, "-m", "guomen.project", "clearance", *doors]
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()

    def start(self) -> None:
        """Start it, and watch over it."""
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._ending.is_set():
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._command, stdout=subprocess.DEVNULL
            )
            self._process.wait()
            self._ending.wait(EVERY)

    def end(self) -> None:
        """Ask it to end, and end it after some seconds if it does not."""
        self._ending.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
