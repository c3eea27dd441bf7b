"""Keeps split lists whole: parts join in order, from several interchanges, and gaps are told."""

from dataclasses import replace
from datetime import date

import pytest

from guomen.core.messages import Joined, Message, Part, join_parts, read_paxlst
from tests.core.messages.samples import CREW, PASSENGERS

ON = date(2024, 1, 5)


def read(text: str) -> Message:
    return read_paxlst(text, ON, lambda port: port == "TFU").messages[0]


WHOLE = read(PASSENGERS)


def part(number: int, last: bool, total: int = 1) -> Message:
    """Give one traveller of the sample as a part of a split list."""
    one = replace(WHOLE.list, travellers=(WHOLE.list.travellers[number - 1],))
    made = Part(access="A", number=number, last=last)
    return replace(WHOLE, list=one, part=made, totals=(("42", total),))


def codes(joined: Joined) -> list[str]:
    return [one.code.removeprefix("message.") for one in joined.findings]


@pytest.mark.parametrize("total", [1, 3])
def test_parts_in_any_order_join_whether_totals_count_the_part_or_the_whole(total: int) -> None:
    [joined] = join_parts([part(3, True, total), part(1, False, total), part(2, False, total)])
    assert (joined.complete, joined.findings) == (True, ())
    assert joined.list == WHOLE.list


def test_total_that_is_neither_is_told() -> None:
    [joined] = join_parts([part(1, False, 2), part(2, False, 1), part(3, True, 3)])
    assert codes(joined) == ["total_wrong"]


def test_list_waits_for_its_last_part() -> None:
    [joined] = join_parts([part(1, False), part(2, False)])
    assert (joined.complete, joined.findings) == (False, ())


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([part(1, False), part(3, True)], "part_missing"),
        ([part(1, False), part(1, False), part(2, True)], "part_double"),
        ([part(1, False), part(2, True), part(3, True)], "part_after_last"),
    ],
)
def test_gaps_and_doubles_keep_a_list_from_being_complete(parts: list[Message], code: str) -> None:
    [joined] = join_parts(parts)
    assert (joined.complete, codes(joined)) == (False, [code])


def test_part_with_a_huge_number_is_told_with_the_first_gaps_only() -> None:
    huge = replace(part(3, True), part=Part(access="A", number=999_999_999, last=True))
    [joined] = join_parts([part(1, False), huge])
    assert joined.findings[0].found.startswith("2, 3, 4")
    assert len(joined.findings[0].found) < 100


def test_parts_of_different_flights_are_asked_about() -> None:
    other = replace(part(2, True), list=replace(part(2, True).list, crossing=None))
    [joined] = join_parts([part(1, False), other])
    assert joined.complete
    crossing = WHOLE.list.crossing
    assert crossing is not None
    moved = replace(other, list=replace(other.list, crossing=replace(crossing, mark="3U1")))
    [differing] = join_parts([part(1, False), moved])
    assert (differing.complete, codes(differing)) == (False, ["part_differs"])


def test_whole_messages_stand_alone() -> None:
    joined = join_parts([WHOLE, read(CREW)])
    assert [one.complete for one in joined] == [True, True]
    assert [len(one.list.travellers) for one in joined] == [3, 2]


def test_split_interchange_is_not_held_to_its_total_part_by_part() -> None:
    text = PASSENGERS.replace("+01:F'", "+01:C'").replace("CNT+42:3", "CNT+42:9")
    assert read_paxlst(text, ON, lambda port: True).findings == ()


def test_later_part_may_leave_the_way_to_the_first() -> None:
    start, end = PASSENGERS.index("TDT"), PASSENGERS.index("NAD+FL")
    text = (PASSENGERS[:start] + PASSENGERS[end:]).replace("+01:F'", "+02:F'")
    interchange = read_paxlst(text.replace("UNT+49", "UNT+44"), ON, lambda port: True)
    assert interchange.findings == ()
    assert interchange.messages[0].list.crossing is None
