"""`document register | status`: documents in the register, entered by an officer at the terminal."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen import clock
from guomen.apps.registry.operations import (
    Registration,
    change_document_status,
    register_documents,
)
from guomen.core.travel_documents import Identified, identified, identify_kind, read_mrz
from guomen.jurisdiction import Jurisdiction
from guomen.project.commands import (
    BAD_INPUT,
    GuomenCommand,
    jurisdiction_at_hand,
    officer_named,
    read_text,
)


class Command(GuomenCommand):
    """Registers a document read from its machine-readable zone, or changes what it counts as."""

    help = "Register a document, or mark it lost, cancelled or valid."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        register = acts.add_parser("register")
        register.add_argument("--issued-on", required=True, type=date.fromisoformat)
        status = acts.add_parser("status")
        status.add_argument("status", choices=["valid", "lost", "cancelled"])
        for act in (register, status):
            act.add_argument("--officer", required=True)
            act.add_argument("--json", action="store_true")
            act.add_argument("mrz", nargs="?", default="-", help="file with the zone, or -")

    def handle(self, *args: Any, **options: Any) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        mrz = read_mrz(read_text(options["mrz"]), clock.today(pack.zone))
        if not mrz.valid:
            wrong = ", ".join(check.field for check in mrz.checks if not check.ok)
            told = f"check digits are wrong: {wrong}. Read the zone again."
            raise CommandError(told, returncode=BAD_INPUT)
        kind = identify_kind(mrz, pack.documents.values(), pack.national_issuers)
        document = identified(mrz, kind)
        name = f"{mrz.surname}, {mrz.given_names}".strip(", ")
        acts = {"register": self._register, "status": self._status}
        acts[options["act"]](pack, document, name, options)

    def _register(
        self, pack: Jurisdiction, document: Identified, name: str, options: Mapping[str, Any]
    ) -> None:
        registration = Registration(
            entry=clock.new_entry(),
            person=clock.new_id(),
            document_id=clock.new_id(),
            kind=pack.documents[document.kind],
            document=document,
            holder_name=name,
            issued_on=options["issued_on"],
        )
        register_documents(
            actor=officer_named(options["officer"], pack),
            at=clock.now(),
            day=clock.today(pack.zone),
            registrations=[registration],
        )
        told = {"document": str(registration.document_id), "kind": document.kind}
        self.tell(told, [f"registered as {document.kind}"], options["json"])

    def _status(
        self, pack: Jurisdiction, document: Identified, _name: str, options: Mapping[str, Any]
    ) -> None:
        change_document_status(
            actor=officer_named(options["officer"], pack),
            at=clock.now(),
            day=clock.today(pack.zone),
            entry=clock.new_entry(),
            kind=pack.documents[document.kind],
            document=document,
            status=options["status"],
        )
        told = {"kind": document.kind, "status": options["status"]}
        self.tell(told, [f"{document.kind} counts as {options['status']}"], options["json"])
