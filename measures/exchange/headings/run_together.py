"""Dates that have lost their form: 45748, 202501, 20250101."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from measures import periods
from measures.exchange.labels import serial_day

YEAR_AND_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")

DAY_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
DAYS_LEFT_OUT = 3
"""Days without a row between two of a column, at most, where only the next ones can be meant: a long weekend."""


def run_together(cells: Sequence[str], frequency: str) -> dict[str, date]:
    """Dates that have lost their form, 45748 or 202501: known by following one another, period by period.

    A spreadsheet's days that all begin or end months need not follow: no other numbers fall so.
    """
    given = [cell for cell in cells if cell.isdecimal() or serial_day(cell)]
    days = [day for cell in given if (day := serial_day(cell))]
    if len(given) == len(days) and len(set(days)) > 1 and all(map(ends_a_month, days)):
        return {cell: periods.start_of(day, frequency) for cell, day in zip(given, days, strict=True)}
    for read in (serial_day, _day_run_together, _year_and_month):
        found = {cell: day for cell in given if (day := read(cell))}
        starts = [periods.start_of(day, frequency) for day in found.values()]
        if len(given) == len(found) > 1 and all(
            later in after(first, frequency) for first, later in pairwise(starts)
        ):
            return dict(zip(found, starts, strict=True))
    return {}


def ends_a_month(day: date) -> bool:
    """Whether it is the first or the last of a month."""
    return day.day == 1 or (day + timedelta(days=1)).day == 1


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


def near(period: date, frequency: str) -> list[date]:
    """What may stand beside a period in a row of labels that runs forwards or backwards."""
    steps = range(1, len(after(period, frequency)) + 1)
    return [periods.following(period, frequency, way * step) for step in steps for way in (1, -1)]


def calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
