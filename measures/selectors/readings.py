"""What a chart says, as plain frozen values: the one shape that pages, figures, sparklines and the API share.

Values are after the multiplier (a rate per 1,000 is 2.48, not 0.00248); `None` is a missing number.
Nothing here asks the database.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from measures.periods import DAY
from measures.spc.result import BETTER_CODES, is_improvement, side_of
from p2.look.icons import MARK_WORDS


class Glyph(StrEnum):
    """The marks of the chart grammar, by the keys that also draw them; `label` is what a reader sees."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    UNUSUAL = "unusual"
    COMMON = "common"
    EXCLUDED = "excluded"
    NO_DATA = "no-data"
    NO_RULES = "no-rules"
    TOO_FEW = "too-few"
    NONE = "none"

    @classmethod
    def of_direction(cls, is_improvement: bool | None) -> "Glyph":
        """The mark of a shift; unusual where no direction is better."""
        return {True: cls.IMPROVEMENT, False: cls.CONCERN, None: cls.UNUSUAL}[is_improvement]

    @classmethod
    def of_state(cls, state: str) -> "Glyph":
        """The mark of a chart by its state's key; a class of CSS is written with a hyphen."""
        return cls(state.replace("_", "-"))

    @property
    def label(self) -> str:
        """The words beside this mark, in the reader's language."""
        return str(MARK_WORDS[self])

    @property
    def css(self) -> str:
        """The class name that draws this mark."""
        return self.value


@dataclass(frozen=True, slots=True)
class Point:
    period: date
    label: str  # "Jan 2004", "week 3, 2004", "Q1 2004"
    value: float | None
    numerator: Decimal | None
    denominator: Decimal | None
    mark: Glyph
    why: str  # "6th of 11 points in a row above the median"; empty for common cause
    centre: float | None
    part: int  # 0-based
    included: bool
    baseline: bool
    no_data_reason: str = ""
    note: str = ""
    corrected: bool = False
    late: bool = False
    lower: float | None = None
    upper: float | None = None
    is_event: bool = False  # its period is the day of an event


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch between rebases, with what the run rules saw in it."""

    first: date
    last: date
    centre: float | None
    points: int
    useful: int
    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int
    unusual_runs: bool
    crossings_upper: int | None = None  # Perla's table has both ends
    longest_trend: int | None = None  # points; None where the rules know no trend
    rules_apply: bool = True  # False where points on the median leave too few on one side
    fired: frozenset[str] = frozenset()  # the engine's rules that did


@dataclass(frozen=True, slots=True)
class Band:
    """A shift: consecutive points on one side of the median, longer than chance explains."""

    first: date
    last: date
    mark: Glyph  # improvement, concern, or unusual when no direction is better; common when it is past
    sentence: str  # "Shift: 11 points below the median", "Earlier shift: …"
    is_past: bool = False
    is_by_ranks: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Words on the chart, numbered in time order from 1: what people wrote, and where the definition changed."""

    number: int
    period: date
    label: str
    kind: str  # note, change, event, definition
    text: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class GoalLine:
    value: float
    on: date | None

    def is_met(self, value: float, better: str) -> bool | None:
        """Whether a value has reached it; None where neither way is better."""
        if not better:
            return None
        return is_improvement(side_of(value, self.value), BETTER_CODES[better]) is not False


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class RampCycle:
    """One PDSA cycle of a ramp, on the day it was run."""

    on: date
    state: str  # testing, adopted, abandoned


@dataclass(frozen=True, slots=True)
class Ramp:
    """The cycles that test one change, oldest first: a lane under the chart on the same months."""

    label: str
    steps: tuple[RampCycle, ...]
    outcome: str = ""  # the words at the end: "adopted", "running"
    who: str = ""


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    mark: Glyph
    headline: str  # "Sustained improvement since March 2003: 11 points below the median"
    short: str  # "11 points below the median", for lists
    since: date | None = None
    about: date | None = None  # of the one number that the headline speaks of


@dataclass(frozen=True, slots=True)
class Unfrozen:
    """What a chart with a frozen median says by the median of all points of its last part."""

    mark: Glyph
    sentence: str  # "This rests on the frozen median of 2.48 alone. By the median of all 23 points, 2.11, …"


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure's chart, complete: enough to draw, tabulate and speak it."""

    ref: str
    name: str
    unit: str  # "per 1,000 doses", "% of admissions"
    decimals: int
    frequency: str  # day, week, month, quarter
    better: str  # "up", "down" or ""
    is_proportion: bool
    points: tuple[Point, ...]
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    verdict: ShownVerdict
    goal: GoalLine | None = None
    benchmarks: tuple[BenchmarkLine, ...] = ()
    notes: tuple[Note, ...] = ()
    questions: tuple[date, ...] = ()  # periods with an open question pinned to their point
    ramps: tuple[Ramp, ...] = ()
    has_mean: bool = False  # the line is a mean, as on control charts
    rules: str = "Anhøj"  # as the reader calls them
    false_alarms: str = ""  # what they cost: how many of 100 stable series as long and as frozen as this one
    is_frozen: bool = False  # the last part's median is taken from its first points alone
    by_freeze_alone: Unfrozen | None = None  # where the verdict is another one without the freeze
    is_stale: bool = False  # numbers newer than the chart: it is being recomputed

    @property
    def is_by_events(self) -> bool:
        """Whether points are events: they stand in their order, each named by its day."""
        return any(point.is_event for point in self.points)

    @property
    def has_gaps(self) -> bool:
        """Whether time may pass between two points: between events, and between days with a number."""
        return self.is_by_events or self.frequency == DAY

    @property
    def newest_first(self) -> tuple[Point, ...]:
        """The points as tables list them."""
        return self.points[::-1]


@dataclass(frozen=True, slots=True)
class Spark:
    """What a sparkline draws: values oldest first, the centre under each, one band at most."""

    values: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    mark: (
        Glyph  # of the whole chart: what a heat cell shows; the newest point carries it inside the band alone
    )
    band: tuple[int, int] | None = None  # first and last position, inclusive
    goal: float | None = None
    alt: str = ""  # the sentence a screen reader hears
    low: float | None = None  # a shared scale for small multiples; None: the series' own
    high: float | None = None
    newest: str = ""  # the newest value as shown, "1.50"
    span: int = 0  # positions that the width stands for, in every sparkline of a list; 0: those that it has
    behind: int = 0  # of them, how many lie after the newest: others of the list have newer numbers
    ends_on: date | None = None  # the last period; None where nothing is drawn, or points are events
    frequency: str = ""
    band_mark: Glyph | None = (
        None  # the band's colour, where an earlier shift says other than the chart does now
    )

    @property
    def is_before(self) -> bool:
        """Whether its numbers end before the stretch of time that its list shows."""
        return bool(self.behind) and not self.values


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One measure in a map of many; its link is the one click to the chart."""

    ref: str
    url: str
    words: str  # "No child harmed: adverse drug events, 11 points below the median"
    spark: Spark
    is_open: bool  # the selected item of the queue is about it
    beside: tuple[tuple[Glyph, int], ...] = ()  # signals on other measures of the same project, by mark
    beside_words: str = ""  # the same for who does not see them
