"""The sheet on which an organization logs its numbers: measures down, periods across, the open one in front."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext

from measures import periods
from measures.models import Definition, Frequency, Measure, MeasureQuerySet, Month, Observation, today_in
from measures.selectors.charts import with_charts
from measures.selectors.limits import charted_before, outlier_sentence
from measures.selectors.months import binding
from measures.selectors.sheet_place import SheetPlace, short_head
from measures.selectors.sheet_rows import Material, Row, Trouble, Typed, row_of
from measures.sentences.periods import label as period_label
from organizations.models import Membership, Organization, User
from p2.words.wording import in_days

SPARK_PERIODS = 24


@dataclass(frozen=True, slots=True)
class Column:
    """An earlier period; `key` opens it."""

    period: date
    head: str  # "Feb ’03", "Mar"
    label: str  # "March 2003"
    key: str  # "2003-03-01"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sheet is; `cells` are its rows in small."""

    done: int
    needs_you: int
    due: int
    late: int
    late_from: str  # "December"
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the page shows."""

    place: SheetPlace
    columns: tuple[Column, ...]
    label: str  # "January 2004"
    key: str
    rows: tuple[Row, ...]
    progress: Progress
    title: str  # "January 2004 closes in 8 days"
    closing: str  # "Friday 20 February, midnight in Cincinnati (EST)"
    closes: str  # "closes 20 Feb"
    earlier: Column
    later: Column | None
    frequencies: tuple[str, ...]
    leads: tuple[str, ...]  # who can make measures, when there is none

    @property
    def shows(self) -> tuple[tuple[str, str, int], ...]:
        """The three parts that a narrow page shows one at a time: key, words, count."""
        progress = self.progress
        return (
            ("needs", gettext("Needs you"), progress.needs_you),
            ("due", gettext("Due"), progress.due),
            ("done", gettext("Done"), progress.done),
        )  # fmt: skip

    @property
    def first_part(self) -> str:
        """The part that is shown first: trouble, then what is due."""
        return next((key for key, _, count in self.shows if count), "due")

    @property
    def next_ref(self) -> str:
        """The measure to go to next."""
        waiting = sorted(self.rows, key=lambda row: (not row.needs_you, row.is_done))
        return waiting[0].ref if waiting else ""


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


def loggable(reader: User) -> MeasureQuerySet:
    """The measures that are still logged, with all that a row needs of them but its numbers."""
    first = Definition.objects.filter(measure=OuterRef("pk")).order_by("number")
    kept = with_charts(Measure.objects.visible_to(reader).kept())
    return kept.annotate(due_from=Subquery(first.values("effective_from")[:1]))  # type: ignore[no-redef]


def frequency_for(measures: Iterable[Measure], asked: str) -> str:
    """The frequency asked for where there is a measure of it, else the first there is."""
    found = {measure.words.frequency for measure in measures}
    known = [frequency for frequency in (asked, "month", "week", "quarter") if frequency in found]
    return known[0] if known else str(Frequency.MONTH)


def sheet(
    organization: Organization,
    *,
    reader: User,
    at: datetime,
    frequency: str = "",
    period: date | None = None,
    typed: Mapping[str, Typed] | None = None,
    troubles: Mapping[str, Trouble] | None = None,
) -> Sheet:
    """The sheet of an organization, in three queries whatever its size.

    `typed` and `troubles`, by the measure's ref, are entries that were not saved.
    """
    measures = list(loggable(reader).filter(organization=organization))
    place = open_place(organization, frequency=frequency_for(measures, frequency), at=at, period=period)
    materials = read_materials(in_order(measures, place.frequency), organization, place)
    typed, troubles = typed or {}, troubles or {}
    rows = tuple(
        row_of(
            material,
            place,
            typed=typed.get(material.measure.ref),
            trouble=troubles.get(material.measure.ref),
        )
        for material in materials
    )
    months = materials[0].months if materials else _months(organization, place)
    return Sheet(
        place=place,
        columns=tuple(_column(period, place, at == 0) for at, period in enumerate(place.periods[:-1])),
        label=place.label,
        key=f"{place.period}",
        rows=rows,
        progress=_progress(rows, place),
        earlier=_column(place.periods[-2], place, False),
        later=_later(organization, place),
        frequencies=_frequencies(measures),
        leads=() if measures else leads_of(organization),
        **_closing(place, months, organization),
    )


def read_materials(measures: list[Measure], organization: Organization, place: SheetPlace) -> list[Material]:
    """What the rows of these measures are made from; two queries. Measures come from `loggable`."""
    months = _months(organization, place)
    observations: dict[int, dict[date, Observation]] = {measure.pk: {} for measure in measures}
    latest = periods.latest_complete(today_in(place.zone, place.at), place.frequency)
    recent = periods.following(latest, place.frequency, 1 - SPARK_PERIODS)
    window = Q(period__range=(place.periods[0], place.period)) | Q(period__gte=recent)
    found = Observation.objects.filter(window, measure__in=measures, ordinal=0).select_related("recorded_by")
    for row in found.order_by("period"):
        observations[row.measure_id][row.period] = row
    return [_material(measure, observations[measure.pk], months, place) for measure in measures]


def leads_of(organization: Organization) -> tuple[str, ...]:
    """The names of those who can make a measure."""
    found = Membership.objects.filter(organization=organization, role="lead", ended_at__isnull=True)
    return tuple(str(membership.user) for membership in found.select_related("user").order_by("user__name"))


def _material(
    measure: Measure, rows: Mapping[date, Observation], months: Mapping[date, Month], place: SheetPlace
) -> Material:
    standing, warning = rows.get(place.period), ""
    if standing and not standing.no_data:
        warning = outlier_sentence(measure, standing, charted_before(measure, place.period, rows.values()))
    return Material(measure, rows, months, measure.due_from, warning)


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


def _months(organization: Organization, place: SheetPlace) -> dict[date, Month]:
    """The months in which the periods of the sheet are due and close."""
    first, last = (periods.closing_month(place.periods[end], place.frequency) for end in (0, -1))
    return {period: month for (_, period), month in binding([organization.pk], first, last).items()}


def _column(period: date, place: SheetPlace, is_first: bool) -> Column:
    head = short_head(period, place)
    if is_first or (period.month == 1 and period.day <= 7):
        head = f"{head} ’{period:%y}"
    return Column(period, head, period_label(period, place.frequency, long=True), f"{period}")


def _later(organization: Organization, place: SheetPlace) -> Column | None:
    after = periods.following(place.period, place.frequency)
    current = periods.start_of(today_in(organization.time_zone, place.at), place.frequency)
    return _column(after, place, False) if after <= current else None


def _frequencies(measures: list[Measure]) -> tuple[str, ...]:
    found = {measure.words.frequency for measure in measures}
    return tuple(str(frequency) for frequency in Frequency if frequency in found)


def _progress(rows: tuple[Row, ...], place: SheetPlace) -> Progress:
    late = Counter(past.period for row in rows for past in row.past if past.kind == "late")
    name = ""
    if late:
        only = next(iter(late))
        name = "earlier" if len(late) > 1 else period_label(only, place.frequency, long=True)
        if len(late) == 1 and place.frequency == "month":
            name = f"{only:%B}"
    return Progress(
        done=sum(row.is_done for row in rows),
        needs_you=sum(row.needs_you for row in rows),
        due=sum(row.state == "due" for row in rows),
        late=sum(late.values()),
        late_from=name,
        rows=rows,
    )


def _closing(place: SheetPlace, months: Mapping[date, Month], organization: Organization) -> dict[str, str]:
    """The words about closing: none where no month binds the organization."""
    month = place.month(place.period, months)
    if month is None:
        return {"title": place.label, "closing": "", "closes": ""}
    if month.is_closed(place.at, place.zone):
        on = month.closed_at.astimezone(ZoneInfo(place.zone)).date() if month.closed_at else month.closes_on
        return {
            "title": gettext("%(month)s closed on %(day)s")
            % {"month": place.label, "day": date_format(on, "j F")},
            "closing": gettext("Late numbers are still taken; a change needs a reason."),
            "closes": gettext("closed %(day)s") % {"day": date_format(on, "j M")},
        }
    on = month.closes_on
    return {
        "title": _left(place.label, month.days_left(place.at, place.zone)),
        "closing": gettext("%(day)s, midnight %(where)s")
        % {"day": date_format(on, "l j F"), "where": _where(organization, on)},
        "closes": gettext("closes %(day)s") % {"day": date_format(on, "j M")}
        if not month.reopened_at
        else gettext("open again"),
    }


def _left(label: str, days: int) -> str:
    if days < 0:
        return gettext("%(month)s is open again") % {"month": label}
    return gettext("%(month)s closes %(in_days)s") % {"month": label, "in_days": in_days(days)}


def _where(organization: Organization, on: date) -> str:
    """ "in Cincinnati (EST)": the region where it is known, and the zone by its name."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(organization.time_zone))
    name = noon.tzname() or organization.time_zone
    if name[0] in "+-":
        name = organization.time_zone.replace("_", " ")
    city = organization.region.partition(",")[0]
    return gettext("in %(city)s (%(name)s)") % {"city": city, "name": name} if city else f"({name})"
