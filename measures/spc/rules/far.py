"""A single number far outside its own series: each of the latest held against all the others."""

import numpy as np
from numpy.typing import NDArray

from measures.spc.rules.limits import Counts
from measures.spc.rules.runs import Flags

Matrix = NDArray[np.float64]
Sides = NDArray[np.int8]

LATEST = 3
"""The newest numbers that are looked at: what came before was told in its time."""


def far_limit(points: Counts) -> Matrix:
    """How many standard deviations a number may lie off the others of a series of so many points.

    >>> far_limit(np.array([10, 25, 100])).tolist()
    [4.4, 3.8, 3.5]
    """
    return np.asarray(3.4 + 10 / np.maximum(points, 1))


def distances(values: Matrix, at: NDArray[np.intp]) -> Matrix:
    """How far one number of each series lies from the others, in their standard deviations; 0 where those are equal.

    The others are all numbers of the series but this one, so that it cannot hide itself (the externally studentised
    residual: Cook & Weisberg, Residuals and influence in regression, 1982). Where they spread more towards its side
    than over all, their root mean square on that side stands for the standard deviation: waiting times and rare counts
    have far numbers by nature. `values` are series by points; `at` is one position each.

    >>> months = np.array([[87, 86, 88, 90, 84, 87, 85, 89, 86, 88, 87, 69.0]])
    >>> distances(months, np.array([11])).round(1).tolist()
    [-8.9]
    """
    series = np.arange(len(values))
    here = values[series, at]
    others = np.where(np.arange(values.shape[1]) == at[:, None], np.nan, values)
    there = ~np.isnan(others)
    count = np.maximum(there.sum(axis=1), 2)
    mean = np.where(there, others, 0).sum(axis=1) / count
    off = np.where(there, others - mean[:, None], 0)
    away = here - mean
    same = off * np.sign(away)[:, None] > 0
    squares, beside = (
        (off**2).sum(axis=1) / (count - 1),
        (off**2 * same).sum(axis=1) / np.maximum(same.sum(axis=1), 1),
    )
    spread = np.sqrt(np.maximum(squares, beside) * (1 + 1 / count))
    varies = squares > (1e-9 * np.maximum(np.abs(mean), np.abs(here))) ** 2
    return np.where(varies & ~np.isnan(here), away / np.where(spread > 0, spread, 1), 0)


def latest_far(values: Matrix) -> tuple[Counts, Sides]:
    """The latest of the `LATEST` newest numbers of each series that lies far from the others, and on which side.

    -1 and 0 where none does, and of fewer than three numbers: two tell nothing of each other.

    >>> steady = [87, 86, 88, 90, 84, 87, 85, 89, 86, 88, 87]
    >>> [one.tolist() for one in latest_far(np.array([[*steady, 69, np.nan], [*steady, 86, 87]]))]
    [[11, -1], [-1, 0]]
    """
    found, side = np.full(len(values), -1, np.int32), np.zeros(len(values), np.int8)
    with np.errstate(over="ignore", invalid="ignore"):
        (looked_at,) = np.nonzero(_may_be_far(values))
        if looked_at.size:
            found[looked_at], side[looked_at] = _latest_far(values[looked_at])
    return found, side


def _may_be_far(values: Matrix) -> Flags:
    """Whether a number lies far enough off the mean of all, itself among them: cheap, and never too strict."""
    missing = np.isnan(values)
    numbers = np.where(missing, 0, values) if missing.any() else values
    count = np.maximum(values.shape[1] - missing.sum(axis=1), 3)
    off = numbers - (numbers.sum(axis=1) / count)[:, None]
    if missing.any():
        off[missing] = 0
    squares, limit = np.einsum("ij,ij->i", off, off), far_limit(count)
    least = 0.99 * limit**2 * (count - 1) / (count * (count - 2 + limit**2)) * squares
    return np.asarray(np.maximum(off.max(axis=1), -off.min(axis=1)) ** 2 > least)


def _latest_far(values: Matrix) -> tuple[Counts, Sides]:
    there, left = ~np.isnan(values), np.isfinite(values).sum(axis=1)
    found, side = np.full(len(values), -1, np.int32), np.zeros(len(values), np.int8)
    from_behind, limit = np.cumsum(there[:, ::-1], axis=1), far_limit(left)
    for nth in range(LATEST, 0, -1):
        at = values.shape[1] - 1 - (from_behind >= nth).argmax(axis=1)
        away = distances(values, at)
        is_far = (np.abs(away) > limit) & (left >= max(nth, 3))
        found[is_far], side[is_far] = at[is_far], np.sign(away[is_far])
    return found, side
