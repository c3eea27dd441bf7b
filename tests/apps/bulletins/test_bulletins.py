"""Keeps a bulletin: counted from sealed records, said in two languages, released by a second officer."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from guomen import clock
from guomen.apps.bulletins.operations import (
    PeriodNotSealed,
    SecondOfficerNeeded,
    TalliesBehind,
    tally_sealed,
)
from guomen.apps.bulletins.queries import BulletinUnknown, bulletin, counted, released
from guomen.core.actor import DutyMissing
from guomen.core.events import EventKind
from guomen.core.time import PeriodUnreadable
from guomen.core.transitions import TransitionNotPermitted
from tests.apps.bulletins.conftest import AT, TOTAL_2023, Press, cleared, write
from tests.builders import kept_entries, seal_now


def test_bulletin_says_its_figures_in_chinese(press: Press) -> None:
    text = bulletin(bulletin_id=press.compile()).texts["zh-Hans"]
    title, persons, conveyances, extended = text.splitlines()
    assert "2023年上半年" in title
    assert "共查验出入境人员1.68亿人次，同比增长169.6%" in persons
    assert "内地居民8027.6万人次、港澳台居民7490.3万人次、外国人843.8万人次" in persons
    assert "同比增长119.2%" in conveyances
    assert "983.1万" in conveyances
    assert "148.5万人次" in extended


def test_bulletin_says_its_figures_in_english(press: Press) -> None:
    text = bulletin(bulletin_id=press.compile()).texts["en"]
    assert "came to 168.2 million" in text
    assert "up 169.6% year on year" in text
    assert "80.3 million" in text
    assert "up 119.2% year on year" in text
    assert "{" not in text


def test_first_period_on_record_says_that_it_has_no_base(press: Press) -> None:
    text = bulletin(bulletin_id=press.compile("2022H1")).texts["zh-Hans"]
    assert "上年同期无记录" in text


def test_bulletin_keeps_every_figure_with_its_seal(press: Press) -> None:
    found = bulletin(bulletin_id=press.compile())
    template = press.nation.jurisdiction.bulletins["half-year"]
    assert tuple(one.figure for one in found.figures) == template.figures
    [persons] = [one for one in found.figures if one.figure == "persons.inspected"]
    assert persons.value == TOTAL_2023
    definition = press.figure("persons.inspected")
    assert persons == counted(definition=definition, period="2023H1")


def test_compiled_and_released_leave_one_entry_each(press: Press) -> None:
    before = len(kept_entries())
    reference = press.compile()
    press.release(reference)
    events = [one.event for one in kept_entries() if one.event.occurred_at == AT][-2:]
    assert len(kept_entries()) == before + 2
    assert [one.kind for one in events] == [
        EventKind.BULLETIN_COMPILED,
        EventKind.BULLETIN_RELEASED,
    ]
    figures = {one.figure: one.digest for one in bulletin(bulletin_id=reference).figures}
    assert events[0].payload == {
        "bulletin": str(reference),
        "period": "2023H1",
        "figures": figures,
    }


def test_period_with_entries_that_wait_for_their_seal_is_refused(press: Press) -> None:
    write(cleared(1, date(2023, 6, 30)))
    with pytest.raises(PeriodNotSealed) as caught:
        press.compile()
    assert caught.value.facts == {"period": "2023H1", "entries": 1}
    assert press.compile("2022H1")


def test_tallies_that_a_recount_contradicts_are_refused(press: Press) -> None:
    write(cleared(1, date(2023, 6, 30)))
    seal_now()
    with pytest.raises(TalliesBehind) as caught:
        press.compile()
    assert caught.value.facts == {
        "figure": "persons.inspected",
        "tallied": TOTAL_2023,
        "recounted": TOTAL_2023 + 1,
    }
    tally_sealed(node=settings.GUOMEN_NODE)
    assert press.compile()


def test_entry_that_came_late_stands_in_the_next_bulletin_and_not_in_the_last(
    press: Press,
) -> None:
    first = press.compile()
    write(cleared(1_000_000, date(2023, 6, 30)))
    seal_now()
    tally_sealed(node=settings.GUOMEN_NODE)
    second = press.compile()
    figures = [bulletin(bulletin_id=one).figures[0] for one in (first, second)]
    assert [one.value for one in figures] == [TOTAL_2023, TOTAL_2023 + 1_000_000]
    assert figures[0].digest != figures[1].digest


def test_released_bulletin_is_public_and_a_compiled_one_is_not(press: Press) -> None:
    reference = press.compile()
    assert list(released()) == []
    press.release(reference)
    assert [one.id for one in released(period="2023H1")] == [reference]
    assert list(released(period="2022H1")) == []


def test_newest_period_is_listed_first(press: Press) -> None:
    for period in ("2023H1", "2022H1"):
        press.release(press.compile(period))
    assert [one.period for one in released()] == ["2023H1", "2022H1"]


def test_who_compiled_a_bulletin_does_not_release_it(press: Press) -> None:
    reference = press.compile()
    with pytest.raises(SecondOfficerNeeded):
        press.release(reference, "press1")
    assert bulletin(bulletin_id=reference).state == "compiled"


def test_database_itself_keeps_no_bulletin_released_by_its_compiler(press: Press) -> None:
    press.compile()
    refusal = pytest.raises(IntegrityError)
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bulletins_bulletin SET state = 'released', released_by = compiled_by"
        )


def test_bulletin_is_released_once(press: Press) -> None:
    reference = press.compile()
    press.release(reference)
    before = len(kept_entries())
    with pytest.raises(TransitionNotPermitted):
        press.release(reference)
    assert len(kept_entries()) == before


REFUSED: list[tuple[Callable[[Press], object], type[Exception]]] = [
    (lambda press: press.compile(who="press2"), DutyMissing),
    (lambda press: press.compile(who="lane"), DutyMissing),
    (lambda press: press.compile("2023H3"), PeriodUnreadable),
    (lambda press: press.release(press.compile(), "policy1"), DutyMissing),
    (lambda press: press.release(clock.new_id()), BulletinUnknown),
    (lambda press: bulletin(bulletin_id=clock.new_id()), BulletinUnknown),
]


@pytest.mark.parametrize(("attempt", "refusal"), REFUSED)
def test_what_is_not_permitted_is_refused(
    press: Press, attempt: Callable[[Press], object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        attempt(press)
