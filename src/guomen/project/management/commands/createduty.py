"""`createduty`: a login with a post and its duties."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen import clock
from guomen.apps.accounts.operations import assign_post
from guomen.apps.accounts.queries import login_named
from guomen.core.actor import Duty
from guomen.project.commands import BAD_INPUT, GuomenCommand, jurisdiction_at_hand, operator


class Command(GuomenCommand):
    """Opens a login where there is none and assigns it a post from today on."""

    help = "Give a person a login and a post with duties."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name")
        parser.add_argument("--shown-as", default="")
        parser.add_argument("--post", required=True, help="the post's code, for example LANE-07")
        parser.add_argument("--station", default="")
        parser.add_argument("--port", default="")
        parser.add_argument("--lane", default="")
        parser.add_argument(
            "--duty", action="append", required=True, choices=sorted(duty.value for duty in Duty)
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        if options["port"] and options["port"] not in pack.ports:
            told = f"the pack has no port {options['port']}"
            raise CommandError(told, returncode=BAD_INPUT)
        known = login_named(name=options["name"])
        assign_post(
            actor=operator(),
            at=clock.now(),
            day=clock.today(pack.zone),
            entry=clock.new_entry(),
            login=known or clock.new_id(),
            name=options["name"],
            shown_as=options["shown_as"] or options["name"],
            password="" if known else _password(),
            post=options["post"],
            station=options["station"],
            port=options["port"],
            lane=options["lane"],
            duties=[Duty(one) for one in options["duty"]],
        )
        line = f"{options['name']} holds {options['post']}"
        self.tell({"login": options["name"], "post": options["post"]}, [line], options["json"])


def _password() -> str:
    # Never an argument: those stand in the list of processes.
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
