"""Periods as people and spreadsheets write them; the sentence says what is wrong with the rest."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import Any

from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures import periods
from measures.sentences.periods import NUMBERED
from p2.words.languages import in_each

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
WITH_WEEKDAY = re.compile(r"([^\W\d]+)[.,]* (?=\D*\d)(.+)$")
DATED_WEEK = re.compile(r"(?P<named>[^,]*\d),(?P<dates>.*\d{4})$")
"""A week as pages of this product name it, with its dates: week 8, 16 to 22 February 2004."""
YEAR = re.compile(r"\b\d{4}\b")
QUARTER_FORM = re.compile(r"(?:Q([1-4])[ /-]?[’']?(\d{4}|\d{2})|(\d{4})[ -]?Q([1-4]))$", re.IGNORECASE)
WEEK_FORM = re.compile(r"(\d{4})-?W(\d{1,2})$", re.IGNORECASE)
PLACE = re.compile(r"%\((week|quarter|year)\)d")
BETWEEN = re.compile(r"[\s.,’']+")
"""What may stand between the words of a period, or be left out."""

MIDNIGHT = re.compile(r"(?:[ T]0?0:00(?::00(?:\.0+)?)?|[ ]12:00(?::00)? ?AM)$", re.IGNORECASE)
"""The time that a spreadsheet adds to a day. It says nothing."""

MONTHS_KNOWN_IN = ("en", "sv", "da", "nb", "nl", "de", "fr", "es", "it", "pt")
"""Languages whose names of months are read beside those of the site: programmes span countries. No name means two
months in them; Finnish, whose mar is November, is not among them."""

MONTHS = (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT)
WEEKDAYS = (dates.WEEKDAYS, dates.WEEKDAYS_ABBR)

DATE_LIKE = re.compile(
    r"""\d{1,4}([-/.])\d{1,2}\1\d{1,4}(\D.*)?   # a day, perhaps with a time
    | (FY\ ?\d{2,4}.*|.*\bFY\ ?\d{2,4})         # a quarter of a year that begins nobody knows where
    | W\d{1,2} | Q[1-4] | [^\W\d]{3,}\.?\ [’']?\d{4}""",
    re.IGNORECASE | re.VERBOSE,
)
WORD = re.compile(r"[^\W\d]+")
SHORTEST = 3  # letters of a month's name that is cut short

MISMATCHED = {
    periods.WEEK: gettext_lazy("“%(shown)s” names a week, and the measure is not logged by the week."),
    periods.MONTH: gettext_lazy("“%(shown)s” names a month, and the measure is not logged by the month."),
    periods.QUARTER: gettext_lazy(
        "“%(shown)s” names a quarter, and the measure is not logged by the quarter."
    ),
}
MAY_STAND_FOR = {(periods.MONTH, periods.QUARTER)}
"""A month that names the quarter it lies in. No other period stands for one of another length."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names: its first day, and how long it is; no frequency where it is a day."""

    day: date
    frequency: str = ""


def read_period(text: str, frequency: str) -> date:
    """The first day of the period that `text` names: 2004-01-01, Jan 2004, 2004-W08, week 8, 2004, Q1 2004.

    Raises
    ------
    ValueError
        With a sentence that shows the forms that are understood, or says that it is a period of another length.
    """
    text = text.strip()
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
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


def without_midnight(text: str) -> str:
    """The day of a time stamp at midnight.

    >>> without_midnight("31/03/2025 00:00"), without_midnight("2025-03-31T22:00:00.000Z")
    ('31/03/2025', '2025-03-31T22:00:00.000Z')
    """
    return MIDNIGHT.sub("", text)


def looks_like_a_period(text: str) -> bool:
    """Whether a person would take it for a time, though it may be read in no or in several ways.

    >>> [looks_like_a_period(text) for text in ("24-Jan", "FY2025 Q1", "W40", "2025-03-31T22:00:00Z")]
    [True, True, True, True]
    >>> [looks_like_a_period(text) for text in ("Falls", "12", "1.234,5", "12/388", "May I go home")]
    [False, False, False, False, False]
    """
    found = WITH_WEEKDAY.match(text)
    text = found[2] if found and found[1].casefold() in weekday_names() else text
    if DATE_LIKE.fullmatch(text) or _numbered_words(text):
        return True
    words = [word.casefold() for word in WORD.findall(text)]
    return len(words) == 1 and month_of(words[0]) is not None


@cache
def month_names() -> Mapping[str, int]:
    """The months by every name that a language has for them, short or long."""
    return {name: month for said in _names_of(MONTHS) for name, month in said}


def month_of(word: str) -> int | None:
    """The month that goes by this name, or whose names alone begin so.

    >>> [month_of(word) for word in ("Sept", "janv", "maj", "ju", "m")]
    [9, 1, 5, None, None]
    """
    word = word.casefold()
    if month := month_names().get(word):
        return month
    found = {
        month for name, month in month_names().items() if len(word) >= SHORTEST and name.startswith(word)
    }
    return found.pop() if len(found) == 1 else None


