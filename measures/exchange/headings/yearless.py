"""Labels that name a period without its year, Jul, Aug or Week 45: a person says of which year they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.headings import heading_dates, is_value
from measures.exchange.headings.apart import YEAR_ALONE, with_one_label
from measures.exchange.labels import names_a_span, read_period
from measures.exchange.labels.likeness import has_a_time, looks_like_a_period

YEAR = 2020
"""A year with a 29 February and a week 53: every label that has no year is read in it."""

MOST = 6
"""Years that are offered."""

HALF, WHOLE = 183, 366  # days of a year

YearOffered = tuple[int, date, date]
"""The year of the newest label, and the first and the last period of the run."""


@dataclass(frozen=True, slots=True)
class Run:
    """The labels of one side of a block; `places` has for each its years after, or before, the newest one."""

    is_down: bool
    labels: tuple[str, ...]
    places: dict[int, int]
    frequency: str

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(self.labels[at] for at in self.places)

    def in_year(self, year: int) -> dict[int, date]:
        """The period of each label, where the newest is of this year; nothing where one names none of its year."""
        found = {
            at: _read(self.labels[at], year + years, self.frequency) for at, years in self.places.items()
        }
        read = {at: period for at, period in found.items() if period}
        return read if len(read) == len(found) else {}

    def offered(self, latest: date) -> tuple[YearOffered, ...]:
        """The years that end the run at the newest period that takes numbers, or before it; the newest first."""
        runs = (
            (year, self.in_year(year).values()) for year in range(latest.year + 1, latest.year - MOST, -1)
        )
        years = [(year, min(run), max(run)) for year, run in runs if run and max(run) <= latest]
        return tuple(years[:MOST])

    def written(self, grid: Grid, year: int) -> Grid:
        """The block with the labels as they are in full."""
        lines = [list(line) for line in (grid if self.is_down else turned(grid))]
        for at, period in self.in_year(year).items():
            lines[at][0] = periods.in_files(period, self.frequency)
        return lines if self.is_down else turned(lines)


def yearless(grid: Grid, frequency: str, is_name: Callable[[str], bool]) -> Run | None:
    """The labels of the side that tells periods without their years; None where some label tells one."""
    sides = [line[0] for line in grid], grid[0]
    runs = (_run(side, frequency, is_name, is_down=at == 0) for at, side in enumerate(sides))
    run = next((run for run in runs if run), None)
    if not run or any(heading_dates(side, frequency) for side in sides):
        return None
    is_told = any(YEAR_ALONE.fullmatch(label) for side in sides for label in side)
    return None if is_told or with_one_label(grid, frequency) != grid else run


def names_no_year(label: str, frequency: str) -> bool:
    """Whether a label is a period but for its year. On a sheet of months 24-Jan may be a day or have one: it is not.

    >>> names_no_year("Jul", "month"), names_no_year("Week 45", "week"), names_no_year("24-Jan", "month")
    (True, True, False)
    """
    return lacks_a_year(label, frequency) and (frequency == periods.DAY or names_a_span(f"{label} {YEAR}"))


def lacks_a_year(label: str, frequency: str) -> bool:
    """Whether a label, which is none, would be a period with a year behind it.

    >>> [lacks_a_year(label, "month") for label in ("Jul", "24-Jan", "Jul 2026", "Q3", "Total", "12")]
    [True, True, False, False, False, False]
    """
    if not any(map(str.isalpha, label)) or _read(label, None, frequency):
        return False
    return _read(label, YEAR, frequency) is not None


def _run(side: Sequence[str], frequency: str, is_name: Callable[[str], bool], *, is_down: bool) -> Run | None:
    given = {at: label for at, label in enumerate(side) if label and not is_name(label)}
    found = {at: label for at, label in given.items() if names_no_year(label, frequency)}
    others = [label for at, label in given.items() if at and at not in found]
    if not found or 2 * len(found) < len(given):
        return None
    if any(is_value(label) or looks_like_a_period(label) or has_a_time(label) for label in others):
        return None
    start = date.fromisocalendar(YEAR, 1, 1) if frequency == periods.WEEK else date(YEAR, 1, 1)
    days = [(day - start).days for label in found.values() if (day := _read(label, YEAR, frequency))]
    years = _years(days)
    newest = max(years, default=0)
    places = dict(zip(found, (year - newest for year in years), strict=False))
    return Run(is_down, tuple(side), places, frequency) if years else None


def _years(days: Sequence[int]) -> list[int]:
    """The year of each of these days of a year, from that of the first; nothing where they go back and forth.

    >>> _years([306, 336, 1]), _years([1, 336, 306]), _years([1, 336, 32])
    ([0, 0, 1], [0, -1, -1], [])
    """
    for way in (1, -1):
        steps = [way * (later - first) % WHOLE for first, later in pairwise(days)]
        if all(step <= HALF for step in steps):
            years = [0]
            for first, later in pairwise(days):
                years.append(years[-1] + way * (way * later < way * first))
            return years
    return []


def _read(label: str, year: int | None, frequency: str) -> date | None:
    try:
        return read_period(f"{label} {year}" if year else label, frequency)
    except ValueError:
        return None
