"""Takes up the replays that policy officers ask for, one after the other, beside the sealing.

A replay that a worker left in the middle is taken up by the next: the days in the lake stay, so it
goes on where it was.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import duckdb
from django.conf import settings
from django.db import connection

from guomen import clock
from guomen.apps.border.recording import fill_lake, passages_lake
from guomen.apps.policy.lake import Stopped, replay_over
from guomen.apps.policy.operations import (
    fail_replay,
    finish_replay,
    note_replayed,
    take_up_replay,
)
from guomen.apps.policy.queries import ReplayFile, jurisdiction, next_replay
from guomen.core.refusal import Refusal
from guomen.core.transitions import TransitionNotPermitted
from guomen.jurisdiction import load_draft
from guomen.project.replaying import replay_answer

_TOLD_EVERY = timedelta(seconds=0.3)
_LOOKED_EVERY = 1.0


def run_next_replay() -> bool:
    """Run the replay that waits longest to its end; False when none waits."""
    run = next_replay()
    if run is None:
        return False
    try:
        take_up_replay(run=run.id, at=clock.now())
        _run(run)
    except Stopped:
        pass  # the officer stopped it; what is in the lake stays
    except TransitionNotPermitted:
        pass  # another worker was first, or the officer stopped it before it began
    except (Refusal, OSError, duckdb.Error) as why:
        fail_replay(run=run.id, at=clock.now(), why=str(why))
    return True


def _run(run: ReplayFile) -> None:
    pack = jurisdiction()
    draft = load_draft(run.text, "measure.yaml", pack)
    lake = passages_lake(settings.GUOMEN_LAKE)
    tell = _noting(run)
    if not fill_lake(lake, start=run.start, until=run.until, jurisdiction=pack, progress=tell):
        raise Stopped
    # The days are in the lake; that the officer stops it is still asked, but told no more.
    found = replay_over(
        lake,
        pack.rulebook,
        draft,
        start=run.start,
        until=run.until,
        progress=lambda _done, _of: tell(run.days, run.days),
    )
    finish_replay(run=run.id, at=clock.now(), result=replay_answer(found))


def _noting(run: ReplayFile) -> Callable[[int, int], bool]:
    """Give the function that notes the progress now and then, and asks whether to go on."""
    told_at = clock.now() - _TOLD_EVERY

    def note(done: int, days: int) -> bool:
        nonlocal told_at
        now = clock.now()
        if now - told_at < _TOLD_EVERY and done < days:
            return True
        told_at = now
        return note_replayed(run=run.id, at=now, done=done)

    return note


def replay_beside(complain: Callable[[str], object]) -> threading.Thread:
    """Start a thread that runs replays for as long as the process lives."""

    def run_for_ever() -> None:
        while True:
            try:
                if not run_next_replay():
                    time.sleep(_LOOKED_EVERY)
            except Exception as error:
                complain(f"worker: a replay failed ({error}); trying again")
                connection.close()
                time.sleep(_LOOKED_EVERY)

    thread = threading.Thread(target=run_for_ever, name="replays", daemon=True)
    thread.start()
    return thread
