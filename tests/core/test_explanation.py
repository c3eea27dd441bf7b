"""What is named as the nearest change does change the outcome, and nothing nearer would."""

import subprocess
import sys
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import All, Any, Measure, Operator, Rulebook, Value, decide
from guomen.core.policy.conditions import Condition
from guomen.core.policy.explanation import Change, explain
from guomen.core.policy.facts import Facts
from guomen.core.policy.spelling import explanation_bytes
from tests.builders import ROOT, asks, clause, measure, pack, rulebook
from tests.core.test_compile import situations
from tests.core.test_conflicts import DOMAIN, VOCABULARY, trees

DAY = date(2023, 6, 1)
FIRST = date(2020, 1, 1)


def book(*conditions: Condition) -> Rulebook:
    """A rulebook whose measures answer with their own numbers."""
    measures = [
        measure(f"M{at}", clause(one, {"lane": f"M{at}"}, FIRST))
        for at, one in enumerate(conditions)
    ]
    return rulebook(*measures, vocabulary=VOCABULARY)


def outcome(rules: Rulebook, facts: Facts, on: date = DAY) -> object:
    """What is decided, without reasons."""
    return decide(rules, "lane", facts, on, explain=False).outcome


@given(st.lists(trees, min_size=1, max_size=3), situations)
def test_every_named_value_changes_the_outcome_once_the_others_are_changed_too(
    conditions: list[Condition], facts: dict[str, Value]
) -> None:
    rules = book(*conditions)
    found = explain(rules, "lane", facts, DAY)
    if found.nearest is None:
        return
    first = {one.fact: one.to[0] for one in found.nearest.changes}
    for change in found.nearest.changes:
        for value in change.to:
            changed = {**facts, **first, change.fact: value}
            assert outcome(rules, changed) != found.decision.outcome


@given(st.lists(trees, min_size=1, max_size=3), situations)
def test_no_fewer_changes_would_do(conditions: list[Condition], facts: dict[str, Value]) -> None:
    rules = book(*conditions)
    found = explain(rules, "lane", facts, DAY)
    if found.decision.answers:
        assert found.nearest is None
        return
    others = [
        {name: value for name, value in zip(DOMAIN, values, strict=True) if value is not None}
        for values in product(*([None, *several] for several in DOMAIN.values()))
    ]
    costs = [
        sum(facts.get(name) != value for name, value in other.items())
        for other in others
        if set(facts) <= set(other) and outcome(rules, other) != found.decision.outcome
    ]
    assert (len(found.nearest.changes) if found.nearest else None) == min(costs, default=None)


def test_too_early_an_expiry_is_told_the_nearest_day_that_would_do() -> None:
    rules = pack("cn").rulebook
    facts: dict[str, Value] = {"document.type": "HRP", "document.expiry_date": date(2019, 12, 31)}
    nearest = explain(rules, "document.validity", facts, DAY).nearest
    assert nearest is not None
    assert nearest.measure == "M-2023-0508-HRP"
    given_, wanted = date(2019, 12, 31), date(2020, 1, 1)
    assert nearest.changes == (Change("document.expiry_date", given_, (wanted,), ""),)


def test_extension_is_told_with_its_last_day_and_with_what_comes_after() -> None:
    rules = pack("cn").rulebook
    facts: dict[str, Value] = {"document.type": "HRP", "document.expiry_date": date(2022, 6, 30)}
    holds = explain(rules, "document.validity", facts, DAY).holds
    assert (holds.since, holds.until) == (date(2023, 5, 8), date(2024, 1, 1))
    assert (holds.before, holds.after) == (None, None)


def test_what_comes_too_early_is_told_the_day_from_which_a_measure_answers() -> None:
    rules = pack("cn").rulebook
    facts: dict[str, Value] = {"document.type": "HRP", "document.expiry_date": date(2022, 6, 30)}
    holds = explain(rules, "document.validity", facts, date(2023, 5, 7)).holds
    assert holds.until == date(2023, 5, 8)
    assert holds.after is not None
    assert holds.after.measure == "M-2023-0508-HRP"


def test_a_list_is_told_whole_so_that_the_reader_sees_where_it_would_be_met() -> None:
    ports = asks("kind", Operator.ONE_OF, ("B", "A"))
    nearest = explain(book(ports), "lane", {"kind": "C"}, DAY).nearest
    assert nearest is not None
    assert nearest.changes == (Change("kind", "C", ("A", "B"), ""),)


def test_an_open_end_is_told_as_one() -> None:
    grown = asks("age", Operator.AT_LEAST, 5)
    nearest = explain(book(grown), "lane", {"age": 3}, DAY).nearest
    assert nearest is not None
    assert nearest.changes == (Change("age", 3, (5,), "up"),)


def test_what_contradicts_itself_names_nothing() -> None:
    never = All((asks("age", Operator.LESS_THAN, 3), asks("age", Operator.MORE_THAN, 5)))
    assert explain(book(never), "lane", {"age": 4}, DAY).nearest is None


@given(situations)
def test_the_days_for_which_an_answer_holds_are_those_on_which_it_is_the_same(
    facts: dict[str, Value],
) -> None:
    rules = rulebook(*_dated(), vocabulary=VOCABULARY)
    found = explain(rules, "lane", facts, DAY)
    for year, month in product(range(2020, 2027), range(1, 13)):
        day = date(year, month, 1)
        within = (found.holds.since is None or found.holds.since <= day) and (
            found.holds.until is None or day < found.holds.until
        )
        if within:
            assert outcome(rules, facts, day) == found.decision.outcome
    for end, answer, inside in (
        (found.holds.until, found.holds.after, False),
        (found.holds.since, found.holds.before, True),
    ):
        if end is not None:
            assert (outcome(rules, facts, end) == found.decision.outcome) is inside
            assert answer is None or answer.effect != found.decision.outcome


def _dated() -> list[Measure]:
    adult = asks("age", Operator.AT_LEAST, 5)
    kinds = Any((asks("kind", Operator.EQUALS, "A"), asks("resident", Operator.EQUALS, True)))
    days = [(2021, 2023), (2023, 2024), (2022, 2026)]
    return [
        measure(
            f"M{at}", clause(when, {"lane": f"M{at % 2}"}, date(start, 3, 1), date(until, 9, 1))
        )
        for at, (when, (start, until)) in enumerate(zip([adult, kinds, adult], days, strict=True))
    ]


_SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from guomen.core.policy.explanation import explain
from guomen.core.policy.spelling import explanation_bytes
from guomen.jurisdiction import load_jurisdiction
rules = load_jurisdiction(Path(sys.argv[1])).rulebook
for measure in rules.measures:
    for case in measure.cases:
        sys.stdout.buffer.write(
            explanation_bytes(explain(rules, measure.question, case.facts, case.on)) + b"\\n"
        )
"""


def test_same_situations_and_rulebook_give_the_same_bytes_in_every_process() -> None:
    folder = ROOT / "jurisdictions" / "cn"
    told = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(folder)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "31")
    }
    assert len(told) == 1
    rules = pack("cn").rulebook
    here = [
        explanation_bytes(explain(rules, measure.question, case.facts, case.on))
        for measure in rules.measures
        for case in measure.cases
    ]
    assert told == {b"".join(one + b"\n" for one in here)}
