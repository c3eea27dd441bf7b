"""Keeps half-open periods, their codes, local days and ages."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guomen.core.time import (
    Period,
    PeriodUnreadable,
    age_on,
    local_day,
    parse_period,
    year_before,
)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
DAY = timedelta(days=1)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Periods of at least a day; some never end."""
    start = draw(DAYS)
    return Period(start, draw(st.none() | st.integers(1, 4000).map(lambda n: start + n * DAY)))


@given(periods(), DAYS)
def test_period_holds_its_first_day_and_not_the_day_it_ends_before(
    period: Period, day: date
) -> None:
    assert period.contains(period.start)
    assert not period.contains(period.start - DAY)
    assert period.contains(day) is (
        period.start <= day and (period.last_day is None or day <= period.last_day)
    )
    if period.until is not None:
        assert not period.contains(period.until)
        assert period.contains(period.until - DAY)


@given(periods(), periods())
def test_overlap_is_symmetric_and_means_a_day_in_common(one: Period, other: Period) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    in_common = max(one.start, other.start)
    assert one.overlaps(other) is (one.contains(in_common) and other.contains(in_common))


@given(periods())
def test_period_overlaps_itself_and_not_the_one_that_follows(period: Period) -> None:
    assert period.overlaps(period)
    if period.until is not None:
        assert not period.overlaps(Period(period.until))
        assert period.overlaps(Period(period.until - DAY))


@pytest.mark.parametrize("until", [date(2023, 1, 1), date(2022, 12, 31)])
def test_period_without_a_day_is_refused(until: date) -> None:
    with pytest.raises(PeriodUnreadable):
        Period(date(2023, 1, 1), until)


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
    ],
)
def test_code_names_its_first_and_last_day(code: str, start: date, last: date) -> None:
    period = parse_period(code)
    assert (period.start, period.last_day) == (start, last)


@pytest.mark.parametrize(
    "code",
    ["", "23H1", "2023H3", "2023Q5", "2023Q0", "2023-13", "2023-00", "2023-1", "2023H1 ", "9999",
     "2023h1", "２０２３", "0000", "2023H", "2023H1\n", "2023/06", "9999H2", "9999-12"],
)  # fmt: skip
def test_what_is_no_code_is_refused_with_what_was_given(code: str) -> None:
    with pytest.raises(PeriodUnreadable) as caught:
        parse_period(code)
    assert caught.value.facts == {"given": code}


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused(code: str) -> None:
    try:
        found = parse_period(code)
    except PeriodUnreadable:
        return
    assert found.last_day is not None


@pytest.mark.parametrize(
    ("code", "before"),
    [("2023H1", "2022H1"), ("2023", "2022"), ("2023Q2", "2022Q2"), ("2024-02", "2023-02")],
)
def test_same_period_a_year_before_keeps_its_kind(code: str, before: str) -> None:
    assert year_before(code) == before


def test_year_before_what_is_no_period_is_refused() -> None:
    with pytest.raises(PeriodUnreadable):
        year_before("last year")


SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2023, 5, 7, 15, 59, 59, tzinfo=UTC), date(2023, 5, 7)),
        (datetime(2023, 5, 7, 16, 0, tzinfo=UTC), date(2023, 5, 8)),
        (datetime(2023, 5, 8, 0, 30, tzinfo=timezone(timedelta(hours=14))), date(2023, 5, 7)),
    ],
)
def test_day_begins_at_midnight_in_the_jurisdictions_zone(instant: datetime, day: date) -> None:
    assert local_day(instant, SHANGHAI) == day


def test_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(PeriodUnreadable) as caught:
        local_day(datetime(2023, 5, 8, 12), SHANGHAI)
    assert caught.value.facts["why"] == "no time zone"


@pytest.mark.parametrize(
    "instant",
    [
        datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
        datetime(1, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=14))),
    ],
)
def test_instant_whose_day_lies_beyond_the_calendar_is_refused(instant: datetime) -> None:
    with pytest.raises(PeriodUnreadable) as caught:
        local_day(instant, SHANGHAI)
    assert caught.value.facts["why"] == "beyond the calendar"


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2007, 5, 8), date(2023, 5, 7), 15),
        (date(2007, 5, 8), date(2023, 5, 8), 16),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2023, 6, 1), date(2023, 6, 1), 0),
    ],
)
def test_year_of_age_is_completed_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(DAYS, DAYS)
def test_age_grows_by_at_most_one_from_day_to_day(born: date, day: date) -> None:
    assert age_on(born, day + DAY) - age_on(born, day) in (0, 1)
