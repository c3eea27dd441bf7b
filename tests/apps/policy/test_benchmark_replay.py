"""The benchmark of replays compares like with like: whoever answers counts the same acts."""

from datetime import date
from pathlib import Path

from benchmarks.policy.measures import load_rulebook
from benchmarks.policy_replay.contest import run_contest
from benchmarks.policy_replay.contestants import CONTESTANTS, SCAN
from benchmarks.policy_replay.drafts import make_drafts
from benchmarks.policy_replay.passages import DAYS, make_passages

ROWS = 60_000


def test_all_who_answer_count_the_same_acts_and_some(tmp_path: Path) -> None:
    rulebook, told = load_rulebook(), list[str]()
    passages = make_passages(tmp_path, ROWS, rulebook, told.append)
    drafts = make_drafts(rulebook)
    found = run_contest(passages, drafts, 0, told.append)
    assert (len(passages.plain), len(passages.ours)) == (6, DAYS)
    assert (
        sum(passages.lake.rows(date.fromisoformat(one.stem)) or 0 for one in passages.ours) == ROWS
    )
    assert [one.is_equal for one in found] == [True, True, True]
    assert [set(one.answers) for one in found] == [set(CONTESTANTS) - {SCAN}] * 3
    assert all(0 < one.acts < ROWS / 2 for one in found)
    assert [len(one.facts) for one in drafts] == [2, 6, 2]
