"""What the rules see in many series, as arrays: filled part by part, then judged."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from measures.spc.given.series import Matrix, SeriesSet
from measures.spc.result import Chart
from measures.spc.rules.limits import Counts
from measures.spc.rules.runs import Flags

Codes = NDArray[np.int8]
Scalar = TypeVar("Scalar", bound=np.generic)

NUMBERS_AT_A_TIME = 131_072
"""Numbers in a stretch of series: one megabyte, which the second cache of a server core holds."""


@dataclass(frozen=True, eq=False)
class ChartArrays:
    """What the engine found in many run charts.

    They are series by points (`side`, `in_run`, `rising`, `falling`, `value`, `part`), series by parts
    (`part_...` and `band_...`, meaning what `PartResult` and `ShiftBand` say), or one item a series (`state`,
    `evidence`, `lean`; `rank_first` and `rank_side` of the latest points by their ranks; `far` and `far_side` of a
    number far off). After a series' end, and in parts it lacks, stand 0, False or NaN; positions that are nowhere are
    -1. `side` and its like are 1 above, -1 below, 0 neither; `state` and `evidence` are codes of
    `State` and `Evidence`, `series.rules` of `RULE_CODES`.
    """

    series: SeriesSet
    side: Codes
    in_run: Flags
    rising: Flags
    falling: Flags
    part_centre: Matrix
    part_observed: Counts
    part_useful: Counts
    part_longest_run: Counts
    part_longest_run_limit: Counts
    part_crossings: Counts
    part_crossings_limit: Counts
    part_crossings_upper: Counts
    part_longest_trend: Counts
    part_unusual_runs: Flags
    part_rules_apply: Flags
    band_first: Counts
    band_last: Counts
    band_length: Counts
    band_side: Codes
    band_is_current: Flags
    band_holds: Flags
    state: Codes
    evidence: Codes
    lean: Codes
    rank_first: Counts
    rank_side: Codes
    far: Counts
    far_side: Codes
    chart: Chart = Chart.RUN

    @classmethod
    def blank(cls, series: SeriesSet) -> Self:
        """Arrays of the right shapes with nothing in them yet; the engine fills them part by part."""
        points, parts, count = series.raw.shape, series.starts.shape, len(series.lengths)

        def counts() -> Counts:
            return np.zeros(parts, np.int32)

        return cls(
            series=series,
            side=np.zeros(points, np.int8),
            in_run=np.zeros(points, np.bool_),
            rising=np.zeros(points, np.bool_),
            falling=np.zeros(points, np.bool_),
            part_centre=np.full(parts, np.nan),
            part_observed=counts(),
            part_useful=counts(),
            part_longest_run=counts(),
            part_longest_run_limit=counts(),
            part_crossings=counts(),
            part_crossings_limit=counts(),
            part_crossings_upper=counts(),
            part_longest_trend=counts(),
            part_unusual_runs=np.zeros(parts, np.bool_),
            part_rules_apply=np.zeros(parts, np.bool_),
            band_first=counts() - 1,
            band_last=counts() - 1,
            band_length=counts(),
            band_side=np.zeros(parts, np.int8),
            band_is_current=np.zeros(parts, np.bool_),
            band_holds=np.zeros(parts, np.bool_),
            state=np.zeros(count, np.int8),
            evidence=np.zeros(count, np.int8),
            lean=np.zeros(count, np.int8),
            rank_first=np.full(count, -1, np.int32),
            rank_side=np.zeros(count, np.int8),
            far=np.full(count, -1, np.int32),
            far_side=np.zeros(count, np.int8),
        )

    def __len__(self) -> int:
        return len(self.state)

    def of_last_part(self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        """One item a series out of an array series by parts: that of its last part."""
        return array[np.arange(len(self)), self.series.part_counts - 1]

    @property
    def run_start(self) -> Counts:
        """First point of the band in the last part; -1 where there is none."""
        return self.of_last_part(self.band_first)

    @property
    def run_length(self) -> Counts:
        """Useful points of the band in the last part; 0 where there is none."""
        return self.of_last_part(self.band_length)

    @property
    def run_side(self) -> Codes:
        """Side of the band in the last part: 1 above, -1 below, 0 where there is none."""
        return self.of_last_part(self.band_side)

    @property
    def value(self) -> Matrix:
        """Values as shown, after the multiplier; NaN where missing."""
        return self.series.raw * self.series.multiplier[:, None]

    @cached_property
    def part(self) -> Codes:
        """Which part each point lies in, from 0; -1 after a series' end."""
        at = np.arange(self.side.shape[1])
        parts = np.full(self.side.shape, -1, np.int16)
        for part in range(self.series.starts.shape[1]):
            parts += at >= self.series.starts[:, part, None]
        return np.where(at < self.series.lengths[:, None], parts, -1)
