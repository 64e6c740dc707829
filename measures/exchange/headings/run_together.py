"""Dates that have lost their form: 45748, 202501, 20250101."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from measures import periods

SERIAL = re.compile(r"[3-6]\d{4}")  # 1982 to 2091

SERIAL_ZERO = date(1899, 12, 30)

YEAR_AND_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")

DAY_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
DAYS_LEFT_OUT = 3
"""Days without a row between two of a column, at most, where only the next ones can be meant: a long weekend."""


def run_together(cells: Sequence[str], frequency: str) -> dict[str, date]:
    """Dates that have lost their form, 45748 or 202501: known by following one another, period by period."""
    given = [cell for cell in cells if cell.isdecimal()]
    for read in (_serial_day, _day_run_together, _year_and_month):
        found = {cell: day for cell in given if (day := read(cell))}
        starts = [periods.start_of(day, frequency) for day in found.values()]
        if len(given) == len(found) > 1 and all(
            later in after(first, frequency) for first, later in pairwise(starts)
        ):
            return dict(zip(found, starts, strict=True))
    return {}


def _serial_day(cell: str) -> date | None:
    """The day that a spreadsheet means by its number: 45748 is 1 April 2025."""
    return SERIAL_ZERO + timedelta(days=int(cell)) if SERIAL.fullmatch(cell) else None


def _day_run_together(cell: str) -> date | None:
    found = DAY_RUN_TOGETHER.fullmatch(cell)
    return calendar_day(*map(int, found.groups())) if found else None


def _year_and_month(cell: str) -> date | None:
    found = YEAR_AND_MONTH.fullmatch(cell)
    return date(int(found[1]), int(found[2]), 1) if found else None


def after(period: date, frequency: str) -> list[date]:
    """What may follow a period in a row of labels: the next one; of days one of the next few, over a weekend."""
    steps = DAYS_LEFT_OUT + 1 if frequency == periods.DAY else 1
    return [periods.following(period, frequency, step + 1) for step in range(steps)]


def calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
