"""The state of the last part of every series: the code a database row holds and the headline is made of."""

import numpy as np

from measures.spc.arrays import ChartArrays
from measures.spc.result import JUDGED_FROM, Evidence, RuleSet, State
from measures.spc.rules.limits import PERLA_TREND, RULE_CODES


def judge(batch: ChartArrays) -> None:
    """Fill in `evidence` and `state` once the parts are read; clear `lean` where nothing was seen.

    A run over its limit that reaches the newest useful point decides by its side. A shift that is over decides
    nothing: the points came back. Else, if the runs are unusual, the side decides on which two thirds of the
    latest half of the useful points lie, the newest among them. No better direction, or no such side: common.
    Nothing is judged under ten useful points.

    >>> from measures.spc import analyse_many
    >>> up = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8, 9]
    >>> batch = analyse_many([up, up, up, up[::-1], [1] * 22], better=["up", "down", None, "up", "up"])
    >>> [State(state).name for state in batch.state]
    ['IMPROVEMENT', 'CONCERN', 'COMMON', 'CONCERN', 'TOO_FEW']
    """
    observed, useful = batch.of_last_part(batch.part_observed), batch.of_last_part(batch.part_useful)
    judged = useful >= JUDGED_FROM
    current = batch.of_last_part(batch.band_is_current)
    crossings = batch.of_last_part(batch.part_crossings)
    is_perla = batch.series.rules == RULE_CODES[RuleSet.PERLA]
    batch.evidence[:] = np.select(
        [
            ~judged | ~batch.of_last_part(batch.part_unusual_runs),
            current,
            crossings < batch.of_last_part(batch.part_crossings_limit),
            batch.run_length > 0,
            is_perla & (batch.of_last_part(batch.part_longest_trend) >= PERLA_TREND),
            crossings > batch.of_last_part(batch.part_crossings_upper),
        ],
        [
            Evidence.NONE,
            Evidence.CURRENT_SHIFT,
            Evidence.FEW_CROSSINGS,
            Evidence.PAST_SHIFT,
            Evidence.TREND,
            Evidence.MANY_CROSSINGS,
        ],
        default=Evidence.RUNS_AND_CROSSINGS,
    )
    seen = batch.evidence != Evidence.NONE
    batch.lean[~seen | (batch.evidence == Evidence.PAST_SHIFT)] = 0
    side = np.where(current, batch.run_side, batch.lean) * batch.series.better
    batch.state[:] = np.select(
        [observed == 0, ~judged, seen & (side > 0), seen & (side < 0)],
        [State.NONE, State.TOO_FEW, State.IMPROVEMENT, State.CONCERN],
        default=State.COMMON,
    )
