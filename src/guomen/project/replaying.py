"""`policy replay`: whom a draft would have affected, and whether what was decided comes out again."""

import csv
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from django.conf import settings

from guomen.apps.border.recording import fill_lake, passages_lake
from guomen.apps.policy.lake import (
    SAMPLE,
    Disagreement,
    Lake,
    LakeReplay,
    Redecided,
    Sample,
    redecide,
    replay_over,
)
from guomen.apps.policy.queries import rulebook_named
from guomen.core.canonical import Json
from guomen.core.policy import Rulebook
from guomen.core.policy.replay import Counts
from guomen.core.policy.spelling import spell_value
from guomen.jurisdiction import Jurisdiction, load_draft
from guomen.project.commands import read_text

MOST_PLACES = 10


def lake_of(start: date, until: date, pack: Jurisdiction) -> Lake:
    """Give the lake of passages, with every recorded act of these days (half-open) in it."""
    lake = passages_lake(settings.GUOMEN_LAKE)
    fill_lake(lake, start=start, until=until, jurisdiction=pack, progress=_told("recorded days"))
    return lake


def _told(what: str) -> Callable[[int, int], bool]:
    """Tell a person at a terminal how far a long piece of work is."""

    def tell(done: int, of: int) -> bool:
        if sys.stderr.isatty():
            end = "\n" if done == of else ""
            sys.stderr.write(f"\r{what}: {done} of {of}{end}")
            sys.stderr.flush()
        return True

    return tell


def replay_draft(
    name: str, start: date, until: date, pack: Jurisdiction, entries: str | None
) -> LakeReplay:
    """Replay the measure in a file over the passages from `start` until `until` (half-open).

    `entries`: a file that gets every act that changes, one line each; without it, a sample is given.
    """
    draft = load_draft(read_text(name), Path(name).name, pack)
    found = replay_over(
        lake_of(start, until, pack),
        pack.rulebook,
        draft,
        start=start,
        until=until,
        progress=_told("days grouped"),
        most=None if entries else SAMPLE,
    )
    if entries:
        with Path(entries).open("w", encoding="utf-8", newline="") as out:
            _write_entries(out, found.samples)
    return found


def _write_entries(out: TextIO, samples: Sequence[Sample]) -> None:
    lines = csv.writer(out)
    lines.writerow(("entry", "day", "place", "group", "verdict"))
    for one in samples:
        lines.writerow((one.entry, one.on, one.place, one.group, one.verdict.value))


def redecide_recorded(start: date, until: date, pack: Jurisdiction) -> Redecided:
    """Decide again every recorded answer of these days with the rulebook that it names."""

    def named(digest: str) -> Rulebook | None:
        return rulebook_named(rulebook_digest=digest)

    return redecide(lake_of(start, until, pack), start, until, named)


def replay_lines(found: LakeReplay, pack: Jurisdiction) -> Sequence[str]:
    """Say what a replay found."""
    replay = found.replay
    by_place = sorted(replay.by_place.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return [
        f"{replay.acts} passages; {replay.situations} distinct situations decided",
        _totals(replay.totals),
        *(f"  {_totals(c)}  {pack.ports[port].names['en']}" for port, c in by_place[:MOST_PLACES]),
        *(f"  {_totals(c)}  {pack.groups[one]['en']}" for one, c in replay.by_group.items()),
        *(f"  {one.verdict.value}: entry {one.entry}, {one.on}" for one in found.samples[:3]),
    ]


def _totals(counts: Counts) -> str:
    words = {"helped": "helped", "lost": "lost", "changed": "answered otherwise"}
    return ", ".join(f"{word} {counts.get(key, 0)}" for key, word in words.items())


def replay_answer(found: LakeReplay) -> dict[str, Json]:
    """Give a replay as one JSON object."""
    replay = found.replay
    return {
        "acts": replay.acts,
        "situations": replay.situations,
        **{key: replay.totals.get(key, 0) for key in ("helped", "lost", "changed")},
        "by_place": {place: dict(counts) for place, counts in sorted(replay.by_place.items())},
        "by_day": {day.isoformat(): dict(c) for day, c in sorted(replay.by_day.items())},
        "by_group": {group: dict(counts) for group, counts in sorted(replay.by_group.items())},
        "sample": [_sample(one) for one in found.samples],
    }


def _sample(one: Sample) -> dict[str, Json]:
    return {
        "entry": None if one.entry is None else str(one.entry),
        "day": one.on.isoformat(),
        "place": one.place,
        "group": one.group,
        "verdict": one.verdict.value,
        "facts": {name: spell_value(value) for name, value in one.facts.items()},
    }


def redecided_answer(found: Redecided) -> dict[str, Json]:
    """Give the comparison with what was recorded as one JSON object."""
    return {
        "acts": found.acts,
        "answers": found.answers,
        "differences": sum(one.count for one in found.differing),
        "differing": [_disagreement(one) for one in found.differing],
    }


def redecided_lines(found: Redecided) -> Sequence[str]:
    """Say how the comparison came out."""
    differing = sum(one.count for one in found.differing)
    return [
        f"{found.acts} passages, {found.answers} answers decided again: {differing} differences",
        *(
            f"  entry {one.entry}, {one.on}, {one.question}: recorded {_clause(one.recorded)}, "
            f"now {'the rulebook is not there' if one.again is None else _clause(one.again)}"
            for one in found.differing[:MOST_PLACES]
        ),
    ]


def _clause(answer: tuple[str | None, str | None]) -> str:
    return f"{answer[0]} {answer[1]}" if answer[0] else "the default"


def _disagreement(one: Disagreement) -> dict[str, Json]:
    return {
        "entry": None if one.entry is None else str(one.entry),
        "day": one.on.isoformat(),
        "question": one.question,
        "recorded": list(one.recorded),
        "again": None if one.again is None else list(one.again),
        "acts": one.count,
    }
