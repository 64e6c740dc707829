"""How full the months of the portfolio are: a share a month, a percentage a year, one line on the newest month."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse

from measures import periods
from measures.selectors.completeness import Filled, missing_lines
from measures.sentences.periods import label as period_label
from projects.pages.portfolio.rows import MonthLine


def shares_of(months: Iterable[Filled], known: Sequence[date]) -> tuple[tuple[float | None, ...], int | None]:
    """One organization's share of each of the `known` months, and its percentage over them."""
    by_period = {month.month.period: month for month in months}
    shares = tuple(by_period[period].share if period in by_period else None for period in known)
    return shares, percent_of(by_period.values())


def percent_of(months: Collection[Filled]) -> int | None:
    """Numbers there of numbers asked, over all of these months; None when nothing was asked."""
    return percent(sum(month.present for month in months), sum(month.expected for month in months))


def percent(present: int, expected: int) -> int | None:
    """Whole percent; 100 only when none is missing.

    >>> percent(400, 400), percent(399, 400), percent(0, 0)
    (100, 99, None)
    """
    if not expected:
        return None
    return 100 if present == expected else min(99, round(100 * present / expected))


def month_line(months: Sequence[Filled], at: datetime) -> MonthLine | None:
    """January 2004 closes 20 February. 11 of 13 organizations complete. Missing: Tri-Rivers, 4 numbers."""
    newest = max((month.month.period for month in months), default=None)
    if newest is None:
        return None
    here = [month for month in months if month.month.period == newest]
    lines, unnamed = missing_lines(here)
    return MonthLine(
        month=period_label(newest, periods.MONTH, long=True),
        closes_on=here[0].month.closes_on,
        is_closed=all(month.is_closed(at) for month in here),
        complete=sum(not month.missing for month in here),
        asked=len(here),
        missing=tuple(
            (words, reverse("projects:organization", args=[month.slug, month.ref])) for month, words in lines
        ),
        unnamed=unnamed,
    )
