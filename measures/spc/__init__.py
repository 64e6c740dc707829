"""The engine: run charts as arithmetic with a bibliography. Pure numpy: no Django, no pandas, no I/O.

One chart:

>>> from measures.spc import analyse
>>> result = analyse([5, 4, 6, 5, 3, 4, 9, 8, 9, 9, 12, 9, 9, 8], freeze=6, better="up")
>>> result.parts[0].useful, result.parts[0].longest_run, result.parts[0].crossings
(14, 8, 4)
>>> result.parts[0].unusual_runs
True

Thousands of charts at once, the same arithmetic:

>>> from measures.spc import analyse_many
>>> batch = analyse_many([[1, 2, 3, 4], [4, 3, float("nan"), 1]])
>>> batch.part_centre.tolist()
[[2.5], [3.0]]
"""

from measures.spc.batch import ChartBatch
from measures.spc.engine import analyse, analyse_many
from measures.spc.given.reading import Options
from measures.spc.given.refused import RefusedInputError
from measures.spc.result import (
    Chart,
    ChartResult,
    Evidence,
    PartResult,
    PointMark,
    RuleSet,
    ShiftBand,
    Signal,
    State,
)

__all__ = [
    "Chart",
    "ChartBatch",
    "ChartResult",
    "Evidence",
    "Options",
    "PartResult",
    "PointMark",
    "RefusedInputError",
    "RuleSet",
    "ShiftBand",
    "Signal",
    "State",
    "analyse",
    "analyse_many",
]
