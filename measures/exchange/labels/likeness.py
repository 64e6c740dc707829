"""What a person would take for the label of a period."""

import re
from collections.abc import Sequence

from measures.exchange.labels.names import WITH_WEEKDAY, month_names, month_of, weekday_names
from measures.exchange.labels.numbered import is_numbered

DATE_LIKE = re.compile(
    r"""\d{1,4}([-/.])\d{1,2}\1\d{1,4}(\D.*)?   # a day, perhaps with a time
    | (FY\ ?\d{2,4}.*|.*\bFY\ ?\d{2,4})         # a quarter of a year that begins nobody knows where
    | W\d{1,2} | Q[1-4] | [^\W\d]{3,}\.?\ [’']?\d{4}""",
    re.IGNORECASE | re.VERBOSE,
)
WORD = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"\d+")
NUMBERED_WORD = re.compile(r"[^\W\d]{1,8}[. ]{0,2}\d{1,2}|\d{1,4}[-. ]\d{1,2}\.?")
NAMED_SHORT = re.compile(r"([^\W\d]{3,})\.?[ -](\d{2})")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
COUNTED_MONTH = re.compile(r"\d\s*[年月日]")
"""As Chinese and Japanese write years, months and days: 2025年1月."""


def looks_like_a_period(text: str) -> bool:
    """Whether a person would take it for a time, though it may be read in no or in several ways.

    >>> [looks_like_a_period(text) for text in ("24-Jan", "FY2025 Q1", "W40", "2025-03-31T22:00:00Z")]
    [True, True, True, True]
    >>> [looks_like_a_period(text) for text in ("Falls", "12", "1.234,5", "12/388", "May I go home")]
    [False, False, False, False, False]
    """
    found = WITH_WEEKDAY.match(text)
    text = found[2] if found and found[1].casefold() in weekday_names() else text
    if DATE_LIKE.fullmatch(text) or is_numbered(text):
        return True
    words = _words(text)
    return len(words) == 1 and month_of(words[0]) is not None


def has_a_time(text: str) -> bool:
    """Whether words of a time stand in it among others: a month with a number, several months, a year, a weekday.

    >>> [has_a_time(text) for text in ("As of Jan 2025", "1 Jan - 31 Jan", "Mar-Apr", "Spring 2025", "Tuesday")]
    [True, True, True, True, True]
    >>> [has_a_time(text) for text in ("Falls", "Ward 12", "May I go home", "2025", "12/2004")]
    [False, False, False, False, False]
    """
    words = _words(text)
    are_months = [word in month_names() for word in words]
    if COUNTED_MONTH.search(text) or (words and YEAR.search(text)):
        return True
    if any(are_months) and (DIGITS.search(text) or all(are_months)):
        return True
    return len(words) == 1 and not DIGITS.search(text) and words[0] in weekday_names()


def is_numbered_word(text: str) -> bool:
    """Whether it is a short word with a number, or two numbers, as a period without its words: KW 5, P01, 25-01."""
    return NUMBERED_WORD.fullmatch(text) is not None


def may_be_days(labels: Sequence[str]) -> bool:
    """Whether Jan 05, Jan 12 are rather days than years: more of these numbers than of months stand there.

    >>> may_be_days(["Jan 05", "Jan 12"]), may_be_days(["Dec-24", "Jan-25", "Feb-25"])
    (True, False)
    """
    found = [match for label in labels if (match := NAMED_SHORT.fullmatch(label)) and month_of(match[1])]
    months, numbers = ({match[part].casefold() for match in found} for part in (1, 2))
    return len(months) < len(numbers)


def are_counted(labels: Sequence[str]) -> bool:
    """Whether they differ in their numbers alone, as the labels of a series of periods do: KW 5, KW 6.

    >>> are_counted(["KW 5", "KW 6"]), are_counted(["25-01", "25-02"]), are_counted(["Ward A", "Ward B"])
    (True, True, False)
    """
    frames = {DIGITS.sub("#", label.casefold()) for label in labels}
    return len(frames) == 1 and "#" in next(iter(frames)) and len(set(labels)) > 1


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]
