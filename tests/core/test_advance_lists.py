"""Keeps who was listed and passed, did not come, came unlisted, or differs in one field."""

from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.advance_lists import Keyed, Meeting, Met, reconcile

FIELDS = {"name": "n1", "birth_date": "b1", "sex": "s1", "nationality": "c1"}


def keyed(reference: str, document: str = "d1", **changed: str) -> Keyed:
    return Keyed(reference, document, {**FIELDS, **changed})


def test_listed_traveller_who_passes_is_told_with_both_references() -> None:
    assert reconcile([keyed("L1")], [keyed("P1")]) == (Met(Meeting.PASSED, "L1", "P1"),)


def test_listed_traveller_who_does_not_come_is_a_no_show() -> None:
    assert reconcile([keyed("L1")], []) == (Met(Meeting.NO_SHOW, listed="L1"),)


def test_traveller_who_passes_without_being_listed_is_told() -> None:
    assert reconcile([], [keyed("P1")]) == (Met(Meeting.UNLISTED, passed="P1"),)


@pytest.mark.parametrize("field", FIELDS)
def test_one_differing_field_is_a_near_miss_that_names_it(field: str) -> None:
    found = reconcile([keyed("L1")], [keyed("P1", **{field: "other"})])
    assert found == (Met(Meeting.NEAR_MISS, "L1", "P1", field),)


def test_two_differing_fields_are_another_person() -> None:
    found = reconcile([keyed("L1")], [keyed("P1", name="x", sex="y")])
    assert {one.meeting for one in found} == {Meeting.NO_SHOW, Meeting.UNLISTED}


def test_field_that_one_side_does_not_have_is_no_difference() -> None:
    found = reconcile([Keyed("L1", "d1", {"name": "n1"})], [keyed("P1")])
    assert found == (Met(Meeting.PASSED, "L1", "P1"),)


def test_document_listed_twice_leaves_one_no_show() -> None:
    found = reconcile([keyed("L1"), keyed("L2")], [keyed("P1")])
    assert [one.meeting for one in found] == [Meeting.PASSED, Meeting.NO_SHOW]


def test_full_agreement_goes_before_a_near_miss() -> None:
    found = reconcile([keyed("L1", sex="x"), keyed("L2")], [keyed("P1")])
    assert Met(Meeting.PASSED, "L2", "P1") in found
    assert Met(Meeting.NO_SHOW, listed="L1") in found


def fields() -> st.SearchStrategy[Mapping[str, str]]:
    values = st.sampled_from("12")
    return st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, values))


def people(mark: str) -> st.SearchStrategy[list[Keyed]]:
    one = st.tuples(st.sampled_from("abc"), fields())
    return st.lists(one, max_size=8).map(
        lambda rows: [Keyed(f"{mark}{n}", *row) for n, row in enumerate(rows)]
    )


@given(people("L"), people("P"))
def test_everybody_of_both_sides_is_told_exactly_once(
    listed: list[Keyed], passed: list[Keyed]
) -> None:
    found = reconcile(listed, passed)
    assert Counter(one.listed for one in found if one.listed) == Counter(
        one.reference for one in listed
    )
    assert Counter(one.passed for one in found if one.passed) == Counter(
        one.reference for one in passed
    )


@given(people("L"), people("P"), st.randoms())
def test_order_of_the_input_does_not_matter(
    listed: list[Keyed], passed: list[Keyed], chance: Random
) -> None:
    before = reconcile(listed, passed)
    chance.shuffle(listed)
    chance.shuffle(passed)
    assert reconcile(listed, passed) == before


@given(people("L"))
def test_list_compared_with_itself_has_only_passed(listed: list[Keyed]) -> None:
    assert {one.meeting for one in reconcile(listed, listed)} <= {Meeting.PASSED}


@given(people("L"), people("P"))
def test_near_miss_always_has_the_same_document_and_one_field_that_differs(
    listed: list[Keyed], passed: list[Keyed]
) -> None:
    by_reference = {one.reference: one for one in listed + passed}
    for one in reconcile(listed, passed):
        if one.meeting is Meeting.NEAR_MISS:
            assert one.listed is not None
            assert one.passed is not None
            left, right = by_reference[one.listed], by_reference[one.passed]
            shared = set(left.fields) & set(right.fields)
            assert left.document == right.document
            assert [n for n in shared if left.fields[n] != right.fields[n]] == [one.differs]
