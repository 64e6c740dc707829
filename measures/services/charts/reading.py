"""The numbers of many series as arrays, read as a stretch of bytes a multiplier: no row becomes a Python object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from measures import periods
from measures.models import packing
from measures.services.charts import literal
from measures.services.charts.stale import StaleSeries
from measures.spc import RefusedInputError
from measures.spc.given.series import MOST_POINTS

Days = NDArray[np.int32]
Places = NDArray[np.int64]

NUMBERS = """
    SELECT string_agg(int8send(measure_id), ''), string_agg(date_send(period), ''), string_agg(float8send(shown), '')
    FROM (
        SELECT measure_id, period, COALESCE((
            CASE WHEN numerator IS NULL THEN value * %(multiplier)s
                 ELSE numerator::numeric(42, 28) / denominator * %(multiplier)s END
        )::float8, 'NaN') AS shown
        FROM measures_observation
        WHERE measure_id = ANY(%(measures)s::bigint[]){but_months}
        ORDER BY measure_id, period, ordinal
    ) AS in_order
"""
"""What `Observation.shown` says of each number, to its 28 digits; NaN where there is none.

The answer is one row, a stretch of bytes a column. It is asked for each multiplier apart, of which a site has a few,
since a join with the multipliers takes a third longer."""

BUT_MONTHS = " AND no_data NOT IN ('events', 'no_events')"
"""Of measures that are logged by event dates: a month's own row beside its events is no point. Others have none, and
are not asked for each number."""

SENT = {"measure": ">i8", "day": ">i4", "number": ">f8"}
"""The columns of the answer; a day is counted from 2000-01-01, as PostgreSQL does."""

ROW = np.dtype([("measure", "i8"), ("day", "i4"), ("number", "f8")])
"""A number of a series."""

MILLENNIUM = (date(2000, 1, 1) - packing.EPOCH).days


@dataclass(frozen=True, slots=True)
class Points:
    """Series by points: a point a period, a logged day or event; NaN where there is no number, and after its end."""

    days: Days  # since 1970-01-01; 0 after a series' end
    numbers: NDArray[np.float64]
    lengths: Days

    def of(self, places: Sequence[int]) -> "Points":
        """Those of these series alone."""
        rows = np.asarray(places)
        return Points(self.days[rows], self.numbers[rows], self.lengths[rows])


def read(stale: Sequence[StaleSeries]) -> Points:
    """Events and days stand in their order; anything else has a point for every period from the first to the last.

    Raises RefusedInputError for a series with more points than the engine takes.
    """
    rows = _rows(stale)
    series = _places_of(rows, stale)
    days, numbers = rows["day"] + np.int32(MILLENNIUM), rows["number"]
    calendar = _Calendar.of(stale, series, days)
    places = calendar.places(series, days)
    width = max(1, int(calendar.lengths.max(initial=0)))
    if width > MOST_POINTS:
        raise RefusedInputError("too_many_points", points=width, most=MOST_POINTS)
    shape = (len(stale), width)
    points = Points(calendar.days(width), np.full(shape, np.nan), calendar.lengths)
    there = places >= 0
    at = series[there], places[there]
    points.numbers[at], points.days[at] = numbers[there], days[there]
    return points


def _rows(stale: Sequence[StaleSeries]) -> NDArray[Any]:
    """Every number of these series, in their order."""
    return np.concatenate(
        [
            _rows_times(multiplier, [one.pk for one in those], is_dated=is_dated)
            for (multiplier, is_dated), those in groupby(stale, key=attrgetter("multiplier", "is_dated"))
        ]
    )


def _rows_times(multiplier: Decimal, measures: list[int], *, is_dated: bool) -> NDArray[Any]:
    """Every number of these measures, which share a multiplier, in the order of their keys."""
    statement = NUMBERS.format(but_months=BUT_MONTHS if is_dated else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, {"multiplier": multiplier, "measures": literal.numbers(measures)})
        answer = [
            np.frombuffer(stretch or b"", kind)
            for stretch, kind in zip(cursor.fetchone(), SENT.values(), strict=True)
        ]
    rows = np.empty(len(answer[0]), ROW)
    for name, column in zip(SENT, answer, strict=True):
        rows[name] = column
    return rows


def _places_of(rows: NDArray[Any], stale: Sequence[StaleSeries]) -> Places:
    """Of each row, the place of its series in `stale`; rows and series are in the same order."""
    measures = rows["measure"]
    is_first = np.diff(measures, prepend=0) != 0
    (with_rows,) = np.isin([one.pk for one in stale], measures[is_first]).nonzero()
    places: Places = with_rows[is_first.cumsum() - 1]
    return places


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Where each number of each series stands, counted from the series' first. One item a series, `starts` too."""

    first: Days
    lengths: Days
    starts: Places  # of each series in the rows
    steps: Days  # months from a period to the next; 0: weeks
    is_regular: NDArray[np.bool_]  # a point for every period; else a point for every number

    @classmethod
    def of(cls, stale: Sequence[StaleSeries], series: Places, days: Days) -> "_Calendar":
        counts = np.bincount(series, minlength=len(stale))
        starts = np.cumsum(counts) - counts
        has_numbers = counts > 0
        first, last = np.zeros((2, len(stale)), np.int32)
        first[has_numbers] = days[starts[has_numbers]]
        last[has_numbers] = days[(starts + counts - 1)[has_numbers]]
        is_regular = np.array([not one.has_gaps for one in stale]) & has_numbers
        is_regular[series[1:][(series[1:] == series[:-1]) & (days[1:] == days[:-1])]] = False
        steps = np.array([periods.MONTHS_IN.get(one.frequency, 0) for one in stale], np.int32)
        lengths = np.where(is_regular, _periods_between(first, last, steps) + 1, counts)
        return cls(first, lengths.astype(np.int32), starts, steps, is_regular)

    def places(self, series: Places, days: Days) -> Places:
        """The place of each number in its series; -1 for a period that its frequency does not have."""
        first, steps = self.first[series], self.steps[series]
        places = _periods_between(first, days, steps)
        is_there = np.where(steps > 0, _begins_period(first, days, steps), (days - first) % 7 == 0)
        in_order = np.arange(len(series)) - self.starts[series]
        return np.where(self.is_regular[series], np.where(is_there | (days == first), places, -1), in_order)

    def days(self, width: int) -> Days:
        """The periods of regular series, series by points; 0 after a series' end and for the others."""
        at = np.arange(width)
        months = _months(self.first)[:, None] + at * self.steps[:, None]
        by_month = months.astype("M8[M]").astype("M8[D]").astype(np.int32)
        days = np.where(self.steps[:, None] > 0, by_month, self.first[:, None] + 7 * at)
        days[:, 0] = self.first
        known = self.is_regular[:, None] & (at < self.lengths[:, None])
        return np.where(known, days, 0).astype(np.int32)


def _months(days: Days) -> Places:
    """Whole months since January 1970."""
    return days.astype("M8[D]").astype("M8[M]").astype(np.int64)


def _periods_between(first: Days, last: Days, steps: Days) -> Places:
    """How many periods begin after the first, up to the last."""
    return np.where(steps > 0, (_months(last) - _months(first)) // np.maximum(steps, 1), (last - first) // 7)


def _begins_period(first: Days, days: Days, steps: Days) -> NDArray[np.bool_]:
    """Whether a month or quarter begins on these days, counted from the month of the first."""
    months = _months(days)
    begins_month: NDArray[np.bool_] = months.astype("M8[M]").astype("M8[D]").astype(np.int32) == days
    begins_month &= (months - _months(first)) % np.maximum(steps, 1) == 0
    return begins_month
