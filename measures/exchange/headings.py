"""The first row or column of a block: dates as spreadsheets write them, told from numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.labels import day_of, read_period, without_midnight
from measures.exchange.numbers import is_number, ratio_in, stands_in

EARLIEST, LATEST = 1900, 2200
DAY_AND_MONTH = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})$")
MONTH_AND_YEAR = re.compile(r"\d{1,2}[./]\d{4}$")
SERIAL = re.compile(r"[3-6]\d{4}")  # 1982 to 2091
SERIAL_ZERO = date(1899, 12, 30)
YEAR_AND_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
DAY_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
DAYS_LEFT_OUT = 3
"""Days without a row between two of a column, at most, where only the next ones can be meant: a long weekend."""
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
    slashed = {cell: periods.start_of(day, frequency) for cell, day in _slashed(cells, frequency).items()}
    found = _run_together(cells, frequency)
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


def days_of(cells: Sequence[str]) -> tuple[date | None, ...]:
    """The day that each label names, in the order of day and month that fits them all."""
    slashed = _slashed(cells)
    return tuple(slashed.get(cell) or day_of(cell) for cell in cells)


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
    """A label without a year is the period that follows the one before it, as in the heads of a sheet: Dec ’03, Jan."""
    read: list[date | None] = []
    before: date | None = None
    for cell, period in zip(cells, named, strict=True):
        known = _after(before, frequency) if before and not period else ()
        read.append(next((after for after in known if _names(cell, after, frequency)), period))
        before = read[-1] or (before if not cell else None)
    return tuple(read)


def _after(period: date, frequency: str) -> list[date]:
    """What may follow a period in a row of labels: the next one; of days one of the next few, over a weekend."""
    steps = DAYS_LEFT_OUT + 1 if frequency == periods.DAY else 1
    return [periods.following(period, frequency, step + 1) for step in range(steps)]


def _names(cell: str, period: date, frequency: str) -> bool:
    """Whether a label that has no year names this period."""
    year = period.isocalendar().year if frequency == periods.WEEK else period.year
    return not cell.isdigit() and _read(f"{cell} {year}", frequency) == period


def _slashed(cells: Sequence[str], frequency: str = periods.MONTH) -> dict[str, date]:
    """Day first or month first: what cannot be a month is the day; else what stays the same is, and of days and weeks
    what stays the same is the month.
    """
    day_first, month_first = _both_ways(cells)
    if day_first.keys() == month_first.keys():
        firsts, seconds = ({getattr(day, part) for day in day_first.values()} for part in ("day", "month"))
        days, months = (seconds, firsts) if frequency in periods.DAYS_IN else (firsts, seconds)
        read = month_first if len(months) < len(days) else day_first
    elif day_first.keys() - month_first.keys() and month_first.keys() - day_first.keys():
        either = day_first | month_first  # both orders in one block: one that may be either is not guessed at
        read = {cell: either[cell] for cell in day_first.keys() ^ month_first.keys()}
    else:
        read = max(day_first, month_first, key=len)
    return read


def event_days(cells: Sequence[str], *, is_month_first: bool | None) -> tuple[dict[str, date], str]:
    """The days of these cells, which follow no order; and one that may be two days, where none of them tells.

    >>> event_days(["3/4/2026", "17/4/2026", "fall"], is_month_first=None)
    ({'3/4/2026': datetime.date(2026, 4, 3), '17/4/2026': datetime.date(2026, 4, 17)}, '')
    >>> event_days(["3/4/2026"], is_month_first=None)
    ({}, '3/4/2026')
    """
    known = {cell: day for cell in cells if (day := day_of(cell))}
    day_first, month_first = _both_ways(cells)
    only_day, only_month = day_first.keys() - month_first.keys(), month_first.keys() - day_first.keys()
    if only_day and only_month:
        either = day_first | month_first
        return known | {cell: either[cell] for cell in only_day | only_month}, ""
    if only_day or only_month:
        return known | (day_first if only_day else month_first), ""
    doubt = next((cell for cell, day in day_first.items() if day != month_first[cell]), "")
    if doubt and is_month_first is None:
        return known, doubt
    return known | (month_first if is_month_first else day_first), doubt


def doubtful_day(grid: Grid) -> str:
    """The first date beside a block that may be two days: 7/1/2025, where no other label tells; else nothing.

    >>> doubtful_day([["7/1/2025", "3"]]), doubtful_day([["7/1/2025", "3"], ["8/1/2025", "4"]])
    ('7/1/2025', '')
    """
    return next((label for side in _sides(grid) if (label := _undecided(side))), "")


def with_days_read(grid: Grid, *, is_month_first: bool) -> Grid:
    """The block with such dates written so that they are one day."""
    known: dict[str, str] = {}
    for side in _sides(grid):
        if _undecided(side):
            day_first, month_first = _both_ways(side)
            read = month_first if is_month_first else day_first
            known |= {cell: day.isoformat() for cell, day in read.items()}
    return [[known.get(cell, cell) for cell in row] for row in grid]


def both_days(label: str) -> tuple[date, date]:
    """A doubtful day with the month first, and with the day first.

    >>> both_days("7/1/2025")
    (datetime.date(2025, 7, 1), datetime.date(2025, 1, 7))
    """
    day_first, month_first = _both_ways([label])
    return month_first[label], day_first[label]


def _sides(grid: Grid) -> list[list[str]]:
    """Where a block's dates may stand: along its first row, else down some columns; most of what is filled there."""
    sides = [grid[0]] if sum(map(_is_slashed, grid[0])) > 1 else turned(grid)
    return [side for side in sides if 2 * sum(map(_is_slashed, side)) >= sum(map(bool, side))]


