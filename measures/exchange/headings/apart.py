"""A block whose periods are not in one column of their own: year and month apart, running numbers before them."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.headings import heading_dates, is_value
from measures.exchange.headings.slashed import days_of
from measures.exchange.headings.words import YEAR, part_of
from measures.exchange.labels.likeness import looks_like_a_period
from measures.exchange.labels.names import month_of
from measures.exchange.labels.numbered import is_numbered
from p2.words.listing import sentences

SUNDAY = 6
MONDAYS = gettext_lazy("Write each as 2025-W06, or as the Monday: 2025-02-03.")
LABELS = {
    periods.MONTH: "{year}-{number:02}",
    periods.WEEK: "{year}-W{number:02}",
    periods.QUARTER: "{year}-Q{number}",
}
MOST = {periods.MONTH: 12, periods.WEEK: 53, periods.QUARTER: 4}
YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
NUMBERED_PART = re.compile(r"([^\W\d]{0,10})\.? ?(\d{1,2})")


def with_one_label(grid: Grid, frequency: str) -> Grid:
    """The block with its periods in the first column alone: year and month put together, running numbers left out.

    Raises
    ------
    ValueError
        With a sentence, where the dates stand behind other columns, or each of them begins another week than ours.
    """
    if both := _put_together(columns := turned(grid), frequency):
        return turned(both)
    if both := _put_together(grid, frequency):
        return both
    at = next((at for at, column in enumerate(columns) if _dates(column, frequency)), None)
    if at is None or (at and heading_dates(grid[0], frequency)):
        return grid
    if at and not all(_are_running(column) for column in columns[:at]):
        said = _("Dates stand in column %(number)d, behind others. Copy the block from its dates on.")
        raise ValueError(said % {"number": at + 1})
    _ask_about_sundays(_dates(columns[at], frequency), frequency)
    return turned(columns[at:])


def without_other_dates(
    grid: Grid, frequency: str, takes_dates: Callable[[str], bool]
) -> tuple[Grid, list[str]]:
    """The block without the columns of dates behind the first, and what is said of them. Event dates stay."""
    columns = turned(grid)
    others = [
        at
        for at, column in enumerate(columns)
        if at and _dates(column, frequency) and not takes_dates(column[0])
    ]
    if not others:
        return grid, []
    left = turned([column for at, column in enumerate(columns) if at not in others])
    words = ngettext(
        "%(count)d column holds dates and is left out.",
        "%(count)d columns hold dates and are left out.",
        len(others),
    )
    return left, [words % {"count": len(others)}]


def _put_together(lines: Grid, frequency: str) -> Grid | None:
    """The lines with their first two, a year and a part of it in either order, as one; None where they are none."""
    if len(lines) < 3 or frequency == periods.DAY:
        return None
    ways = (lines[0], lines[1]), (lines[1], lines[0])
    labels = next((found for way in ways if (found := _year_and_part(*way, frequency))), None)
    return [labels, *lines[2:]] if labels else None


def _year_and_part(years: Sequence[str], parts: Sequence[str], frequency: str) -> list[str] | None:
    """Their labels: for certain by their heads, by names, or as months that rise from line to line.

    Numbers that may be months or weeks are put together so that they name neither, and are asked about.
    """
    is_headed = not YEAR_ALONE.fullmatch(years[0]) and _part(parts[0], frequency) is None
    kind = part_of(parts[0]) if is_headed and parts[0] else None
    part = kind if kind in LABELS else frequency if frequency in LABELS else periods.MONTH
    found: list[tuple[int, int]] = []
    labels = [""] * is_headed
    year = ""
    for said, text in list(zip(years, parts, strict=True))[is_headed:]:
        year = said or year
        number = _part(text, part)
        if not YEAR_ALONE.fullmatch(year) or (number is None and not text.isalpha()):
            return None
        labels.append(text if number is None else LABELS[part].format(year=year, number=number))
        found += [] if number is None else [(int(year), number)]
    are_numbers = {text.isdecimal() for text in parts[is_headed:] if _part(text, part) is not None}
    if len(are_numbers) > 1:
        return None  # a month and a number: the row of one
    are_named = are_numbers == {False}
    rise = (
        all(years[is_headed:]) and len(found) > 1 and all(first < later for first, later in pairwise(found))
    )
    is_told = part_of(years[0]) == YEAR and kind is not None
    if rise and not is_told and not are_named and part != periods.MONTH:
        return [f"{years[0]} {number}" for _year, number in found]
    return labels if found and (is_told or are_named or rise) else None


def _part(text: str, part: str) -> int | None:
    """The number of a month, a week or a quarter; None where it is none."""
    if part == periods.MONTH and (month := month_of(text.rstrip("."))):
        return month
    found = NUMBERED_PART.fullmatch(text)
    if not found or not 0 < int(found[2]) <= MOST[part]:
        return None
    is_word = part != periods.MONTH and (is_numbered(text) or part_of(found[1]) == part)
    return int(found[2]) if text.isdecimal() or is_word else None


def _dates(column: Sequence[str], frequency: str) -> list[str]:
    """The cells below a head, where all that are filled are dates and none is a number; else none."""
    given = [cell for cell in column[1:] if cell]
    if column[0] and (is_value(column[0]) or looks_like_a_period(column[0])):
        given.insert(0, column[0])
    if not given or any(map(is_value, given)) or not heading_dates(given[:1], frequency):
        return []  # told by its first cell: to look for dates in thousands of others takes long
    edge = heading_dates(given, frequency)
    return given if edge and all(edge.periods) else []


def _are_running(column: Sequence[str]) -> bool:
    """Whether these are the numbers of the rows: 1, 2, 3, with a head or without."""
    given = column if column[0].isdecimal() else column[1:]
    return list(given) == [str(number) for number in range(1, len(given) + 1)]


def _ask_about_sundays(labels: Sequence[str], frequency: str) -> None:
    """Whoever begins weeks on Sunday means another week than the one that a Sunday ends."""
    days = days_of(labels) if frequency == periods.WEEK else ()
    if len(days) > 1 and all(day and day.weekday() == SUNDAY for day in days):
        said = _("“%(label)s” and the others are Sundays: do your weeks begin or end on them?")
        raise ValueError(sentences(said % {"label": labels[0][:40]}, MONDAYS))
