"""The demo's measure of days: logged at the end of each week, with no number for a day without work."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure
from measures.services.entry import observations
from measures.services.entry.observations import Cell
from organizations.demo import Participant

LOGGED_AT = time(21, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Daily:
    """A measure with the numbers of its days, oldest first, and who logs them."""

    measure: Measure
    place: Participant
    numbers: tuple[tuple[date, Entry], ...]

    def log(self) -> int:
        """Log them, a week at a time on its last day. Returns how many."""
        for _week, days in groupby(self.numbers, key=lambda one: periods.start_of(one[0], periods.WEEK)):
            cells = [Cell(self.measure.pk, day, entry) for day, entry in days]
            at = datetime.combine(cells[-1].period, LOGGED_AT)
            observations.record_many(cells, by=self.place.data_entry, at=at)
        return len(self.numbers)
