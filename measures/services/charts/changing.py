"""Since when a chart says what it says: numbers, mark-ups and definitions make news, other rules alone do not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from measures.models import ChartSnapshot
from measures.services.charts.stale import Moment, StaleSeries
from measures.spc import State
from measures.spc.arrays import Codes
from measures.spc.result import METHOD

STATES = {
    State.NONE: ChartSnapshot.State.NONE,
    State.TOO_FEW: ChartSnapshot.State.TOO_FEW,
    State.COMMON: ChartSnapshot.State.COMMON,
    State.IMPROVEMENT: ChartSnapshot.State.IMPROVEMENT,
    State.CONCERN: ChartSnapshot.State.CONCERN,
    State.NO_RULES: ChartSnapshot.State.NO_RULES,
    State.UNUSUAL: ChartSnapshot.State.UNUSUAL,
}

Judge = Callable[[Sequence[int], Sequence[str]], Codes]
"""The states of the series in these places, by these rules."""


@dataclass(frozen=True, slots=True)
class Moments:
    """One item a series: since when its state is known, and when other rules alone last changed it."""

    state_since: list[Moment]
    rejudged_at: list[Moment | None]


WORDS = [STATES[state].value for state in State]
"""By the engine's code."""


def words_of(states: Codes) -> list[str]:
    """Codes of the engine as a snapshot's column has them."""
    return [WORDS[code] for code in states.tolist()]


def moments(stale: Sequence[StaleSeries], states: Codes, judged_by: Judge, at: datetime) -> Moments:
    """When each state came.

    Where numbers and rules changed between two computations, the new numbers are judged by the old rules as well: what
    they bring by themselves is news. Old methods are gone: there the numbers are taken to have brought it.
    """
    new, brought = words_of(states), words_of(states)
    both = [place for place, one in enumerate(stale) if _is_of_both(one)]
    if both:
        old_rules = [rules for place in both if (rules := stale[place].old_rules)]
        for place, state in zip(both, words_of(judged_by(both, old_rules)), strict=True):
            brought[place] = state
    now, found = at.isoformat(), Moments([], [])
    for one, state, by_numbers in zip(stale, new, brought, strict=True):
        is_new = one.old_version is None or (one.old_version < one.version and by_numbers != one.old_state)
        is_judged_otherwise = not is_new and one.old_rules != one.rules and state != one.old_state
        found.state_since.append(now if is_new or one.state_since is None else one.state_since)
        found.rejudged_at.append(now if is_judged_otherwise else one.rejudged_at)
    return found


def _is_of_both(one: StaleSeries) -> bool:
    """Whether numbers and rules changed, and the method did not."""
    if one.old_version is None:
        return False
    return one.old_version < one.version and one.old_rules != one.rules and one.old_method == METHOD
