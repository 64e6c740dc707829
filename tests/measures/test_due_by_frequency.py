"""What is due of each frequency: its own row and sheet on Today, from now on, and until a question is answered."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Frequency, Measure, NoData
from measures.pages.entry.sheet.page import sheet
from measures.selectors.completeness.counting import filled
from measures.selectors.months import first_asked
from measures.selectors.today import due
from measures.services import charts
from measures.services.entry import observations
from organizations.models import Presence
from p2.spanning.today import compose
from tests.actors import Cast, make_cast
from tests.measures.series import WAIT, confirm, log
from tests.measures.sheets import keep_month, make

JANUARY = date(2004, 1, 1)
AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
STABLE = [20.0, 22.0, 19.0, 23.0, 18.0, 21.0, 20.5, 19.5, 22.5, 18.5, 21.5, 20.0]
FREQUENCIES = [str(frequency) for frequency in Frequency]


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


def kept(cast: Cast, frequency: str, since: date = date(2002, 1, 1)) -> Measure:
    return make(cast.own, f"By {frequency}", since=since, words={**WAIT, "frequency": frequency})


def far_off(cast: Cast, frequency: str, period: date) -> Measure:
    """A measure whose number of the period is unlike all before it."""
    measure = kept(cast, frequency)
    log(measure, [*STABLE, 90.0], first=periods.following(period, frequency, -len(STABLE)))
    charts.refresh_stale()
    return measure


def test_each_frequency_has_its_own_row_and_the_link_to_its_own_sheet(cast: Cast) -> None:
    at = datetime(2004, 4, 8, 12, tzinfo=UTC)
    keep_month(cast, date(2004, 3, 1))
    for frequency in FREQUENCIES:
        kept(cast, frequency)

    rows = {row.verb: row for row in due(cast.data_entry, at)}

    assert {verb: row.url.partition("?")[2] for verb, row in rows.items()} == {
        "Log the days": "period=2004-03-31&frequency=day",
        "Log the week": "period=2004-03-29&frequency=week",
        "Log the month": "period=2004-03",
        "Log the quarter": "period=2004-01-01&frequency=quarter",
    }
    assert rows["Log the week"].detail == "Week 14, 29 March to 4 April 2004, is asked for."


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_the_link_of_a_row_opens_the_sheet_of_its_frequency(client: Client, db: None, frequency: str) -> None:
    cast, today = make_cast(), datetime.now(UTC)
    cast.collaborative.closing_day = 28
    cast.collaborative.save()
    # The quarter that ended last, so that each frequency is asked.
    month = periods.closing_month(periods.latest_complete(today.date(), "quarter"), "quarter")
    for each in periods.between(month, periods.latest_complete(today.date(), "month"), "month"):
        keep_month(cast, each)
    kept(cast, frequency, since=month - timedelta(days=200))
    kept(cast, "month" if frequency != "month" else "week", since=month - timedelta(days=200))
    client.force_login(cast.data_entry)

    urls = [row.url for row in due(cast.data_entry, today) if _frequency_of(row.url) == frequency]

    page = client.get(urls[0]).content.decode()
    assert f'name="frequency" value="{frequency}"' in page
    assert f"By {frequency}" in page


def _frequency_of(url: str) -> str:
    return url.partition("frequency=")[2] or "month"


INSTANTS = [
    datetime(2004, 1, 1, 0, tzinfo=UTC),
    datetime(2004, 1, 31, 23, 30, tzinfo=UTC),
    datetime(2004, 2, 1, 3, tzinfo=UTC),
    datetime(2004, 2, 12, 12, tzinfo=UTC),
    datetime(2004, 2, 20, 12, tzinfo=UTC),
    datetime(2004, 2, 21, 12, tzinfo=UTC),
    datetime(2004, 3, 31, 12, tzinfo=UTC),
    datetime(2004, 4, 1, 12, tzinfo=UTC),
]


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_nothing_is_late_when_a_measure_is_born(cast: Cast, zone: str, frequency: str) -> None:
    cast.own.time_zone = zone
    cast.own.save()
    for month in periods.between(date(2003, 6, 1), date(2004, 4, 1), "month"):
        keep_month(cast, month)

    for at in INSTANTS:
        Measure.objects.update(retired_at=at)
        kept(cast, frequency, since=first_asked(cast.own, frequency, at))

        months = filled(Measure.objects.all(), at=at, last=12)
        assert not [one for one in months if one.missing and one.is_closed(at)]
        (row,) = sheet(cast.own, reader=cast.data_entry, at=at, frequency=frequency).rows
        assert row.state_words in {"Due", "No number"}
        assert {past.kind for past in row.past} == {"empty"}


@pytest.mark.parametrize(
    ("at", "first"),
    [
        (datetime(2004, 2, 12, 12, tzinfo=UTC), date(2004, 2, 11)),
        (datetime(2004, 2, 1, 12, tzinfo=UTC), date(2004, 1, 31)),  # January is open until the 20th
        (datetime(2004, 2, 12, 1, tzinfo=UTC), date(2004, 2, 10)),  # the 11th there
    ],
)
def test_a_new_daily_measure_is_asked_from_yesterday_on(cast: Cast, at: datetime, first: date) -> None:
    cast.own.time_zone = "America/Los_Angeles" if at.hour == 1 else "UTC"
    cast.own.save()
    keep_month(cast, JANUARY)
    assert first_asked(cast.own, "day", at) == first


@pytest.mark.parametrize(
    ("frequency", "period", "title"),
    [
        (
            "day",
            date(2004, 1, 14),
            "January 2004 closes in 8 days: 1 of 1 daily measures lacks its last days",
        ),
        ("week", date(2004, 1, 12), "January 2004 closes in 8 days: 1 of 1 weekly numbers is still open"),
        ("month", date(2004, 1, 1), "January 2004 is logged: 1 number waits for your answer"),
        ("day", date(2004, 1, 31), "January 2004 is logged: 1 number waits for your answer"),
        ("week", date(2004, 1, 26), "January 2004 is logged: 1 number waits for your answer"),
    ],
)
def test_a_number_outside_its_limits_is_told_whichever_of_the_months_periods_it_is_of(
    cast: Cast, frequency: str, period: date, title: str
) -> None:
    keep_month(cast, JANUARY)
    measure = far_off(cast, frequency, period)

    (row,) = due(cast.data_entry, AT)
    assert row.title == title
    assert row.verb == "Answer" or "1 needs you: outside its limits." in row.detail

    confirm(measure, period, by=cast.data_entry, at=AT)
    assert not any("needs you" in row.detail or row.verb == "Answer" for row in due(cast.data_entry, AT))


@pytest.mark.parametrize("frequency", ["day", "week", "month", "quarter"])
def test_what_needs_you_stays_when_it_was_seen_and_when_its_month_closed_until_it_is_answered(
    client: Client, cast: Cast, frequency: str
) -> None:
    for month in periods.between(date(2003, 11, 1), date(2004, 3, 1), "month"):
        keep_month(cast, month)
    period = {
        "day": date(2003, 12, 31), "week": date(2003, 12, 29), "month": date(2003, 12, 1), "quarter": date(2003, 10, 1),
    }[frequency]  # fmt: skip
    measure = far_off(cast, frequency, period)
    answers = [("January", AT), ("February", datetime(2004, 3, 25, 12, tzinfo=UTC))]

    for _month, at in answers:
        Presence.objects.filter(user=cast.data_entry).delete()
        (row,) = [row for row in due(cast.data_entry, at) if row.verb == "Answer"]
        assert row.title == "December 2003 is logged: 1 number waits for your answer"
        asked = f"period={period:%Y-%m}" if frequency == "month" else f"period={period}&frequency={frequency}"
        assert row.url == (
            reverse("measures:sheet", args=[cast.collaborative.slug, cast.own.ref]) + f"?{asked}"
        )
        client.force_login(cast.data_entry)
        client.get(reverse("today"))
        client.get(row.url)
        assert [row.verb for row in due(cast.data_entry, at)].count("Answer") == 1

    confirm(measure, period, by=cast.data_entry, at=AT)
    assert "Answer" not in [row.verb for row in due(cast.data_entry, answers[-1][1])]


def test_a_number_of_the_running_month_is_asked_about_before_its_month_is(cast: Cast) -> None:
    keep_month(cast, JANUARY)
    measure = far_off(cast, "week", date(2004, 2, 2))
    log(measure, [20.0], first=date(2004, 1, 26))

    (row,) = due(cast.data_entry, AT)

    assert row.title == "1 number of February 2004 waits for your answer"
    assert (row.verb, row.on, row.url.endswith("?period=2004-02-02&frequency=week")) == ("Answer", None, True)
    confirm(measure, date(2004, 2, 2), by=cast.data_entry, at=AT)
    assert due(cast.data_entry, AT) == []


def test_the_answer_opens_the_period_that_is_asked_about_and_not_the_months_last(cast: Cast) -> None:
    keep_month(cast, JANUARY)
    log(far_off(cast, "day", date(2004, 1, 28)), [20.0], first=date(2004, 1, 31))

    (row,) = due(cast.data_entry, AT)

    assert (row.verb, row.url.partition("?")[2]) == ("Answer", "period=2004-01-28&frequency=day")


def test_a_number_of_a_month_that_is_no_longer_asked_for_is_not_asked_about(cast: Cast) -> None:
    keep_month(cast, date(2004, 2, 1))
    log(far_off(cast, "month", JANUARY), [20.0], first=date(2004, 2, 1))

    assert due(cast.data_entry, datetime(2004, 3, 8, 12, tzinfo=UTC)) == []


def test_a_day_without_a_number_does_not_hide_that_of_another_day(cast: Cast) -> None:
    keep_month(cast, JANUARY)
    log(kept(cast, "day"), [20.0], first=date(2004, 1, 30))
    closed = Entry(no_data=NoData.NO_CASES)
    observations.record(Measure.objects.get(), date(2004, 1, 31), closed, by=None)
    make(cast.own, "Other", since=JANUARY, words={**WAIT, "frequency": "day"})

    (row,) = due(cast.data_entry, AT)

    assert {cell.name: cell.state for cell in row.cells} == {"By day": "saved", "Other": "due"}


def test_what_is_past_its_day_stands_below_what_closes_soon(cast: Cast) -> None:
    keep_month(cast, JANUARY)
    keep_month(cast, date(2003, 12, 1))
    for frequency in ("month", "week"):
        kept(cast, frequency)

    shown = compose(cast.data_entry, previous=None, at=AT)

    assert [row.when for row in (shown.first, *shown.due) if row] == [
        "in 8 days",
        "in 8 days",
        "past",
        "past",
    ]


def test_a_later_number_like_it_does_not_answer_what_is_asked_about(cast: Cast) -> None:
    keep_month(cast, JANUARY)
    log(far_off(cast, "month", JANUARY), [85.0], first=date(2004, 2, 1))
    charts.refresh_stale()

    (row,) = due(cast.data_entry, AT)

    assert row.title == "January 2004 is logged: 1 number waits for your answer"
