"""7/1/2025: the month first or the day first, as the other dates beside it tell."""

import re
from collections.abc import Sequence
from datetime import date

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.headings.run_together import calendar_day
from measures.exchange.labels import day_of, day_with_time, without_time

DAY_AND_MONTH = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})$")


def days_of(cells: Sequence[str]) -> tuple[date | None, ...]:
    """The day that each label names, in the order of day and month that fits them all."""
    slashed = slashed_days(cells)
    return tuple(slashed.get(cell) or day_of(cell) for cell in cells)


def slashed_days(cells: Sequence[str], frequency: str = periods.MONTH) -> dict[str, date]:
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
    >>> event_days(["45748", "2026-04-03 14:30"], is_month_first=None)[0]["45748"]
    datetime.date(2025, 4, 1)
    >>> event_days(["3/4/2026"], is_month_first=None)
    ({}, '3/4/2026')
    """
    known = {cell: day for cell in cells if (day := day_with_time(cell))}
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


def either_day(text: str) -> tuple[date, ...]:
    """The days that a slashed date may be, the day first before the month first; one where it is the same or the other
    is none.

    >>> [f"{day}" for day in either_day("10/03/2026")], [f"{day}" for day in either_day("17/3/26 08:15")]
    (['2026-03-10', '2026-10-03'], ['2026-03-17'])
    >>> either_day("3 Mar 2026")
    ()
    """
    return tuple(dict.fromkeys(day for read in _both_ways([text]) for day in read.values()))


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
    return DAY_AND_MONTH.match(without_time(cell)) is not None


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
        if (found := DAY_AND_MONTH.match(without_time(cell)))
    }
    day_first = {
        cell: day for cell, (one, two, year) in parts.items() if (day := calendar_day(year, two, one))
    }
    month_first = {
        cell: day for cell, (one, two, year) in parts.items() if (day := calendar_day(year, one, two))
    }
    return day_first, month_first
