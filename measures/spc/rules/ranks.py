"""Whether the latest points rank above or below those before them, for many series at once: a scan by mid-ranks.

It asks for no line to lie above or below, so that it judges where the run rules cannot. All arrays here are points by
series; a missing point is NaN and is stepped over.

References
----------
Pettitt AN. A non-parametric approach to the change-point problem. Applied Statistics 1979;28:126-135.
Lehmann EL. Nonparametrics: statistical methods based on ranks. Holden-Day 1975 (mid-ranks, the variance with ties).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.spc.rules.limits import Counts
from measures.spc.rules.runs import Flags

Matrix = NDArray[np.float64]
LEAST = 5
"""Points that the latest and the earlier stretch have at least."""
UNLIKE = 5
"""Points unlike the commonest value that a series needs: with fewer, where they fall is chance."""
PAIRED_UP_TO = 250
"""Points up to which all pairs are compared, which is then cheaper than sorting."""

LENGTHS = (10, 11, 12, 13, 14, 16, 18, 20, 24, 30, 36, 48, 60, 90, 120, 240, 480)
CRITICAL = (
    2.20,
    2.20,
    2.36,
    2.43,
    2.47,
    2.60,
    2.63,
    2.70,
    2.76,
    2.88,
    3.01,
    3.08,
    3.13,
    3.20,
    3.25,
    3.37,
    3.46,
)
"""What the largest deviate of a stable series exceeds in 3 of 100 up to 24 points, where the run rules leave more room,
and in 2 of 100 from 36 on, by number of points: `python -m benchmarks verdicts` draws them anew."""
CRITICAL_ALONE = (
    2.20,
    2.20,
    2.25,
    2.35,
    2.46,
    2.49,
    2.58,
    2.58,
    2.67,
    2.75,
    2.80,
    2.87,
    2.92,
    2.99,
    3.04,
    3.15,
    3.24,
)
"""The same in 4 of 100, for series that the ranks alone judge."""


@dataclass(frozen=True)
class Latest:
    """The latest stretch that ranks unlike what was before: its first point (-1: there is none) and its side."""

    first: Counts
    side: NDArray[np.int8]


def critical(points: Counts, *, table: tuple[float, ...] = CRITICAL) -> Matrix:
    """The deviate that a scan of so many points must exceed, between the lengths of the table along their logarithm.

    >>> critical(np.array([10, 24, 27, 9000])).round(3).tolist()
    [2.2, 2.76, 2.823, 3.46]
    """
    return np.asarray(np.interp(np.log(np.maximum(points, 1)), np.log(LENGTHS), table))


def scan_ranks(values: Matrix, from_point: Counts, alone: Flags) -> Latest:
    """Where each series' latest stretch begins, if it ranks higher or lower than the points before it.

    The points are cut in two at every place from `from_point` on (0 for all places) that leaves `LEAST` points on both
    sides. The sum of the mid-ranks before a cut, less what chance expects, is divided by its standard deviation under
    permutation; the place of the largest deviate counts if that exceeds `critical`, and if the newest `LEAST` points
    still lie on the side that the stretch claims. `alone` are series that no other rule judges.

    >>> rare = np.array([[4, 5, 3, 6, 4, 5, 4, 3, 5, 4, *[0] * 14], [1, 0] * 12], float).T
    >>> scan_ranks(rare, np.zeros(2, np.int32), np.zeros(2, bool))
    Latest(first=array([10, -1], dtype=int32), side=array([-1,  0], dtype=int8))
    """
    cuts = _Cuts.of(values, from_point)
    at, series = cuts.deviates.argmax(axis=0), np.arange(values.shape[1])
    limit = np.where(alone, critical(cuts.points, table=CRITICAL_ALONE), critical(cuts.points))
    found = cuts.deviates[at, series] > limit
    found &= cuts.squares >= _least_squares(cuts.points)
    side = -np.sign(cuts.sums[at, series])
    newest = (cuts.scores * (cuts.points - cuts.before < LEAST)).sum(axis=0, dtype=np.int32)
    found &= side * newest > 0
    first = np.where(found, _next_there(~np.isnan(values), at), -1)
    return Latest(first.astype(np.int32), np.where(found, side, 0).astype(np.int8))


def largest_deviates(values: Matrix) -> Matrix:
    """The largest deviate of each series, over all cuts."""
    return np.asarray(_Cuts.of(values, np.zeros(values.shape[1], np.int32)).deviates.max(axis=0))


def side_of_cut(before: Sequence[float], since: Sequence[float]) -> int:
    """Whether the numbers since a cut rank higher (1) or lower (-1) than those before it; 0 where chance explains it.

    Who cuts has looked, so the deviate must exceed what the best of all cuts of a stable series does.

    >>> side_of_cut([4, 5, 3, 6, 4, 5, 4, 3, 5, 4], [1, 2, 1, 2, 3, 1, 2, 1, 2, 1])
    -1
    >>> side_of_cut([4, 5, 3, 6, 4, 5, 4, 3, 5, 4], [4, 5, 3, 3, 4, 5, 4, 3, 5, 4])
    0
    """
    cuts = _Cuts.of(np.array([[*before, *since]], np.float64).T, np.zeros(1, np.int32))
    at = len(before) - 1
    is_told = cuts.deviates[at] > critical(cuts.points)
    is_told &= cuts.squares >= _least_squares(cuts.points)
    return -int(np.sign(cuts.sums[at, 0])) if is_told[0] else 0


@dataclass(frozen=True)
class _Cuts:
    """Every place at which series may be cut: the points up to it, the sum of their scores, its deviate."""

    points: Counts
    before: Counts
    scores: NDArray[np.int16 | np.int32]
    sums: Counts
    squares: Matrix
    deviates: Matrix  # 0 where no cut is allowed

    @classmethod
    def of(cls, values: Matrix, from_point: Counts) -> "_Cuts":
        there, at = ~np.isnan(values), np.arange(1, len(values) + 1, dtype=np.int32)[:, None]
        points = there.sum(axis=0, dtype=np.int32)
        before = np.cumsum(there, axis=0, dtype=np.int32) if (points < len(values)).any() else at
        after = points - before
        allowed = (before >= LEAST) & (after >= LEAST) & (at >= from_point)
        scores = mid_ranks(values)
        sums = np.cumsum(scores, axis=0, dtype=np.int32)
        squares = np.einsum("ij,ij->j", scores, scores, dtype=np.float64)
        spread = np.where(allowed, before.astype(np.float32) * after, np.inf)
        scale = np.sqrt(points * (points - 1.0) / np.where(squares > 0, squares, np.inf))
        return cls(points, before, scores, sums, squares, np.abs(sums) / np.sqrt(spread) * scale)


def _next_there(there: Flags, at: NDArray[np.intp]) -> NDArray[np.intp]:
    """The first point with a number behind a place."""
    return np.asarray((there & (np.arange(len(there))[:, None] > at)).argmax(axis=0))


def _least_squares(points: Counts) -> Matrix:
    """The sum of squared scores where all but `UNLIKE` points are equal, and those too."""
    n, equal = points.astype(np.float64), np.maximum(points - UNLIKE, 0).astype(np.float64)
    cubes = n**3 - n - (equal**3 - equal) - (UNLIKE**3 - UNLIKE)
    return np.asarray(cubes / 3)


def mid_ranks(values: Matrix) -> NDArray[np.int16 | np.int32]:
    """Twice the mid-rank of each point less its mean: points below it less points above it; 0 where it is missing.

    >>> mid_ranks(np.array([[3.0, 1.0, np.nan, 3.0, 7.0]]).T)[:, 0].tolist()
    [0, -3, 0, 0, 3]
    """
    return _by_pairs(values) if len(values) <= PAIRED_UP_TO else _by_sorting(values)


def _by_pairs(values: Matrix) -> NDArray[np.int16]:
    scores = np.zeros(values.shape, np.int8 if len(values) < 128 else np.int16)
    for lag in range(1, len(values)):
        later, earlier = values[lag:], values[:-lag]
        more = (later > earlier).view(np.int8)
        more -= (later < earlier).view(np.int8)
        scores[lag:] += more
        scores[:-lag] -= more
    return scores.astype(np.int16)


def _by_sorting(values: Matrix) -> NDArray[np.int32]:
    scores = np.zeros(values.shape, np.int32)
    for series in range(values.shape[1]):
        column = values[:, series]
        known = np.sort(column[~np.isnan(column)])
        below, upto = np.searchsorted(known, column, "left"), np.searchsorted(known, column, "right")
        scores[:, series] = np.where(np.isnan(column), 0, below + upto - len(known))
    return scores
