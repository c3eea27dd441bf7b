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
from guomen.core.policy import Decision, Finding, Value, Vocabulary, decide
from guomen.core.policy.cel import export_rulebook
from guomen.core.policy.conflicts import Conflict, conflicts
from guomen.core.policy.facts import FactNotDeclared, FactType
from guomen.jurisdiction import Jurisdiction, PackRefused, load_jurisdiction, read_files
from guomen.language.sentences import say_finding
from guomen.project.commands import (
    BAD_INPUT,
    GuomenCommand,
    jurisdiction_at_hand,
    officer_named,
    read_text,
)
from guomen.project.replaying import replay_answer, replay_draft, replay_lines


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
        replay.add_argument("measure", help="a measure's YAML file")
        replay.add_argument("--from", dest="start", required=True, type=date.fromisoformat)
        replay.add_argument("--until", required=True, type=date.fromisoformat)
        replay.add_argument("--json", action="store_true")
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
                {"measures": 0, "cases": 0, "conflicts": [], "faults": faults},
                faults,
                options["json"],
            )
            return self.end(False)
        measures = pack.rulebook.measures
        cases = sum(len(measure.cases) for measure in measures)
        found = conflicts(pack.rulebook)
        answer: dict[str, Json] = {
            "measures": len(measures),
            "cases": cases,
            "conflicts": [_conflict(one) for one in found],
            "faults": [],
            "rulebook": pack.rulebook.digest,
        }
        lines = [
            f"{len(measures)} measures, {cases} cases: all as expected, no fault",
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
        decision = decide(pack.rulebook, options["question"], facts, options["on"])
        lines = [
            f"{decision.question}: {json.dumps(decision.outcome, ensure_ascii=False)}",
            f"by {decision.measure or 'default'} {decision.clause or ''}".rstrip(),
            *(say_finding(one, "en", pack) for one in decision.findings),
        ]
        self.tell(_decision(decision), lines, options["json"])

    def _replay(self, options: Mapping[str, Any]) -> None:
        pack = jurisdiction_at_hand(settings.GUOMEN_JURISDICTION)
        found = replay_draft(options["measure"], options["start"], options["until"], pack)
        self.tell(replay_answer(found), replay_lines(found, pack), options["json"])

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


def _conflict(one: Conflict) -> dict[str, Json]:
    return {
        "kind": one.kind,
        "question": one.question,
        "first": one.first,
        "second": one.second,
        "settled_by": one.settled_by,
        "on": one.on.isoformat(),
        "situation": {name: _spell(value) for name, value in one.situation.items()},
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
        told = 'the facts are no JSON object: write {"document.type": "HRP"}'
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


def _decision(decision: Decision) -> dict[str, Json]:
    return {
        "question": decision.question,
        "outcome": decision.outcome,
        "measure": decision.measure,
        "clause": decision.clause,
        "findings": [_finding(one) for one in decision.findings],
        "also": list(decision.also),
        "open": list(decision.open),
    }


def _finding(one: Finding) -> dict[str, Json]:
    operand = one.test.operand
    spelt = [_spell(part) for part in operand] if isinstance(operand, tuple) else _spell(operand)
    test: dict[str, Json] = {one.test.operator.value: spelt}
    return {
        "fact": one.test.fact,
        "test": test if one.wanted else {"not": test},
        "value": _spell(one.given),
        "met": one.favourable,
    }


def _spell(value: Value | None) -> Json:
    return value.isoformat() if isinstance(value, date) else value
