"""Periods as people write them, in the reader's language. Files and the API keep the English of `measures.periods`."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures import periods

REMEMBERED = 10_000
"""Names of periods that a process keeps: those of some decades, in each language."""


def label(period: date, frequency: str, *, long: bool = False) -> str:
    """Jan 2004 (January 2004 when long), week 8, 2004, Q1 2004.

    >>> label(date(2004, 2, 16), "week"), label(date(2004, 1, 1), "quarter"), label(date(2004, 1, 1), "month")
    ('week 8, 2004', 'Q1 2004', 'Jan 2004')
    """
    return _label(period, frequency, long, get_language())


def labels(known: Iterable[date], frequency: str, *, long: bool = False) -> list[str]:
    """The same of many periods."""
    language = get_language()
    return [_label(period, frequency, long, language) for period in known]


@lru_cache(REMEMBERED)
def _label(period: date, frequency: str, long: bool, _language: str | None) -> str:
    if frequency == periods.WEEK:
        year, week, _day = period.isocalendar()
        return _("week %(week)d, %(year)d") % {"week": week, "year": year}
    if frequency == periods.QUARTER:
        return _("Q%(quarter)d %(year)d") % {"quarter": (period.month + 2) // 3, "year": period.year}
    return format_date(period, "F Y" if long else "M Y")
