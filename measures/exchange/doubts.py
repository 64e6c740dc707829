"""Labels that mean periods and do not stand where, or as, they can be read: brought in order, or asked about.

Position never decides where there is a label: a number in the wrong month is worse than none.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.headings import heading_dates, is_value
from measures.exchange.headings.slashed import days_of
from measures.exchange.labels import read_period
from measures.exchange.labels.likeness import looks_like_a_period
from measures.exchange.ratios import known_heads
from p2.columns.folding import fold
from p2.words.listing import sentences

FORMS = {
    periods.DAY: gettext_lazy("Write each as 2025-03-07 or 7 Mar 2025."),
    periods.WEEK: gettext_lazy("Write each as 2025-W06, or as the Monday: 2025-02-03."),
    periods.MONTH: gettext_lazy("Write each as 2025-01 or Jan 2025."),
    periods.QUARTER: gettext_lazy("Write each as Q1 2025, by the calendar’s quarters."),
}
SUNDAY = 6


def ask_about(labels: Sequence[str], frequency: str) -> None:
    """Nothing where the labels mean no periods.

    Raises
    ------
    ValueError
        With a sentence that names the first of them, and a form that works.
    """
    doubtful = [label for label in labels if looks_like_a_period(label)]
    if not doubtful or 2 * len(doubtful) < len(labels):
        return
    if reason := _of_another_length(doubtful[0], frequency):
        raise ValueError(reason)
    first, others = doubtful[0][:40], len(doubtful) - 1
    words = ngettext(
        "“%(label)s” and %(others)d more may mean several periods, or none that is known here.",
        "“%(label)s” and %(others)d more may mean several periods, or none that is known here.",
        others,
    )
    said = words if others else _("“%(label)s” may mean several periods, or none that is known here.")
    raise ValueError(sentences(said % {"label": first, "others": others}, FORMS[frequency]))


def _of_another_length(label: str, frequency: str) -> str:
    """The sentence on a label that names a quarter where months are logged; empty for one that is not read at all."""
    for other in FORMS:
        try:
            read_period(label, other)
        except ValueError:
            continue
        try:
            read_period(label, frequency)
        except ValueError as wrong:
            return str(wrong)
    return ""


def with_one_label(grid: Grid, frequency: str) -> Grid:
    """The block with its periods in the first column alone: year and month put together, running numbers left out.

    Raises
    ------
    ValueError
        With a sentence, where the dates stand behind other columns, or each of them begins another week than ours.
    """
    columns = turned(grid)
    if both := _year_and_month(columns):
        return turned([both, *columns[2:]])
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


def _year_and_month(columns: Grid) -> list[str] | None:
    """The labels of two columns, a year and a month of it, as one; None where they are none."""
    if len(columns) < 3:
        return None
    is_headed = fold(columns[0][0]) in known_heads("year")
    pairs = list(zip(*columns[:2], strict=True))[is_headed:]
    if not all(
        len(year) == 4 and (year + month).isdecimal() and 1 <= int(month) <= 12 for year, month in pairs
    ):
        return None
    labels = [f"{year}-{int(month):02}" for year, month in pairs]
    days = [date(int(year), int(month), 1) for year, month in pairs]
    follow = all(later == periods.following(day, periods.MONTH, 1) for day, later in pairwise(days))
    return [""] * is_headed + labels if is_headed or (follow and len(days) > 1) else None


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
        raise ValueError(sentences(said % {"label": labels[0][:40]}, FORMS[periods.WEEK]))
