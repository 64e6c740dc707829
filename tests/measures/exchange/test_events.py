"""Event dates as people type them, and the days between them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from measures.exchange.events import Told, checked_days, days_between, days_words, read_events, spots
from measures.models import Definition

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
MONTHLY = Definition(shape="time_between", unit="days between events", frequency="month")
WEEKLY = Definition(shape="time_between", unit="days", frequency="week")
QUARTERLY = Definition(shape="time_between", unit="days", frequency="quarter")


def march(*days: int) -> tuple[date, ...]:
    return tuple(MARCH.replace(day=day) for day in days)


@pytest.mark.parametrize(
    "text",
    [
        "3, 17", "17, 3", "3 17", "3; 17", "3 and 17", "3rd, 17th", "3., 17.", "3 Mar, 17 Mar", "Mar 3, Mar 17",
        "3/3/2026, 3/17/2026", "03/03/2026, 17/3/26", "3-3-2026 08:15; 17-03-2026",
        "3. mars, 17. mars", "3 och 17", "2026-03-03, 17", "3.3.2026; 17 March 2026", "03-Mar-2026, 17", " 3,17, ",
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert read_events(text, MONTHLY, MARCH) == Told(march(3, 17))


def test_what_stands_in_a_cell_is_read_back() -> None:
    days = march(3, 17, 17)
    assert days_words(days) == "3 Mar, 17 Mar, 17 Mar"
    for language in ("en", "sv"):
        with override(language):
            assert read_events(days_words(days), MONTHLY, MARCH) == Told(days)


def test_none_and_nothing_and_a_number_of_days_are_told_apart() -> None:
    assert read_events("None", MONTHLY, MARCH) == Told(is_none=True)
    assert read_events(" ", MONTHLY, MARCH) == Told()
    assert read_events("14 days", MONTHLY, MARCH) == Told(number="14")
    assert read_events("14.5 days between events", MONTHLY, MARCH) == Told(number="14.5")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "“soon” is no date. Write the events of March 2026 as 3, 17 or 3 Mar, 17 Mar; where there were none, "
                 "write none."),
        ("3/17", "“3/17” is no date."),
        ("30 Feb", "“30 Feb” is no date."),
        ("32", "March 2026 has no day 32."),
        ("0", "There is no day 0. Where nothing happened, write none."),
        ("3, x", "“x” is no date."),
    ],
)  # fmt: skip
def test_what_is_no_date_is_shown_with_the_cure(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + sentence.replace(".", r"\.")):
        read_events(text, MONTHLY, MARCH)


@pytest.mark.parametrize("text", ["10/03/2026", "03/10/2026", "10-3-26"])
def test_a_day_that_may_be_two_is_the_one_in_the_month(text: str) -> None:
    october = date(2026, 10, 1)
    assert read_events(text, MONTHLY, october) == Told((date(2026, 10, 3),))
    assert read_events(text, MONTHLY, MARCH) == Told((date(2026, 3, 10),))
    with pytest.raises(ValueError, match="neither lies in April 2026"):
        read_events(text, MONTHLY, APRIL)
    with pytest.raises(ValueError, match="may be 2 March 2026 or 3 February 2026"):
        read_events("02/03/2026", QUARTERLY, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("definition", "period", "example"),
    [
        (MONTHLY, date(2026, 10, 1), "3, 17 or 3 Oct, 17 Oct"),
        (MONTHLY, date(2026, 2, 1), "3, 17 or 3 Feb, 17 Feb"),
        (WEEKLY, date(2025, 12, 29), "29, 31 or 29 Dec, 31 Dec"),
        (QUARTERLY, date(2026, 1, 1), "3 Jan, 17 Jan"),
    ],
)
def test_the_example_in_a_refusal_is_of_its_own_period_and_is_read(
    definition: Definition, period: date, example: str
) -> None:
    with pytest.raises(ValueError, match=f"Write the events of .* as {example}; where there were none"):
        read_events("soon", definition, period)
    assert len(read_events(example.rpartition(" or ")[2], definition, period).days) == 2


def test_a_week_over_new_year_knows_its_days_and_a_quarter_wants_the_month() -> None:
    week = date(2025, 12, 29)
    assert read_events("30, 1, 2 Jan", WEEKLY, week).days == (
        date(2025, 12, 30), date(2026, 1, 1), date(2026, 1, 2),
    )  # fmt: skip
    with pytest.raises(ValueError, match="3 may be a day of several months: write it with its month"):
        read_events("3", QUARTERLY, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 2, 28), "28 February 2026 does not lie in March 2026"),
        (APRIL, "1 April 2026 does not lie in March 2026"),
        (date(2026, 3, 21), "21 March 2026 lies in the future"),
    ],
)
def test_only_days_of_the_period_that_have_come_are_taken(day: date, sentence: str) -> None:
    today = date(2026, 3, 20)
    checked_days([today], MONTHLY, MARCH, today)
    with pytest.raises(ValueError, match=sentence):
        checked_days([day], MONTHLY, MARCH, today)


def test_the_days_between_are_counted_from_the_event_before() -> None:
    events = spots([*march(17, 3, 17), date(2026, 4, 2)])
    assert list(days_between(events).values()) == [None, Decimal(14), Decimal(0), Decimal(16)]
    assert days_between([]) == {}


@pytest.mark.parametrize("text", ["1 " * 60_000, "1, " * 40_000, "3 Mar, " * 20_000])
def test_a_cell_of_more_events_than_a_period_has_is_refused_before_they_are_read(text: str) -> None:
    with pytest.raises(ValueError, match="At most 500 events are kept in one period"):
        read_events(text, MONTHLY, MARCH)
