"""`messages`: brings the catalogues in line with the source, and tells what is not translated."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen.language.catalogues import compile_all, fill, po_files, untranslated, update
from guomen.language.traditional import fill_traditional
from guomen.project.commands import BAD_INPUT, GuomenCommand, read_text


class Command(GuomenCommand):
    """Updates the catalogues, fills in translations from a file, and lists what is missing."""

    help = "Update the message catalogues; exit 1 while anything is untranslated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--fill", metavar="FILE", help="JSON: message, then language, then text"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LOCALE_PATHS[0])
        update(folder)
        put = fill(folder, _translations(options["fill"])) if options["fill"] else 0
        files = po_files(folder)
        put += fill_traditional(files["zh-Hans"], files["zh-Hant"])
        compile_all(folder)
        missing = untranslated(folder)
        lines = [
            f"{put} put; untranslated: {sum(map(len, missing.values()))}",
            *(f"  {tag}: {message!r}" for tag, found in missing.items() for message in found),
        ]
        self.tell({"put": put, "untranslated": missing}, lines, options["json"])
        self.end(not any(missing.values()))


def _translations(name: str) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(read_text(name))
    except json.JSONDecodeError as error:
        told = f"{name} is no JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise CommandError(told, returncode=BAD_INPUT) from None
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        told = f'{name}: write {{"message": {{"ru": "…", "fr": "…"}}}}'
        raise CommandError(told, returncode=BAD_INPUT)
    return found
