"""What rows of the sheet are made from: their measures, numbers, events and months, read for many rows at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from measures import periods
from measures.models import Measure, Month, Observation, today_in
from measures.selectors.limits import charted_before, outlier_sentence
from measures.selectors.months import binding
from measures.selectors.sheet_place import SheetPlace
from measures.services.entry.undos import KEPT
from organizations.models import Organization, User

SPARK_PERIODS = 24


@dataclass(frozen=True, slots=True)
class Material:
    """What a row is made from: the measure (`with_charts`), its observations at hand, its collaborative's months."""

    measure: Measure
    observations: Mapping[date, Observation]
    months: Mapping[date, Month]
    due_from: date | None
    warning: str = ""
    events: tuple[Observation, ...] = ()  # of a measure that is logged by their dates, oldest first

    @classmethod
    def of_series(
        cls, measure: Measure, series: Iterable[Observation], months: Mapping[date, Month], due_from: date | None,
        warning: str,
    ) -> "Material":  # fmt: skip
        rows = tuple(series)
        by_period = {row.period: row for row in rows if row.ordinal == 0}
        return cls(measure, by_period, months, due_from, warning, _events(measure, rows))

    def days(self, period: date) -> tuple[date, ...]:
        """The days of a period's events."""
        last = periods.last_day(period, self.measure.words.frequency)
        return tuple(row.period for row in self.events if period <= row.period <= last)

    def is_undoable(self, place: SheetPlace, person: User) -> bool:
        """Whether what stands in the period of a place was saved by this person, and can still be undone."""
        last = periods.last_day(place.period, place.frequency)
        standing = (row for row in self.series if place.period <= row.period <= last)
        return any(row.recorded_by_id == person.pk and row.recorded_at >= place.at - KEPT for row in standing)

    @property
    def series(self) -> list[Observation]:
        """What its trend is drawn from, oldest first."""
        rows = (*self.observations.values(), *self.events)
        return sorted(rows, key=lambda row: (row.period, row.ordinal))


def _events(measure: Measure, rows: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(row for row in rows if row.ordinal) if measure.words.is_dated else ()


def read_materials(measures: list[Measure], organization: Organization, place: SheetPlace) -> list[Material]:
    """What the rows of these measures are made from; two queries. Measures come from `loggable`."""
    months = months_of(organization, place)
    found: dict[int, list[Observation]] = {measure.pk: [] for measure in measures}
    latest = periods.latest_complete(today_in(place.zone, place.at), place.frequency)
    recent = periods.following(latest, place.frequency, 1 - SPARK_PERIODS)
    last = periods.last_day(place.period, place.frequency)
    window = Q(period__range=(place.periods[0], last)) | Q(period__gte=recent)
    dated = [measure.pk for measure in measures if measure.words.is_dated]
    own = Q(ordinal=0) | Q(measure__in=dated) if dated else Q(ordinal=0)
    rows = Observation.objects.filter(window, own, measure__in=measures).select_related("recorded_by")
    for row in rows.order_by("period", "ordinal"):
        found[row.measure_id].append(row)
    return [_material(measure, found[measure.pk], months, place) for measure in measures]


def _material(
    measure: Measure, rows: list[Observation], months: Mapping[date, Month], place: SheetPlace
) -> Material:
    material = Material.of_series(measure, rows, months, measure.due_from, "")
    standing = material.observations.get(place.period)
    if standing and not standing.no_data:
        earlier = charted_before(measure, place.period, material.observations.values())
        return replace(material, warning=outlier_sentence(measure, standing, earlier))
    return material


def months_of(organization: Organization, place: SheetPlace) -> dict[date, Month]:
    """The months in which the periods of the sheet are due and close."""
    first, last = (periods.closing_month(place.periods[end], place.frequency) for end in (0, -1))
    return {period: month for (_, period), month in binding([organization.pk], first, last).items()}
