"""Acts reach the centre once each and in order, whatever the link, the disks and the kills do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.outbox import (
    ActsForked,
    ActsMissing,
    ActsUnsigned,
    NumberedAct,
    Received,
    Sending,
    fresh_acts,
    sign_act,
)
from guomen.core.outbox.receiving import FreshAct
from guomen.core.outbox.sending import LONGEST_PAUSE
from tests.core.outbox_world import KEY, PUBLIC, Disk, World


def written(*contents: str) -> Disk:
    """An outbox with these acts."""
    disk = Disk()
    for content in contents:
        disk.queue(content)
    return disk


def taken(have: Received, acts: list[NumberedAct]) -> tuple[FreshAct, ...]:
    """Take acts that are signed by the node."""
    return fresh_acts(have, acts, sign_act(acts[-1].digest(), KEY), PUBLIC)


def have(disk: Disk, number: int) -> Received:
    """What the centre has after so many acts of an outbox."""
    return Received(number, disk.digests[number - 1]) if number else Received()


@pytest.mark.parametrize("seed", range(300))
def test_every_schedule_ends_with_each_act_stored_once_in_order(seed: int) -> None:
    world = World(seed)
    world.run()
    assert world.centre.stored == [act.content for act in world.disk.acts]
    assert world.answered == world.centre.stored
    assert not world.sending.refused


def test_schedules_are_full_of_faults_and_repeat_exactly() -> None:
    worlds = [World(seed) for seed in (1, 1)]
    for world in worlds:
        world.run()
    first, again = worlds
    assert first.faults > 10
    assert (first.now, first.faults, first.answered) == (again.now, again.faults, again.answered)


@given(st.integers(0, 5), st.integers(1, 5), st.integers(1, 5))
def test_of_any_batch_what_is_new_is_taken(known: int, first: int, length: int) -> None:
    disk = written(*"abcde")
    acts = disk.acts[first - 1 : first - 1 + length]
    if first > known + 1:
        with pytest.raises(ActsMissing) as refused:
            taken(have(disk, known), acts)
        assert refused.value.facts == {"expected": known + 1, "given": first}
    else:
        fresh = taken(have(disk, known), acts)
        assert [one.act.number for one in fresh] == list(
            range(max(first, known + 1), acts[-1].number + 1)
        )


def test_a_batch_with_a_hole_is_refused() -> None:
    disk = written(*"abc")
    with pytest.raises(ActsMissing):
        taken(Received(), [disk.acts[0], disk.acts[2]])


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_act_that_was_changed_is_refused(at: int) -> None:
    disk = written(*"abc")
    signature = sign_act(disk.digests[-1], KEY)
    acts = list(disk.acts)
    acts[at] = replace(acts[at], content="another")
    with pytest.raises((ActsForked, ActsUnsigned)):
        fresh_acts(Received(), acts, signature, PUBLIC)


def test_another_history_is_refused_before_and_after_what_is_here() -> None:
    ours, other = written(*"abc"), written(*"xyz")
    for acts in (other.acts[1:], other.acts[2:], other.acts):
        with pytest.raises(ActsForked):
            taken(have(ours, 2), acts)


def test_another_key_is_refused() -> None:
    disk = written("a")
    with pytest.raises(ActsUnsigned):
        fresh_acts(Received(), disk.acts, sign_act(disk.digests[0], bytes(32)), PUBLIC)


def test_another_node_cannot_send_the_same_acts() -> None:
    disk = written("a")
    stolen = [replace(disk.acts[0], node="other")]
    with pytest.raises(ActsUnsigned):
        fresh_acts(Received(), stolen, sign_act(disk.digests[0], KEY), PUBLIC)


def test_a_node_that_lost_acts_stops_instead_of_using_numbers_twice() -> None:
    assert Sending(3).answered(9, 5).refused == ActsForked.code
    assert Sending(3).answered(5, 5) == Sending(5)


def test_a_centre_that_wants_what_the_outbox_let_go_stops_the_node() -> None:
    assert Sending(9).asked_from(3, 5, 9).refused == ActsMissing.code
    assert Sending(9).asked_from(5, 5, 9) == Sending(4)
    assert Sending(9).asked_from(10, 5, 9) == Sending(9)


@given(st.integers(0, 100), st.integers(0, 999))
def test_pauses_grow_and_stay_below_the_longest(failures: int, random: int) -> None:
    pause = Sending(0, failures).pause(random)
    assert 0 <= pause < LONGEST_PAUSE
    assert (pause == 0) == (failures == 0)
