"""Names of months and of days of the week, in the languages of the site and some beside them."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Any

from django.utils import dates

from p2.words.languages import in_each

MONTHS_KNOWN_IN = ("en", "sv", "da", "nb", "nl", "de", "fr", "es", "it", "pt")
"""Languages whose names of months are read beside those of the site: programmes span countries. No name means two
months in them; Finnish, whose mar is November, is not among them."""

MONTHS = (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT)

WEEKDAYS = (dates.WEEKDAYS, dates.WEEKDAYS_ABBR)

WITH_WEEKDAY = re.compile(r"([^\W\d]+)[.,]* (?=\D*\d)(.+)$")

SHORTEST = 3  # letters of a month's name that is cut short


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
