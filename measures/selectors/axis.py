"""Where points stand: a series' numbers by period or event, and one time axis for the sparklines of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from measures import periods
from measures.models import Measure, Observation
from measures.selectors.readings import Spark


def on_one_axis(sparks: Sequence[Spark]) -> list[Spark]:
    """The same sparklines; one whose numbers end before those of others of its frequency ends before the right edge.

    Weeks have an axis of weeks, months one of months. What lies before the axis is not drawn.
    """
    newest = newest_of(sparks)
    return [placed(spark, newest) for spark in sparks]


def newest_of(sparks: Iterable[Spark]) -> dict[str, date]:
    """The last period of each frequency."""
    found: dict[str, date] = {}
    for spark in sparks:
        if spark.ends_on:
            found[spark.frequency] = max(spark.ends_on, found.get(spark.frequency, spark.ends_on))
    return found


def placed(spark: Spark, newest: dict[str, date]) -> Spark:
    """The sparkline where its periods stand on an axis that ends there."""
    if spark.ends_on is None or spark.ends_on == newest[spark.frequency]:
        return spark
    behind = len(periods.between(spark.ends_on, newest[spark.frequency], spark.frequency)) - 1
    cut = min(max(len(spark.values) + behind - spark.span, 0), len(spark.values)) if spark.span else 0
    band = spark.band
    if band:
        band = (max(0, band[0] - cut), band[1] - cut) if band[1] >= cut else None
    return replace(
        spark,
        values=spark.values[cut:],
        centre=spark.centre[cut:],
        band=band,
        behind=min(behind, spark.span or behind),
    )


PlacedSeries = tuple[tuple[date, ...], tuple[float | None, ...]]
"""The days of points, and their values."""


def by_period(measure: Measure, series: Sequence[Observation]) -> PlacedSeries:
    """A point for every period from the first to the last."""
    numbers = {row.period: row.shown(measure.words) for row in series}
    known = every_period(numbers, measure.words.frequency)
    return known, tuple(None if (number := numbers.get(p)) is None else float(number) for p in known)


def by_number(measure: Measure, series: Sequence[Observation]) -> PlacedSeries:
    """A point for every event or day with a number, in order, and for every number of a whole period between events."""
    rows = [row for row in series if row.is_point]
    shown = (row.shown(measure.words) for row in rows)
    values = tuple(None if number is None else float(number) for number in shown)
    return tuple(row.period for row in rows), values


def every_period(known: Iterable[date], frequency: str) -> tuple[date, ...]:
    """All periods from the first known one to the last."""
    ordered = sorted(known)
    return periods.between(ordered[0], ordered[-1], frequency) if ordered else ()
