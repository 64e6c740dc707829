"""Weeks and quarters as pages and people write them in words."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from measures import periods
from measures.sentences.periods import NUMBERED
from p2.words.languages import in_each

DATED_WEEK = re.compile(r"(?P<named>[^,]*\d),(?P<dates>.*\d{4})$")
"""A week as pages of this product name it, with its dates: week 8, 16 to 22 February 2004."""

YEAR = re.compile(r"\b\d{4}\b")

PLACE = re.compile(r"%\((week|quarter|year)\)d")

BETWEEN = re.compile(r"[\s.,’']+")
"""What may stand between the words of a period, or be left out."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names: its first day, and how long it is; no frequency where it is a day."""

    day: date
    frequency: str = ""


@cache
def _with_year() -> tuple[re.Pattern[str], ...]:
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


def is_numbered(text: str) -> bool:
    """Whether these are a week's or a quarter's words, its year told or not: Week 42."""
    plain = _plainly(text)
    return any(one.fullmatch(plain) for one in _without_year())


def numbered(text: str) -> Label | None:
    """A week or quarter that is written in words, in any language; None where it is none."""
    plain = _plainly(text)
    found = next((match for one in _with_year() if (match := one.fullmatch(plain))), None)
    if found is None:
        return _dated_week(text)
    given = {name: int(number) for name, number in found.groupdict().items()}
    year = in_full(given["year"])
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


def in_full(year: int) -> int:
    """25 as 2025."""
    return year if year > 99 else 2000 + year
