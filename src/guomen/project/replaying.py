"""`policy replay`: reads a draft, replays it over the recorded passages, and tells what it changes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from guomen.apps.border.queries import recorded_situations
from guomen.core.canonical import Json
from guomen.core.policy.replay import Replay, facts_read, replay, with_draft
from guomen.jurisdiction import Jurisdiction, load_draft
from guomen.project.commands import read_text

MOST_PLACES = 10


def replay_draft(name: str, start: date, until: date, pack: Jurisdiction) -> Replay:
    """Replay the measure in a file over the passages from `start` until `until` (half-open)."""
    draft = load_draft(read_text(name), Path(name).name, pack)
    facts = facts_read(with_draft(pack.rulebook, draft), draft.question)
    recorded = recorded_situations(start=start, until=until, facts=facts, jurisdiction=pack)
    return replay(pack.rulebook, draft, recorded)


def replay_lines(found: Replay, pack: Jurisdiction) -> Sequence[str]:
    """Say what a replay found."""
    places = list(found.by_place.items())[:MOST_PLACES]
    return [
        f"{found.acts} passages in {found.situations} distinct situations",
        f"helped {found.helped}, lost {found.lost}, answered otherwise {found.changed}",
        *(f"  {count:>8}  {pack.ports[port].names['en']}" for port, count in places),
        *(f"  {count:>8}  {pack.groups[group]['en']}" for group, count in found.by_group.items()),
    ]


def replay_answer(found: Replay) -> dict[str, Json]:
    """Give a replay as one JSON object."""
    days = {day.isoformat(): count for day, count in found.by_day.items()}
    return {**asdict(found), "by_day": days}
