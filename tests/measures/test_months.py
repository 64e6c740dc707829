"""How full the months are."""

from datetime import UTC, date, datetime, time

import pytest

from measures.models import Measure, Month
from measures.selectors.completeness.counting import filled
from measures.selectors.months import asked, binding, first_asked
from measures.selectors.today import due
from measures.services import measures
from tests.actors import (
    make_appointee,
    make_collaborative,
    make_member,
    make_organization,
    make_person,
    make_phase,
)
from tests.measures.series import log, make_measure

AT = datetime(2004, 2, 12, 12, tzinfo=UTC)
JANUARY = date(2004, 1, 1)


def make_place(name: str = "Hospital", **fields: object):  # type: ignore[no-untyped-def]
    collaborative = make_collaborative("months")
    phase = make_phase(collaborative, 1, date(2003, 1, 1), date(2004, 12, 31))
    organization = make_organization(collaborative, name, phases=(phase,), **fields)
    for month in range(1, 13):
        _month(collaborative, date(2003, month, 1))
    _month(collaborative, JANUARY)
    _month(collaborative, date(2004, 2, 1))
    return organization


def _month(collaborative: object, period: date) -> None:
    Month.objects.create(
        collaborative=collaborative, period=period, due_on=date(2004, 2, 20), closes_on=date(2004, 2, 20)
    )


def counted(last: int = 1, at: datetime = AT, *, are_open: bool = False) -> list[tuple[date, int, int]]:
    return [
        (one.month.period, one.expected, one.present)
        for one in filled(Measure.objects.all(), at=at, last=last, are_open=are_open)
    ]


def since_2003(measure: Measure, start: date = date(2003, 1, 1)) -> Measure:
    measure.definitions.update(effective_from=start)
    return measure


def test_a_month_asks_each_monthly_measure_for_one_number(db: None) -> None:
    place = make_place()
    for name in ("Falls", "Wait", "Harm"):
        since_2003(make_measure(place, name))
    log(Measure.objects.get(name="Falls"), [4.0], first=JANUARY)

    assert counted() == [(JANUARY, 3, 1)]


def test_the_month_that_is_running_asks_nothing_yet(db: None) -> None:
    since_2003(make_measure(make_place()))

    assert [period for period, _, _ in counted(last=12)][-1] == JANUARY


def test_a_quarterly_measure_is_asked_when_its_quarter_ends(db: None) -> None:
    measure = since_2003(make_measure(make_place(), frequency="quarter"))
    log(measure, [4.0], first=date(2003, 10, 1))

    assert counted(last=4) == [(date(2003, 12, 1), 1, 1)]


def test_a_weekly_measure_is_asked_for_the_last_week_that_begins_in_the_month(db: None) -> None:
    measure = since_2003(make_measure(make_place(), frequency="week"))
    log(measure, [4.0, 5.0], first=date(2004, 1, 19))

    assert counted() == [(JANUARY, 1, 1)]


def test_a_weekly_measure_without_that_week_is_open(db: None) -> None:
    measure = since_2003(make_measure(make_place(), frequency="week"))
    log(measure, [4.0], first=date(2004, 1, 12))

    assert counted() == [(JANUARY, 1, 0)]


def test_a_month_before_the_first_definition_asks_nothing(db: None) -> None:
    since_2003(make_measure(make_place()), start=JANUARY)

    assert counted(last=12) == [(JANUARY, 1, 0)]


def test_a_number_of_before_a_measures_first_definition_fills_no_other_ones_place(db: None) -> None:
    place = make_place()
    since_2003(make_measure(place, "Falls"))
    log(since_2003(make_measure(place, "Wait"), start=JANUARY), [4.0], first=date(2003, 12, 1))

    assert counted(last=2) == [(date(2003, 12, 1), 1, 0), (JANUARY, 2, 0)]


def test_the_office_waits_until_the_month_closed(db: None) -> None:
    place = make_place()
    since_2003(make_measure(place), start=JANUARY)
    office, days = make_appointee(place.collaborative, "office"), (20, 21)

    seen = [[row.title for row in due(office, datetime(2004, 2, day, 12, tzinfo=UTC))] for day in days]
    assert seen == [["January 2004 closes today: 1 of 1 organizations lacks numbers"], []]


def test_a_retired_measure_is_asked_for_nothing(db: None) -> None:
    place = make_place()
    since_2003(make_measure(place, "Falls"))
    Measure.objects.filter(pk=since_2003(make_measure(place, "Wait")).pk).update(retired_at=AT)

    assert counted() == [(JANUARY, 1, 0)]


