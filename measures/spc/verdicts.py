"""The state of the last part of every series: the code a database row holds and the headline is made of."""

import numpy as np

from measures.spc.arrays import ChartArrays, Codes
from measures.spc.result import JUDGED_FROM, Evidence, RuleSet, State
from measures.spc.rules.limits import PERLA_TREND, RULE_CODES
from measures.spc.rules.runs import Flags


def judge(batch: ChartArrays) -> None:
    """Fill in `evidence` and `state` once the parts are read; clear `lean` where nothing was seen.

    A run over its limit that reaches the newest useful point, or is not over yet, decides by its side. Else, where runs
    are unusual, the side decides on which two thirds of the latest half of the useful points lie, the newest among
    them; else the latest stretch that ranks above or below what was before. A shift that is over decides nothing: the
    points came back. What fired without a side, or where no side is better, is unusual; and so is a number far off.
    Common is where the rules were applied and nothing fired; where they do not apply, the ranks alone decide. Nothing
    is judged under ten points.

    >>> from measures.spc import analyse_many
    >>> up = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8, 9]
    >>> rare = [0, 1] * 7 + [0] * 8
    >>> better = ["up", "down", None, "up", "up", "up", "up"]
    >>> batch = analyse_many([up, up, up, up[::-1], [1] * 22, rare, up[:2] * 11], better=better)
    >>> [State(state).name for state in batch.state]
    ['IMPROVEMENT', 'CONCERN', 'UNUSUAL', 'CONCERN', 'TOO_FEW', 'NO_RULES', 'COMMON']
    """
    observed, useful = batch.of_last_part(batch.part_observed), batch.of_last_part(batch.part_useful)
    applied = batch.of_last_part(batch.part_rules_apply)
    judged = np.where(applied, useful, observed) >= JUDGED_FROM
    batch.evidence[:] = np.where(judged & applied, _evidence_of_runs(batch), Evidence.NONE)
    _take_ranks(batch, judged)
    batch.evidence[judged & (batch.evidence == Evidence.NONE) & (batch.far >= 0)] = Evidence.FAR_NUMBER
    batch.lean[~np.isin(batch.evidence, LEANING)] = 0
    has_band = np.isin(batch.evidence, [evidence for evidence in Evidence if evidence.is_shift])
    side = np.where(has_band, batch.run_side, batch.lean) * batch.series.better
    seen = batch.evidence != Evidence.NONE
    batch.state[:] = np.select(
        [observed == 0, ~judged, side > 0, side < 0, seen, ~applied],
        [State.NONE, State.TOO_FEW, State.IMPROVEMENT, State.CONCERN, State.UNUSUAL, State.NO_RULES],
        default=State.COMMON,
    )


LEANING = (Evidence.FEW_CROSSINGS, Evidence.TREND, Evidence.MANY_CROSSINGS, Evidence.RUNS_AND_CROSSINGS)
"""What may take its direction from the latest half."""


def _evidence_of_runs(batch: ChartArrays) -> Codes:
    """Which of the rules decides, the strongest first."""
    crossings = batch.of_last_part(batch.part_crossings)
    is_perla = batch.series.rules == RULE_CODES[RuleSet.PERLA]
    return np.select(
        [
            ~batch.of_last_part(batch.part_unusual_runs),
            batch.of_last_part(batch.band_is_current),
            batch.of_last_part(batch.band_holds) & (batch.rank_side != -batch.run_side),
            crossings < batch.of_last_part(batch.part_crossings_limit),
            batch.run_length > 0,
            is_perla & (batch.of_last_part(batch.part_longest_trend) >= PERLA_TREND),
            crossings > batch.of_last_part(batch.part_crossings_upper),
        ],
        [
            Evidence.NONE,
            Evidence.CURRENT_SHIFT,
            Evidence.HELD_SHIFT,
            Evidence.FEW_CROSSINGS,
            Evidence.PAST_SHIFT,
            Evidence.TREND,
            Evidence.MANY_CROSSINGS,
        ],
        default=Evidence.RUNS_AND_CROSSINGS,
    ).astype(np.int8)


def _take_ranks(batch: ChartArrays, judged: Flags) -> None:
    """Where the runs claim no direction, the ranks may; where the two differ, neither does."""
    by_run = np.isin(batch.evidence, (Evidence.CURRENT_SHIFT, Evidence.HELD_SHIFT))
    leaning = np.isin(batch.evidence, LEANING) & (batch.lean != 0)
    batch.lean[leaning & (batch.rank_side == -batch.lean)] = 0
    (found,) = np.nonzero(judged & (batch.rank_side != 0) & ~by_run & ~leaning)
    batch.evidence[found] = Evidence.RANKS
    part, first = batch.series.part_counts[found] - 1, batch.rank_first[found]
    at = np.arange(batch.side.shape[1])
    seen = ~np.isnan(batch.series.raw[found])
    if batch.series.excluded is not None:
        seen &= ~batch.series.excluded[found]
    seen &= at >= first[:, None]
    batch.band_first[found, part] = first
    batch.band_last[found, part] = np.where(seen, at, -1).max(axis=1, initial=-1)
    batch.band_length[found, part] = seen.sum(axis=1)
    batch.band_side[found, part] = batch.rank_side[found]
    batch.band_is_current[found, part] = True
