"""The benchmark of decisions compares like with like: three ways to decide give one mask."""

from functools import cache

from benchmarks.policy import handwritten
from benchmarks.policy.measures import facts_asked, load_rulebook, mask_of, twelve, varied
from benchmarks.policy.records import make_records, pools
from guomen.core.policy import Condition, Value
from guomen.core.policy.compile import compile_conditions
from guomen.core.policy.conditions import judge

RECORDS = 2000


@cache
def work() -> tuple[tuple[Condition, ...], list[dict[str, Value]]]:
    """Give the twelve measures and random situations that the benchmark does not run."""
    rulebook = load_rulebook()
    measures = twelve(rulebook)
    return measures, make_records(measures, pools(measures, rulebook.vocabulary), RECORDS, seed=1)


def masks() -> list[int]:
    """Judge every measure on every record by the definition."""
    measures, records = work()
    return [mask_of([judge(one, facts) for one in measures]) for facts in records]


def test_the_hand_written_function_decides_as_the_measures_do() -> None:
    assert [handwritten.decide(facts) for facts in work()[1]] == masks()


def test_the_compiled_function_decides_as_the_measures_do() -> None:
    measures, records = work()
    decide = compile_conditions(measures)
    assert [decide(facts) for facts in records] == masks()


def test_every_measure_is_met_by_some_record_and_not_by_most() -> None:
    found = masks()
    for place in range(len(work()[0])):
        assert 10 <= sum(mask >> place & 1 for mask in found) <= RECORDS / 2


def test_about_a_third_of_the_facts_is_unknown() -> None:
    measures, records = work()
    known = sum(map(len, records)) / RECORDS / len(facts_asked(measures))
    assert 0.62 < known < 0.72


def test_no_two_of_the_hundred_and_twenty_are_alike() -> None:
    measures, _ = work()
    many = varied(measures, 10)
    assert many[:12] == measures
    assert len(set(many)) == 120
