"""The first row or column of a block: dates as spreadsheets write them, told from numbers."""

import re
from collections.abc import Sequence
from datetime import date

from measures import periods
from measures.exchange.numbers import read_number, read_period

EARLIEST, LATEST = 1900, 2200
DAY_AND_MONTH = re.compile(r"(\d{1,2})[/](\d{1,2})[/](\d{4}|\d{2})$")
LIKE_A_NUMBER = re.compile(r"\d{1,2}[./]\d{4}$")
"""12/2004 is December 2004 or 12 of 2004: only a run of successive periods is taken for dates."""


def heading_dates(cells: Sequence[str], frequency: str) -> list[date] | None:
    """The periods that these cells name, a blank cell repeating the one before; None where they name none.

    >>> heading_dates(["4/1/2016", "5/1/2016"], "month")
    [datetime.date(2016, 4, 1), datetime.date(2016, 5, 1)]
    >>> heading_dates(["12", "14"], "month") is None
    True
    """
    given = [cell for cell in cells if cell]
    if not given or not cells[0]:
        return None
    found = _read(given, frequency)
    if found is None or not all(EARLIEST < period.year < LATEST for period in found):
        return None
    if any(LIKE_A_NUMBER.match(cell) for cell in given) and not _follow(found, frequency):
        return None
    read = iter(found)
    periods_of: list[date] = []
    for cell in cells:
        periods_of.append(next(read) if cell else periods_of[-1])
    return periods_of


def is_number(text: str) -> bool:
    """Whether it can be read as one number."""
    try:
        read_number(text)
    except ValueError:
        return False
    return True


def is_ratio(text: str) -> bool:
    """Whether it is a numerator over a denominator: 12/388."""
    above, slash, below = text.partition("/")
    return bool(slash) and is_number(above) and is_number(below)


def _read(cells: list[str], frequency: str) -> list[date] | None:
    slashed = [DAY_AND_MONTH.match(cell) for cell in cells]
    if all(slashed):
        return _read_slashed([tuple(map(int, found.groups())) for found in slashed if found], frequency)
    try:
        return [read_period(cell, frequency) for cell in cells]
    except ValueError:
        return None


def _read_slashed(parts: list[tuple[int, ...]], frequency: str) -> list[date] | None:
    """Day first or month first: what cannot be a month is the day; else what stays the same is."""
    firsts, seconds = {part[0] for part in parts}, {part[1] for part in parts}
    is_month_first = max(seconds) > 12 or (max(firsts) <= 12 and len(seconds) < len(firsts))
    days = []
    for first, second, year in parts:
        month, day = (first, second) if is_month_first else (second, first)
        try:
            days.append(date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            return None
    return [periods.start_of(day, frequency) for day in days]


def _follow(found: list[date], frequency: str) -> bool:
    successive = [periods.following(found[0], frequency, step) for step in range(len(found))]
    return len(found) > 1 and found == successive
