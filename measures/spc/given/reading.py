"""From what callers give to one checked `SeriesSet`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike

from measures.spc.given.refused import RefusedInputError
from measures.spc.given.series import (
    Matrix,
    PerSeries,
    SeriesSet,
    divide,
    per_series_better,
    per_series_numbers,
    per_series_rules,
    read_lengths,
    read_numbers,
)
from measures.spc.given.stretches import base_ends, read_exclusions, split_parts
from measures.spc.result import Chart, RuleSet


class Options(TypedDict, total=False):
    """What a chart may be told beside its numbers. `PerSeries` is one value for all series or one each.

    chart
        The kind; there is one.
    rules : RuleSet
    periods : sequence
        Names of the points in time order; only checked, for number and order.
    freeze : int
        Points in the baseline, counted from the start of the series; it holds in the part it falls in.
    splits : whole numbers in rising order
        Where parts end: 24 ends a part after point 24. Each part has its own centre line and rules.
    exclude : positions, counted from 0
        Points shown but used for neither the centre line nor the rules.
    centre, target : float
        In the unit shown, after the multiplier. `centre` replaces the median in all parts.
    multiplier : float above 0
        1 where it is left out.
    better : "up", "down" or None
    subgroup_sizes, subgroup_sds, screen_moving_ranges
        For control charts: a run chart refuses the first two and has no use for the third.
    """

    chart: Chart
    rules: PerSeries
    periods: Sequence[Any] | None
    freeze: PerSeries
    splits: PerSeries
    exclude: PerSeries
    centre: PerSeries
    multiplier: PerSeries
    target: PerSeries
    better: PerSeries
    subgroup_sizes: Any
    subgroup_sds: Any
    screen_moving_ranges: bool


def read_series(
    matrix: ArrayLike,
    denominators: ArrayLike | None,
    lengths: ArrayLike | None,
    **options: Unpack[Options],
) -> SeriesSet:
    """Everything that `analyse_many` is given, checked; raises RefusedInputError."""
    _check_chart(options)
    series_lengths, raw = read_lengths(lengths, _read_values(matrix, denominators))
    count, points = raw.shape
    _check_periods(options.get("periods"), points)
    starts, ends, part_counts = split_parts(options.get("splits", ()), series_lengths)
    return SeriesSet(
        raw=raw,
        lengths=series_lengths,
        starts=starts,
        ends=ends,
        base_ends=base_ends(options.get("freeze"), starts, ends, series_lengths),
        part_counts=part_counts,
        excluded=read_exclusions(options.get("exclude", ()), series_lengths, points),
        centre=per_series_numbers(options.get("centre"), count, "centre"),
        multiplier=_read_multipliers(options.get("multiplier", 1), count),
        target=per_series_numbers(options.get("target"), count, "target"),
        better=per_series_better(options.get("better"), count),
        rules=per_series_rules(options.get("rules", RuleSet.ANHOEJ), count),
    )


def _read_values(matrix: ArrayLike, denominators: ArrayLike | None) -> Matrix:
    raw = read_numbers(matrix, name="values")
    return raw if denominators is None else divide(raw, read_numbers(denominators, name="denominators"))


def _read_multipliers(multiplier: PerSeries, count: int) -> Matrix:
    multipliers = per_series_numbers(multiplier, count, "multiplier")
    if not (multipliers > 0).all():
        raise RefusedInputError("multiplier")
    return multipliers


def _check_chart(options: Options) -> None:
    """No unknown chart, and nothing that a run chart has no use for."""
    chart = options.get("chart", Chart.RUN)
    try:
        Chart(chart)
    except ValueError:
        raise RefusedInputError("unknown_chart", chart=chart, known=", ".join(Chart)) from None
    if options.get("subgroup_sizes") is not None or options.get("subgroup_sds") is not None:
        raise RefusedInputError("subgroups")


def _check_periods(periods: Sequence[Any] | None, points: int) -> None:
    """One period a point, each later than the one before it."""
    if periods is None:
        return
    if len(periods) != points:
        raise RefusedInputError("periods_count", periods=len(periods), points=points)
    for earlier, later in pairwise(np.asarray(periods).tolist()):
        if not earlier < later:
            raise RefusedInputError("periods_unordered")
