"""Periods as people and spreadsheets write them; the sentence says what is wrong with the rest."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures import periods
from measures.exchange.labels.names import WITH_WEEKDAY, month_of, weekday_names
from measures.exchange.labels.numbered import Label, in_full, numbered

LONGEST = 40
EARLIEST, LATEST = date(1700, 1, 1), date(2999, 12, 31)
"""A sheet also shows the periods around the one that is named: the calendar has them all."""

DAY_FORMS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
)  # fmt: skip
MONTH_FORMS = (
    "%Y-%m", "%Y/%m", "%m/%Y", "%m.%Y", "%m-%Y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y", "%b %y",
)  # fmt: skip
NAMED_MONTH = re.compile(r"(?:(\d{1,2})(?:\. ?|[ -]))?([^\W\d]+)\.?[ -][’']?(\d{4}|\d{2})$")
NAMED_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
"""A day behind its month: Mar 7, 2025. With two digits the year might be the day."""
QUARTER_FORM = re.compile(r"(?:Q([1-4])[ /-]?[’']?(\d{4}|\d{2})|(\d{4})[ -]?Q([1-4]))$", re.IGNORECASE)
WEEK_FORM = re.compile(r"(\d{4})-?W(\d{1,2})$", re.IGNORECASE)

MIDNIGHT = re.compile(r"(?:[ T]0?0:00(?::00(?:\.0+)?)?|[ ]12:00(?::00)? ?AM)$", re.IGNORECASE)
"""The time that a spreadsheet adds to a day. It says nothing."""

TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AP]M)?$", re.IGNORECASE)
SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
SERIAL_EARLIEST, SERIAL_LATEST = date(1982, 1, 1), date(2091, 1, 1)
SERIAL_ZERO = date(1899, 12, 30)
MONTH_OR_QUARTER = re.compile(r"\d{4}[-/.][1-4]|[1-4][-/.]\d{4}")


MISMATCHED = {
    periods.WEEK: gettext_lazy("“%(shown)s” names a week, and the measure is not logged by the week."),
    periods.MONTH: gettext_lazy("“%(shown)s” names a month, and the measure is not logged by the month."),
    periods.QUARTER: gettext_lazy(
        "“%(shown)s” names a quarter, and the measure is not logged by the quarter."
    ),
}
MAY_STAND_FOR = {(periods.MONTH, periods.QUARTER)}
"""A month that names the quarter it lies in. No other period stands for one of another length."""


def read_period(text: str, frequency: str) -> date:
    """The first day of the period that `text` names: 2004-01-01, Jan 2004, 2004-W08, week 8, 2004, Q1 2004.

    Raises
    ------
    ValueError
        With a sentence that shows the forms that are understood, or says that it is a period of another length.
    """
    text = text.strip()
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    if frequency == periods.QUARTER and MONTH_OR_QUARTER.fullmatch(text):
        raise ValueError(
            _("“%(shown)s” may be a month or a quarter. Write it as 2004-Q1 or 2004-01.") % {"shown": shown}
        )
    try:
        label = _read(_without_weekday(without_midnight(text)))
        found = periods.start_of(_in_calendar(label.day), frequency)
    except ValueError:
        raise ValueError(
            _("“%(shown)s” is no period. Write it as 2004-01-01, 2004-01 or Jan 2004.") % {"shown": shown}
        ) from None
    if label.frequency not in {"", frequency} and (label.frequency, frequency) not in MAY_STAND_FOR:
        raise ValueError(str(MISMATCHED[label.frequency]) % {"shown": shown})
    return found


def day_with_time(text: str) -> date | None:
    """The day of an event that is told with its time, or as a spreadsheet keeps it; None where it is none.

    A time in another zone than the reader's may lie on another day: it is none.

    >>> [f"{day_with_time(text)}" for text in ("2025-04-01 14:30", "45748", "45748.6")]
    ['2025-04-01', '2025-04-01', '2025-04-01']
    >>> day_with_time("2025-03-31T22:00:00Z") is None
    True
    """
    return day_of(without_time(text)) or serial_day(text.strip(), has_time=True)


def without_time(text: str) -> str:
    """What stands before a time of the day.

    >>> without_time("4/1/2025 2:30 PM"), without_time("2025-03-31T22:00:00Z")
    ('4/1/2025', '2025-03-31T22:00:00Z')
    """
    return TIME.sub("", text.strip())


def serial_day(text: str, *, has_time: bool = False) -> date | None:
    """The day that a spreadsheet means by its number: 45748 is 1 April 2025."""
    found = SERIAL.fullmatch(text)
    if not found or not (has_time or not (found[2] or "").strip("0")):
        return None
    day = SERIAL_ZERO + timedelta(days=int(found[1]))
    return day if SERIAL_EARLIEST <= day < SERIAL_LATEST else None


def day_of(text: str) -> date | None:
    """The day that a label names; None where it names none, or a period.

    >>> day_of("2025-01-05"), day_of("Jan 2025")
    (datetime.date(2025, 1, 5), None)
    """
    try:
        label = _read(_without_weekday(without_midnight(text.strip())))
    except ValueError:
        return None
    return None if label.frequency else label.day


def names_a_span(text: str) -> bool:
    """Whether a label names a period by its own name, and not by a day of it.

    >>> names_a_span("Oct 2026"), names_a_span("2026-W40"), names_a_span("2026-10-01"), names_a_span("Falls")
    (True, True, False, False)
    """
    try:
        return _read(_without_weekday(without_midnight(text.strip()))).frequency != ""
    except ValueError:
        return False


def without_midnight(text: str) -> str:
    """The day of a time stamp at midnight.

    >>> without_midnight("31/03/2025 00:00"), without_midnight("2025-03-31T22:00:00.000Z")
    ('31/03/2025', '2025-03-31T22:00:00.000Z')
    """
    return MIDNIGHT.sub("", text)


def _without_weekday(text: str) -> str:
    """The day of a label that tells its weekday too, Fri 7 Mar 2025; none where it is another one of the week."""
    found = WITH_WEEKDAY.match(text)
    known = weekday_names().get(found[1].casefold()) if found else None
    if not found or not known or NAMED_DAY.match(text):
        return text
    with suppress(ValueError):  # mar 2025 is a month, mar 7 mars 2025 a Tuesday
        label = _read(found[2])
        text = text if label.frequency else found[2] if label.day.weekday() in known else ""
    return text


def _in_calendar(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} has no periods around it.")
    return day


def _named_month(text: str) -> Label | None:
    """A month by its name, or a day of it: Mar 2025, 7 Mar 2025, Mar 7, 2025; None where it is none."""
    if (found := NAMED_MONTH.match(text)) and (month := month_of(found[2])):
        day = date(in_full(int(found[3])), month, int(found[1] or 1))
        return Label(day, "" if found[1] else periods.MONTH)
    if (found := NAMED_DAY.match(text)) and (month := month_of(found[1])):
        return Label(date(int(found[3]), month, int(found[2])))
    return None


def _read(text: str) -> Label:
    if found := QUARTER_FORM.match(text):
        quarter, year = found[1] or found[4], found[2] or found[3]
        return Label(date(in_full(int(year)), int(quarter) * 3 - 2, 1), periods.QUARTER)
    if found := WEEK_FORM.match(text):
        return Label(date.fromisocalendar(int(found[1]), int(found[2]), 1), periods.WEEK)
    if found_in_words := numbered(text):
        return found_in_words
    if named := _named_month(text):
        return named
    for forms, frequency in ((DAY_FORMS, ""), (MONTH_FORMS, periods.MONTH)):
        for form in forms:
            try:
                return Label(datetime.strptime(text, form).date(), frequency)  # noqa: DTZ007 - no time zone
            except ValueError:
                continue
    raise ValueError(text)
