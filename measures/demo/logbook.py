"""How the demo's numbers came in: a history at the start, then every month on its day, late or never."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from measures import periods
from measures.demo.daily import Daily
from measures.demo.dated import Dated
from measures.demo.series import gap
from measures.demo.signing import SIGNED_MONTHS, SIGNING, sign_off
from measures.demo.wanted import Story, Wanted
from measures.exchange.entries import Entry
from measures.models import Measure, Month, today_in
from measures.services import charts, months
from measures.services.entry import observations
from measures.services.entry.observations import Cell
from organizations.demo import Participant, Programme

LOG_DAY, SIGN_DAY, LATE_DAY = 9, 16, 25
CLOSES_IN = timedelta(days=8)
USUAL = (0.02, 0.01, 0.02)
HABITS = {
    "cincinnati": (0.02, 0.0, 0.0),
    "tri-rivers": (0.06, 0.12, 0.15),
    "prairie-lakes": (0.04, 0.07, 0.10),
    "norfolk": (0.03, 0.02, 0.06),
}
"""The share of months without data, never logged, and logged after closing."""

OPEN_MONTH = {
    "jonkoping": 1.0,
    "healthpartners": 1.0,
    "reinier": 1.0,
    "tri-rivers": 0.1,
    "prairie-lakes": 0.3,
}
"""The share of the open month's numbers that is in; elsewhere three quarters."""

OPEN_DAYS = (9, 6, 4, 2, 1)
"""So many days before loading the places log the open month, a fifth of them each."""

SIGNED_AFTER = timedelta(hours=1)
"""A month that is all in is signed off so long after its last number."""

