"""Events as people enter them: the dates of a month, none, or, as it was logged before, a number of days."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from measures import periods
from measures.exchange.headings.slashed import either_day
from measures.exchange.labels import day_with_time
from measures.exchange.labels.names import month_of
from measures.models import DefinitionWords
from measures.sentences.periods import label as period_label
from p2.words.days import Pattern, written
from p2.words.languages import in_each
from p2.words.listing import listed

MOST = 500
"""Events of one period: more is a slip of the clipboard."""

Spot = tuple[date, int]
"""Where an event stands: its day, and which of that day's, from 1."""

NONE = "none"
"""Of a period without events, in files; in every language."""

SHOWN = 40
LONGEST_NUMBER = 80  # of days, with its unit
DAYS_SHOWN = 2
BETWEEN = re.compile(r"\s*(?:[,;\n]|\s(?:and|och|und|et|og|en|y|e)\s|&)\s*")
DAYS_ALONE = re.compile(r"\d{1,2}(?:\s+\d{1,2})+")
DAY = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|:e|:a)?")
DAY_AND_MONTH = re.compile(r"(\d{1,2})(?:\. ?|[ -])?([^\W\d]+)\.?")
MONTH_AND_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})")
NUMBER = re.compile(r"(\d[\d.,’'\s]*?)\s*([^\W\d].*)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell says. All empty: nothing."""

    days: tuple[date, ...] = ()
    is_none: bool = False
    number: str = ""  # of days, for the period as a whole


def read_events(text: str, definition: DefinitionWords, period: date) -> Told:
    """The events that `text` tells of a period: 3, 17; 3 Mar, 17 Mar; 2026-03-03; none; 14 days.

    Raises
    ------
    ValueError
        With a sentence that shows how dates are written.
    """
    text = text.strip()
    if not text:
        return Told()
    if text.casefold().rstrip(".") in _words_for_none():
        return Told(is_none=True)
    found = NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    units = {*_words_for_days(), definition.unit.casefold()}
    if found and found[2].casefold().rstrip(".") in units:
        return Told(number=found[1])
    parts = text.split() if DAYS_ALONE.fullmatch(text) else BETWEEN.split(text)
    _ensure_not_too_many(parts)
    read = [_day(part.strip(), period, definition.frequency) for part in parts if part.strip()]
    return Told(tuple(sorted(read)))


def day_in_full(text: str) -> date:
    """The one day that `text` tells with its year, as the labels of periods are read.

    Raises
    ------
    ValueError
        With a sentence that shows how a date is written; of *none*, that a period is wanted beside it.
    """
    if day := day_with_time(text):
        return day
    said = {"shown": text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"}
    if text.casefold().rstrip(".") in _words_for_none():
        raise ValueError(_("“%(shown)s” is of a whole period: name it in the column “period”.") % said)
    raise ValueError(
        _("“%(shown)s” is no date. Write it as 2004-01-17, or its period in the column “period”.") % said
    )


def checked_days(days: Sequence[date], definition: DefinitionWords, period: date, today: date) -> None:
    """Whether events of these days may be entered for a period, on this day.

    Raises
    ------
    ValueError
        With a sentence that names the first day that may not.
    """
    last = periods.last_day(period, definition.frequency)
    for day in days:
        said = {
            "day": written(day, Pattern.DAY),
            "period": period_label(period, definition.frequency, long=True),
        }
        if not period <= day <= last:
            raise ValueError(
                _("%(day)s does not lie in %(period)s. Enter it where its own period is open.") % said
            )
        if day > today:
            raise ValueError(
                _("%(day)s lies in the future. An event is entered once it has happened.") % said
            )
    _ensure_not_too_many(days)


def _ensure_not_too_many(found: Sequence[object]) -> None:
    if len(found) > MOST:
        raise ValueError(_("At most %(most)d events are kept in one period.") % {"most": MOST})


def spots(days: Iterable[date]) -> list[Spot]:
    """Where events of these days stand, in order.

    >>> spots([date(2026, 3, 17), date(2026, 3, 3), date(2026, 3, 17)])[1:]
    [(datetime.date(2026, 3, 17), 1), (datetime.date(2026, 3, 17), 2)]
    """
    return [(day, nth + 1) for day, count in sorted(Counter(days).items()) for nth in range(count)]


def days_between(events: Iterable[Spot]) -> dict[Spot, Decimal | None]:
    """The days since the event before; none for the first, 0 for a second one of a day.

    >>> march, april = date(2026, 3, 17), date(2026, 4, 2)
    >>> list(days_between([(april, 1), (march, 1), (march, 2)]).values())
    [None, Decimal('0'), Decimal('16')]
    """
    ordered = sorted(events)
    first: dict[Spot, Decimal | None] = dict.fromkeys(ordered[:1])
    return first | {spot: Decimal((spot[0] - last[0]).days) for last, spot in pairwise(ordered)}


def days_words(days: Iterable[date]) -> str:
    """As they stand in a cell, where they are read back: 3 Mar, 17 Mar."""
    return ", ".join(written(day, Pattern.SHORT_IN_YEAR) for day in days)


def days_short(days: tuple[date, ...]) -> str:
    """The days of a month as a narrow column has room for them: 3 Mar or 3, 17; from three on, how many there are."""
    if not days:
        return none_words()
    if len(days) == 1:
        return days_words(days)  # a day alone would be read as a number
    if len(days) <= DAYS_SHOWN:
        return listed(day.day for day in days)
    return ngettext("%(count)d event", "%(count)d events", len(days)) % {"count": len(days)}


def none_words() -> str:
    """What is typed where nothing happened."""
    return pgettext("events", "none")


def _day(part: str, period: date, frequency: str) -> date:
    shown = part if len(part) <= SHOWN else part[: SHOWN - 1] + "…"
    said = {"shown": shown, "period": period_label(period, frequency, long=True), "none": none_words()}
    if found := DAY.fullmatch(part):
        return _numbered(int(found[1]), period, frequency, said)
    if (named := _without_year(part)) and (day := _in_or_near(*named, period, frequency)):
        return day
    if day := day_with_time(part):
        return day
    if days := either_day(part):
        return _in_one_order(days, period, frequency, said)
    raise ValueError(_no_date(period, frequency, said))


def _in_one_order(days: Sequence[date], period: date, frequency: str, said: dict[str, str]) -> date:
    """Of the days that a slashed date may be, the one in the period: 10/03/2026 in October is the 3rd."""
    if len(days) == 1:
        return days[0]
    last = periods.last_day(period, frequency)
    inside = [day for day in days if period <= day <= last]
    if len(inside) == 1:
        return inside[0]
    both = dict(zip(("one", "other"), (written(day, Pattern.DAY) for day in days), strict=True))
    if inside:
        words = _("“%(shown)s” may be %(one)s or %(other)s. Write it with the month’s name.")
    else:
        words = _("“%(shown)s” is %(one)s or %(other)s: neither lies in %(period)s.")
    raise ValueError(words % (said | both))


def _no_date(period: date, frequency: str, said: dict[str, str]) -> str:
    """The sentence on what is no date, with two days of the period as an example."""
    length = (periods.last_day(period, frequency) - period).days
    days = [period + timedelta(days=step) for step in ((2, 16) if length > 16 else (0, min(2, length)))]
    example = {"numbers": ", ".join(f"{day.day}" for day in days), "days": days_words(days)}
    if frequency == periods.QUARTER:  # a number alone is a day of several months
        words = _(
            "“%(shown)s” is no date. Write the events of %(period)s as %(days)s; where there were none, write %(none)s."
        )
    else:
        words = _(
            "“%(shown)s” is no date. Write the events of %(period)s as %(numbers)s or %(days)s; where there were "
            "none, write %(none)s."
        )
    return words % (said | example)


def _numbered(number: int, period: date, frequency: str, said: dict[str, str]) -> date:
    """The day of the period with this number."""
    first, last = period.toordinal(), periods.last_day(period, frequency).toordinal()
    found = [day for day in map(date.fromordinal, range(first, last + 1)) if day.day == number]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(_("%(shown)s may be a day of several months: write it with its month.") % said)
    if number == 0:
        raise ValueError(_("There is no day 0. Where nothing happened, write %(none)s.") % said)
    raise ValueError(_("%(period)s has no day %(shown)s.") % said)


def _without_year(part: str) -> tuple[int, int] | None:
    """Day and month of 3 Mar, 3. mars, Mar 3."""
    found = DAY_AND_MONTH.fullmatch(part)
    number, word = (found[1], found[2]) if found else ("", "")
    if not found and (turned := MONTH_AND_DAY.fullmatch(part)):
        word, number = turned[1], turned[2]
    month = month_of(word) if word else None
    return (int(number), month) if month else None


def _in_or_near(number: int, month: int, period: date, frequency: str) -> date | None:
    """That day in the period's year; where the period has two, in the one that puts it inside."""
    last = periods.last_day(period, frequency)
    found = [day for year in {period.year, last.year} if (day := _date(year, month, number))]
    return next((day for day in found if period <= day <= last), found[0] if found else None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


@cache
def _words_for_none() -> frozenset[str]:
    """In every language of the site."""
    return frozenset({NONE, *in_each(lambda: none_words().casefold())})


@cache
def _words_for_days() -> frozenset[str]:
    """Days, in every language of the site."""
    both = in_each(lambda: {ngettext("day", "days", count).casefold() for count in (1, 2)})
    return frozenset({"d"}).union(*both)
