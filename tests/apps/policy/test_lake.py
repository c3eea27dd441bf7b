"""A replay over the lake tells what deciding each act one by one would tell, and keeps its place."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guomen.apps.policy.lake import Lake, RecordedDecision, redecide, replay_over
from guomen.apps.policy.lake.replaying import Stopped
from guomen.core.policy import All, Measure, Operator, Rulebook, Value, Vocabulary, decide
from guomen.core.policy import conditions as c
from guomen.core.policy.conditions import Any, Condition, Not
from guomen.core.policy.facts import FactType
from guomen.core.policy.replay import Recorded, replay
from guomen.core.policy.spelling import spell_value
from tests.builders import asks, clause, declared, measure, rulebook

FIRST = date(2023, 6, 1)
DAYS = [FIRST + timedelta(days=at) for at in range(4)]
VOCABULARY = Vocabulary(
    [
        declared("document.type", FactType.CODE),
        declared("number", FactType.CODE),
        declared("age", FactType.INTEGER),
        declared("expiry", FactType.DATE),
        declared("enrolled", FactType.BOOLEAN),
        declared("student", FactType.BOOLEAN, absent=False),
    ]
)
VALUES: dict[str, list[Value]] = {
    "document.type": ["A", "B", "C", 'D"\\'],
    "number": ["H1", "H2", "HX9", "K1", ""],
    "age": list(range(12)),
    "expiry": [date(2020, 1, 1) + timedelta(days=at) for at in range(8)],
    "enrolled": [True, False],
    "student": [True, False],
}
situations = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}
)
acts = st.lists(
    st.tuples(situations, st.sampled_from(DAYS), st.sampled_from("PQ"), st.sampled_from("mh")),
    max_size=30,
)
_ages, _days = st.integers(-1, 12), st.sampled_from(VALUES["expiry"])
_compared = st.sampled_from(
    [
        Operator.AT_LEAST,
        Operator.AT_MOST,
        Operator.MORE_THAN,
        Operator.LESS_THAN,
        Operator.EQUALS,
    ]
)
tests_ = st.one_of(
    st.builds(c.Test, st.just("age"), _compared, _ages),
    st.builds(c.Test, st.just("expiry"), _compared, _days),
    st.builds(
        c.Test, st.just("age"), st.just(Operator.BETWEEN), st.tuples(st.just(2), st.integers(2, 9))
    ),
    st.builds(
        c.Test,
        st.sampled_from(["document.type", "number"]),
        st.just(Operator.ONE_OF),
        st.lists(st.sampled_from(["A", "B", "H1", 'D"\\']), max_size=3, unique=True).map(tuple),
    ),
    st.builds(
        c.Test, st.just("number"), st.just(Operator.STARTS_WITH), st.sampled_from(["H", "HX", "K"])
    ),
    st.builds(
        c.Test,
        st.sampled_from(["age", "number", "enrolled"]),
        st.just(Operator.PRESENT),
        st.just(True),
    ),
    st.builds(
        c.Test, st.sampled_from(["enrolled", "student"]), st.just(Operator.EQUALS), st.booleans()
    ),
)


def _nested(children: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(All, several), st.builds(Any, several), st.builds(Not, children))


conditions = st.recursive(tests_, _nested, max_leaves=6)


def book(*measures: Measure) -> Rulebook:
    """A rulebook over these facts."""
    return rulebook(*measures, vocabulary=VOCABULARY)


def lane(name: str, when: Condition, start: date = FIRST, until: date | None = None) -> Measure:
    """A measure that answers with its own name."""
    return measure(name, clause(when, {"lane": name}, start, until))


Act = tuple[dict[str, Value], date, str, str]


def filled(folder: str | Path, several: Sequence[Act], rules: Rulebook | None = None) -> Lake:
    """Write acts into a lake, with the answers of `rules`."""
    lake = Lake(Path(folder) / "passages")
    for day in DAYS:
        rows = [
            RecordedDecision(
                UUID(int=at + 1),
                place,
                group,
                rules.digest if rules else "",
                asked(rules, facts, on),
                json.dumps({name: spell_value(value) for name, value in facts.items()}),
            )
            for at, (facts, on, place, group) in enumerate(several)
            if on == day
        ]
        lake.write(day, rows, VOCABULARY)
    return lake


def asked(rules: Rulebook | None, facts: dict[str, Value], on: date) -> str:
    """What the act kept of its answers."""
    if rules is None:
        return "[]"
    found = decide(rules, "lane", facts, on)
    return json.dumps([["lane", found.measure, found.clause]])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions, conditions, conditions, acts)
def test_replay_over_the_lake_agrees_with_deciding_one_by_one(
    other: Condition, was: Condition, would_be: Condition, several: list[Act]
) -> None:
    rules = book(lane("other", other), lane("M", was, FIRST, DAYS[2]))
    draft = lane("M", would_be, DAYS[1])
    one_by_one = replay(rules, draft, [Recorded(f, on, p, g, 1) for f, on, p, g in several])
    with TemporaryDirectory() as folder:
        lake = filled(folder, several)
        for grouped_before in (False, True):
            found = replay_over(
                lake, rules, draft, start=DAYS[0], until=DAYS[-1] + timedelta(days=1), most=None
            )
            assert found.grouped_before is grouped_before
            assert replace(found.replay, situations=0) == replace(one_by_one, situations=0)
            changed = {one.entry: one.verdict for one in found.samples}
            assert len(changed) == sum(one_by_one.totals.values())
            for at, (facts, on, *_) in enumerate(several):
                alone = replay(rules, draft, [Recorded(facts, on, "", "", 1)]).totals
                assert (
                    {changed[UUID(int=at + 1)]: 1} if UUID(int=at + 1) in changed else {}
                ) == alone


@settings(max_examples=30, deadline=None)
@given(conditions, acts)
def test_every_recorded_answer_comes_out_the_same_again(
    when: Condition, several: list[Act]
) -> None:
    rules = book(lane("M", when))
    with TemporaryDirectory() as folder:
        found = redecide(
            filled(folder, several, rules), DAYS[0], date(2024, 1, 1), {rules.digest: rules}.get
        )
    assert (found.acts, found.answers, found.differing) == (len(several), len(several), ())


def test_an_answer_that_comes_out_otherwise_is_named_with_its_entry(tmp_path: Path) -> None:
    rules = book(lane("M", asks("age", Operator.AT_LEAST, 5)))
    other = book(lane("M", asks("age", Operator.AT_LEAST, 9)))
    lake = filled(tmp_path, [({"age": 7}, DAYS[0], "P", "m")], rules)
    (told,) = redecide(lake, DAYS[0], DAYS[1], {rules.digest: other}.get).differing
    assert (told.entry, told.recorded, told.again) == (UUID(int=1), ("M", "a"), (None, None))
    (gone,) = redecide(lake, DAYS[0], DAYS[1], lambda _digest: None).differing
    assert gone.again is None


def test_a_day_that_has_grown_is_written_anew_and_grouped_anew(tmp_path: Path) -> None:
    draft = lane("M", asks("age", Operator.AT_LEAST, 5))
    act: Act = ({"age": 7}, DAYS[0], "P", "m")
    lake = filled(tmp_path, [act])
    assert lake.rows(DAYS[0]) == 1
    assert replay_over(lake, book(), draft, start=DAYS[0], until=DAYS[1]).replay.totals == {
        "helped": 1
    }
    lake = filled(tmp_path, [act, act])
    found = replay_over(lake, book(), draft, start=DAYS[0], until=DAYS[1])
    assert (found.grouped_before, found.replay.totals) == (False, {"helped": 2})


def test_a_replay_that_is_asked_to_stop_leaves_nothing_half_done(tmp_path: Path) -> None:
    draft = lane("M", asks("age", Operator.AT_LEAST, 5))
    lake = filled(tmp_path, [({"age": 7}, DAYS[0], "P", "m")])
    with pytest.raises(Stopped):
        replay_over(
            lake,
            book(),
            draft,
            start=DAYS[0],
            until=DAYS[1],
            progress=lambda _done, _of: False,
        )
    assert not list((lake.folder / "grouped").glob("*"))


def test_a_period_without_records_changes_nothing(tmp_path: Path) -> None:
    draft = lane("M", asks("age", Operator.AT_LEAST, 5))
    found = replay_over(Lake(tmp_path / "none"), book(), draft, start=DAYS[0], until=DAYS[1])
    assert (found.replay.acts, found.replay.totals, found.samples) == (0, {}, ())


def test_a_fact_that_no_act_tells_is_unknown_to_all_of_them(tmp_path: Path) -> None:
    lake = filled(tmp_path, [({"age": 7}, DAYS[0], "P", "m")])
    draft = lane("M", Not(asks("number", Operator.PRESENT, True)))
    found = replay_over(lake, book(), draft, start=DAYS[0], until=DAYS[1])
    assert found.replay.totals == {"helped": 1}


def test_a_measure_that_moves_to_another_question_is_new_there(tmp_path: Path) -> None:
    lake = filled(tmp_path, [({"age": 7}, DAYS[0], "P", "m")])
    was = lane("M", asks("age", Operator.AT_LEAST, 5))
    draft = replace(was, question="help")
    found = replay_over(lake, book(was), draft, start=DAYS[0], until=DAYS[1])
    assert found.replay.totals == {"helped": 1}


def test_a_fact_that_is_first_told_after_months_is_unknown_until_then(tmp_path: Path) -> None:
    lake, days = Lake(tmp_path), [FIRST + timedelta(days=at) for at in range(40)]
    for day in days:
        told = json.dumps({"age": 7} | ({"number": "H1"} if day == days[-1] else {}))
        lake.write(day, [RecordedDecision(None, "P", "m", "", "[]", told)], VOCABULARY)
    until = days[-1] + timedelta(days=1)
    draft = lane("M", asks("number", Operator.EQUALS, "H1"))
    named = replay_over(lake, book(), draft, start=FIRST, until=until)
    assert dict(named.replay.by_day) == {days[-1]: {"helped": 1}}
    draft = lane("M", Not(asks("number", Operator.PRESENT, True)))
    silent = replay_over(lake, book(), draft, start=FIRST, until=until)
    assert silent.replay.totals == {"helped": 39}


@pytest.mark.parametrize("most", [1, 3, 4, 9])
def test_a_sample_has_as_many_acts_as_are_asked_for_if_so_many_change(
    tmp_path: Path, most: int
) -> None:
    several: list[Act] = [({"age": 7}, day, "P", "m") for day in DAYS]
    draft = lane("M", asks("age", Operator.AT_LEAST, 5))
    found = replay_over(
        filled(tmp_path, several),
        book(),
        draft,
        start=DAYS[0],
        until=date(2024, 1, 1),
        most=most,
    )
    assert len({one.entry for one in found.samples}) == min(most, len(DAYS))


def test_what_was_grouped_before_tells_how_many_acts_there_are(tmp_path: Path) -> None:
    lake = filled(tmp_path, [({"age": age}, DAYS[0], "P", "m") for age in range(10)])
    draft = lane("M", asks("age", Operator.AT_LEAST, 5))
    first, again = (
        replay_over(lake, book(), draft, start=DAYS[0], until=DAYS[1]) for _ in range(2)
    )
    assert (again.grouped_before, again.replay) == (True, first.replay)
    assert again.replay.acts == 10
