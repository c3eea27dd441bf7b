"""What every command shares: one JSON object or lines, and what each exit code means."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from guomen import clock
from guomen.apps.policy.queries import NoRulebookPublished
from guomen.apps.policy.queries import jurisdiction as published_jurisdiction
from guomen.core.actor import Actor, ActorKind, Duty
from guomen.core.canonical import Json
from guomen.core.refusal import Refusal
from guomen.jurisdiction import Jurisdiction, PackRefused, load_jurisdiction
from guomen.language.sentences import say_refusal

NOT_SO = 1
"""The exit code for "checked, and it is not so"."""

BAD_INPUT = 2
"""The exit code for input that cannot be used."""


class GuomenCommand(BaseCommand):
    """A command whose refusals become a sentence on stderr and exit code 2."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one machine-readable object")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run, and turn a refusal into its sentence."""
        try:
            return super().execute(*args, **options)
        except PackRefused as refused:
            raise CommandError(str(refused), returncode=BAD_INPUT) from None
        except Refusal as refused:
            said = say_refusal(refused.code, refused.facts, "en")
            raise CommandError(f"{refused.code}: {said}", returncode=BAD_INPUT) from None
        except (OperationalError, ProgrammingError) as error:
            told = (
                f"the database of {settings.DATA} does not answer, or has no tables yet ({error}). "
                "Run ./guomen demo, or ./guomen migrate, or set GUOMEN_DATA or GUOMEN_DATABASE."
            )
            raise CommandError(told, returncode=BAD_INPUT) from None

    def tell(self, answer: Mapping[str, Json], lines: Sequence[str], as_json: bool) -> None:
        """Print one object, or lines for a reader."""
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=None))
        else:
            self.stdout.write("\n".join(lines))

    def end(self, is_so: bool) -> None:
        """Leave with exit code 1 when what was checked is not so."""
        if not is_so:
            sys.stdout.flush()
            sys.exit(NOT_SO)


def read_text(name: str) -> str:
    """Read a file, or standard input for `-`; say plainly what cannot be read."""
    try:
        if name == "-":
            return sys.stdin.read()
        return Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        told = f"{name}: not UTF-8 text at byte {error.start}. Save it as UTF-8."
    except OSError as error:
        told = f"{name}: {error.strerror}"
    raise CommandError(told, returncode=BAD_INPUT)


def jurisdiction_at_hand(folder: Path) -> Jurisdiction:
    """Give the published jurisdiction, or the pack on disk where none is published yet."""
    try:
        return published_jurisdiction()
    except (NoRulebookPublished, OperationalError, ProgrammingError):
        return load_jurisdiction(folder)


def operator() -> Actor:
    """Give the actor behind the command line: who may run it may manage the installation."""
    duties = frozenset({Duty.MANAGE_ACCOUNTS, Duty.DECLARE_SIMULATION})
    return Actor(ActorKind.SYSTEM, "operator", duties)


def officer_named(name: str, jurisdiction: Jurisdiction) -> Actor:
    """Give the actor behind a login's name; who is unknown holds no duty."""
    from guomen.apps.accounts.queries import login_named, officer

    login = login_named(name=name)
    if login is None:
        raise CommandError(f"no login is named {name}", returncode=BAD_INPUT)
    return officer(login=login, on=clock.today(jurisdiction.zone))
