"""Which point completed a signal: the first from which on the chart, as long as it was then, said the same.

Asked of many series at once: each chart that says something is judged again without its newest point, without its two
newest, and so on, as many lengths at a time as fit the cache, until it says something else.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from measures.spc.arrays import NUMBERS_AT_A_TIME, ChartArrays, Codes
from measures.spc.given.series import SeriesSet
from measures.spc.latest import read_latest
from measures.spc.parts import read_runs
from measures.spc.result import JUDGED_FROM, Evidence, State
from measures.spc.rules.limits import Counts
from measures.spc.verdicts import judge

Places = NDArray[np.intp]
SIGNALS = (State.IMPROVEMENT, State.CONCERN, State.UNUSUAL)
AT_ONCE = 4
"""Lengths that are tried first; each time twice as many."""
MOST_LENGTHS = 400
"""Lengths that are tried at most, a third of a century in months: a signal that stands longer is dated there."""


def completed_at(batch: ChartArrays) -> Counts:
    """The point with which each series' signal was complete; -1 where there is no signal.

    It lies in the stretch that the verdict speaks of: never before a shift's first point, or a far number.

    >>> from measures.spc import analyse_many
    >>> batch = analyse_many([[5, 6] * 6 + [1, 2] * 6, [5, 6] * 12], better="down")
    >>> completed_at(batch).tolist()
    [15, -1]
    """
    found = np.full(len(batch), -1, np.int32)
    (rows,) = np.isin(batch.state, SIGNALS).nonzero()
    if rows.size:
        least = _fewest_points(batch)
        for some in _alike(batch, rows):
            found[some] = _shortest(batch, some, least[some]) - 1
    return found


def _fewest_points(batch: ChartArrays) -> Counts:
    """The length from which on each chart can say what it says."""
    first = batch.of_last_part(batch.series.starts) + JUDGED_FROM
    is_shift = np.isin(batch.evidence, [one for one in Evidence if one.is_shift])
    is_far = batch.evidence == Evidence.FAR_NUMBER
    begun = np.where(is_shift, batch.run_start + 1, np.where(is_far, batch.far + 1, 0))
    return np.maximum(np.maximum(first, begun), batch.series.lengths - MOST_LENGTHS).astype(np.int32)


def _alike(batch: ChartArrays, rows: Places) -> Iterator[Places]:
    """Series of about one length together, as many as fit the cache at the first try."""
    ordered = rows[np.argsort(batch.series.lengths[rows], kind="stable")]
    while ordered.size:
        widths = batch.series.lengths[ordered].astype(np.int64)
        fits = np.arange(1, len(ordered) + 1) * widths * AT_ONCE <= NUMBERS_AT_A_TIME
        some = max(1, int(fits.sum()))
        yield ordered[:some]
        ordered = ordered[some:]


def _shortest(batch: ChartArrays, rows: Places, least: Counts) -> Counts:
    """The length of each series from which on it said what it says."""
    lengths, said = batch.series.lengths[rows].copy(), batch.state[rows]
    going, tries = np.flatnonzero(lengths > least), AT_ONCE
    while going.size:
        fewer = lengths[going, None] - np.arange(1, tries + 1)
        allowed = fewer >= least[going, None]
        which, _ = allowed.nonzero()
        same = np.zeros(allowed.shape, bool)
        same[allowed] = _states(_cut(batch.series, rows[going[which]], fewer[allowed])) == said[going[which]]
        held = np.logical_and.accumulate(same, axis=1).sum(axis=1)
        lengths[going] -= held
        going = going[(held == tries) & (lengths[going] > least[going])]
        width = int(batch.series.lengths[rows].max())
        tries = max(1, min(2 * tries, NUMBERS_AT_A_TIME // max(1, len(going) * width)))
    return lengths


def _cut(series: SeriesSet, rows: Places, lengths: Counts) -> SeriesSet:
    """These series up to these lengths. A freeze that has nothing left to extend freezes nothing, as on a page."""
    width, length = int(lengths.max()), lengths[:, None]
    there = np.arange(width) < length
    ends = np.minimum(series.ends[rows], length)
    base_ends = series.base_ends[rows]
    return replace(
        series,
        raw=np.where(there, series.raw[rows, :width], np.nan),
        lengths=lengths,
        starts=np.minimum(series.starts[rows], length),
        ends=ends,
        base_ends=np.where(base_ends < length, base_ends, ends),
        part_counts=series.part_counts[rows],
        excluded=None if series.excluded is None else series.excluded[rows, :width],
        centre=series.centre[rows],
        multiplier=series.multiplier[rows],
        target=series.target[rows],
        better=series.better[rows],
        rules=series.rules[rows],
    )


def _states(series: SeriesSet) -> Codes:
    """What the last part of each says; the parts before it are not read.

    A shift that reaches the newest point decides alone: ranks and far numbers are looked for where there is none.
    """
    batch = ChartArrays.blank(series)
    for part in np.unique(series.part_counts - 1).tolist():
        rows = np.flatnonzero(series.part_counts == part + 1)
        first, looked_at = read_runs(batch, part, rows)
        is_open = ~batch.band_is_current[rows, part]
        read_latest(batch, part, rows[is_open], first, looked_at[is_open])
    judge(batch)
    return batch.state
