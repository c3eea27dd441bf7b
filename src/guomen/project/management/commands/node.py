"""`node enroll | revoke | list`: the port nodes, their keys, and how far behind each is."""

import json
import secrets
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen import clock
from guomen.apps.border.nodes import NodeFile, nodes_listed
from guomen.apps.border.operations import enroll_node, revoke_node
from guomen.apps.registry.queries import vault
from guomen.core.canonical import Json
from guomen.core.seal import public_key_of
from guomen.project.commands import BAD_INPUT, GuomenCommand, jurisdiction_at_hand, operator
from guomen.project.enrolment import FILE, Enrolment, write_enrolment


class Command(GuomenCommand):
    """Enrols a node and hands its keys out once, takes a key out of use, or lists all nodes."""

    help = "Enrol, revoke or list port nodes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        enroll = acts.add_parser("enroll")
        enroll.add_argument("--name", required=True)
        enroll.add_argument("--port", required=True, help="the code of its port")
        enroll.add_argument("--folder", type=Path, help="the node's data folder, if it is here")
        revoke = acts.add_parser("revoke")
        revoke.add_argument("name")
        for one in (enroll, revoke, acts.add_parser("list")):
            one.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"enroll": self._enroll, "revoke": self._revoke, "list": self._list}
        acts[options["act"]](options)

    def _enroll(self, options: Mapping[str, Any]) -> None:
        name, port, folder = options["name"], options["port"], options["folder"]
        if port not in jurisdiction_at_hand(settings.GUOMEN_JURISDICTION).ports:
            raise CommandError("the pack has no such port", returncode=BAD_INPUT)
        if folder is not None and (folder / "keys" / FILE).exists():
            told = f"{folder / 'keys' / FILE} is there already: a node has one enrolment"
            raise CommandError(told, returncode=BAD_INPUT)
        enrolment = self._enrolment(name, port)
        enroll_node(
            actor=operator(),
            at=clock.now(),
            entry=clock.new_entry(),
            reference=clock.new_id(),
            name=name,
            port=port,
            public_key=public_key_of(enrolment.node_key),
        )
        if folder is None:
            self.stdout.write(json.dumps(enrolment.told()))
            if not options["json"]:
                self.stderr.write(
                    f"Shown once. Put this line into keys/{FILE} of the node's folder, mode 600."
                )
            return
        path = str(write_enrolment(folder / "keys", enrolment))
        self.tell({"node": name, "port": port, "written": path}, [path], options["json"])

    def _enrolment(self, name: str, port: str) -> Enrolment:
        centre_key = public_key_of(settings.GUOMEN_SEAL_KEY)
        return Enrolment(name, port, secrets.token_bytes(32), vault().key, centre_key)

    def _revoke(self, options: Mapping[str, Any]) -> None:
        name = options["name"]
        revoke_node(actor=operator(), at=clock.now(), entry=clock.new_entry(), name=name)
        self.tell({"revoked": name}, ["revoked"], options["json"])

    def _list(self, options: Mapping[str, Any]) -> None:
        found = [(one, self._told(one)) for one in nodes_listed()]
        lines = [self._line(one) for one, _ in found] or ["no node is enrolled"]
        self.tell({"nodes": [told for _, told in found]}, lines, options["json"])

    def _told(self, one: NodeFile) -> dict[str, Json]:
        return {
            "name": one.name,
            "port": one.port,
            "state": "in use" if one.revoked_at is None else "revoked",
            "heard_at": None if one.heard_at is None else one.heard_at.isoformat(),
            "silent_seconds": one.silent_seconds(clock.now()),
            "last": one.last_number,
            "waiting": one.waiting,
            "skew_seconds": one.skew_seconds,
        }

    def _line(self, one: NodeFile) -> str:
        silent = one.silent_seconds(clock.now())
        heard = "never heard" if silent is None else f"heard {silent} s ago"
        state = "" if one.revoked_at is None else ", REVOKED"
        skew = f", clock off by {one.skew_seconds} s" if abs(one.skew_seconds) > 300 else ""
        told = f"has sent {one.last_number} acts, {one.waiting} wait{skew}{state}"
        return f"{one.name} ({one.port}): {heard}, {told}"