def test_a_month_outside_the_organizations_phases_asks_nothing(db: None) -> None:
    place = make_place()
    since_2003(make_measure(place))
    place.participations.get().phase.__class__.objects.update(ends_on=date(2003, 12, 15))

    assert counted(last=2) == [(date(2003, 12, 1), 1, 0)]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2003, 1, 1), JANUARY, [date(2003, 12, 1), JANUARY]),
        (date(2003, 1, 1), date(2003, 12, 31), [date(2003, 12, 1)]),
        (date(2004, 1, 31), date(2004, 12, 31), [JANUARY]),
        (date(2004, 2, 1), date(2004, 12, 31), []),
    ],
)
def test_a_phase_binds_every_month_of_which_it_has_a_day(
    db: None, starts_on: date, ends_on: date, months: list[date]
) -> None:
    place, first = make_place(), date(2003, 12, 1)
    since_2003(make_measure(place))
    place.collaborative.phases.update(starts_on=starts_on, ends_on=ends_on)

    found = asked(Measure.objects.all(), since=first, until=JANUARY).order_by("month")
    assert [period for period, _, _ in counted(last=2)] == months
    assert sorted(period for _, period in binding([place.pk], first, JANUARY)) == months
    assert list(found.values_list("month", flat=True)) == months


def test_a_collaborative_without_months_asks_nothing(db: None) -> None:
    place = make_place()
    since_2003(make_measure(place))
    place.collaborative.keeps_months = False
    place.collaborative.save()

    assert counted(last=12) == []


def test_a_month_ends_by_the_clock_of_the_organization(db: None) -> None:
    since_2003(make_measure(make_place(time_zone="America/Los_Angeles")))
    just_february_in_london = datetime(2004, 2, 1, 3, tzinfo=UTC)

    assert counted(at=just_february_in_london) == []
    assert counted(at=datetime(2004, 2, 1, 9, tzinfo=UTC)) == [(JANUARY, 1, 0)]


def test_two_definitions_of_a_measure_ask_for_one_number(db: None) -> None:
    measure = since_2003(make_measure(make_place()))
    measures.define(
        measure,
        definition={"unit": "hours"},
        effective_from=date(2003, 6, 1),
        why="Counted in hours",
        by=None,
    )

    assert counted() == [(JANUARY, 1, 0)]


def test_of_the_open_months_those_count_that_may_still_be_logged_somewhere(db: None) -> None:
    since_2003(make_measure(make_place()))
    closing_days = {10: date(2004, 2, 10), 11: date(2004, 2, 11), 12: date(2003, 12, 20)}
    for month, day in closing_days.items():
        Month.objects.filter(period=date(2003, month, 1)).update(closes_on=day, due_on=day)

    assert counted(last=4, are_open=True) == [(date(2003, 11, 1), 1, 0), (JANUARY, 1, 0)]

    Month.objects.filter(period=date(2003, 12, 1)).update(reopened_at=AT, reopened_by=make_person())

    assert counted(last=2, are_open=True) == [(date(2003, 12, 1), 1, 0), (JANUARY, 1, 0)]


@pytest.mark.parametrize(
    ("day", "frequency", "first"),
    [
        (date(2004, 2, 12), "month", JANUARY),  # January is open until the 20th
        (date(2004, 2, 24), "month", date(2004, 2, 1)),
        (date(2004, 2, 12), "quarter", date(2004, 1, 1)),  # the last quarter of 2003 closed long ago
        (date(2004, 1, 12), "quarter", date(2003, 10, 1)),
        (date(2004, 2, 12), "week", date(2004, 2, 2)),
        (date(2004, 2, 3), "week", date(2004, 1, 26)),
    ],
)
def test_a_new_measure_is_asked_for_nothing_that_is_closed(
    db: None, day: date, frequency: str, first: date
) -> None:
    at = datetime.combine(day, time(12), UTC)
    place = make_place()
    assert first_asked(place, frequency, at) == first
    since_2003(make_measure(place, frequency=frequency), start=first)
    assert not any(one.is_closed(at) for one in filled(Measure.objects.all(), at=at, last=12))


def test_each_frequency_has_its_own_line_and_sheet_on_today(db: None) -> None:
    place = make_place()
    nurse = make_member(place, "data_entry")
    for name, frequency in (("Falls", "month"), ("Wait", "week"), ("Harm", "week")):
        since_2003(make_measure(place, name, frequency=frequency), start=JANUARY)
    log(Measure.objects.get(name="Harm"), [3.0], first=date(2004, 1, 26))

    monthly, weekly = due(nurse, AT)

    assert monthly.title == "January 2004 closes in 8 days: 1 of 1 numbers is still open"
    assert weekly.title == "January 2004 closes in 8 days: 1 of 2 weekly numbers is still open"
    assert weekly.url.endswith("/sheet/?period=2004-01-26&frequency=week")
    assert (monthly.verb, weekly.verb) == ("Log the month", "Log the week")
