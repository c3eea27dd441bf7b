"""Conflicts between measures are found, each with a situation that shows it."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from guomen.core.policy import conditions as c
from guomen.core.policy.conditions import All, Any, Condition, Not, Operator, judge
from guomen.core.policy.conflicts import Conflict, conflicts
from guomen.core.policy.facts import FactDeclaration, FactType, Value, Vocabulary
from guomen.core.policy.measure import Citation, Clause, Measure, Question
from guomen.core.policy.regions import covers, example, regions_of
from guomen.core.policy.rulebook import Rulebook
from guomen.core.time import Period

CODES: dict[str, dict[str, str]] = {"A": {}, "B": {}, "C": {}}
VOCABULARY = Vocabulary(
    [
        FactDeclaration("kind", FactType.CODE, None, "lane", {}, CODES),
        FactDeclaration("age", FactType.INTEGER, "years", "lane", {}, {}),
        FactDeclaration("resident", FactType.BOOLEAN, None, "register", {}, {}),
    ]
)
DOMAIN: dict[str, list[Value]] = {
    "kind": ["A", "B", "C"],
    "age": list(range(9)),
    "resident": [True, False],
}

tests_ = st.one_of(
    st.builds(c.Test, st.just("kind"), st.just(Operator.EQUALS), st.sampled_from("ABC")),
    st.builds(
        c.Test,
        st.just("kind"),
        st.just(Operator.ONE_OF),
        st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True).map(tuple),
    ),
    st.builds(
        c.Test,
        st.just("age"),
        st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN]),
        st.integers(1, 7),
    ),
    st.builds(
        c.Test,
        st.just("age"),
        st.just(Operator.BETWEEN),
        st.tuples(st.integers(1, 3), st.integers(4, 7)),
    ),
    st.builds(c.Test, st.just("resident"), st.just(Operator.EQUALS), st.booleans()),
)


def _nested(children: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(All, several), st.builds(Any, several), st.builds(Not, children))


trees = st.recursive(tests_, _nested, max_leaves=5)


def situations() -> list[dict[str, Value]]:
    """Give every situation of the small world."""
    return [dict(zip(DOMAIN, values, strict=True)) for values in product(*DOMAIN.values())]


def measure(
    name: str,
    when: Condition,
    effect: str,
    start: date = date(2023, 1, 1),
    until: date | None = None,
) -> Measure:
    """Build a measure with one clause."""
    clause = Clause("a", None, Period(start, until), start, when, {"lane": effect})
    return Measure(name, "family", "lane", {}, {}, Citation("source", "V"), "", (clause,))


def found(*measures: Measure) -> tuple[Conflict, ...]:
    """Look for conflicts among measures that answer one question."""
    question = Question("lane", {}, {"lane": "staffed"}, several=False)
    return conflicts(Rulebook("x", VOCABULARY, {"lane": question}, measures))


def kind_is(code: str) -> c.Test:
    """Build the test that the kind is this code."""
    return c.Test("kind", Operator.EQUALS, code)


@given(trees)
def test_every_region_has_an_example_that_the_condition_lets_through(tree: Condition) -> None:
    for region in regions_of(tree, VOCABULARY):
        shown = example(region, VOCABULARY)
        assert shown is not None
        free: dict[str, Value] = {"kind": "A", "age": 1, "resident": True}
        assert judge(tree, {**free, **shown}) is True


@given(trees)
def test_the_regions_hold_exactly_what_the_condition_lets_through(tree: Condition) -> None:
    regions = regions_of(tree, VOCABULARY)
    for facts in situations():
        inside = any(
            all(values.holds(facts[name]) for name, values in region.items()) for region in regions
        )
        assert inside == judge(tree, facts)


@given(trees, trees)
def test_a_region_said_to_cover_another_lets_all_of_it_through(
    one: Condition, other: Condition
) -> None:
    for outer in regions_of(one, VOCABULARY):
        for inner in regions_of(other, VOCABULARY):
            if covers(outer, inner, VOCABULARY):
                for facts in situations():
                    if all(values.holds(facts[name]) for name, values in inner.items()):
                        assert all(values.holds(facts[name]) for name, values in outer.items())


def test_two_measures_that_answer_one_situation_differently_are_found() -> None:
    [one] = found(measure("M1", kind_is("A"), "fast"), measure("M2", All(()), "face"))
    assert (one.kind, one.settled_by) == ("differ", "special")
    assert one.situation == {"kind": "A"}


def test_the_later_measure_settles_a_difference() -> None:
    earlier = measure("M1", kind_is("A"), "fast")
    later = measure("M2", kind_is("A"), "face", start=date(2023, 6, 1))
    [one] = found(earlier, later)
    assert (one.first, one.settled_by, one.on) == ("M2 a", "later", date(2023, 6, 1))


def test_a_difference_that_nothing_settles_says_so() -> None:
    [one] = found(measure("M1", kind_is("A"), "fast"), measure("M2", kind_is("A"), "face"))
    assert (one.kind, one.settled_by) == ("differ", "")


def test_measures_that_never_meet_do_not_conflict() -> None:
    assert found(measure("M1", kind_is("A"), "fast"), measure("M2", kind_is("B"), "face")) == ()
    ended = measure("M1", kind_is("A"), "fast", until=date(2023, 6, 1))
    next_one = measure("M2", kind_is("A"), "face", start=date(2023, 6, 1))
    assert found(ended, next_one) == ()


def test_a_measure_that_can_never_apply_is_found() -> None:
    impossible = All((kind_is("A"), kind_is("B")))
    [one] = found(measure("M1", impossible, "fast"))
    assert (one.kind, one.first) == ("never", "M1 a")


def test_a_measure_wholly_covered_by_another_is_found() -> None:
    narrow = All((kind_is("A"), c.Test("age", Operator.AT_LEAST, 5)))
    [one] = found(measure("M1", kind_is("A"), "fast"), measure("M2", narrow, "fast"))
    assert (one.kind, one.first, one.second) == ("covered", "M1 a", "M2 a")


def test_a_gap_between_two_clauses_is_found_at_its_first_day() -> None:
    one = measure("M1", kind_is("A"), "fast", until=date(2023, 6, 1))
    later = Clause(
        "b", None, Period(date(2023, 6, 3)), date(2023, 6, 3), kind_is("A"), {"lane": "fast"}
    )
    [gap] = found(replace(one, clauses=(*one.clauses, later)))
    assert (gap.kind, gap.on) == ("gap", date(2023, 6, 1))
    assert judge(one.clauses[0].when, gap.situation) is True
