"""The axes of the run chart: where values start, and how periods are named."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.figures.axes import month_ticks, value_axis
from p2.words.wording import each_rounded, rounded
from tests.measures.drawn import reading, with_points


@pytest.mark.parametrize(
    ("values", "decimals", "ticks"),
    [
        ([2.95, 1.50], 2, (0, 1, 2, 3)),
        ([44.0, 61.0], 0, (0, 20, 40, 60)),
        ([3240.0, 2845.0], 0, (0, 1000, 2000, 3000)),
        ([0.0, 0.0], 0, (0, 1, 2)),
    ],
)
def test_rates_counts_and_means_start_at_zero(
    values: list[float | None], decimals: int, ticks: tuple[float, ...]
) -> None:
    assert value_axis(reading(values, decimals=decimals)).ticks == ticks


def test_a_proportion_near_100_may_have_a_cut_axis() -> None:
    near = with_points(reading([93.0, 99.0], is_proportion=True, unit="%", decimals=0))
    near = replace(near, points=tuple(replace(point, centre=96.0) for point in near.points))
    assert value_axis(near).ticks == (92, 94, 96, 98, 100)


def test_a_proportion_that_fell_under_half_starts_at_zero() -> None:
    assert value_axis(reading([93.0, 49.0], is_proportion=True, unit="%", decimals=0)).low == 0


def test_negative_values_have_room_below_zero() -> None:
    axis = value_axis(reading([-3.0, 4.0], decimals=0))
    assert axis.low <= -3
    assert 0 in axis.ticks


def test_months_are_named_each_quarter_with_the_year_under_january() -> None:
    ticks = month_ticks(reading([1.0] * 24).points, "month", 36)
    assert [(tick.name, tick.year) for tick in ticks] == [
        ("Feb", "2002"), ("Apr", ""), ("Jul", ""), ("Oct", ""), ("Jan", "2003"),
        ("Apr", ""), ("Jul", ""), ("Oct", ""), ("Jan", "2004"),
    ]  # fmt: skip


def test_the_first_month_is_not_named_when_closer_than_32_px_to_the_next() -> None:
    first, second = month_ticks(reading([1.0] * 12).points, "month", 15.9)[:2]
    assert (first.name, first.year, second.name) == ("", "2002", "Apr")


def test_forty_years_of_months_are_named_by_their_years() -> None:
    ticks = month_ticks(reading([1.0] * 500).points, "month", 1.6)
    assert {tick.name for tick in ticks} == {""}
    assert [tick.year for tick in ticks][:3] == ["2005", "2010", "2015"]


def test_weeks_are_named_by_the_month_of_their_thursday() -> None:
    weeks = reading([1.0] * 8)
    start = date(2003, 12, 29)
    points = tuple(replace(point, period=start + timedelta(weeks=i)) for i, point in enumerate(weeks.points))
    ticks = month_ticks(points, "week", 20)
    assert [(tick.position, tick.name, tick.year) for tick in ticks] == [(0, "Jan", "2004"), (5, "Feb", "")]


def test_quarters_are_named_as_quarters() -> None:
    quarters = [date(2003, 4, 1), date(2003, 7, 1), date(2003, 10, 1), date(2004, 1, 1)]
    points = tuple(
        replace(point, period=period)
        for point, period in zip(reading([1.0] * 4).points, quarters, strict=True)
    )
    names = [(tick.name, tick.year) for tick in month_ticks(points, "quarter", 60)]
    assert names == [("Q2", "2003"), ("Q3", ""), ("Q4", ""), ("Q1", "2004")]


@example([-0.0, 0.0], 1)
@given(st.lists(st.floats(-2e6, 2e6)), st.integers(0, 6))
def test_many_values_are_rounded_as_each_of_them(values: list[float], decimals: int) -> None:
    halves = [round(value) / 2 / 10**decimals for value in values]
    for each in (values, halves):
        assert each_rounded(each, decimals) == [rounded(value, decimals) for value in each]
