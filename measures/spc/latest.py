"""What the last part of many series tells beside its runs: ranks of the latest points, and a number far off."""

import numpy as np
from numpy.typing import NDArray

from measures.spc.arrays import ChartArrays
from measures.spc.given.series import Matrix
from measures.spc.result import JUDGED_FROM
from measures.spc.rules.far import latest_far
from measures.spc.rules.ranks import scan_ranks

Rows = NDArray[np.intp] | slice


def read_latest(batch: ChartArrays, part: int, rows: Rows, first: int, looked_at: Matrix) -> None:
    """Fill in `rank_first`, `rank_side` and `far` of those series whose last part this is."""
    series = batch.series
    chosen = (series.part_counts[rows] == part + 1) & (batch.part_observed[rows, part] >= JUDGED_FROM)
    if not chosen.any():
        return
    at = np.arange(len(batch))[rows]
    if not chosen.all():
        at, looked_at = at[chosen], looked_at[chosen]
    frozen = series.base_ends[at, part] < series.ends[at, part]
    from_point = np.where(frozen, series.base_ends[at, part] - first, 0)
    alone = ~batch.part_rules_apply[at, part]
    latest = scan_ranks(np.ascontiguousarray(looked_at.T), from_point, alone)
    far, far_side = latest_far(looked_at)
    batch.rank_first[at] = np.where(latest.first >= 0, latest.first + first, -1)
    batch.rank_side[at] = latest.side
    batch.far[at] = np.where(far >= 0, far + first, -1)
    batch.far_side[at] = far_side
