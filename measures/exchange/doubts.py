"""Labels that mean periods and do not stand where, or as, they can be read: asked about.

Position never decides where there is a label: a number in the wrong month is worse than none.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.headings import is_value
from measures.exchange.headings.apart import MONDAYS
from measures.exchange.headings.counting import are_labels, are_running
from measures.exchange.headings.words import names_periods
from measures.exchange.labels import read_period
from measures.exchange.labels.likeness import (
    are_counted,
    has_a_time,
    is_numbered_word,
    looks_like_a_period,
    may_be_days,
)
from measures.exchange.numbers import is_missing, is_number, is_withheld
from p2.words.listing import sentences

FORMS = {
    periods.DAY: gettext_lazy("Write each as 2025-03-07 or 7 Mar 2025."),
    periods.WEEK: MONDAYS,
    periods.MONTH: gettext_lazy("Write each as 2025-01 or Jan 2025."),
    periods.QUARTER: gettext_lazy("Write each as Q1 2025, by the calendar’s quarters."),
}


def ask_about_labels(
    grid: Grid, frequency: str, is_name: Callable[[str], bool], *, is_ratio: bool, is_dated: bool
) -> None:
    """Nothing where neither side of a block means periods. Of a measure of event dates (`is_dated`) dates are data.

    Raises
    ------
    ValueError
        With a sentence that names the first of them, and a form that works.
    """
    for lines in (turned(grid), grid):
        side = lines[0]
        labels = [cell for cell in side if cell and not is_name(cell)]
        doubtful = [label for label in labels if looks_like_a_period(label)]
        if 2 * len(doubtful) < len(labels):
            doubtful = []
        if not doubtful and len(lines) > 1 and not is_dated and not any(map(is_name, side)):
            doubtful = _meant(labels, is_pair=is_ratio and len(lines) == 2)
        if doubtful := doubtful or _below_their_head(lines):
            ask(doubtful, frequency)


def ask_about_days(grid: Grid, frequency: str) -> None:
    """Nothing where no side has months with numbers that may be their days.

    Raises
    ------
    ValueError
        With a sentence that names the first of them, and a form that works.
    """
    for side in ([row[0] for row in grid], grid[0]):
        if may_be_days(side):
            ask([label for label in side if label and not is_number(label)], frequency)


def _meant(labels: Sequence[str], *, is_pair: bool) -> list[str]:
    """Those of the labels that count or name periods in some way, where most of them do."""
    numbers = [label for label in labels if is_value(label)]
    words = [
        label for label in labels if label not in numbers and not is_missing(label) and not is_withheld(label)
    ]
    if len(numbers) + 1 >= len(labels) and (are_labels(numbers) or (not is_pair and are_running(numbers))):
        return numbers
    numbered = [word for word in words if any(map(str.isdecimal, word))]
    is_alone = len(labels) == 1 and all(map(is_numbered_word, numbered))
    if 2 * len(numbered) >= len(labels) and (are_counted(numbered) or is_alone):
        return numbered
    timed = [word for word in words if has_a_time(word)]
    return timed if 2 * len(timed) >= len(labels) else []


def _below_their_head(lines: Grid) -> list[str]:
    """The cells behind a head that says that they are periods."""
    below = ([cell for cell in line[1:] if cell] for line in lines if names_periods(line[0]))
    return next(
        (cells for cells in below if cells and all(is_number(cell) or has_a_time(cell) for cell in cells)), []
    )


def ask(doubtful: Sequence[str], frequency: str) -> None:
    """Name the first of these labels, and how many more there are.

    Raises
    ------
    ValueError
        In any case.
    """
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
