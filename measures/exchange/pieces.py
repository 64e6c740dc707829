"""What a block is laid on, and what it is laid down as."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from measures import periods
from measures.exchange.headings.yearless import YearOffered
from p2.columns.folding import fold

PERIOD_HEAD = "period"
"""Above the periods of a table that a sheet was downloaded as."""

GUARD = "'"
"""What stands before a text that a spreadsheet would run as a formula (p2.web.http)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A measure that a block may be laid on, by the names it answers to."""

    ref: str
    names: tuple[str, ...]
    is_ratio: bool
    numerator: str = ""  # its definition's own words
    denominator: str = ""
    multiplier: Decimal = Decimal(1)
    heads: tuple[str, ...] = ()  # of its columns in the sheet's own table, folded: a ratio has two
    is_dated: bool = False  # it takes the dates of a period's events
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """What the block holds for one measure and period, as text. A ratio may stand as `12/388` in its numerator."""

    target: int
    period: date
    numerator: str
    denominator: str = ""
    sentence: str = ""  # why it cannot be taken

    @property
    def words(self) -> str:
        return " / ".join(part for part in (self.numerator, self.denominator) if part)


class Asked(StrEnum):
    """What decides a block, and only a person can tell."""

    DAY = "day"
    YEAR = "year"
    MEASURE = "measure"
    WAY = "way"


@dataclass(frozen=True, slots=True)
class Laid:
    """A block in its place. `problem` is why none of it can be saved; `remarks` say what was left aside.

    `undated` are the labels beside the dates that are none: their rows, or columns, are left out.
    """

    pieces: tuple[Piece, ...]
    first: date | None
    is_down: bool  # months down, measures across
    is_decided: bool  # by dates or names in the block
    has_dates: bool
    problem: str = ""
    remarks: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    nameless: int = (
        0  # rows or columns without a name, where some would lie on another measure than the first
    )
    onto: tuple[
        int, ...
    ] = ()  # the measures that all of them take, the first one included where it is the chosen
    keeps_first: bool = False  # the first of them lies where a person pointed
    lays_first: bool = True  # so it is laid there
    strange: tuple[str, ...] = ()  # heads of such rows or columns that are a name, and no measure's
    doubtful_day: str = ""  # a label that is one day with the month first, another with the day first
    yearless: tuple[str, ...] = ()  # labels without their year
    years: tuple[YearOffered, ...] = ()  # that they may be of, the newest first
    year: int | None = None  # as a person chose
    asks: Asked | None = None  # what a person is to say before anything is laid


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a block is laid: the measures in the sheet's order, the one and the period it begins at."""

    targets: tuple[Target, ...]
    at: int
    first: date
    frequency: str
    newest: date  # the newest complete period: a block that would run past it ends there
    latest: date  # the newest period that takes numbers
    is_fixed: bool = False  # the first period was chosen, not guessed
    spreads: bool = False  # what has no name is laid on the measures that follow, as a person chose
    lays_strange: bool | None = None  # what stands under a name that is no measure's; None: nobody said
    year: int | None = None  # of the newest label, where none names its year; None: asked
    is_month_first: bool | None = None  # how 7/1/2025 is read where the block does not tell; None: asked

    def from_period(self, count: int) -> tuple[date, ...]:
        """`count` periods from the first; ending with the newest where they would run past it, unless fixed."""
        first, end = self.first, max(self.newest, self.first)
        if not self.is_fixed and periods.following(first, self.frequency, count - 1) > end:
            first = periods.following(end, self.frequency, 1 - count)
        return tuple(periods.following(first, self.frequency, step) for step in range(count))

    def named(self, text: str) -> int | None:
        """The measure that goes by this name."""
        wanted = fold(text)
        return next((at for at, target in enumerate(self.targets) if wanted in target.names), None)

    def is_name(self, text: str) -> bool:
        """Whether some measure goes by it."""
        return self.named(text) is not None

    def headed(self, text: str) -> tuple[int, int] | None:
        """The measure, and which of its columns, that stands under this head in the sheet's own table."""
        for wanted in (fold(text), fold(text.removeprefix(GUARD))):
            for at, target in enumerate(self.targets):
                if wanted in target.heads:
                    return at, target.heads.index(wanted)
        return None

    def takes_dates(self, head: str) -> bool:
        """Whether what stands under this head are event dates; without a name, it is of the measure pasted at."""
        at = self.named(head) if head else None
        return self.targets[self.at if at is None else at].is_dated


def which_day(label: str) -> Laid:
    """Nothing is laid before a person said how this day is written."""
    words = _("“%(label)s” is one day with the month first and another with the day first. Say which it is.")
    nothing = Laid((), None, True, True, True, doubtful_day=label, asks=Asked.DAY)
    return replace(nothing, problem=words % {"label": label[:40]})


def which_way() -> Laid:
    """Nothing is laid before a person said which way a block without labels lies."""
    words = _(
        "Nothing in the block tells whether its rows or its columns are measures. Choose its layout, or copy its dates "
        "or the measures’ names along."
    )
    return Laid((), None, False, False, False, problem=words, asks=Asked.WAY)


def which_year(labels: tuple[str, ...], years: tuple[YearOffered, ...], *, is_down: bool) -> Laid:
    """Nothing is laid before a person said of which year these labels are."""
    words = _("Nothing is laid before you say which year is meant.")
    return Laid((), None, is_down, True, True, problem=words, yearless=labels, years=years, asks=Asked.YEAR)


def which_measure(laid: Laid) -> Laid:
    """Nothing is laid under a name that is no measure's before a person said where."""
    words = _("Nothing is laid before you say which measure is meant.")
    return replace(laid, pieces=(), first=None, problem=words, asks=Asked.MEASURE)
