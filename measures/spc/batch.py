"""The engine's answer for many series: arrays, cheap to take apart; `batch[i]` is one chart."""

from dataclasses import dataclass
from functools import cached_property

from measures.spc.arrays import ChartArrays, Codes
from measures.spc.marks import point_marks
from measures.spc.result import ChartResult
from measures.spc.taking import take_chart


@dataclass(frozen=True, eq=False)
class ChartBatch(ChartArrays):
    """Many run charts at once.

    >>> from measures.spc import analyse_many
    >>> batch = analyse_many([[9] * 8 + [1] * 8], better="down")
    >>> int(batch.state[0]), int(batch.run_start[0]), int(batch.run_length[0]), int(batch.run_side[0])
    (3, 8, 8, -1)
    """

    def __getitem__(self, position: int) -> ChartResult:
        """One chart of the batch. Raises IndexError as a list does."""
        return take_chart(self, range(len(self))[position])

    @cached_property
    def marks(self) -> Codes:
        """The mark of each point, a code of `PointMark`."""
        return point_marks(self)
