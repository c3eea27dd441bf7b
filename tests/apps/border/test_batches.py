"""A batch brings presentations of many lanes: each has its own answer, and none harms another."""

from guomen.apps.border.operations import Presentation, clear_passages
from guomen.apps.border.queries import PassageAnswer
from guomen.core.actor import DutyMissing
from guomen.core.refusal import Refusal
from tests.apps.border.conftest import AT, Lane
from tests.builders import instant, passage, presented


def test_lanes_of_different_ports_are_cleared_in_one_batch(gate: Lane, desk: Lane) -> None:
    pack = gate.nation.jurisdiction
    answers = clear_passages(
        at=AT,
        presentations=[
            Presentation(gate.actor, gate.place, passage("one", presented(), AT), pack),
            Presentation(desk.actor, desk.place, passage("one", presented(), AT), pack),
        ],
    )
    assert all(isinstance(one, PassageAnswer) and not one.again for one in answers)


def test_who_may_not_clear_there_is_refused_and_the_others_pass(gate: Lane, desk: Lane) -> None:
    pack = gate.nation.jurisdiction
    elsewhere, ahead, good = clear_passages(
        at=AT,
        presentations=[
            Presentation(desk.actor, gate.place, passage("a", presented(), AT), pack),
            Presentation(
                gate.actor, gate.place, passage("b", presented(), instant("2024-01-01 00:00")), pack
            ),
            Presentation(gate.actor, gate.place, passage("c", presented(), AT), pack),
        ],
    )
    assert isinstance(elsewhere, DutyMissing)
    assert isinstance(ahead, Refusal)
    assert ahead.code == "border.time_unlikely"
    assert isinstance(good, PassageAnswer)
