"""One part of many series: centre lines, runs against their limits, trends, and the run worth drawing.

Parts are taken one after the other, so that a rule never sees across a rebase; within one, every step in time
is one operation on all series.
"""

import numpy as np
from numpy.typing import NDArray

from measures.spc.arrays import ChartArrays
from measures.spc.given.series import Matrix, SeriesSet
from measures.spc.latest import read_latest
from measures.spc.result import JUDGED_FROM, RuleSet
from measures.spc.rules.limits import (
    NO_UPPER_LIMIT,
    PERLA_TREND,
    RULE_CODES,
    Counts,
    limit_tables,
    perla_crossings_limits,
)
from measures.spc.rules.perla import find_trends
from measures.spc.rules.runs import (
    Flags,
    Runs,
    count_runs,
    find_long_runs,
    latest_long_run,
    lean_of_latest_half,
)

Rows = NDArray[np.intp] | slice
PERLA = RULE_CODES[RuleSet.PERLA]
UNEVEN = 2**0.5
"""By simulation: with it, no shape of stable series fires notably more often than one without points on its median
(docs/why/012)."""


def read_part(batch: ChartArrays, part: int, rows: Rows) -> None:
    """Fill in all that can be said of one part of these series."""
    first, looked_at = read_runs(batch, part, rows)
    read_latest(batch, part, rows, first, looked_at)


def read_runs(batch: ChartArrays, part: int, rows: Rows) -> tuple[int, Matrix]:
    """Fill in what runs and trends say of one part of these series.

    Returns the first point that was looked at, and from there on what the rules see of each, NaN elsewhere.
    """
    series = batch.series
    first, last = int(series.starts[rows, part].min()), int(series.ends[rows, part].max())
    looked_at, base = _looked_at(series, part, rows, first, last)
    centre = _centre_lines(batch, part, rows, base)
    if not np.isnan(series.centre[rows]).all():
        given = ~np.isnan(series.centre[rows])
        looked_at = np.where(given[:, None], looked_at * series.multiplier[rows][:, None], looked_at)
    above, below = looked_at > centre[:, None], looked_at < centre[:, None]
    batch.side[rows, first:last] += above.view(np.int8) - below.view(np.int8)
    batch.part_observed[rows, part] = (~np.isnan(looked_at)).sum(axis=1)
    up, down = np.ascontiguousarray(above.T), np.ascontiguousarray(below.T)
    runs = count_runs(up, down)
    _apply_limits(batch, part, rows, runs)
    batch.part_rules_apply[rows, part] = _rules_apply(batch, part, rows, up=up, down=down)
    _read_trends(batch, part, rows, first, looked_at)
    _read_long_runs(batch, part, rows, first, up=up, down=down, runs=runs)
    return first, looked_at


def _rules_apply(batch: ChartArrays, part: int, rows: Rows, *, up: Flags, down: Flags) -> Flags:
    """Whether the line has enough points on both sides for the run rules, which expect one half on each.

    The line must not lie on the lowest or highest of the numbers. Points on a median of all points may leave one side
    the smaller: the two may differ by `UNEVEN` of the square root of the useful points. A frozen median may be left
    behind by what comes later; there the baseline must have points on both sides. A line that was given may lie
    anywhere else.
    """
    series = batch.series
    above, below = up.sum(axis=0, dtype=np.int32), down.sum(axis=0, dtype=np.int32)
    useful = above + below
    is_at_end = (np.minimum(above, below) == 0) & (useful < batch.part_observed[rows, part])
    is_even = (above - below) ** 2 <= UNEVEN**2 * useful
    frozen = series.base_ends[rows, part] < series.ends[rows, part]
    if frozen.any():
        first = int(series.starts[rows, part].min())
        base = np.arange(first, first + len(up))[:, None] < series.base_ends[rows, part]
        is_even = np.where(frozen, (up & base).any(axis=0) & (down & base).any(axis=0), is_even)
    is_even |= ~np.isnan(series.centre[rows])
    return np.asarray((is_even & ~is_at_end) | (useful == 0))


def _looked_at(series: SeriesSet, part: int, rows: Rows, first: int, last: int) -> tuple[Matrix, Matrix]:
    """Values the rules see and values the centre line rests on, NaN elsewhere; columns `first` to `last`."""
    raw = series.raw[rows, first:last]
    starts, ends = series.starts[rows, part][:, None], series.ends[rows, part][:, None]
    base_ends = series.base_ends[rows, part][:, None]
    at = np.arange(first, last, dtype=np.int32)
    if (starts > first).any() or (ends < last).any():
        raw = np.where((at >= starts) & (at < ends), raw, np.nan)
    if series.excluded is not None:
        raw = np.where(series.excluded[rows, first:last], np.nan, raw)
    return raw, np.where(at < base_ends, raw, np.nan) if (base_ends < ends).any() else raw


def _centre_lines(batch: ChartArrays, part: int, rows: Rows, base: Matrix) -> Matrix:
    """The centre lines to compare with: the one given, else the median of the base before the multiplier."""
    series = batch.series
    given = series.centre[rows]
    medians = row_medians(base)
    batch.part_centre[rows, part] = np.where(np.isnan(given), medians * series.multiplier[rows], given)
    return np.where(np.isnan(given), medians, given)


