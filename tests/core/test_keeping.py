"""A rulebook read from its kept form decides exactly as the one that was kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import All, Rulebook, Value, decide
from guomen.core.policy.conditions import Condition
from guomen.core.policy.keeping import FormUnknown
from tests.builders import clause, measure, pack, rulebook
from tests.core.test_compile import situations
from tests.core.test_conflicts import VOCABULARY, trees
from tests.core.test_explanation import DAY, FIRST


def again(rules: Rulebook) -> Rulebook:
    """Keep a rulebook as the database does, and read it."""
    return Rulebook.of_kept(json.loads(json.dumps(rules.kept)))


@pytest.mark.parametrize("name", ["cn", "utopia"])
def test_every_case_of_a_pack_is_decided_as_before(name: str) -> None:
    rules = pack(name).rulebook
    kept = again(rules)
    assert kept.digest == rules.digest
    for one in rules.measures:
        for case in one.cases:
            was = decide(rules, one.question, case.facts, case.on, explain=False)
            now = decide(kept, one.question, case.facts, case.on, explain=False)
            assert now == was


@given(st.lists(trees, min_size=1, max_size=3), situations)
def test_random_rules_decide_as_before(
    conditions: list[Condition], facts: dict[str, Value]
) -> None:
    measures = [
        measure(f"M{at}", clause(one, {"lane": f"M{at}"}, FIRST))
        for at, one in enumerate(conditions)
    ]
    rules = rulebook(*measures, vocabulary=VOCABULARY)
    assert decide(again(rules), "lane", facts, DAY, explain=False) == decide(
        rules, "lane", facts, DAY, explain=False
    )


def test_a_measure_that_moves_to_another_question_changes_the_digest() -> None:
    here = measure("M", clause(_ALWAYS, {}, FIRST))
    there = measure("M", clause(_ALWAYS, {}, FIRST), question="help")
    assert rulebook(here).digest != rulebook(there).digest


def test_a_form_of_the_future_is_refused() -> None:
    with pytest.raises(FormUnknown):
        Rulebook.of_kept({**rulebook().kept, "form": 2})


_ALWAYS = All(())
