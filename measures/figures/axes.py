"""Where values and months fall on a chart: pure arithmetic, in the data's units and in px."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.periods import DAY, EVENT, WEEK, start_of
from measures.selectors.readings import Point, Reading
from measures.sentences.periods import head, heads
from p2.words.wording import each_in_language, each_rounded, rounded

NAME_ROOM = 32  # px from a month's name to the next, at least
DAY_ROOM = 48  # px from the name of a day to the next, at least
YEAR_ROOM = 40  # px from a year to the next, at least
HEADROOM = 0.1  # of the height, kept free above the highest value for numbered notes
CUT_FROM = 0.5  # a proportion never below this share may have a cut axis
ROUND_FACTORS = (1, 2, 5, 2.5, 4)  # in order of preference
MINUS = "\N{MINUS SIGN}"
LARGE = (
    (1e12, 1e12, gettext_lazy("%(number)s trillion")),
    (1e9, 1e9, gettext_lazy("%(number)s billion")),
    (1e7, 1e6, gettext_lazy("%(number)s million")),
)
LARGE_FROM = 1e7


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """From `low` to `high`, with the values that get a grid line."""

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    def px(self, value: float, height: float) -> float:
        """Height of `value` above the axis on a plot `height` px tall."""
        return (value - self.low) / (self.high - self.low) * height


@dataclass(frozen=True, slots=True)
class MonthTick:
    """A labelled position under the axis; `name` or `year` may be empty."""

    position: int
    name: str
    year: str


class Chosen(NamedTuple):
    """A position that gets a label, and what it says."""

    position: int
    has_name: bool
    has_year: bool


def value_axis(reading: Reading) -> ValueAxis:
    """Grid lines at round values, 3 to 4 of them above the axis where the numbers allow it.

    Starts at 0, or below for negative values; only a proportion that stays above half may be cut.
    """
    seen = [value for value in _drawn_values(reading) if value is not None and math.isfinite(value)]
    lowest, highest = min(seen, default=0.0), max(seen, default=0.0)
    finest = 10.0**-reading.decimals
    whole = 100.0 if "%" in reading.unit or highest > 1 else 1.0
    if reading.is_proportion and seen and highest <= whole and lowest >= whole * CUT_FROM:
        low, highest = lowest - max(whole - lowest, whole / 20) * HEADROOM, whole
    else:
        low, highest = min(lowest, 0.0), max(highest, 0.0)
    if highest <= low:
        highest = low + max(1.0, finest)
    high = highest + (highest - low) * HEADROOM
    step = _round_step(low, high, finest)
    low = math.floor(low / step + 1e-9) * step
    ticks = tuple(low + step * i for i in range(math.floor((high - low) / step + 1e-9) + 1))
    return ValueAxis(low, high, ticks, reading.decimals)


def number(value: float, decimals: int) -> str:
    r"""A value with the decimals of its definition: 2.48, 3,240; very large ones in words.

    >>> number(3240.4, 0), number(-0.001, 2), number(2_500_000_000, 0)
    ('3,240', '0.00', '2.5 billion')
    >>> ascii(number(-4, 0))
    "'\\u22124'"
    """
    return numbers([value], decimals)[0]


def numbers(values: Sequence[float], decimals: int) -> list[str]:
    """Each of many values as `number` writes it; the language is looked up once."""
    if max(map(abs, values), default=0) >= LARGE_FROM:
        written = [_in_words(value) if is_large(value) else rounded(value, decimals) for value in values]
    else:
        written = each_rounded(values, decimals)
    return [one.replace("-", MINUS) for one in each_in_language(written)]


def _in_words(value: float) -> str:
    size, words = next((size, words) for at_least, size, words in LARGE if abs(value) >= at_least)
    return str(words % {"number": f"{value / size:,.4g}"})


def is_large(value: float) -> bool:
    """Whether a chart says it as millions or more, where decimals do not matter."""
    return abs(value) >= LARGE_FROM


def month_ticks(points: Sequence[Point], frequency: str, step: float) -> tuple[MonthTick, ...]:
    """Names under the axis where points stand `step` px apart; of events the first of a month bears its name, of days
    each, the first of a week, or that of a month, by the room there is.

    Month names each quarter (each month when points are weeks), thinned to half years, years, or
    every few years where there is no room; the year under the first name of each year.
    """
    if not points:
        return ()
    firsts = _firsts_of_months(points, frequency)
    if frequency == DAY and (named := _days_named(points, step)):
        return named
    if frequency == DAY or any(point.is_event for point in points):
        return _event_ticks(points, firsts, step)
    for months in _thinnings(frequency):
        chosen = [position for position, month in firsts if month in months]
        gaps = [after - before for before, after in pairwise(chosen)]
        if not gaps or min(gaps) * step >= NAME_ROOM:
            return _named(points, frequency, chosen, step)
    return _years_only(points, frequency, step)


def short_name(point: Point, frequency: str) -> str:
    """The period without its year: "Jan", "Q1", "week 3", "Mon 3 Mar"."""
    if frequency == "week":
        return _("week %(week)d") % {"week": point.period.isocalendar().week}
    return head(point.period, frequency)


def _drawn_values(reading: Reading) -> set[float | None]:
    points = reading.points
    drawn = {point.value for point in points} | {point.centre for point in points}
    drawn |= {point.lower for point in points} | {point.upper for point in points}
    drawn |= {benchmark.value for benchmark in reading.benchmarks}
    return drawn | {reading.goal.value} if reading.goal else drawn


def _round_step(low: float, high: float, finest: float) -> float:
    """The round step, a multiple of `finest`, that puts 3 or 4 grid lines above the axis; or nearly."""
    power = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    steps = [factor * power * size for size in (1, 10, 100) for factor in ROUND_FACTORS]
    usable = [
        step for step in steps if math.isclose(step / finest % 1, 0, abs_tol=1e-6) or step / finest > 1e6
    ]

    def misfit(step: float) -> float:
        lines = math.floor((high - math.floor(low / step + 1e-9) * step) / step + 1e-9)
        return max(3 - lines, lines - 4, 0)

    return min(usable or [finest], key=misfit)


def _month(point: Point, frequency: str) -> tuple[int, int]:
    """Year and month a point is named by; an ISO week belongs to the month of its Thursday."""
    day = point.period + timedelta(days=3) if frequency == "week" else point.period
    return day.year, day.month


def _thinnings(frequency: str) -> tuple[tuple[int, ...], ...]:
    quarters, halves, years = (1, 4, 7, 10), (1, 7), (1,)
    return (
        (tuple(range(1, 13)), quarters, halves, years) if frequency == "week" else (quarters, halves, years)
    )


def _firsts_of_months(points: Sequence[Point], frequency: str) -> list[tuple[int, int]]:
    """Position and month of the first point of each month."""
    named = [_month(point, frequency) for point in points]
    return [
        (position, named[position][1])
        for position in range(len(named))
        if position == 0 or named[position - 1] != named[position]
    ]


def _event_ticks(
    points: Sequence[Point], firsts: Sequence[tuple[int, int]], step: float
) -> tuple[MonthTick, ...]:
    """The first event of each month, as many as there is room for, and the year where a new one begins."""
    return _ticks(points, "month", _with_room(points, [position for position, _month in firsts], step))


def _days_named(points: Sequence[Point], step: float) -> tuple[MonthTick, ...]:
    """Each day by its name, or the first of each week; none where both are too narrow."""
    weeks = [start_of(point.period, WEEK) for point in points]
    mondays = [at for at, week in enumerate(weeks) if at == 0 or weeks[at - 1] != week]
    for named in (list(range(len(points))), mondays):
        gaps = sorted(after - before for before, after in pairwise(named))
        if not gaps or gaps[len(gaps) // 2] * step >= DAY_ROOM:
            chosen = _with_room(points, named, step, DAY_ROOM)
            names = heads([points[one.position].period for one in chosen], EVENT)
            return tuple(
                MonthTick(one.position, name, str(points[one.position].period.year) if one.has_year else "")
                for one, name in zip(chosen, names, strict=True)
            )
    return ()


def _with_room(
    points: Sequence[Point], positions: Sequence[int], step: float, least: float = NAME_ROOM
) -> list[Chosen]:
    """As many of these positions as there is room for, and the year where a new one begins."""
    chosen: list[Chosen] = []
    room, year = -math.inf, 0
    for position in positions:
        its_year = points[position].period.year
        if position * step - room < (least if its_year == year else max(least, YEAR_ROOM)):
            continue
        chosen.append(Chosen(position, True, has_year=its_year != year))
        room, year = position * step, its_year
    return chosen


def _named(points: Sequence[Point], frequency: str, chosen: list[int], step: float) -> tuple[MonthTick, ...]:
    ticks: list[Chosen] = []
    if not chosen or chosen[0] > 0:
        room = (chosen[0] if chosen else len(points)) * step
        ticks.append(Chosen(0, room >= NAME_ROOM or not chosen, has_year=True))
    ticks += [Chosen(at, True, at == 0 or _month(points[at], frequency)[1] == 1) for at in chosen]
    if len(ticks) > 1 and ticks[1].has_year and (ticks[1].position - ticks[0].position) * step < YEAR_ROOM:
        ticks = ticks[1:]
    return _ticks(points, frequency, ticks)


def _years_only(points: Sequence[Point], frequency: str, step: float) -> tuple[MonthTick, ...]:
    januaries = [position for position, month in _firsts_of_months(points, frequency) if month == 1]
    gap = (januaries[1] - januaries[0]) * step if len(januaries) > 1 else YEAR_ROOM
    every = next((n for n in (1, 2, 5, 10, 20, 50) if gap * n >= YEAR_ROOM), 100)
    kept = [position for position in januaries if _month(points[position], frequency)[0] % every == 0]
    return _ticks(points, frequency, [Chosen(position, False, has_year=True) for position in kept])


def _ticks(points: Sequence[Point], frequency: str, chosen: Sequence[Chosen]) -> tuple[MonthTick, ...]:
    months = [_month(points[one.position], frequency) for one in chosen]
    names = heads([date(*month, 1) for month in months], "quarter" if frequency == "quarter" else "month")
    return tuple(
        MonthTick(one.position, name if one.has_name else "", str(year) if one.has_year else "")
        for one, name, (year, _month_of_year) in zip(chosen, names, months, strict=True)
    )
