"""`worker`: seals every second, exports the heads, tallies the days touched, notes each day which
alerts have lapsed, and runs replays."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection

from guomen import clock
from guomen.apps.bulletins.operations import tally_sealed
from guomen.apps.ledger.heads import export_heads
from guomen.apps.ledger.operations import seal_everything
from guomen.apps.policy.queries import NoRulebookPublished, jurisdiction
from guomen.apps.registry.operations import lapse_next_alert
from guomen.project.commands import GuomenCommand
from guomen.project.replay_worker import replay_beside, run_next_replay


class Command(GuomenCommand):
    """Runs until it is stopped, or once with --once."""

    _lapsed_on: date | None = None
    help = "Seal and tally on a timer, let alerts lapse, and run the replays that are asked for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with suppress(KeyboardInterrupt):
            self._run(options["once"])

    def _run(self, once: bool) -> None:
        # What an earlier worker sealed and did not export any more is exported first.
        export_heads(node=settings.GUOMEN_NODE, folder=settings.GUOMEN_HEADS)
        self._round()
        if once:
            while run_next_replay():
                pass
            return
        replay_beside(self.stderr.write)
        while True:
            time.sleep(1)
            self._outlive(self._round)

    def _round(self) -> None:
        self._seal_and_tally()
        self._lapse_alerts()

    def _lapse_alerts(self) -> None:
        """Once a day note which alerts are over; lanes go by the day and do not wait for it."""
        try:
            day = clock.today(jurisdiction().zone)
        except NoRulebookPublished:
            return
        if day == self._lapsed_on:
            return
        while lapse_next_alert(at=clock.now(), day=day):
            pass
        self._lapsed_on = day

    def _seal_and_tally(self) -> None:
        node, key = settings.GUOMEN_NODE, settings.GUOMEN_SEAL_KEY
        if seal_everything(node=node, private_key=key, at=clock.now()):
            export_heads(node=node, folder=settings.GUOMEN_HEADS)
        tally_sealed(node=node)

    def _outlive(self, step: Callable[[], None]) -> None:
        """Do a round; one that fails for a passing reason is told and done again."""
        try:
            step()
        except IntegrityError:
            return  # another worker was first with the same seal: nothing is missing
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"worker: the database does not answer ({error}); trying again")
            connection.close()
