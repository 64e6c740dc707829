"""Cincinnati's discharges before noon: a small test, followed day by day on one ward, without weekends."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle, islice

from measures.demo.daily import LOGGED_AT, Daily
from measures.demo.logbook import Book
from measures.demo.series import ratios
from measures.demo.wanted import share
from measures.models import Area, Frequency, today_in
from measures.services import markups, measures
from organizations.demo import Participant
from projects.demo.charters import ACCESS_AND_FLOW

NOON = replace(
    share("Home before noon, A6 North", "Children who left before noon", "discharges that day", (24, 45, 15),
          Area.ACCESS),
    unit="% of discharges", frequency=Frequency.DAY,
)  # fmt: skip
WORDS = {
    "inclusions": "Discharges of A6 North, Monday to Friday",
    "data_source": "The ward's board, counted at the end of the week",
    "sampling": "None: every discharge",
}
BEFORE = ((3, 14), (4, 16), (2, 12), (5, 17), (3, 13), (4, 15), (3, 16), (4, 13), (2, 14))
AFTER = ((5, 14), (4, 12), (6, 16), (5, 13), (5, 15), (4, 11), (6, 15))
WORKDAYS, TESTED = 55, 14
"""Days with a number, and how many of them lie after the change."""

QUIET = timedelta(days=2)
"""The newest days are the visitor's to log."""

NOTE = "leaving time agreed with the family on the evening before"
SATURDAY = 5


def sow(book: Book, place: Participant) -> None:
    """Make the measure, beside the projects. Its numbers are given: nothing of the demo's chance is drawn for it."""
    today = today_in(place.organization.time_zone, book.programme.at)
    days = workdays_until(today - QUIET, WORKDAYS)
    known = [*islice(cycle(BEFORE), WORKDAYS - TESTED), *islice(cycle(AFTER), TESTED)]
    measure = measures.create(
        place.organization,
        naming=NOON.naming(ACCESS_AND_FLOW),
        definition=NOON.definition() | WORDS,
        effective_from=days[0],
        by=place.lead,
        at=datetime.combine(days[0], LOGGED_AT),
    )
    book.daily.append(Daily(measure, place, tuple(zip(days, ratios(known), strict=True))))


def tell(book: Book) -> None:
    """Note the change on the first day after it."""
    for one in book.daily:
        day, _entry = one.numbers[-TESTED]
        at = datetime.combine(day, LOGGED_AT)
        markups.annotate(one.measure, day, kind="change", text=NOTE, by=one.place.lead, at=at)


def workdays_until(last: date, count: int) -> list[date]:
    """So many days from Monday to Friday, oldest first, none of them after `last`.

    >>> workdays_until(date(2004, 2, 8), 2)
    [datetime.date(2004, 2, 5), datetime.date(2004, 2, 6)]
    """
    days = (last - timedelta(days=back) for back in range(count * 2 + SATURDAY))
    return list(islice((day for day in days if day.weekday() < SATURDAY), count))[::-1]
