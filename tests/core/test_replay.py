"""A draft replayed over what has happened says whom it would have helped, and whom not."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import Condition, Value, decide
from guomen.core.policy.measure import Measure, Question
from guomen.core.policy.replay import Recorded, asked_by_fact, replay, with_draft
from guomen.core.policy.rulebook import Rulebook
from tests.core.test_conflicts import DOMAIN, VOCABULARY, kind_is, measure, trees

ON = date(2023, 6, 1)
QUESTION = Question("lane", {}, {"lane": "staffed"}, several=False)


def rulebook(*measures: Measure) -> Rulebook:
    """Build a rulebook with one question."""
    return Rulebook("x", VOCABULARY, {"lane": QUESTION}, measures)


def recorded(kind: str, count: int, on: date = ON) -> Recorded:
    """Build an act in which only the kind is known."""
    return Recorded({"kind": kind}, on, "PORT", "foreign", count)


def test_a_draft_helps_those_whom_the_default_held() -> None:
    found = replay(
        rulebook(), measure("M1", kind_is("A"), "fast"), [recorded("A", 3), recorded("B", 4)]
    )
    assert (found.acts, found.situations, found.totals) == (7, 2, {"helped": 3})
    assert found.by_place == {"PORT": {"helped": 3}}
    assert found.by_day == {ON: {"helped": 3}}
    assert found.by_group == {"foreign": {"helped": 3}}


def test_a_draft_that_narrows_a_measure_tells_who_would_lose() -> None:
    now = measure("M1", kind_is("A"), "fast")
    draft = replace(now, clauses=measure("M1", kind_is("B"), "fast").clauses)
    found = replay(rulebook(now), draft, [recorded("A", 3), recorded("B", 4)])
    assert found.totals == {"helped": 4, "lost": 3}


def test_a_draft_not_yet_in_force_changes_nothing() -> None:
    draft = measure("M1", kind_is("A"), "fast", start=date(2023, 6, 2))
    assert replay(rulebook(), draft, [recorded("A", 3)]).totals == {}


def test_the_facts_read_are_those_of_all_measures_that_answer_the_question() -> None:
    draft = measure("M1", kind_is("A"), "fast")
    assert set(asked_by_fact(with_draft(rulebook(), draft), "lane")) == {"kind"}


situations = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in DOMAIN.items()}
)


@given(trees, trees, st.lists(situations, max_size=8))
def test_a_replay_agrees_with_deciding_one_by_one(
    now: Condition, then: Condition, several: list[dict[str, Value]]
) -> None:
    before = rulebook(measure("M1", now, "fast"))
    draft = measure("M2", then, "face")
    acts = [Recorded(facts, ON, "PORT", "foreign", 1) for facts in several]
    found = replay(before, draft, acts)
    after = with_draft(before, draft)
    differing = sum(
        decide(before, "lane", one.facts, ON).outcome
        != decide(after, "lane", one.facts, ON).outcome
        for one in acts
    )
    assert sum(found.totals.values()) == differing
