"""The demo's measure of event dates: its events by the days between them, logged month by month like any number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, NoData
from measures.services.entry import observations
from measures.services.entry.observations import Cell
from organizations.demo import Participant


@dataclass(frozen=True, slots=True)
class Dated:
    """A measure with the days of its events, and who logs them."""

    measure: Measure
    place: Participant
    days: tuple[date, ...]

    def log(self, months: Iterable[date], at: datetime) -> int:
        """Log these months, each with its events or as one without any. Returns how many months."""
        cells = [self._cell(month) for month in months]
        observations.record_many(cells, by=self.place.data_entry, at=at)
        return len(cells)

    def _cell(self, month: date) -> Cell:
        last = periods.last_day(month, periods.MONTH)
        days = tuple(day for day in self.days if month <= day <= last)
        key = NoData.EVENTS if days else NoData.NO_EVENTS
        return Cell(self.measure.pk, month, Entry(no_data=key), days=days)


def days_back(last: date, gaps: Iterable[int]) -> list[date]:
    """The days of events, oldest first, the last of them on `last`; `gaps` are the days between, oldest first.

    >>> days_back(date(2004, 3, 1), (14, 29))
    [datetime.date(2004, 1, 18), datetime.date(2004, 2, 1), datetime.date(2004, 3, 1)]
    """
    behind = accumulate(reversed(tuple(gaps)), initial=0)
    return [last - timedelta(days=days) for days in behind][::-1]
