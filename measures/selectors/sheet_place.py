"""Where a sheet stands: which periods and measures it shows, and which of its periods are closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from measures import periods
from measures.models import Definition, Measure, MeasureQuerySet, Month, today_in
from measures.selectors.axis import Axis
from measures.selectors.charts import with_charts
from measures.sentences.periods import head as period_head
from measures.sentences.periods import label as period_label
from organizations.models import Organization, User

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
    def axis(self) -> Axis:
        """The time axis of the trends, of which a row alone knows as much as the whole sheet.

        It ends with the open period, or the newest complete one where that is later.
        """
        latest = periods.latest_complete(today_in(self.zone, self.at), self.frequency)
        return Axis({self.frequency: max(self.period, latest)})

    @property
    def label(self) -> str:
        return period_label(self.period, self.frequency, long=True)

    def month(self, period: date, months: Mapping[date, Month]) -> Month | None:
        """The month that a period is due and closes with."""
        return months.get(periods.closing_month(period, self.frequency))

    def is_closed(self, period: date, months: Mapping[date, Month]) -> bool:
        month = self.month(period, months)
        return bool(month and month.is_closed(self.at, self.zone))

    def asks(self, months: Mapping[date, Month]) -> bool:
        """Whether a month asks for the numbers of the open period; it asks for no day once it has closed."""
        is_passed = self.frequency == periods.DAY and self.is_closed(self.period, months)
        return self.month(self.period, months) is not None and not is_passed


def short_head(period: date, place: SheetPlace) -> str:
    """A column's head: Mar, Q1, w 8."""
    return period_head(period, place.frequency)


def dated_head(period: date, place: SheetPlace, *, is_first: bool = False) -> str:
    """A column's head with its year, where a new year or the first column begins: Feb ’03."""
    head = short_head(period, place)
    begins_year = period.month == 1 and period.day <= periods.DAYS_IN.get(place.frequency, 7)
    if is_first or begins_year:
        return _("%(head)s ’%(year)s") % {"head": head, "year": f"{period:%y}"}
    return head


def open_place(
    organization: Organization, *, frequency: str, at: datetime, period: date | None = None
) -> SheetPlace:
    """The newest complete period in the organization's zone, or the one asked for; never a future one."""
    today = today_in(organization.time_zone, at)
    latest = periods.latest_complete(today, frequency)
    wanted = periods.start_of(period, frequency) if period else latest
    current = periods.start_of(today, frequency)
    return SheetPlace(min(wanted, current), frequency, organization.time_zone, at)


def place_of(organization: Organization, period: date, *, frequency: str, at: datetime) -> SheetPlace:
    """The place that numbers are sent to, as it was named: the verb refuses a future one."""
    return SheetPlace(periods.start_of(period, frequency), frequency, organization.time_zone, at)


DUE_FROM = Subquery(
    Definition.objects.filter(measure=OuterRef("pk")).order_by("number").values("effective_from")[:1]
)


def loggable(reader: User) -> MeasureQuerySet:
    """The measures that are still logged, with all that a row needs of them but its numbers."""
    kept = with_charts(Measure.objects.visible_to(reader).kept())
    return kept.annotate(due_from=DUE_FROM)  # type: ignore[no-redef]


def in_order(measures: list[Measure], frequency: str) -> list[Measure]:
    """By position; each stratum follows the measure it is a part of."""
    shown = [measure for measure in measures if measure.words.frequency == frequency]
    there = {measure.pk for measure in shown}
    strata: dict[int, list[Measure]] = {}
    for measure in shown:
        if measure.stratum_of_id in there:
            strata.setdefault(measure.stratum_of_id or 0, []).append(measure)
    whole = [measure for measure in shown if measure.stratum_of_id not in there]
    return [one for measure in whole for one in (measure, *strata.get(measure.pk, []))]
