"""From what callers give to one checked `SeriesSet`."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from measures.spc.given.series import (
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
from measures.spc.result import Chart


def read_series(
    matrix: ArrayLike,
    denominators: ArrayLike | None,
    lengths: ArrayLike | None,
    *,
    rules: PerSeries,
    freeze: PerSeries,
    splits: PerSeries,
    exclude: PerSeries,
    centre: PerSeries,
    multiplier: PerSeries,
    target: PerSeries,
    better: PerSeries,
) -> SeriesSet:
    """Everything `analyse_many` is given, checked. Raises ValueError with the cure in its sentence."""
    raw = read_numbers(matrix, name="values")
    if denominators is not None:
        raw = divide(raw, read_numbers(denominators, name="denominators"))
    series_lengths, raw = read_lengths(lengths, raw)
    count = len(raw)
    multipliers = per_series_numbers(multiplier, count, "multiplier")
    if not (multipliers > 0).all():
        raise ValueError("A multiplier is not above zero: give 1, 100, 1000 or the like.")
    starts, ends, part_counts = split_parts(splits, series_lengths)
    return SeriesSet(
        raw=raw,
        lengths=series_lengths,
        starts=starts,
        ends=ends,
        base_ends=base_ends(freeze, starts, ends, series_lengths),
        part_counts=part_counts,
        excluded=read_exclusions(exclude, series_lengths, raw.shape[1]),
        centre=per_series_numbers(centre, count, "centre"),
        multiplier=multipliers,
        target=per_series_numbers(target, count, "target"),
        better=per_series_better(better, count),
        rules=per_series_rules(rules, count),
    )


def check_chart(chart: Chart, subgroup_sizes: Any, subgroup_sds: Any) -> None:
    """Raises ValueError for an unknown chart, and for what a run chart has no use for."""
    try:
        Chart(chart)
    except ValueError:
        raise ValueError(f"Unknown chart {chart!r}: give one of {', '.join(Chart)}.") from None
    if subgroup_sizes is not None or subgroup_sds is not None:
        raise ValueError("A run chart takes no subgroup sizes or deviations: leave them out.")


def check_periods(periods: Sequence[Any] | None, points: int) -> None:
    """Raises ValueError unless there is one period a point, each later than the one before it."""
    if periods is None:
        return
    if len(periods) != points:
        raise ValueError(f"{len(periods)} periods for {points} points: give one for each point.")
    for earlier, later in pairwise(np.asarray(periods).tolist()):
        if not earlier < later:
            raise ValueError(
                "The periods are not in time order: sort the points and merge those of one period."
            )
