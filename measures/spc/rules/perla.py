"""Trends: points all going up or all going down, repeats ignored.

Arrays are points by series, as in `runs`: a trend is a run of steps of one sign, a repeat is a step of
nothing, and a missing or excluded point is stepped over.

References
----------
Perla RJ, Provost LP, Murray SK. The run chart: a simple analytical tool for learning from variation in
healthcare processes. BMJ Quality & Safety 2011;20:46-51. doi:10.1136/bmjqs.2009.037895
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.spc.rules.limits import PERLA_TREND, Counts
from measures.spc.rules.runs import Flags, Runs, count_runs, find_long_runs


@dataclass(frozen=True)
class Trends:
    """Trends of each series: `longest` in points, `rising` and `falling` their points (points by series).

    A turning point belongs to both the trend that ends and the one that begins in it.
    """

    longest: Counts
    rising: Flags
    falling: Flags


def find_trends(values: NDArray[np.float64]) -> Trends:
    """Trends of five points or more; `values` points by series, NaN where a point is not to be looked at.

    >>> trends = find_trends(np.array([[3, 1, 2, 2, 3, np.nan, 4, 6, 0]], float).T)
    >>> trends.longest.tolist(), trends.rising[:, 0].nonzero()[0].tolist()
    ([5], [1, 2, 3, 4, 6, 7])
    """
    present = ~np.isnan(values)
    steps = _carried_forward(values, present)
    up, down = np.zeros(values.shape, np.bool_), np.zeros(values.shape, np.bool_)
    np.greater(steps[1:], steps[:-1], out=up[1:])
    np.less(steps[1:], steps[:-1], out=down[1:])
    runs = count_runs(up, down)
    rising, falling = np.zeros_like(up), np.zeros_like(up)
    (found,) = np.nonzero(runs.longest >= PERLA_TREND - 1)
    if found.size:
        rising[:, found], falling[:, found] = _points(up, down, runs, found, present)
    return Trends(np.where(runs.longest > 0, runs.longest + 1, 0).astype(np.int32), rising, falling)


def _carried_forward(values: NDArray[np.float64], present: Flags) -> NDArray[np.float64]:
    """Each gap filled with the last value before it, so that a step over a gap is one step."""
    if present.all():
        return values
    filled = values.copy()
    for now in range(1, len(filled)):
        np.copyto(filled[now], filled[now - 1], where=~present[now])
    return filled


def _points(
    up: Flags, down: Flags, runs: Runs, found: NDArray[np.intp], present: Flags
) -> tuple[Flags, Flags]:
    """The points the long runs of steps lead through, the one they start from included."""
    up, down, present = up[:, found], down[:, found], present[:, found]
    limit = np.full(found.size, PERLA_TREND - 2, np.int32)
    long = find_long_runs(up, down, runs.of(found), limit)
    return present & (long.above | long.reach_above), present & (long.below | long.reach_below)
