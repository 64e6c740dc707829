"""Numbers along a side of a block that are labels of periods rather than data, and name none for certain."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from measures.exchange.headings.run_together import calendar_day, ends_a_month
from measures.exchange.labels import serial_day

YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_AND_PART = re.compile(r"((?:19|20)\d\d)([.,/]?)(\d{1,3})")
PART_AND_YEAR = re.compile(r"(\d{1,2})[.,/]((?:19|20)\d\d)")
SHORT = re.compile(r"(\d{1,2})[./](\d\d)")
WITH_ZERO = re.compile(r"0[1-9](?:[./]\d\d)?")
SHORT_DAY = re.compile(r"(\d\d)(\d\d)(\d\d)")
SECONDS = re.compile(r"1\d{9}|1\d{12}")
"""Since 1970, as computers count them, or thousandths of them."""

MOST_PARTS = 53
FEWEST = 3
LONGEST_STEP = 31  # days between two of a column


def are_labels(cells: Sequence[str]) -> bool:
    """Whether these numbers count periods, and can hardly be anything else.

    >>> [are_labels(cells) for cells in (["2025.01", "2025.02"], ["01/25", "02/25"], ["2023", "2024"])]
    [True, True, True]
    >>> [are_labels(cells) for cells in (["12", "13"], ["0.25", "0.75"], ["12/2004", "13/2010"], ["45812", "44103"])]
    [False, False, False, False]
    """
    return len(cells) > 1 and any(
        known(cells) for known in (_are_years, _have_years, _have_short_years, _are_days_in_numbers)
    )


def are_running(cells: Sequence[str]) -> bool:
    """Whether they count up one by one: 1, 2, 3, or from anywhere 5, 6, 7; also 01, 02.

    >>> are_running(["1", "2", "3"]), are_running(["7", "8"]), are_running(["01", "02"])
    (True, False, True)
    """
    if not cells or not all(cell.isdecimal() and len(cell) < 3 for cell in cells):
        return False
    fewest = 2 if any(map(WITH_ZERO.fullmatch, cells)) else FEWEST
    return len(cells) >= fewest and all(int(later) == int(first) + 1 for first, later in pairwise(cells))


def _are_years(cells: Sequence[str]) -> bool:
    if not all(map(YEAR.fullmatch, cells)):
        return False
    return {int(later) - int(first) for first, later in pairwise(cells)} in ({1}, {-1})


def _have_years(cells: Sequence[str]) -> bool:
    """2025.01, 202501, 05.2025: with a mark in any order, without one as they follow one another."""
    found = [match for cell in cells if (match := YEAR_AND_PART.fullmatch(cell))]
    if len(found) == len(cells):
        pairs = [(int(year), int(part)) for year, _mark, part in (match.groups() for match in found)]
        are_marked = all(match[2] for match in found) and len(set(pairs)) == len(pairs)
        return all(0 < part <= MOST_PARTS for _year, part in pairs) and (are_marked or _follow(pairs))
    turned = [match for cell in cells if (match := PART_AND_YEAR.fullmatch(cell))]
    return len(turned) == len(cells) and _follow([(int(match[2]), int(match[1])) for match in turned])


def _have_short_years(cells: Sequence[str]) -> bool:
    """01/25, 02/25 or 25/01, 25/02; with a point only where a zero stands before the month."""
    found = [match for cell in cells if (match := SHORT.fullmatch(cell))]
    if len(found) < len(cells) or not (all("/" in cell for cell in cells) or _have_zeros(cells)):
        return False
    pairs = [(int(match[1]), int(match[2])) for match in found]
    return _follow(pairs) or _follow([(year, part) for part, year in pairs])


def _have_zeros(cells: Sequence[str]) -> bool:
    return all(len(cell) == 5 for cell in cells) and any(map(WITH_ZERO.fullmatch, cells))


def _are_days_in_numbers(cells: Sequence[str]) -> bool:
    if all(map(SECONDS.fullmatch, cells)):
        return True
    short = [match for cell in cells if (match := SHORT_DAY.fullmatch(cell))]
    days = [calendar_day(2000 + int(one[1]), int(one[2]), int(one[3])) for one in short]
    if len(days) == len(cells) and all(days):
        return all(day is not None and ends_a_month(day) for day in days)
    return _are_serial(cells)


def _are_serial(cells: Sequence[str]) -> bool:
    """A spreadsheet's days, 45748 or with their time 45748.25, that rise as days do."""
    wholes = [re.split("[.,]", cell, maxsplit=1) for cell in cells]
    days = [day for whole in wholes if (day := serial_day(whole[0]))]
    if len(days) < len(cells):
        return False
    if any(len(whole) > 1 for whole in wholes) or len({day.weekday() for day in days}) == 1:
        return _rise(days)
    return len(days) > 2 and _rise(days)


def _rise(days: Sequence[date]) -> bool:
    steps = [(later - first).days for first, later in pairwise(days)]
    return all(0 < step <= LONGEST_STEP for step in steps) or all(-LONGEST_STEP <= step < 0 for step in steps)


def _follow(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether parts of years come one after the other, forwards or backwards."""
    if not all(0 < part <= MOST_PARTS for _year, part in pairs):
        return False
    ways = (pairs, list(reversed(pairs)))
    return any(
        all(later == (year, part + 1) or later == (year + 1, 1) for (year, part), later in pairwise(way))
        for way in ways
    )
