"""The frozen rows of the portfolio page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from measures.selectors.gains import Gain
from measures.selectors.readings import HeatCell, Spark
from p2.web.paging import PageOf


@dataclass(frozen=True, slots=True)
class Exported:
    """One measure as the CSV has it."""

    process: str
    project: str
    measure: str
    state: str
    words: str
    newest: str
    newest_period: date | None
    unit: str
    goal: str
    median: str
    interval: tuple[str, str]  # of the median; empty where there are too few points
    points: tuple[
        int | None, date | None, date | None
    ]  # that the median is of: how many, the first, the last


@dataclass(frozen=True, slots=True)
class MapRow:
    """One organization: a cell a column, several measures stacked; then how full its months are."""

    name: str
    url: str
    place: str
    cells: tuple[tuple[str, tuple[HeatCell, ...]], ...]  # column, what stands in it
    months: tuple[float | None, ...]  # shares, oldest first; None where nothing was asked
    percent: int | None  # over the closed months
    open_present: int  # numbers of the months that are still open
    open_expected: int
    reasons: int  # no data, with a reason, in all of the months
    full_words: str
    exported: tuple[Exported, ...]


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A care process, or a core measure, and how its charts stand."""

    name: str
    concern: int
    improvement: int
    common: int
    unusual: int = 0
    no_rules: int = 0
    not_judged: int = 0  # too few points, or no numbers


@dataclass(frozen=True, slots=True)
class Queued:
    """One thing that changed since the reader's previous visit."""

    ref: str
    kind: str  # a mark's class, or "definition"
    place: str
    when: str
    name: str
    words: str
    url: str  # to the chart
    spark: Spark | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Multiple:
    name: str
    url: str
    median: str  # "20.3", of the chart's last part; empty without one
    span: str  # over which points: "median of 24 points, Jan 2024 to Dec 2025"
    interval: str  # "95% interval 18.9 to 22.1"
    alike: str  # "not told apart from Hospital 03"; empty where it is told apart from all before it
    remark: str  # what else is to be known of its median or its place
    spark: Spark
    gain: Gain | None  # of the last part over the part before


@dataclass(frozen=True, slots=True)
class Multiples:
    """One core measure of every organization on one scale, best median first."""

    name: str
    ref: str
    note: str  # "Core measure, lower is better, best median first"
    order: str  # what the order rests on, and how far it can be trusted
    low: str  # "0"
    high: str  # "34 days"
    goal: str  # "7 days", empty without one
    charts: tuple[Multiple, ...]
    unshown: int
    choices: tuple[tuple[str, str], ...]  # ref, name


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The newest complete month across the collaborative."""

    month: str
    closes_on: date
    is_closed: bool
    complete: int  # organizations whose numbers are all there
    asked: int  # organizations that it asks for numbers
    missing: tuple[tuple[str, str], ...]  # words, address
    unnamed: int
    reasons: int  # of the numbers there: no data, with a reason


@dataclass(frozen=True, slots=True)
class Portfolio:
    facts: str
    since: str
    view: str  # projects, core
    sort: str  # need, name
    columns: tuple[MapColumn, ...]
    rows: tuple[MapRow, ...]
    pages: PageOf  # organizations
    percent: int | None  # of all organizations; None where others stand on another page
    queue: tuple[Queued, ...]
    rules_words: str  # what a change of the run rules changed, told once; empty without one
    unshown: int
    month: MonthLine | None
    unasked: tuple[
        tuple[str, str], ...
    ]  # organizations of the page that no month asks for numbers: words, address
    without_outcome: tuple[tuple[str, str], ...]  # running projects of theirs that the map cannot show
    multiples: Multiples | None
    has_invented_names: bool

    @property
    def page_words(self) -> str:
        """51–100 of 226 organizations."""
        words = ngettext(
            "%(first)d\u2013%(last)d of %(rows)d organization",
            "%(first)d\u2013%(last)d of %(rows)d organizations",
            self.pages.rows,
        )
        return words % {"first": self.pages.first_row, "last": self.pages.end, "rows": self.pages.rows}
