"""Charts of events: points in their order, named by their days, whichever stand on one day or far apart."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from measures import periods
from measures.exchange.entries import Entry
from measures.figures.axes import month_ticks
from measures.figures.hover import hover_lines
from measures.figures.labels import end_labels
from measures.figures.sheet import sheet_for
from measures.models import ChartSnapshot, Measure, NoData, Observation, packing
from measures.selectors.axis import on_one_axis
from measures.selectors.charts import live_spark, spark, with_charts
from measures.selectors.readings import Reading
from measures.services import charts
from measures.services.entry import observations
from measures.services.entry.observations import Cell
from tests.actors import Cast
from tests.measures.drawn import LIGHT, reading
from tests.measures.series import make_measure

NOVEMBER, MARCH = date(2025, 11, 1), date(2026, 3, 1)
DAYS = [date(2025, 11, 28), date(2025, 11, 28), date(2026, 3, 3), date(2026, 3, 17), date(2026, 4, 1)]


def events(days: list[date], **changes: Any) -> Reading:
    """A reading of these events, the first without days since one before."""
    values = [None, *(float((after - before).days) for before, after in itertools.pairwise(days))]
    base = reading(values, decimals=0, **changes)
    points = [
        replace(point, period=day, is_event=True, no_data_reason="" if number else "first event")
        for number, (point, day) in enumerate(zip(base.points, days, strict=True))
    ]
    return replace(base, points=tuple(points))


def test_the_first_event_of_a_month_bears_its_name_and_that_of_a_year_the_year() -> None:
    ticks = month_ticks(events(DAYS).points, "month", 60)
    assert [(tick.position, tick.name, tick.year) for tick in ticks] == [
        (0, "Nov", "2025"), (2, "Mar", "2026"), (4, "Apr", ""),
    ]  # fmt: skip


def test_names_that_would_touch_are_left_out() -> None:
    many = [date(2026, 1, 5) + timedelta(days=20 * step) for step in range(30)]
    ticks = month_ticks(events(many).points, "month", 12)
    gaps = [after.position - before.position for before, after in itertools.pairwise(ticks)]
    assert min(gaps) * 12 >= 32


def test_a_point_says_its_day_its_days_and_the_event_before() -> None:
    lines = hover_lines(events(DAYS).points, "month", 0)
    assert [line[:3] for line in lines[:3]] == [
        ("28 November 2025", "first event", ""),
        ("28 November 2025", "0", "days since the event of 28 November 2025"),
        ("3 March 2026", "95", "days since the event of 28 November 2025"),
    ]
    assert lines[0][4] == ""


def test_the_newest_value_is_not_run_together_with_its_day() -> None:
    assert end_labels(events(DAYS), LIGHT, is_narrow=False)[0].text == "15 (1 Apr)"


def test_another_day_stands_between_its_events_by_its_share_of_the_time() -> None:
    sheet = sheet_for(events(DAYS), theme="light", width=800, height=300)
    assert sheet.at(date(2026, 3, 10)) == pytest.approx(2.5)
    assert sheet.at(date(2026, 3, 17)) == 3
    assert (sheet.at(date(2025, 1, 1)), sheet.at(date(2026, 9, 1))) == sheet.span


@pytest.fixture
def codes(cast: Cast) -> Measure:
    measure = make_measure(cast.own, "Codes", shape="time_between", unit="days", decimals=0)
    for month, days in ((NOVEMBER, (1, 28, 28)), (date(2025, 12, 1), ()), (MARCH, (3,))):
        key = NoData.EVENTS if days else NoData.NO_EVENTS
        dates = tuple(month.replace(day=day) for day in days)
        observations.record_many([Cell(measure.pk, month, Entry(no_data=key), days=dates)], by=None)
    return measure


@pytest.mark.django_db
def test_the_snapshot_has_a_point_an_event_and_none_for_a_months_own_row(codes: Measure) -> None:
    charts.refresh_stale()
    snapshot = ChartSnapshot.objects.get(measure=codes)
    assert packing.unpack_dates(snapshot.periods) == (NOVEMBER, DAYS[0], DAYS[0], DAYS[2])
    assert packing.unpack_numbers(snapshot.numbers) == (None, 27.0, 0.0, 95.0)
    assert (snapshot.newest, snapshot.newest_period) == (95.0, DAYS[2])


@pytest.mark.django_db
def test_a_sparkline_has_a_point_an_event_whether_its_chart_has_followed_or_not(codes: Measure) -> None:
    measure = with_charts(Measure.objects).get(pk=codes.pk)
    series = list(Observation.objects.filter(measure=codes))
    before = live_spark(measure, series)
    charts.refresh_stale()
    after = spark(with_charts(Measure.objects).get(pk=codes.pk))
    assert before.values == after.values == (None, 27.0, 0.0, 95.0)
    monthly = replace(after, ends_on=periods.following(MARCH, "month", 6))
    assert on_one_axis([after, monthly])[0] == after
