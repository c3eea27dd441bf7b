"""Keeps a figure to its records: tally equals recount, splits add up, and late entries are folded in."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from guomen.apps.bulletins.operations import tally_sealed
from guomen.apps.bulletins.queries import (
    NothingSealed,
    PeriodNotCovered,
    by_month,
    counted,
    covered_periods,
    records_behind,
    recounted,
    split,
    tally_head,
    value,
    year_on_year,
)
from guomen.apps.ledger.queries import entry
from guomen.core.time import PeriodUnreadable, parse_period
from tests.apps.bulletins.conftest import (
    LAST,
    TOTAL_2022,
    TOTAL_2023,
    TOTALS_2023,
    Press,
    cleared,
    decided,
    write,
)
from tests.builders import instant, pack, seal_now
from tests.nation import NationForTests

PERIODS = ("2022H1", "2023H1", "2023Q1", "2023Q2", "2023-05", "2023", "2021H1")
FIGURES = sorted(pack("cn").figures)


def retally() -> int:
    """Take all tallies anew."""
    return tally_sealed(node=settings.GUOMEN_NODE, anew=True)


def test_figure_counts_what_its_definition_says(press: Press) -> None:
    inspected = press.figure("persons.inspected")
    assert value(definition=inspected, period=parse_period("2023H1")) == TOTAL_2023
    assert value(definition=inspected, period=parse_period("2022H1")) == TOTAL_2022
    for name in ("mainland", "hmt", "foreign"):
        found = value(definition=press.figure(f"persons.{name}"), period=parse_period("2023H1"))
        assert found == TOTALS_2023[name]
    extended = press.figure("passages.extended_permit")
    assert value(definition=extended, period=parse_period("2023H1")) == 1_485_000


def test_tally_of_every_figure_equals_its_recount_in_every_period(press: Press) -> None:
    for name in FIGURES:
        for period in PERIODS:
            span = parse_period(period)
            tallied = value(definition=press.figure(name), period=span)
            assert tallied == recounted(definition=press.figure(name), period=span), (name, period)


def test_parts_add_up_to_the_whole(press: Press) -> None:
    whole = press.figure("persons.inspected")
    for column in whole.splits:
        shares = split(definition=whole, period="2023H1", by=column)
        assert sum(one.value for one in shares) == TOTAL_2023, column
    months = by_month(definition=whole, period="2023H1")
    assert [(one.part, one.value) for one in months] == [
        ("2023-01", TOTALS_2023["hmt"] - 1_485_000),
        ("2023-05", 1_485_000),
        ("2023-06", TOTAL_2023 - TOTALS_2023["hmt"]),
    ]
    quarters = [value(definition=whole, period=parse_period(f"2023Q{q}")) for q in (1, 2)]
    assert sum(quarters) == TOTAL_2023


def test_greatest_part_comes_first(press: Press) -> None:
    shares = split(definition=press.figure("persons.inspected"), period="2023H1", by="group")
    assert [one.part for one in shares] == ["mainland", "hmt", "foreign", "border"]


def test_entry_that_comes_late_is_folded_in_by_the_next_tally(press: Press) -> None:
    write(cleared(7, date(2023, 2, 3)))
    seal_now()
    whole = press.figure("persons.inspected")
    span = parse_period("2023H1")
    assert value(definition=whole, period=span) == TOTAL_2023
    assert recounted(definition=whole, period=span) == TOTAL_2023 + 7
    tally_sealed(node=settings.GUOMEN_NODE)
    assert value(definition=whole, period=span) == TOTAL_2023 + 7


def test_tally_taken_twice_is_the_same(press: Press) -> None:
    assert retally() == retally()
    whole = press.figure("persons.inspected")
    assert value(definition=whole, period=parse_period("2023H1")) == TOTAL_2023


def test_referred_traveller_counts_once_an_officer_admits(press: Press) -> None:
    day = date(2023, 3, 3)
    write(decided(5, day, "admitted"), decided(3, day, "not_admitted"))
    seal_now()
    retally()
    for name in ("persons.inspected", "persons.foreign"):
        before = TOTAL_2023 if name == "persons.inspected" else TOTALS_2023["foreign"]
        found = value(definition=press.figure(name), period=parse_period("2023H1"))
        assert found == before + 5


def test_growth_is_over_the_same_period_of_the_year_before(press: Press) -> None:
    growth = year_on_year(definition=press.figure("persons.inspected"), period="2023H1")
    assert (growth.now, growth.base, growth.percent) == (
        TOTAL_2023,
        TOTAL_2022,
        Decimal("169.6"),
    )
    first = year_on_year(definition=press.figure("persons.inspected"), period="2022H1")
    assert first.percent is None


def test_counted_figure_names_definition_and_seal(press: Press) -> None:
    definition = press.figure("persons.inspected")
    found = counted(definition=definition, period="2023H1")
    head = tally_head()
    assert (found.value, found.definition_digest) == (TOTAL_2023, definition.digest)
    assert (found.seal_number, found.seal_root) == (head.number, head.root)
    assert found.digest == counted(definition=definition, period="2023H1").digest
    assert found.digest != counted(definition=definition, period="2022H1").digest


def test_figure_names_the_seal_that_its_tallies_count_up_to(press: Press) -> None:
    definition = press.figure("persons.inspected")
    first = counted(definition=definition, period="2023H1")
    write(cleared(1, LAST))
    head = seal_now(instant("2023-08-01 00:00"))
    assert counted(definition=definition, period="2023H1") == first
    tally_sealed(node=settings.GUOMEN_NODE)
    assert tally_head() == head
    assert counted(definition=definition, period="2023H1").value == first.value + 1


def test_entry_that_is_not_sealed_yet_stands_in_no_tally(press: Press) -> None:
    write(cleared(1, LAST))
    retally()
    whole = press.figure("persons.inspected")
    assert value(definition=whole, period=parse_period("2023H1")) == TOTAL_2023


@pytest.mark.parametrize("period", ["2030H1", "2023", "2019Q1", "2023-07"])
def test_period_that_the_records_do_not_cover_has_no_figure(press: Press, period: str) -> None:
    with pytest.raises(PeriodNotCovered):
        counted(definition=press.figure("persons.inspected"), period=period)
    with pytest.raises(PeriodNotCovered):
        press.compile(period)


def test_figure_walks_back_to_its_entries(press: Press) -> None:
    definition = press.figure("passages.extended_permit")
    [reference] = records_behind(definition=definition, period="2023H1", most=5)
    assert entry(reference).event.measure == "M-2023-0508-HRP"
    assert records_behind(definition=definition, period="2022H1", most=5) == ()
    whole = press.figure("persons.inspected")
    assert len(records_behind(definition=whole, period="2023H1", most=2)) == 2


def test_periods_that_the_records_cover_whole_are_listed(press: Press) -> None:
    assert covered_periods() == ("2022H1", "2022H2", "2023H1")


def test_half_year_begun_late_or_not_ended_is_not_covered(committed: NationForTests) -> None:
    write(cleared(1, date(2022, 1, 2)), cleared(1, date(2023, 6, 29)))
    assert covered_periods() == ("2022H2",)


def test_without_records_nothing_is_covered_and_nothing_counted(
    committed: NationForTests,
) -> None:
    assert covered_periods() == ()
    definition = committed.jurisdiction.figures["persons.inspected"]
    with pytest.raises(NothingSealed):
        counted(definition=definition, period="2023H1")


def test_period_that_is_none_is_refused(press: Press) -> None:
    with pytest.raises(PeriodUnreadable):
        counted(definition=press.figure("persons.inspected"), period="lately")
