"""What the engine answers: frozen values, plain Python inside, `None` for a missing number.

Positions are 0-based and count points, not months. Values, centres and targets are in the unit shown,
that is after the multiplier.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

METHOD = 2
"""The number of the way in which charts are judged: raised with whatever changes a verdict, or what is kept of a chart,
so that stored charts are judged anew, and nobody takes that for news (docs/why/012)."""

JUDGED_FROM = 10
"""Useful points a part needs before the engine says anything about it."""


class Chart(StrEnum):
    """The chart kinds the engine computes."""

    RUN = "run"


class RuleSet(StrEnum):
    """The rules that decide whether a part's runs are unusual."""

    ANHOEJ = "anhoej"
    BEST_BOX = "best_box"
    CUT_BOX = "cut_box"
    PERLA = "perla"


class State(IntEnum):
    """What the last part of a chart says, in one small number a database row can hold."""

    NONE = 0  # no numbers
    TOO_FEW = 1  # fewer than ten useful points
    COMMON = 2  # the rules were applied, and none fired
    IMPROVEMENT = 3
    CONCERN = 4
    NO_RULES = 5  # the run rules do not apply, and the ranks of the latest points tell nothing
    UNUSUAL = 6  # something fired that has no clear direction, or none that is better

    @property
    def mark(self) -> str:
        """The word of the chart grammar: none, too_few, common, improvement, concern, no_rules, unusual."""
        return self.name.lower()


class PointMark(IntEnum):
    """The mark of one point, in one small number."""

    COMMON = 0
    IMPROVEMENT = 1
    CONCERN = 2
    EXCLUDED = 3
    NO_DATA = 4
    TOO_FEW = 5
    UNUSUAL = 6
    NO_RULES = 7

    @property
    def mark(self) -> str:
        """The word of the chart grammar, such as common or too_few."""
        return self.name.lower()


class Evidence(IntEnum):
    """The rule that decided the state of the last part, the strongest first."""

    NONE = 0
    CURRENT_SHIFT = 1  # an over-limit run that reaches the newest useful point
    FEW_CROSSINGS = 2
    PAST_SHIFT = 3
    TREND = 4
    MANY_CROSSINGS = 5  # Perla: more runs than chance explains
    RUNS_AND_CROSSINGS = 6  # the cut corner of the cut box
    RANKS = 7  # the latest points rank above or below those before them
    FAR_NUMBER = 8  # one of the newest numbers is unlike all the others
    HELD_SHIFT = 9  # an over-limit run with points after it, too few on the other side to say that it is over

    @property
    def is_shift(self) -> bool:
        """Whether a shift is in force: the last part's band is what the verdict speaks of."""
        return self in {Evidence.CURRENT_SHIFT, Evidence.HELD_SHIFT, Evidence.RANKS}


BETTER_CODES: dict[str | None, int] = {None: 0, "": 0, "up": 1, "down": -1}
"""Which way is better, as sides of the line are written: 1 above, -1 below, 0 neither."""


def is_improvement(side: int, better: int) -> bool | None:
    """Whether points on this side of the line are better; None where no side is.

    >>> is_improvement(-1, BETTER_CODES["down"]), is_improvement(1, -1), is_improvement(1, 0)
    (True, False, None)
    """
    return side == better if side and better else None


SIDES = {1: "above", -1: "below"}
"""The words of the sides of a line."""


def side_of(value: float, line: float) -> int:
    """On which side of a line a value lies: 1 above, -1 below, 0 on it."""
    return (value > line) - (value < line)


@dataclass(frozen=True, slots=True)
class ShiftBand:
    """The one shift drawn in a part: the latest run longer than its limit.

    With a median over all points both halves of one shift are long runs; only the later one is the news.
    """

    part: int
    first: int
    last: int
    length: int  # useful points in the run, those on the line not counted; of a shift by ranks all points
    side: str  # "above" or "below" the centre line
    is_improvement: bool | None  # None: no direction is better
    is_current: bool  # reaches the newest useful point of its part
    is_past: bool = False  # over, or of an earlier part: the verdict speaks of something else
    is_by_ranks: bool = False  # told by the ranks of its points; `side` is above or below those before it


@dataclass(frozen=True, slots=True)
class Signal:
    """One firing of one rule.

    `points` are the positions it rests on, with points on the line inside a shift and equal neighbours inside a
    trend; empty for a count over a part. `direction` is "up", "down" or None. `values` are the counts that its
    sentence names, by `rule`: "shift" has `points`, "trend" `points`, "crossings" `crossings` and `least`,
    "few_runs" `runs` and `least`, "many_runs" `runs` and `most`, "cut_box" `points` in a row and `crossings`,
    "ranks" `points`, the latest ones; "far" names one point.
    """

    rule: str
    part: int
    points: tuple[int, ...]
    direction: str | None
    is_improvement: bool | None
    values: dict[str, int]
    is_past: bool = False  # a shift that the verdict does not speak of


@dataclass(frozen=True, slots=True)
class PartResult:
    """What the run rules saw in one stretch between rebases.

    `points` counts all positions, `included` those not excluded, `observed` those of them with a number,
    `useful` those of them off the centre line. `longest_run_limit` is the longest run chance explains,
    `crossings_limit` the fewest crossings, `crossings_upper` the most (None: no such limit). All limits
    are 0 when no point is useful.
    """

    first: int
    last: int
    centre: float | None
    points: int
    included: int
    observed: int
    useful: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int
    crossings_upper: int | None
    longest_trend: int  # points in the longest trend; 0 where the rule set has no trend rule
    unusual_runs: bool
    rules_apply: bool  # False where points on the line leave too few on one side of it

    @property
    def is_judged(self) -> bool:
        """Whether the rules apply and the part has the ten useful points they need."""
        return self.rules_apply and self.useful >= JUDGED_FROM


@dataclass(frozen=True, slots=True)
class ChartResult:
    """One chart, complete: per point, per part, and what it all says.

    The per-point tuples have one item for each value given. Limits are None on a run chart, so nothing is
    beyond them and there is no assurance. `in_run` marks the useful points of every run longer than its
    limit, `in_trend` those of every trend (Perla only); `shift_bands` says which run is drawn.
    """

    chart: Chart
    rules: RuleSet
    better: str | None
    target: float | None
    line: str  # what the centre line is: "median", or "centre line" where one was given
    value: tuple[float | None, ...]
    part: tuple[int, ...]
    baseline: tuple[bool, ...]
    included: tuple[bool, ...]
    centre: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    lower_2s: tuple[float | None, ...]
    upper_2s: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    beyond_limits: tuple[bool, ...]
    side: tuple[int, ...]  # 1 above the centre line, -1 below, 0 on it, missing or excluded
    in_run: tuple[bool, ...]
    in_trend: tuple[bool, ...]
    marks: tuple[PointMark, ...]
    parts: tuple[PartResult, ...]
    shift_bands: tuple[ShiftBand, ...]
    signals: tuple[Signal, ...]
    state: State
    evidence: Evidence
    lean: str | None  # "above" or "below": where two thirds of the latest half of the useful points lie
    far: int | None = None  # the newest number that is unlike all the others of the last part
    variation: str = field(default="none")  # the word of the state
    assurance: str | None = None  # a run chart has no limits to hold against a target
