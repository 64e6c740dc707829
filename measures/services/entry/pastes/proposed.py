"""What a pasted block is, and what it would change, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from measures.exchange.entries import Entry
from measures.exchange.events import spots
from measures.exchange.pieces import Laid
from measures.models import Measure, Observation
from measures.selectors.sheet_place import SheetPlace

Where = tuple[str, date]  # a measure's ref, a period


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """What is pasted and where: at a measure and a period, seen from the open one."""

    text: str
    measure: str
    period: date | None
    frequency: str
    open: date | None = None
    is_down: bool | None = None
    is_fixed: bool = False  # the first period was chosen in the preview
    spreads: bool = False  # rows and columns without names on the measures that follow
    lays_strange: bool | None = None  # what stands under a name that is no measure's; None: not asked yet
    year: int | None = None  # of the newest label where none names its year; None: not asked yet
    is_month_first: bool | None = None  # 7/1/2025; None: as the organization's country writes it
    file: str = ""  # its name, where the block was uploaded
    reason: str | None = None  # for all cells without a number, "" leaves them out; None: not asked yet


@dataclass(frozen=True, slots=True)
class Proposed:
    """One cell of the block: kind "new", "changed", "same" or "left-out"."""

    measure: Measure
    period: date
    kind: str
    words: str  # as it was pasted
    standing: Observation | None
    entry: Entry | None = None
    sentence: str = ""
    is_closed: bool = False  # its month
    is_missing: bool = False  # the block says that there is no number
    days: tuple[date, ...] | None = None  # of its events, where the measure is logged by their dates
    days_standing: tuple[date, ...] = ()

    @property
    def version(self) -> int:
        """Of what stands there, 0 for nothing."""
        return self.standing.version if self.standing else 0

    @property
    def is_written(self) -> bool:
        return self.kind in {"new", "changed"}

    @property
    def needs_reason(self) -> bool:
        return self.is_closed and self.kind == "changed"

    @property
    def days_new(self) -> tuple[date, ...]:
        """The events that come."""
        return _without(self.days or (), self.days_standing)

    @property
    def days_gone(self) -> tuple[date, ...]:
        """The events that stand and that the block has not: a month's dates are all of them."""
        return _without(self.days_standing, self.days or ()) if self.is_written else ()

    @property
    def count(self) -> int:
        """How many numbers it writes: each event is one, and one that goes."""
        return max(1, len(self.days_new) + len(self.days_gone))


@dataclass(frozen=True, slots=True)
class Paste:
    """A block in its place, cell by cell."""

    place: SheetPlace
    measures: tuple[Measure, ...]
    cells: Mapping[Where, Proposed]
    observations: Mapping[Where, Observation]
    laid: Laid | None
    at: Measure | None
    problem: str = ""
    remarks: tuple[str, ...] = ()
    reason: str = ""  # for the cells without a number; "": they are left out
    is_month_first: bool | None = None
    is_spread: bool = False
    days: Mapping[Where, tuple[date, ...]] = field(default_factory=dict)  # of the events that stand

    def of_kind(self, *kinds: str) -> list[Proposed]:
        return [cell for cell in self.cells.values() if cell.kind in kinds]

    @property
    def written(self) -> list[Proposed]:
        return self.of_kind("new", "changed")

    @property
    def count(self) -> int:
        """How many numbers it writes."""
        return sum(cell.count for cell in self.written)

    @property
    def same_count(self) -> int:
        return len(self.of_kind("same"))

    @property
    def closed(self) -> list[Proposed]:
        """Changes in closed months: they need a reason."""
        return [cell for cell in self.written if cell.needs_reason]


def _without(days: tuple[date, ...], others: tuple[date, ...]) -> tuple[date, ...]:
    """Of two on one day one may stay."""
    return tuple(day for day, _nth in sorted(set(spots(days)) - set(spots(others))))
