"""`mrz read [FILE]`: machine-readable zones → one JSON object a document."""

import json
import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from guomen import clock
from guomen.core.travel_documents import MachineReadable, MrzUnreadable, read_mrz
from guomen.language.sentences import say_refusal
from guomen.project.commands import BAD_INPUT, GuomenCommand, read_text


class Command(GuomenCommand):
    """Reads documents that stand apart by an empty line; exit 1 if any check digit fails."""

    help = "Read machine-readable zones; one JSON object a document."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("act", choices=["read"])
        parser.add_argument("file", nargs="?", default="-")

    def handle(self, *args: Any, **options: Any) -> None:
        text = read_text(options["file"])
        if not text.strip():
            raise CommandError("there is no line to read", returncode=BAD_INPUT)
        all_right = True
        for block in filter(str.strip, re.split(r"\n[ \t]*\r?\n", text.replace("\r\n", "\n"))):
            all_right &= self._read(block)
        self.end(all_right)

    def _read(self, block: str) -> bool:
        try:
            found = read_mrz(block, clock.now().date())
        except MrzUnreadable as refusal:
            told = {"error": refusal.code, **refusal.facts, "valid": False}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            self.stderr.write(say_refusal(refusal.code, refusal.facts, "en"))
            return False
        self.stdout.write(json.dumps(_told(found), ensure_ascii=False))
        return all(check.ok for check in found.checks)


def _told(found: MachineReadable) -> dict[str, Any]:
    return {
        "kind": found.code,
        "format": found.format,
        "issuer": found.issuer or None,
        "number": found.number,
        "names": {"surname": found.surname, "given": found.given_names},
        "nationality": found.nationality or None,
        "birth_date": found.birth_date.isoformat() if found.birth_date else None,
        "sex": found.sex or None,
        "expiry_date": found.expiry_date.isoformat() if found.expiry_date else None,
        "optional": found.optional,
        "name_truncated": found.name_truncated,
        "checks": [
            {
                "field": check.field,
                "ok": check.ok,
                "position": {"line": check.line, "column": check.column},
                "printed": check.printed,
                "computed": check.computed,
                "advisory": check.advisory,
            }
            for check in found.checks
        ],
        "valid": found.valid,
    }
