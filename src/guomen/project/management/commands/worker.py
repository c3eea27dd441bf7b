"""`worker`: seals every second, exports heads, and takes the last days' tallies."""

import time
from argparse import ArgumentParser
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings

from guomen import clock
from guomen.apps.bulletins.operations import tally_days
from guomen.apps.ledger.heads import export_heads
from guomen.apps.ledger.operations import seal_everything
from guomen.project.commands import GuomenCommand, jurisdiction_at_hand

TALLY_EVERY = 60
"""Seconds between two tallies."""

DAYS_BACK = 10
"""So many days are tallied anew each time, so that late entries are folded in."""


class Command(GuomenCommand):
    """Runs until it is stopped, or once with --once."""

    help = "Seal and tally on a timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with suppress(KeyboardInterrupt):
            self._run(options["once"])

    def _run(self, once: bool) -> None:
        rounds = 0
        while True:
            self._seal()
            if rounds % TALLY_EVERY == 0:
                self._tally()
            if once:
                return
            rounds += 1
            time.sleep(1)

    def _seal(self) -> None:
        node = settings.GUOMEN_NODE
        key = settings.GUOMEN_SEAL_KEY
        if seal_everything(node=node, private_key=key, at=clock.now()):
            export_heads(node=node, folder=settings.GUOMEN_HEADS)

    def _tally(self) -> None:
        today = clock.today(jurisdiction_at_hand(settings.GUOMEN_JURISDICTION).zone)
        tally_days(start=today - timedelta(days=DAYS_BACK), until=today + timedelta(days=1))
