"""How surely some numbers tell the median behind them: an interval between two of them, whatever their distribution.

It asks for independent numbers of one level and nothing else. The number of them below the true median is binomial with
one half, so that the interval between the k-th number from either end misses it with twice the chance of fewer than k.

References
----------
Thompson WR. On confidence ranges for the median and other expectation distributions for populations of unknown
distribution form. Annals of Mathematical Statistics 1936;7:122-128.
Campbell MJ, Gardner MJ. Calculating confidence intervals for some non-parametric analyses. BMJ 1988;296:1454-1456.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

ONE_IN = 20
"""An interval misses the true median once in so many at most: it is one of 95 % or more."""
LEAST = 6
"""Numbers that such an interval takes: of five, the lowest and the highest miss it once in 16."""


@cache
def interval_rank(points: int) -> int:
    """Which number from either end bounds the interval, the largest that keeps 95 %; 0 for fewer numbers than `LEAST`.

    In whole numbers, so that no rounding decides.

    >>> [interval_rank(points) for points in (5, 6, 8, 9, 12, 20, 24)]
    [0, 1, 1, 2, 3, 6, 7]
    """
    rank, ways, outside, most = 0, 1, 1, 2**points // (2 * ONE_IN)
    while outside <= most:
        ways = ways * (points - rank) // (rank + 1)  # to take one more than `rank` of them
        rank, outside = rank + 1, outside + ways
    return rank


def median_interval(numbers: Sequence[float]) -> tuple[float, float] | None:
    """The lower and the upper end, both of them numbers that were given; None where there are too few.

    Equal numbers make it wider than it need be, never too narrow.

    >>> median_interval([9, 1, 8, 2, 7, 3]), median_interval([1, 2, 3, 4, 5])
    ((1.0, 9.0), None)
    """
    rank = interval_rank(len(numbers))
    if not rank:
        return None
    ordered = np.sort(np.asarray(numbers, np.float64))
    return float(ordered[rank - 1]), float(ordered[-rank])
