"""Runs along time, for many series at once.

All arrays here are points by series, so that one step in time is one stretch of memory: a bool array says
which points lie above the line, another which lie below; a point in neither (on the line, missing, excluded,
outside the part) is skipped and neither counts nor breaks a run.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.spc.rules.limits import Counts

FEWEST_TO_END = 2
"""Points on the other side that a shift is not over without."""

Flags = NDArray[np.bool_]
Lengths = NDArray[np.uint8 | np.uint16]


@dataclass(frozen=True)
class Runs:
    """Run lengths so far (points by series) and their summary (one number a series).

    `above[t]` is the length of the run above the line that point t belongs to or interrupts without breaking,
    counted up to t; 0 if the last useful point lies below. `below` is the same for the other side.
    """

    above: Lengths
    below: Lengths
    useful: Counts
    longest: Counts
    crossings: Counts

    def of(self, series: NDArray[np.intp]) -> "Runs":
        """The runs of some of the series."""
        return Runs(
            self.above[:, series],
            self.below[:, series],
            self.useful[series],
            self.longest[series],
            self.crossings[series],
        )


def count_runs(up: Flags, down: Flags) -> Runs:
    """Run lengths, longest run and crossings of each series.

    Parameters: `up`, `down`, points by series; never both true. At most 65,535 points.

    >>> sides = np.array([1, 1, 0, 1, -1, 1])
    >>> runs = count_runs((sides > 0)[:, None], (sides < 0)[:, None])
    >>> runs.above[:, 0].tolist(), runs.below[:, 0].tolist()
    ([1, 2, 2, 3, 0, 1], [0, 0, 0, 0, 1, 0])
    >>> runs.useful.tolist(), runs.longest.tolist(), runs.crossings.tolist()
    ([5], [3], [2])
    """
    dtype = np.uint8 if len(up) <= 255 else np.uint16
    above, below = _lengths(up, ~down, dtype), _lengths(down, ~up, dtype)
    starts = (up & (above == 1)).view(np.uint8)
    starts += (down & (below == 1)).view(np.uint8)
    runs = np.add.reduce(starts, axis=0, dtype=dtype).astype(np.int32)
    useful = np.add.reduce((up | down).view(np.uint8), axis=0, dtype=dtype).astype(np.int32)
    longest = np.maximum(above.max(axis=0, initial=0), below.max(axis=0, initial=0)).astype(np.int32)
    return Runs(above, below, useful, longest, np.maximum(runs - 1, 0))


def _lengths(side: Flags, not_other: Flags, dtype: type[np.uint8] | type[np.uint16]) -> Lengths:
    """Length of the current run on one side at each point: plus one on it, back to 0 on the other side."""
    lengths: Lengths = np.zeros(side.shape, dtype)
    if len(side):
        lengths[0] = side[0]
    for now in range(1, len(side)):
        np.add(lengths[now - 1], side[now], out=lengths[now])
        np.multiply(lengths[now], not_other[now], out=lengths[now])
    return lengths


@dataclass(frozen=True)
class LongRuns:
    """Which points belong to a run longer than its limit (points by series).

    `above`, `below` mark useful points. `reach_above`, `reach_below` mark the points whose next useful point
    belongs to a long run on that side: with it, points on the line inside a run can be told.
    """

    above: Flags
    below: Flags
    reach_above: Flags
    reach_below: Flags

    @property
    def members(self) -> Flags:
        return self.above | self.below


def find_long_runs(up: Flags, down: Flags, runs: Runs, limit: Counts) -> LongRuns:
    """The points of all runs longer than `limit` (one a series).

    >>> sides = np.array([1, -1, 0, -1, -1, 1])
    >>> up, down = (sides > 0)[:, None], (sides < 0)[:, None]
    >>> find_long_runs(up, down, count_runs(up, down), np.array([2], np.int32)).members[:, 0].tolist()
    [False, True, False, True, True, False]
    """
    above, reach_above = _members(up, down, runs.above > limit)
    below, reach_below = _members(down, up, runs.below > limit)
    return LongRuns(above, below, reach_above, reach_below)


def _members(side: Flags, other: Flags, over: Flags) -> tuple[Flags, Flags]:
    """Walk back in time: a point is a member if it, or a later point of its run, is over the limit."""
    members, reach = np.zeros(side.shape, np.bool_), np.zeros(side.shape, np.bool_)
    over_here, not_other = side & over, ~other
    following = np.zeros(side.shape[1], np.bool_)
    for now in range(len(side) - 1, -1, -1):
        reach[now] = following
        following = (over_here[now] | following) & not_other[now]
        np.logical_and(following, side[now], out=members[now])
    return members, reach


@dataclass(frozen=True)
class LatestRun:
    """The latest long run of each series; `first` and `last` are -1 where there is none."""

    first: Counts
    last: Counts
    length: Counts
    side: NDArray[np.int8]
    is_current: Flags
    holds: Flags


def latest_long_run(up: Flags, down: Flags, runs: Runs, long: LongRuns) -> LatestRun:
    """First and last position, length and side of the latest long run, whether it is going on, and whether it holds.

    It is over once two of the points after it lie on the other side, and half as many as stayed on its own (by
    simulation, docs/why/012): before that the points that left it may be chance.

    >>> sides = np.array([1, 1, 1, -1, -1, -1, 0])
    >>> up, down = (sides > 0)[:, None], (sides < 0)[:, None]
    >>> runs = count_runs(up, down)
    >>> latest_long_run(up, down, runs, find_long_runs(up, down, runs, np.array([2], np.int32)))
    LatestRun(first=array([3], dtype=int32), last=array([5], dtype=int32), length=array([3], dtype=int32), \
side=array([-1], dtype=int8), is_current=array([ True]), holds=array([ True]))
    """
    series = np.arange(up.shape[1])
    last = _last_true(long.members)
    at = np.maximum(last, 0)
    is_above = long.above[at, series]
    lengths = np.where(is_above, runs.above[at, series], runs.below[at, series]).astype(np.int32)
    starts = np.where(is_above, up & (runs.above == 1), down & (runs.below == 1))
    starts &= np.arange(len(up))[:, None] <= last
    found, is_after = last >= 0, np.arange(len(up))[:, None] > last
    went = np.where(is_above, down & is_after, up & is_after).sum(axis=0)
    stayed = np.where(is_above, up & is_after, down & is_after).sum(axis=0)
    return LatestRun(
        first=np.where(found, _last_true(starts), -1).astype(np.int32),
        last=last,
        length=np.where(found, lengths, 0).astype(np.int32),
        side=np.where(found, np.where(is_above, 1, -1), 0).astype(np.int8),
        is_current=found & (last == _last_true(up | down)),
        holds=found & ((went < FEWEST_TO_END) | (2 * went < stayed)),
    )


def _last_true(flags: Flags) -> Counts:
    """Position of the last true point of each series, -1 if there is none."""
    last = len(flags) - 1 - flags[::-1].argmax(axis=0)
    return np.where(flags.any(axis=0), last, -1).astype(np.int32)


def lean_of_latest_half(up: Flags, down: Flags, useful: Counts) -> NDArray[np.int8]:
    """1 or -1 where two thirds or more of the latest half of the useful points lie above or below, else 0.

    The latest half are the last `useful // 2` of the useful points; the newest one must lie there too, so that
    no verdict speaks against the point that a reader sees last.

    >>> sides = np.array([1, -1, -1, 1, -1, -1])
    >>> lean_of_latest_half((sides > 0)[:, None], (sides < 0)[:, None], np.array([6], np.int32)).tolist()
    [-1]
    """
    seen = np.cumsum(up | down, axis=0, dtype=np.int32)
    half = useful // 2
    late = seen > useful - half
    above = (up & late).sum(axis=0, dtype=np.int32)
    below = (down & late).sum(axis=0, dtype=np.int32)
    newest = seen == useful
    leans_up = (3 * above >= 2 * half) & (up & newest).any(axis=0)
    leans_down = (3 * below >= 2 * half) & (down & newest).any(axis=0)
    lean = leans_up.astype(np.int8) - leans_down.astype(np.int8)
    return np.where(half > 0, lean, 0).astype(np.int8)
