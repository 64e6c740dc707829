"""The first row or column of a block: dates as spreadsheets write them, told from numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from measures import periods
from measures.exchange.headings.run_together import near, run_together
from measures.exchange.headings.slashed import slashed_days
from measures.exchange.labels import read_period
from measures.exchange.numbers import is_number, ratio_in, stands_in

EARLIEST, LATEST = 1900, 2200
MONTH_AND_YEAR = re.compile(r"\d{1,2}[./]\d{4}$")
LIKE_A_NUMBER = re.compile(r"[1-9]\d?[./]\d{4}$|\d{4}/[1-9]\d?$")
"""12/2004 is December 2004 or 12 of 2004: alone such labels are dates only where they follow one another."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The labels along one side of a block. `sure` counts those that are dates and can be nothing else."""

    periods: tuple[date | None, ...]  # what each label names; None where no date can be read
    sure: int
    numbers: int

    @property
    def weight(self) -> tuple[int, int]:
        """The heavier of two edges is the one that holds the dates."""
        return self.sure, -self.numbers


def heading_dates(cells: Sequence[str], frequency: str) -> Edge | None:
    """The periods that these labels name, as soon as one of them names one; else None.

    >>> heading_dates(["4/1/2016", "5/1/2016", "Total"], "month").periods
    (datetime.date(2016, 4, 1), datetime.date(2016, 5, 1), None)
    >>> heading_dates(["12", "14"], "month") is None
    True
    """
    slashed = {cell: periods.start_of(day, frequency) for cell, day in slashed_days(cells, frequency).items()}
    found = run_together(cells, frequency)
    are_numbers = bool(found)
    for cell in cells:
        if (period := slashed.get(cell) or _read(cell, frequency)) and EARLIEST < period.year < LATEST:
            found[cell] = period
    sure = sum(cell in found and not LIKE_A_NUMBER.match(cell) and not cell.isdecimal() for cell in cells)
    if not sure and not are_numbers and not _are_months(cells, found, frequency):
        return None
    left = [cell for cell in cells if cell not in found and not MONTH_AND_YEAR.match(cell)]
    named = _with_the_next(cells, [found.get(cell) for cell in cells], frequency)
    return Edge(named, sure, sum(map(is_value, left)))


def repeated(edge: Edge, cells: Sequence[str]) -> Edge:
    """The same edge with a blank label standing for the one before it: a date over two columns."""
    named: list[date | None] = []
    for cell, period in zip(cells, edge.periods, strict=True):
        named.append(period if cell or not named else named[-1])
    return Edge(tuple(named), edge.sure, edge.numbers)


def is_ratio(text: str) -> bool:
    """Whether it is a numerator over a denominator: 12/388, 12 of 388."""
    return ratio_in(text) is not None


def is_value(text: str) -> bool:
    """Whether it is no label: a number, a ratio, or what stands in for a number and is refused as one."""
    return is_number(text) or is_ratio(text) or stands_in(text)


def _read(cell: str, frequency: str) -> date | None:
    try:
        return read_period(cell, frequency)
    except ValueError:
        return None


def _with_the_next(
    cells: Sequence[str], named: Sequence[date | None], frequency: str
) -> tuple[date | None, ...]:
    """A label without a year is the period beside that of the label before or behind it: Dec ’03, Jan; Jul, Aug ’04."""
    read = _beside(cells, named, frequency)
    return tuple(reversed(_beside(cells[::-1], read[::-1], frequency)))


def _beside(cells: Sequence[str], named: Sequence[date | None], frequency: str) -> list[date | None]:
    read: list[date | None] = []
    before: date | None = None
    for cell, period in zip(cells, named, strict=True):
        known = near(before, frequency) if before and not period else ()
        read.append(next((one for one in known if _names(cell, one, frequency)), period))
        before = read[-1] or (before if not cell else None)
    return read


def _names(cell: str, period: date, frequency: str) -> bool:
    """Whether a label that has no year names this period."""
    year = period.isocalendar().year if frequency == periods.WEEK else period.year
    return not cell.isdigit() and _read(f"{cell} {year}", frequency) == period


def _are_months(cells: Sequence[str], found: dict[str, date], frequency: str) -> bool:
    """Whether labels that could also be numbers are dates: they follow one another, one unreadable between."""
    labels = [cell for cell in cells if LIKE_A_NUMBER.match(cell)]
    known = [found[cell] for cell in labels if cell in found]
    if len(known) == sum(map(is_value, cells)) and not any(map(MONTH_AND_YEAR.match, labels)):
        return bool(known)
    if len(set(known)) < 2:
        return False
    steps = range(3 if len(known) < len(labels) else 2)
    return all(
        later in {periods.following(period, frequency, step) for step in steps}
        for period, later in pairwise(known)
    )
