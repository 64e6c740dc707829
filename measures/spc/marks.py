"""The mark of every point: what the chart grammar draws, as codes for many series."""

import numpy as np
from numpy.typing import NDArray

from measures.spc.arrays import ChartArrays
from measures.spc.result import JUDGED_FROM, Evidence, PointMark

IN_FORCE = [evidence for evidence in Evidence if evidence.is_shift]


def point_marks(batch: ChartArrays, rows: slice = slice(None)) -> NDArray[np.int8]:
    """Codes of `PointMark`, series by points, for some series of a batch; NO_DATA after a series' end.

    Only the useful points of a part's one band are marked; of a shift by ranks those on the line, too. They are
    UNUSUAL where no direction is better, and where the shift of the last part is over: its direction is not what the
    verdict says. So is a number far from the others. A part with too few points to judge is
    TOO_FEW throughout; where the rules do not apply the others are NO_RULES, for COMMON says that rules saw nothing.

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
        enough = np.where(
            batch.part_rules_apply[rows, part], batch.part_useful[rows, part], batch.part_observed[rows, part]
        )
        marks[inside & ~batch.part_rules_apply[rows, part, None]] = PointMark.NO_RULES
        marks[inside & (enough[:, None] < JUDGED_FROM)] = PointMark.TOO_FEW
        first, last = batch.band_first[rows, part, None], batch.band_last[rows, part, None]
        is_last = series.part_counts[rows] == part + 1
        by_ranks = ((batch.evidence[rows] == Evidence.RANKS) & is_last)[:, None]
        is_over = (~np.isin(batch.evidence[rows], IN_FORCE) & is_last)[:, None]
        band_side = batch.band_side[rows, part, None]
        in_band = (first <= at) & (at <= last) & np.where(by_ranks, side != -band_side, side != 0)
        marks[in_band & (band_side == better)] = PointMark.IMPROVEMENT
        marks[in_band & (band_side == -better)] = PointMark.CONCERN
        marks[in_band & ((better == 0) | is_over)] = PointMark.UNUSUAL
    plain = (marks == PointMark.COMMON) | (marks == PointMark.NO_RULES)
    marks[(at == batch.far[rows][:, None]) & plain] = PointMark.UNUSUAL
    if series.excluded is not None:
        marks[series.excluded[rows]] = PointMark.EXCLUDED
    marks[np.isnan(series.raw[rows])] = PointMark.NO_DATA
    return marks
