"""Where a sheet stands: which periods it shows, and which of them are closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from measures import periods
from measures.models import Month
from measures.sentences.periods import label as period_label

EARLIER = 11
"""Periods that stand before the open one."""


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a sheet stands: an open period of a frequency, seen at an instant from an organization's zone."""

    period: date
    frequency: str
    zone: str
    at: datetime

    @property
    def periods(self) -> tuple[date, ...]:
        """The earlier periods and the open one, oldest first."""
        first = periods.following(self.period, self.frequency, -EARLIER)
        return periods.between(first, self.period, self.frequency)

    @property
    def label(self) -> str:
        return period_label(self.period, self.frequency, long=True)

    def month(self, period: date, months: Mapping[date, Month]) -> Month | None:
        """The month that a period is due and closes with."""
        return months.get(periods.closing_month(period, self.frequency))

    def is_closed(self, period: date, months: Mapping[date, Month]) -> bool:
        month = self.month(period, months)
        return bool(month and month.is_closed(self.at, self.zone))


def short_head(period: date, place: SheetPlace) -> str:
    """A column's head: Mar, Q1, w 8."""
    if place.frequency == "month":
        return f"{period:%b}"
    return period_label(period, place.frequency).partition(",")[0].replace("week", "w").partition(" 2")[0]
