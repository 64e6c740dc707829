"""Periods as people write them, in the reader's language; files and the API ask for them in English."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy, pgettext
from django.utils.translation import gettext as _

from measures import periods
from p2.words.days import Pattern, written

REMEMBERED = 10_000
"""Names of periods that a process keeps: those of some decades, in each language."""

WEEK_HEAD, QUARTER_HEAD = gettext_lazy("w %(week)d"), gettext_lazy("Q%(quarter)d")
"""As narrow columns have them."""

NUMBERED = (
    gettext_lazy("week %(week)d, %(year)d"),
    gettext_lazy("week %(week)d"),
    WEEK_HEAD,
    gettext_lazy("Q%(quarter)d %(year)d"),
    gettext_lazy("quarter %(quarter)d"),
    QUARTER_HEAD,
)

"""How people write weeks and quarters: pasted headings are read by them, in every installed language."""

COUNTED = {
    periods.DAY: ngettext_lazy("%(number)d day", "%(number)d days", "number"),
    periods.WEEK: ngettext_lazy("%(number)d week", "%(number)d weeks", "number"),
    periods.MONTH: ngettext_lazy("%(number)d month", "%(number)d months", "number"),
    periods.QUARTER: ngettext_lazy("%(number)d quarter", "%(number)d quarters", "number"),
}

SAME_MONTH, SAME_YEAR, TWO_YEARS = (Pattern.DAY_ALONE, Pattern.IN_YEAR, Pattern.DAY)
"""How the first day of a week is written before its last one: 16 to 22 February 2004."""

NOT_FIRST = {
    periods.WEEK: gettext_lazy("%(day)s does not begin a week."),
    periods.MONTH: gettext_lazy("%(day)s does not begin a month."),
    periods.QUARTER: gettext_lazy("%(day)s does not begin a quarter."),
}


def not_its_first_day(day: date, frequency: str) -> str:
    """Why this day names no period.

    >>> not_its_first_day(date(2004, 2, 5), "month")
    '5 February 2004 does not begin a month.'
    """
    return str(NOT_FIRST[frequency] % {"day": written(day, Pattern.DAY)})


def head(period: date, frequency: str) -> str:
    """A period as narrow columns and axes have it, without its year.

    >>> head(date(2004, 2, 16), "week"), head(date(2004, 1, 1), "quarter"), head(date(2004, 1, 1), "month")
    ('w 8', 'Q1', 'Jan')
    """
    return _head(period, frequency, get_language())


def heads(known: Iterable[date], frequency: str) -> list[str]:
    """The head of each of many periods; the language is looked up once."""
    language = get_language()
    return [_head(period, frequency, language) for period in known]


@lru_cache(REMEMBERED)
def _head(period: date, frequency: str, _language: str | None) -> str:
    """In the active language; it is an argument so that names of another one are remembered apart."""
    if frequency == periods.EVENT:
        return written(period, Pattern.SHORT_IN_YEAR)
    if frequency == periods.DAY:
        return written(period, Pattern.SHORT_WEEKDAY_IN_YEAR)
    if frequency == periods.WEEK:
        return str(WEEK_HEAD % {"week": period.isocalendar().week})
    if frequency == periods.QUARTER:
        return str(QUARTER_HEAD % {"quarter": (period.month + 2) // 3})
    return format_date(period, "M")


def label(period: date, frequency: str, *, long: bool = False) -> str:
    """Jan 2004, week 8, 2004, Q1 2004, Mon 16 Feb 2004; of an event 5 Jan 2004. When long, a month and a day in full,
    and a week with its dates, which its number does not tell.

    >>> label(date(2004, 2, 16), "week"), label(date(2004, 1, 1), "quarter"), label(date(2004, 1, 1), "month")
    ('week 8, 2004', 'Q1 2004', 'Jan 2004')
    >>> label(date(2004, 2, 16), "day"), label(date(2004, 2, 16), "week", long=True)
    ('Mon 16 Feb 2004', 'week 8, 16 to 22 February 2004')
    """
    return _label(period, frequency, long, get_language())


def days(period: date, frequency: str) -> str:
    """The dates of a week, which its number does not tell; empty for any other period.

    >>> days(date(2004, 2, 16), "week"), days(date(2004, 1, 26), "week"), days(date(2004, 2, 1), "month")
    ('16 to 22 February 2004', '26 January to 1 February 2004', '')
    >>> days(date(2003, 12, 29), "week")
    '29 December 2003 to 4 January 2004'
    """
    if frequency != periods.WEEK:
        return ""
    last = periods.last_day(period, frequency)
    short = SAME_MONTH if period.month == last.month else SAME_YEAR
    first = written(period, short if period.year == last.year else TWO_YEARS)
    return _("%(first)s to %(last)s") % {"first": first, "last": written(last, Pattern.DAY)}


def counted(count: int, frequency: str) -> str:
    """So many of them.

    >>> counted(1, "day"), counted(3, "week")
    ('1 day', '3 weeks')
    """
    return str(COUNTED[frequency] % {"number": count})


def short_days(period: date, frequency: str) -> str:
    r"""The same under a narrow column's head, without a year.

    >>> ascii(short_days(date(2004, 2, 16), "week")), ascii(short_days(date(2004, 1, 26), "week"))
    ("'16\\u201322\\xa0Feb'", "'26\\xa0Jan\\u20131\\xa0Feb'")
    """
    if frequency != periods.WEEK:
        return ""
    last = periods.last_day(period, frequency)
    first = written(period, Pattern.DAY_ALONE if period.month == last.month else Pattern.SHORT_IN_YEAR)
    said = {"first": first, "last": written(last, Pattern.SHORT_IN_YEAR)}
    kept = {place: words.replace(" ", "\N{NO-BREAK SPACE}") for place, words in said.items()}
    return pgettext("the days of a week", "%(first)s–%(last)s") % kept


def labels(known: Iterable[date], frequency: str, *, long: bool = False) -> list[str]:
    """The label of each of many periods; the language is looked up once."""
    language = get_language()
    return [_label(period, frequency, long, language) for period in known]


@lru_cache(REMEMBERED)
def _label(period: date, frequency: str, long: bool, _language: str | None) -> str:
    """In the active language, as in `_head`."""
    if frequency == periods.EVENT:
        return written(period, Pattern.DAY if long else Pattern.SHORT)
    if frequency == periods.DAY:
        return written(period, Pattern.WEEKDAY if long else Pattern.SHORT_WEEKDAY)
    if frequency == periods.WEEK:
        year, week, _day = period.isocalendar()
        if long:
            return _("week %(week)d, %(days)s") % {"week": week, "days": days(period, frequency)}
        return _("week %(week)d, %(year)d") % {"week": week, "year": year}
    if frequency == periods.QUARTER:
        return _("Q%(quarter)d %(year)d") % {"quarter": (period.month + 2) // 3, "year": period.year}
    return written(period, Pattern.MONTH if long else Pattern.SHORT_MONTH)
