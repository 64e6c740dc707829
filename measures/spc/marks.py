"""The mark of every point: what the chart grammar draws, as codes for many series."""

import numpy as np
from numpy.typing import NDArray

from measures.spc.arrays import ChartArrays
from measures.spc.result import JUDGED_FROM, PointMark


def point_marks(batch: ChartArrays, rows: slice = slice(None)) -> NDArray[np.int8]:
    """Codes of `PointMark`, series by points, for some series of a batch; NO_DATA after a series' end.

    Only the useful points of a part's one band are coloured, and only where a direction is better. A part with
    fewer than ten useful points is TOO_FEW throughout.

    >>> from measures.spc import analyse_many
    >>> batch = analyse_many([[9] * 8 + [1] * 8], better="down")
    >>> point_marks(batch)[0].tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]
    """
    series, side, better = batch.series, batch.side[rows], batch.series.better[rows][:, None]
    at = np.arange(side.shape[1])
    marks = np.full(side.shape, PointMark.COMMON, np.int8)
    for part in range(series.starts.shape[1]):
        inside = (series.starts[rows, part, None] <= at) & (at < series.ends[rows, part, None])
        marks[inside & (batch.part_useful[rows, part, None] < JUDGED_FROM)] = PointMark.TOO_FEW
        first, last = batch.band_first[rows, part, None], batch.band_last[rows, part, None]
        in_band = (first <= at) & (at <= last) & (side != 0)
        marks[in_band & (side == better)] = PointMark.IMPROVEMENT
        marks[in_band & (side == -better)] = PointMark.CONCERN
    if series.excluded is not None:
        marks[series.excluded[rows]] = PointMark.EXCLUDED
    marks[np.isnan(series.raw[rows])] = PointMark.NO_DATA
    return marks