def _is_slashed(cell: str) -> bool:
    return DAY_AND_MONTH.match(without_midnight(cell)) is not None


def _undecided(cells: Sequence[str]) -> str:
    """The first of these dates that are other days the other way round, where neither their days nor months tell."""
    day_first, month_first = _both_ways(cells)
    if day_first == month_first or day_first.keys() != month_first.keys():
        return ""
    months, days = ({getattr(day, part) for day in day_first.values()} for part in ("month", "day"))
    other = (cell for cell, day in day_first.items() if day != month_first[cell])
    return next(other, "") if len(months) == len(days) else ""


def _both_ways(cells: Sequence[str]) -> tuple[dict[str, date], dict[str, date]]:
    """The days of these labels with the day first, and with the month first, as far as they can be."""
    parts = {
        cell: tuple(map(int, found.group(1, 3, 4)))
        for cell in cells
        if (found := DAY_AND_MONTH.match(without_midnight(cell)))
    }
    day_first = {cell: day for cell, (one, two, year) in parts.items() if (day := _day(year, two, one))}
    month_first = {cell: day for cell, (one, two, year) in parts.items() if (day := _day(year, one, two))}
    return day_first, month_first


def _run_together(cells: Sequence[str], frequency: str) -> dict[str, date]:
    """Dates that have lost their form, 45748 or 202501: known by following one another, period by period."""
    given = [cell for cell in cells if cell.isdecimal()]
    for read in (_serial_day, _day_run_together, _year_and_month):
        found = {cell: day for cell in given if (day := read(cell))}
        starts = [periods.start_of(day, frequency) for day in found.values()]
        if len(given) == len(found) > 1 and all(
            later in _after(first, frequency) for first, later in pairwise(starts)
        ):
            return dict(zip(found, starts, strict=True))
    return {}


def _serial_day(cell: str) -> date | None:
    """The day that a spreadsheet means by its number: 45748 is 1 April 2025."""
    return SERIAL_ZERO + timedelta(days=int(cell)) if SERIAL.fullmatch(cell) else None


def _day_run_together(cell: str) -> date | None:
    found = DAY_RUN_TOGETHER.fullmatch(cell)
    return _day(*map(int, found.groups())) if found else None


def _year_and_month(cell: str) -> date | None:
    found = YEAR_AND_MONTH.fullmatch(cell)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


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