@cache
def weekday_names() -> Mapping[str, frozenset[int]]:
    """The days of the week by every name that a language has for them, 0 for Monday; mar is one in several."""
    names: dict[str, set[int]] = {}
    for name, weekday in chain.from_iterable(_names_of(WEEKDAYS)):
        names.setdefault(name, set()).add(weekday)
    return {name: frozenset(days) for name, days in names.items()}


def _names_of(tables: Iterable[Mapping[int, Any]]) -> tuple[list[tuple[str, int]], ...]:
    """Django's names of months or days, each with its number, of each language."""
    return in_each(
        lambda: [
            (str(name).casefold().rstrip("."), number) for known in tables for number, name in known.items()
        ],
        beside=MONTHS_KNOWN_IN,
    )


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


@cache
def numbered_periods() -> tuple[re.Pattern[str], ...]:
    """Weeks and quarters as pages and people of any installed language write them: week 8, 2004; Kv. 1 2004."""
    return _patterns(r"\d{4}|\d{2}")


@cache
def _without_year() -> tuple[re.Pattern[str], ...]:
    """The same, with or without their year."""
    return _patterns(r"\d{4}|\d{2}|")


@cache
def _patterns(year: str) -> tuple[re.Pattern[str], ...]:
    every = in_each(lambda: [_pattern(str(words), year) for words in NUMBERED])
    return tuple(re.compile(pattern) for pattern in dict.fromkeys(chain.from_iterable(every)))


def _pattern(words: str, year: str) -> str:
    """The pattern that reads a period's words back; where they have no year, one is expected behind them."""
    words = words if "%(year)d" in words else f"{words} %(year)d"
    literal, *rest = PLACE.split(_plainly(words))
    pattern = re.escape(literal.strip())
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        digits = year if name == "year" else r"\d{1,2}"
        pattern += rf" ?(?P<{name}>{digits}){re.escape(after.strip())}"
    return pattern


def _plainly(text: str) -> str:
    """In small letters, with one space for whatever stands between words."""
    return BETWEEN.sub(" ", text).strip().casefold()


def _numbered_words(text: str) -> bool:
    """Whether these are a week's or a quarter's words, its year told or not: Week 42."""
    plain = _plainly(text)
    return any(one.fullmatch(plain) for one in _without_year())


def _numbered(text: str) -> Label | None:
    """A week or quarter that is written in words, in any language; None where it is none."""
    plain = _plainly(text)
    found = next((match for one in numbered_periods() if (match := one.fullmatch(plain))), None)
    if found is None:
        return _dated_week(text)
    given = {name: int(number) for name, number in found.groupdict().items()}
    year = _in_full(given["year"])
    if "week" in given:
        return Label(date.fromisocalendar(year, given["week"], 1), periods.WEEK)
    return Label(date(year, given["quarter"] * 3 - 2, 1), periods.QUARTER)


def _dated_week(text: str) -> Label | None:
    """A week that is named with its dates; the year of its number is that in which most of them lie."""
    dated = DATED_WEEK.match(text)
    plain = _plainly(dated["named"]) if dated else ""
    found = next((match for one in _without_year() if (match := one.fullmatch(plain))), None)
    if not dated or not found or "week" not in found.groupdict() or found.groupdict().get("year"):
        return None
    years = [int(year) for year in YEAR.findall(dated["dates"])]
    week = int(found["week"])
    return Label(date.fromisocalendar(years[-1] if week == 1 else years[0], week, 1), periods.WEEK)


def _in_full(year: int) -> int:
    return year if year > 99 else 2000 + year


def _in_calendar(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} has no periods around it.")
    return day


def _named_month(text: str) -> Label | None:
    """A month by its name, or a day of it: Mar 2025, 7 Mar 2025, Mar 7, 2025; None where it is none."""
    if (found := NAMED_MONTH.match(text)) and (month := month_of(found[2])):
        day = date(_in_full(int(found[3])), month, int(found[1] or 1))
        return Label(day, "" if found[1] else periods.MONTH)
    if (found := NAMED_DAY.match(text)) and (month := month_of(found[1])):
        return Label(date(int(found[3]), month, int(found[2])))
    return None


def _read(text: str) -> Label:
    if found := QUARTER_FORM.match(text):
        quarter, year = found[1] or found[4], found[2] or found[3]
        return Label(date(_in_full(int(year)), int(quarter) * 3 - 2, 1), periods.QUARTER)
    if found := WEEK_FORM.match(text):
        return Label(date.fromisocalendar(int(found[1]), int(found[2]), 1), periods.WEEK)
    if numbered := _numbered(text):
        return numbered
    if named := _named_month(text):
        return named
    for forms, frequency in ((DAY_FORMS, ""), (MONTH_FORMS, periods.MONTH)):
        for form in forms:
            try:
                return Label(datetime.strptime(text, form).date(), frequency)  # noqa: DTZ007 - no time zone
            except ValueError:
                continue
    raise ValueError(text)
