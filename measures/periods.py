"""Days, weeks, months and quarters as their first day. A period is a date and a frequency, without a time zone."""

from datetime import date, timedelta

DAY, WEEK, MONTH, QUARTER = "day", "week", "month", "quarter"
EVENT = "event"
"""What a point of event dates is named by: its day, as a day of the calendar and not as a period of work."""

DAYS_IN = {DAY: 1, WEEK: 7}
MONTHS_IN = {MONTH: 1, QUARTER: 3}


def start_of(day: date, frequency: str) -> date:
    """The first day of the period that holds `day`; weeks are ISO weeks, from Monday.

    >>> start_of(date(2004, 2, 20), "quarter")
    datetime.date(2004, 1, 1)
    >>> start_of(date(2004, 2, 20), "week")
    datetime.date(2004, 2, 16)
    """
    if frequency == DAY:
        return day
    if frequency == WEEK:
        return day - timedelta(days=day.weekday())
    step = MONTHS_IN[frequency]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def following(period: date, frequency: str, steps: int = 1) -> date:
    """The period `steps` after this one; before it when negative.

    >>> following(date(2003, 12, 1), "month", 2)
    datetime.date(2004, 2, 1)
    >>> following(date(2004, 2, 28), "day", 2)
    datetime.date(2004, 3, 1)
    """
    if frequency in DAYS_IN:
        return period + timedelta(days=steps * DAYS_IN[frequency])
    months = period.year * 12 + period.month - 1 + steps * MONTHS_IN[frequency]
    return date(months // 12, months % 12 + 1, 1)


def last_day(period: date, frequency: str) -> date:
    """The last day of the period."""
    return following(period, frequency) - timedelta(days=1)


def closing_month(period: date, frequency: str) -> date:
    """The month whose closing closes the period: that of a day, in which a week begins, and in which a quarter ends.

    >>> closing_month(date(2004, 1, 1), "quarter"), closing_month(date(2004, 1, 26), "week")
    (datetime.date(2004, 3, 1), datetime.date(2004, 1, 1))
    """
    return (period if frequency in DAYS_IN else last_day(period, frequency)).replace(day=1)


def between(first: date, last: date, frequency: str) -> tuple[date, ...]:
    """Every period from `first` to `last`, both included."""
    periods = []
    while first <= last:
        periods.append(first)
        first = following(first, frequency)
    return tuple(periods)


def latest_complete(today: date, frequency: str) -> date:
    """The newest period that has ended before `today`."""
    return following(start_of(today, frequency), frequency, -1)


def in_files(period: date, frequency: str) -> str:
    """As tables to take away name a period: no spreadsheet takes one for another, and each is read back.

    >>> [in_files(date(2004, 1, 1), frequency) for frequency in ("month", "quarter", "day")]
    ['2004-01', '2004-Q1', '2004-01-01']
    >>> in_files(date(2004, 2, 16), "week")
    '2004-W08'
    """
    if frequency == WEEK:
        year, week, _day = period.isocalendar()
        return f"{year}-W{week:02}"
    if frequency == QUARTER:
        return f"{period.year}-Q{(period.month + 2) // 3}"
    return f"{period:%Y-%m}" if frequency == MONTH else f"{period}"
