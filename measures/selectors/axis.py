"""Where points stand: a series' numbers by period or event, and one time axis for the sparklines of a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Protocol, Self, TypeVar

from measures import periods
from measures.models import Measure, Observation
from measures.selectors.readings import Spark

TWO_YEARS = {periods.WEEK: 104, periods.MONTH: 24, periods.QUARTER: 8}
"""What the width stands for where frequencies are mixed, in periods of each."""


class RowWithSpark(Protocol):
    """A row of a list, a frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def spark(self) -> Spark | None: ...


Row = TypeVar("Row", bound=RowWithSpark)


@dataclass(frozen=True, slots=True)
class Axis:
    """One stretch of time for all sparklines of a list: where it ends, and how much of it the width stands for.

    It ends with the newest period of the list. Of another frequency the last period stands there that was over by
    then, so that a month lacks nothing because a week of the next one is known. Where all have one frequency, a width
    is what each spans, 24 of its periods; where frequencies are mixed, it is two years for all: 24 months, 104 weeks,
    8 quarters. Events and days stand in their order, one beside the other, and have no axis.
    """

    ends: Mapping[str, date]  # by frequency: the last period
    is_mixed: bool = False

    @classmethod
    def of(cls, sparks: Iterable[Spark]) -> Self:
        """The axis that these sparklines share."""
        newest: dict[str, date] = {}
        for spark in sparks:
            if spark.ends_on:
                newest[spark.frequency] = max(spark.ends_on, newest.get(spark.frequency, spark.ends_on))
        if len(newest) < 2:
            return cls(newest)
        after = max(periods.following(period, frequency) for frequency, period in newest.items())
        return cls({frequency: periods.latest_complete(after, frequency) for frequency in newest}, True)

    def placed(self, spark: Spark) -> Spark:
        """The sparkline where its periods stand on this axis; what lies outside it is not drawn."""
        if spark.ends_on is None or spark.frequency not in self.ends:
            return spark
        span = TWO_YEARS[spark.frequency] if self.is_mixed and spark.span else spark.span
        behind = _steps(spark.ends_on, self.ends[spark.frequency], spark.frequency)
        if not behind and span == spark.span and not 0 < span < len(spark.values):
            return spark
        end = max(len(spark.values) + min(behind, 0), 0)
        behind = max(behind, 0)
        cut = min(max(end + behind - span, 0), end) if span else 0
        return replace(
            spark,
            values=spark.values[cut:end],
            centre=spark.centre[cut:end],
            band=_within(spark.band, cut, end),
            behind=min(behind, span or behind),
            span=span,
        )


def on_one_axis(sparks: Sequence[Spark]) -> list[Spark]:
    """The same sparklines on the axis that they share."""
    axis = Axis.of(sparks)
    return [axis.placed(spark) for spark in sparks]


def rows_on_one_axis(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a list, their sparklines on one axis; a row may have none."""
    axis = Axis.of(row.spark for row in rows if row.spark)
    return tuple(replace(row, spark=axis.placed(row.spark)) if row.spark else row for row in rows)


def _steps(first: date, last: date, frequency: str) -> int:
    """How many periods later the last is; negative where it is earlier."""
    if first > last:
        return -_steps(last, first, frequency)
    return len(periods.between(first, last, frequency)) - 1


def _within(band: tuple[int, int] | None, cut: int, end: int) -> tuple[int, int] | None:
    """What of a band is left between two positions, counted from the first."""
    if band is None or band[1] < cut or band[0] >= end:
        return None
    return max(0, band[0] - cut), min(band[1], end - 1) - cut


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
