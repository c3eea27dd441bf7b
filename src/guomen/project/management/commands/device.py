"""`device enroll | revoke`: gates and their keys."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen import clock
from guomen.apps.accounts.operations import enroll_device, new_device_key, revoke_device
from guomen.project.commands import BAD_INPUT, GuomenCommand, jurisdiction_at_hand, operator


class Command(GuomenCommand):
    """Enrols a gate and shows its key once, or takes a key out of use."""

    help = "Enrol or revoke a gate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        enroll = acts.add_parser("enroll")
        enroll.add_argument("name")
        enroll.add_argument("--port", required=True)
        enroll.add_argument("--lane", required=True)
        enroll.add_argument("--lane-kind", required=True, help="a kind of lane of the pack")
        enroll.add_argument("--json", action="store_true")
        revoke = acts.add_parser("revoke")
        revoke.add_argument("name")
        revoke.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "revoke":
            revoke_device(
                actor=operator(), at=clock.now(), entry=clock.new_entry(), name=options["name"]
            )
            return self.tell({"revoked": options["name"]}, ["revoked"], options["json"])
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        if options["port"] not in pack.ports or options["lane_kind"] not in pack.lanes:
            raise CommandError("the pack has no such port or lane kind", returncode=BAD_INPUT)
        key = new_device_key()
        enroll_device(
            actor=operator(),
            at=clock.now(),
            entry=clock.new_entry(),
            reference=clock.new_id(),
            name=options["name"],
            port=options["port"],
            lane=options["lane"],
            lane_kind=options["lane_kind"],
            key=key,
        )
        told = [f"key of {options['name']} (shown once): {key}"]
        return self.tell({"device": options["name"], "key": key}, told, options["json"])
