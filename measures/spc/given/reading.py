"""From what callers give to one checked `SeriesSet`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

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


def read_series(
    matrix: ArrayLike,
    denominators: ArrayLike | None,
    lengths: ArrayLike | None,
    *,
    chart: Chart = Chart.RUN,
    rules: PerSeries = RuleSet.ANHOEJ,
    periods: Sequence[Any] | None = None,
    freeze: PerSeries = None,
    splits: PerSeries = (),
    exclude: PerSeries = (),
    centre: PerSeries = None,
    multiplier: PerSeries = 1,
    target: PerSeries = None,
    better: PerSeries = None,
    subgroup_sizes: Any = None,
    subgroup_sds: Any = None,
    screen_moving_ranges: bool = True,
) -> SeriesSet:
    """Everything that `analyse_many` is given, checked; raises RefusedInputError."""
    _check_chart(chart, subgroup_sizes, subgroup_sds)
    series_lengths, raw = read_lengths(lengths, _read_values(matrix, denominators))
    count, points = raw.shape
    _check_periods(periods, points)
    starts, ends, part_counts = split_parts(splits, series_lengths)
    return SeriesSet(
        raw=raw,
        lengths=series_lengths,
        starts=starts,
        ends=ends,
        base_ends=base_ends(freeze, starts, ends, series_lengths),
        part_counts=part_counts,
        excluded=read_exclusions(exclude, series_lengths, points),
        centre=per_series_numbers(centre, count, "centre"),
        multiplier=_read_multipliers(multiplier, count),
        target=per_series_numbers(target, count, "target"),
        better=per_series_better(better, count),
        rules=per_series_rules(rules, count),
    )


def _read_values(matrix: ArrayLike, denominators: ArrayLike | None) -> Matrix:
    raw = read_numbers(matrix, name="values")
    return raw if denominators is None else divide(raw, read_numbers(denominators, name="denominators"))


def _read_multipliers(multiplier: PerSeries, count: int) -> Matrix:
    multipliers = per_series_numbers(multiplier, count, "multiplier")
    if not (multipliers > 0).all():
        raise RefusedInputError("multiplier")
    return multipliers


def _check_chart(chart: Chart, subgroup_sizes: Any, subgroup_sds: Any) -> None:
    """No unknown chart, and nothing that a run chart has no use for."""
    try:
        Chart(chart)
    except ValueError:
        raise RefusedInputError("unknown_chart", chart=chart, known=", ".join(Chart)) from None
    if subgroup_sizes is not None or subgroup_sds is not None:
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