WHYS = (
    "one late chart review", "two charts were counted twice", "the ward's list arrived after the count",
    "numerator and denominator were swapped", "a transfer was counted as a discharge",
)  # fmt: skip
NOTES = (
    "Two weeks only: the unit moved.", "A new coder started this month.", "Counted by hand while the system was down.",
    "Includes the clinic that joined this month.", "Holiday staffing.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sown:
    """A measure of the demo with the numbers it is to get, oldest month first; the last is the open month's."""

    measure: Measure
    wanted: Wanted
    story: Story
    changes_at: int
    entries: tuple[Entry, ...]
    is_fixed: bool = False  # its numbers are given: no gap, late or missing month is drawn at random
    is_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """Everything there is to log, and when."""

    programme: Programme
    sown: dict[int, list[Sown]]  # by organization
    months: tuple[date, ...]
    logged: int  # so many of the last months come in one by one
    random: np.random.Generator
    dated: list[Dated] = field(
        default_factory=list
    )  # logged by event dates; the open month is left to the visitor
    daily: list[Daily] = field(default_factory=list)  # logged by the day; so are its newest days

    def day(self, month: int, day: int) -> datetime:
        """A day of the month after the `month`-th, not later than loading."""
        after = periods.following(self.months[month], periods.MONTH)
        return min(datetime.combine(after.replace(day=day), time(14, 20), UTC), self.programme.at)


def log_history(book: Book) -> str:
    """Log what was known before each place began to log here; returns a line of progress."""
    first = len(book.months) - book.logged
    written = sum(_history(book, place, first) for place in book.programme.places)
    written += sum(one.log(book.months[:first], book.day(first - 1, LOG_DAY)) for one in book.dated)
    charts.refresh_stale(at=book.day(first - 1, LATE_DAY))
    return f"History up to {book.months[first - 1]:%B %Y}: {written:,} numbers"


def log_months(book: Book) -> Iterator[str]:
    """Log the months since, one by one, and half of the open one; yields a line of progress for each."""
    _open_months(book)
    for month in range(len(book.months) - book.logged, len(book.months) - 1):
        written = sum(one.log([book.months[month]], book.day(month, LOG_DAY)) for one in book.dated)
        written += sum(_month(book, place, month) for place in book.programme.places)
        charts.refresh_stale(at=book.day(month, LATE_DAY))
        yield f"{book.months[month]:%B %Y}: {written:,} numbers"
    written = 0
    for number, days in enumerate(OPEN_DAYS):
        at = book.programme.at - timedelta(days=days, hours=int(book.random.integers(2, 9)))
        places = book.programme.places[number :: len(OPEN_DAYS)]
        written += sum(_open_month(book, place, at) for place in places)
        charts.refresh_stale(at=at)
    yield f"{book.months[-1]:%B %Y}, still open: {written:,} numbers"
    written = sum(_correct(book, place) for place in book.programme.places)
    yield f"{written} numbers corrected"
    yield f"{sum(one.log() for one in book.daily)} numbers of days"


def _open_months(book: Book) -> None:
    """Make the months; the newest complete one closes a few days after loading, whatever the day."""
    months.open_months(at=book.programme.at)
    newest = Month.objects.get(collaborative=book.programme.collaborative, period=book.months[-1])
    closes_on = today_in(newest.collaborative.time_zone, book.programme.at) + CLOSES_IN
    months.move(newest, closes_on, by=book.programme.office, at=book.programme.at)


def _history(book: Book, place: Participant, first: int) -> int:
    """What was known before the place began to log here, in one go."""
    cells = [
        cell
        for sown in book.sown[place.organization.pk]
        for month in range(first)
        if (cell := _cell(book, place, sown, month))
    ]
    return _write(cells, place, book.day(first - 1, LOG_DAY))


def _month(book: Book, place: Participant, month: int) -> int:
    """A month that has closed since: most numbers on the day, some late, some never."""
    _, never, late = HABITS.get(place.key, USUAL)
    in_time: list[Cell] = []
    too_late: list[Cell] = []
    for sown in book.sown[place.organization.pk]:
        cell, luck = _cell(book, place, sown, month), book.random.random()
        if cell is None or (luck < never and not sown.is_fixed):
            continue
        (too_late if luck < never + late and not sown.is_fixed else in_time).append(cell)
    is_last = month == len(book.months) - 2  # its late numbers have still not come
    day = int(book.random.integers(5, 16))
    written = _write(in_time, place, book.day(month, day))
    if place.key in SIGNING and month >= len(book.months) - 1 - SIGNED_MONTHS:
        sign_off(place, book.months[month], at=book.day(month, SIGN_DAY))
    return written + (0 if is_last else _write(too_late, place, book.day(month, LATE_DAY)))


def _open_month(book: Book, place: Participant, at: datetime) -> int:
    part = OPEN_MONTH.get(place.key, 0.75)
    last = len(book.months) - 1
    cells = [
        cell
        for sown in book.sown[place.organization.pk]
        if (sown.is_fixed or book.random.random() < part) and (cell := _cell(book, place, sown, last))
    ]
    written = _write(cells, place, at)
    if place.key in SIGNING and part == 1.0:
        sign_off(place, book.months[last], at=at + SIGNED_AFTER)
    return written


def _correct(book: Book, place: Participant) -> int:
    """A few numbers of closed months, corrected three weeks after they were logged."""
    corrected = 0
    candidates = [sown for sown in book.sown[place.organization.pk] if not sown.is_fixed]
    for _ in range(3):
        sown = candidates[int(book.random.integers(len(candidates)))]
        month = int(book.random.integers(len(book.months) - book.logged, len(book.months) - 2))
        known = sown.measure.observations.filter(period=book.months[month], no_data="").first()
        if known is None or known.numerator is None:
            continue
        entry = Entry(numerator=max(Decimal(0), known.numerator - 1), denominator=known.denominator)
        cell = Cell(sown.measure.pk, known.period, entry, why=str(book.random.choice(WHYS)))
        corrected += _write([cell], place, book.day(month + 1, 2))
    return corrected


def _cell(book: Book, place: Participant, sown: Sown, month: int) -> Cell | None:
    """The month's number, or a reason for having none, or nothing."""
    entry, luck = sown.entries[month], book.random.random()
    if entry.is_empty:
        return None
    if not sown.is_fixed and luck < HABITS.get(place.key, USUAL)[0]:
        entry = gap(book.random)
    elif not sown.is_fixed and luck > 0.994:
        entry = replace(entry, note=str(book.random.choice(NOTES)))
    return Cell(sown.measure.pk, book.months[month], entry)


def _write(cells: Sequence[Cell], place: Participant, at: datetime) -> int:
    if cells:
        observations.record_many(cells, by=place.data_entry, at=at)
    return len(cells)
