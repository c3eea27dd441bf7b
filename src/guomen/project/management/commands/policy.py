"""`policy check | decide | publish`: the rulebook from the command line."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from guomen import clock
from guomen.apps.policy.operations import propose_rulebook, publish_rulebook, withdraw_rulebook
from guomen.apps.policy.queries import versions
from guomen.core.canonical import Json
from guomen.core.policy import Value, Vocabulary
from guomen.core.policy.cel import export_rulebook
from guomen.core.policy.conflicts import Conflict, conflicts
from guomen.core.policy.explanation import explain
from guomen.core.policy.facts import FactNotDeclared, FactType
from guomen.core.policy.spelling import spell_explanation, spell_value
from guomen.jurisdiction import Jurisdiction, PackRefused, load_jurisdiction, read_files
from guomen.language.sentences import say_in_full
from guomen.project.commands import (
    BAD_INPUT,
    GuomenCommand,
    jurisdiction_at_hand,
    officer_named,
    read_text,
)
from guomen.project.replaying import (
    redecide_recorded,
    redecided_answer,
    redecided_lines,
    replay_answer,
    replay_draft,
    replay_lines,
)


class Command(GuomenCommand):
    """Checks a pack, decides one situation, or publishes a pack by two officers."""

    help = "Check the pack, decide a situation, publish a rulebook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="parse the pack and run its cases")
        check.add_argument("--jurisdiction", default=None)
        check.add_argument("--json", action="store_true")
        export = acts.add_parser("export", help="the rulebook for other libraries")
        export.add_argument("--cel", action="store_true", required=True)
        export.add_argument("--jurisdiction", default=None)
        export.add_argument("--json", action="store_true")
        decision = acts.add_parser("decide", help="one decision with its findings")
        decision.add_argument("--question", required=True)
        decision.add_argument("--on", required=True, type=date.fromisoformat)
        decision.add_argument("--jurisdiction", default=None)
        decision.add_argument("--json", action="store_true")
        decision.add_argument("facts", nargs="?", default="-")
        replay = acts.add_parser("replay", help="whom a draft would have affected")
        _replay_arguments(replay)
        listed = acts.add_parser("versions", help="what was proposed, published, withdrawn")
        listed.add_argument("--json", action="store_true")
        withdraw = acts.add_parser("withdraw", help="take back a proposal that waits")
        withdraw.add_argument("digest")
        withdraw.add_argument("--officer", required=True)
        withdraw.add_argument("--json", action="store_true")
        publish = acts.add_parser("publish", help="propose by one officer, publish by another")
        publish.add_argument("--proposer", required=True)
        publish.add_argument("--publisher", required=True)
        publish.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {
            "check": self._check,
            "export": self._export,
            "decide": self._decide,
            "publish": self._publish,
            "versions": self._versions,
            "withdraw": self._withdraw,
            "replay": self._replay,
        }
        acts[options["act"]](options)

    def _check(self, options: Mapping[str, Any]) -> None:
        try:
            pack = load_jurisdiction(_folder(options["jurisdiction"]))
        except PackRefused as refused:
            faults = [str(fault) for fault in refused.faults]
            self.tell(
                {"measures": 0, "rules": 0, "cases": 0, "conflicts": [], "faults": faults},
                faults,
                options["json"],
            )
            return self.end(False)
        measures, rules = pack.rulebook.announced, pack.rulebook.standing
        cases = sum(len(measure.cases) for measure in pack.rulebook.measures)
        found = conflicts(pack.rulebook)
        answer: dict[str, Json] = {
            "measures": len(measures),
            "rules": len(rules),
            "cases": cases,
            "conflicts": [_conflict(one) for one in found],
            "faults": [],
            "rulebook": pack.rulebook.digest,
        }
        lines = [
            f"{_counted(len(measures), len(rules))}, {cases} cases: all as expected, no fault",
            *map(_conflict_line, found),
            f"rulebook {pack.rulebook.digest}",
        ]
        self.tell(answer, lines, options["json"])
        # What precedence settles is told; what only the id would settle must be mended.
        return self.end(all(one.settled_by or one.kind in ("covered", "gap") for one in found))

    def _export(self, options: Mapping[str, Any]) -> None:
        pack = _pack(options)
        clauses = list(export_rulebook(pack.rulebook))
        answer: dict[str, Json] = {
            "rulebook": pack.rulebook.digest,
            "clauses": [asdict(clause) for clause in clauses],
        }
        lines = [
            f"// {one.question}: {one.measure} {one.clause}, "
            f"from {one.in_force_from} until {one.in_force_until or '…'}\n{one.when}"
            for one in clauses
        ]
        self.tell(answer, lines, options["json"])

    def _decide(self, options: Mapping[str, Any]) -> None:
        pack = _pack(options)
        facts = _facts(read_text(options["facts"]), pack.rulebook.vocabulary)
        explained = explain(pack.rulebook, options["question"], facts, options["on"])
        decision = explained.decision
        lines = [
            f"{decision.question}: {json.dumps(decision.outcome, ensure_ascii=False)}",
            f"by {decision.measure or 'default'} {decision.clause or ''}".rstrip(),
            *say_in_full(explained, "en", pack),
        ]
        self.tell(spell_explanation(explained), lines, options["json"])

    def _replay(self, options: Mapping[str, Any]) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        start, until = options["start"], options["until"]
        if options["published"] == bool(options["measure"]):
            told = "name the file of a draft, or --published to decide again what was decided"
            raise CommandError(told, returncode=BAD_INPUT)
        if until <= start:
            told = f"--until {until} is not after --from {start}: it is the first day left out"
            raise CommandError(told, returncode=BAD_INPUT)
        if options["published"]:
            again = redecide_recorded(start, until, pack)
            self.tell(redecided_answer(again), redecided_lines(again), options["json"])
            return self.end(not again.differing)
        found = replay_draft(options["measure"], start, until, pack, options["entries"])
        return self.tell(replay_answer(found), replay_lines(found, pack), options["json"])

    def _versions(self, options: Mapping[str, Any]) -> None:
        rows: list[dict[str, Json]] = [
            {
                "pack": one.pack_digest,
                "rulebook": one.rulebook_digest,
                "state": one.state,
                "proposed_at": one.proposed_at.isoformat(),
                "decided_at": one.decided_at.isoformat() if one.decided_at else None,
            }
            for one in versions()
        ]
        lines = [f"{row['state']:10} {row['proposed_at']}  {row['pack']}" for row in rows]
        self.tell({"versions": rows}, lines, options["json"])

    def _withdraw(self, options: Mapping[str, Any]) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        withdraw_rulebook(
            actor=officer_named(options["officer"], pack),
            at=clock.now(),
            entry=clock.new_entry(),
            pack_digest=options["digest"],
        )
        self.tell({"withdrawn": options["digest"]}, ["withdrawn"], options["json"])

    def _publish(self, options: Mapping[str, Any]) -> None:
        folder = settings.GUOMEN_JURISDICTION
        pack = load_jurisdiction(folder)
        digest = propose_rulebook(
            actor=officer_named(options["proposer"], pack),
            at=clock.now(),
            entry=clock.new_entry(),
            name=folder.name,
            files=read_files(folder),
        )
        publish_rulebook(
            actor=officer_named(options["publisher"], pack),
            at=clock.now(),
            entry=clock.new_entry(),
            pack_digest=digest,
        )
        self.tell({"published": digest}, [f"published {digest}"], options["json"])


def _replay_arguments(replay: ArgumentParser) -> None:
    replay.add_argument("measure", nargs="?", help="a measure's YAML file")
    replay.add_argument(
        "--published", action="store_true", help="decide again what was decided, and compare"
    )
    replay.add_argument("--from", dest="start", required=True, type=date.fromisoformat)
    replay.add_argument("--until", required=True, type=date.fromisoformat)
    replay.add_argument("--entries", help="a CSV file for every act that changes")
    replay.add_argument("--json", action="store_true")


def _counted(measures: int, rules: int) -> str:
    return f"{measures} measures, {rules} standing rules" if rules else f"{measures} measures"


def _conflict(one: Conflict) -> dict[str, Json]:
    return {
        "kind": one.kind,
        "question": one.question,
        "first": one.first,
        "second": one.second,
        "settled_by": one.settled_by,
        "on": one.on.isoformat(),
        "situation": {name: spell_value(value) for name, value in one.situation.items()},
    }


_CONFLICT_LINES = {
    "differ": "{question}: {first} and {second} answer differently from {on}; {settled}",
    "never": "{question}: {first} can never apply",
    "covered": "{question}: {second} is wholly covered by {first}",
    "gap": "{question}: between {first} and {second} nothing holds from {on}",
}


def _conflict_line(one: Conflict) -> str:
    settled = f"the {one.settled_by} goes before" if one.settled_by else "NOTHING SETTLES IT"
    return _CONFLICT_LINES[one.kind].format(
        question=one.question, first=one.first, second=one.second, on=one.on, settled=settled
    )


def _pack(options: Mapping[str, Any]) -> Jurisdiction:
    if options["jurisdiction"]:
        return load_jurisdiction(_folder(options["jurisdiction"]))
    return jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)


def _folder(name: str | None) -> Path:
    folder: Path = settings.GUOMEN_JURISDICTION
    found = folder if name is None else folder.parent / Path(name).name
    if name is None and not found.is_dir():
        told = f"GUOMEN_JURISDICTION: {folder} is no folder"
        raise CommandError(told, returncode=BAD_INPUT)
    if not found.is_dir():
        known = ", ".join(sorted(one.name for one in folder.parent.iterdir() if one.is_dir()))
        raise CommandError(
            f"there is no jurisdiction {name}; there are: {known}", returncode=BAD_INPUT
        )
    return found


def _facts(text: str, vocabulary: Vocabulary) -> dict[str, Value]:
    try:
        given = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        told = f"the facts are no JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise CommandError(told, returncode=BAD_INPUT) from None
    if not isinstance(given, dict):
        told = 'the facts are no JSON object: write {"person.age": 16}'
        raise CommandError(told, returncode=BAD_INPUT)
    return {name: _fact(name, value, vocabulary) for name, value in given.items()}


def _fact(name: str, value: Any, vocabulary: Vocabulary) -> Value:
    if name not in vocabulary:
        raise FactNotDeclared(fact=name)
    if vocabulary[name].type is FactType.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            told = f"{name}: {value} is no day; write YYYY-MM-DD"
            raise CommandError(told, returncode=BAD_INPUT) from None
    found: Value = value
    return found