def row_medians(rows: Matrix) -> Matrix:
    """Median of the numbers in each row; NaN for a row without any.

    Sorting puts what is missing last, so the middle is found by count.

    >>> row_medians(np.array([[3, np.nan, 1], [np.nan, 4, np.nan], [np.nan] * 3])).tolist()
    [2.0, 4.0, nan]
    """
    count, width = rows.shape
    if not width:
        return np.full(count, np.nan)
    ordered = np.sort(rows, axis=1)
    known = width - np.isnan(ordered).sum(axis=1) if np.isnan(ordered[:, -1]).any() else np.full(count, width)
    series = np.arange(count)
    lower, upper = ordered[series, np.maximum(known - 1, 0) // 2], ordered[series, known // 2]
    return np.where(known > 0, (lower + upper) / 2, np.nan)


def medians_of_last_parts(batch: ChartArrays) -> Matrix:
    """The median of all points of each series' last part: where nothing is frozen, its centre line; NaN without any.

    A frozen centre line tells how it was in the baseline. This tells how it is.
    """
    series = batch.series
    medians = batch.of_last_part(batch.part_centre)
    is_frozen = batch.of_last_part(series.base_ends) < batch.of_last_part(series.ends)
    (frozen,) = np.nonzero(is_frozen)
    if frozen.size:
        is_there = batch.part[frozen] == series.part_counts[frozen, None] - 1
        if series.excluded is not None:
            is_there &= ~series.excluded[frozen]
        numbers = np.where(is_there, series.raw[frozen], np.nan)
        medians[frozen] = row_medians(numbers) * series.multiplier[frozen]
    return medians


def _apply_limits(batch: ChartArrays, part: int, rows: Rows, runs: Runs) -> None:
    rules, useful = batch.series.rules[rows], runs.useful
    tables = limit_tables(batch.series.raw.shape[1])
    limit, fewest = tables.longest[rules, useful], tables.fewest[rules, useful]
    most: Counts = np.full(len(useful), NO_UPPER_LIMIT, np.int32)
    is_perla = rules == PERLA
    if is_perla.any():
        fewest[is_perla], most[is_perla] = perla_crossings_limits(useful[is_perla])
    corner_run, corner_crossings = tables.corner_run[rules, useful], tables.corner_crossings[rules, useful]
    unusual = (runs.longest > limit) | (runs.crossings < fewest) | (runs.crossings > most)
    unusual |= (runs.crossings == fewest) & (runs.longest > corner_run)
    unusual |= (runs.longest == limit) & (runs.crossings < corner_crossings)
    batch.part_useful[rows, part] = useful
    batch.part_longest_run[rows, part] = runs.longest
    batch.part_longest_run_limit[rows, part] = limit
    batch.part_crossings[rows, part] = runs.crossings
    batch.part_crossings_limit[rows, part] = fewest
    batch.part_crossings_upper[rows, part] = most
    batch.part_unusual_runs[rows, part] = unusual & (useful > 0)


def _read_trends(batch: ChartArrays, part: int, rows: Rows, first: int, looked_at: Matrix) -> None:
    """Trends, for the series under Perla's rules."""
    (perla,) = np.nonzero(batch.series.rules[rows] == PERLA)
    if not perla.size:
        return
    trends = find_trends(np.ascontiguousarray(looked_at[perla].T))
    at = _rows_at(rows, perla)
    window = slice(first, first + looked_at.shape[1])
    batch.part_longest_trend[at, part] = trends.longest
    batch.part_unusual_runs[at, part] |= trends.longest >= PERLA_TREND
    batch.rising[at, window] |= trends.rising.T
    batch.falling[at, window] |= trends.falling.T


def _rows_at(rows: Rows, chosen: NDArray[np.intp]) -> NDArray[np.intp]:
    return chosen + rows.start if isinstance(rows, slice) else rows[chosen]


def _read_long_runs(
    batch: ChartArrays, part: int, rows: Rows, first: int, *, up: Flags, down: Flags, runs: Runs
) -> None:
    """Members of long runs, the band to draw and the lean, for the few series that have something to tell."""
    limit = batch.part_longest_run_limit[rows, part]
    (found,) = np.nonzero(batch.part_unusual_runs[rows, part])
    if not found.size:
        return
    at, up, down, runs = _rows_at(rows, found), up[:, found], down[:, found], runs.of(found)
    long = find_long_runs(up, down, runs, limit[found])
    batch.in_run[at, first : first + len(up)] |= long.members.T
    judged = (runs.useful >= JUDGED_FROM) & batch.part_rules_apply[at, part]
    band = latest_long_run(up, down, runs, long)
    batch.band_first[at, part] = np.where(judged & (band.last >= 0), band.first + first, -1)
    batch.band_last[at, part] = np.where(judged & (band.last >= 0), band.last + first, -1)
    batch.band_length[at, part] = np.where(judged, band.length, 0)
    batch.band_side[at, part] = np.where(judged, band.side, 0)
    batch.band_is_current[at, part] = judged & band.is_current
    batch.band_holds[at, part] = judged & band.holds
    is_last = batch.series.part_counts[at] == part + 1
    lean = lean_of_latest_half(up, down, runs.useful)
    batch.lean[at[is_last]] = np.where(judged, lean, 0)[is_last]
