"""Which months bind an organization, and how full they are: one number a measure and month, counted by the database.

A month asks each kept measure for one number: a monthly measure for its own, a quarterly one when the quarter
ends, a weekly one for the last week that begins in the month. Months count inside the organization's phases only.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, DateField, Exists, F, Func, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, TruncQuarter, TruncWeek

from measures import periods
from measures.models import Frequency, MeasureQuerySet, Month, Observation, today_in
from organizations.models import Organization, Participation
from p2.words.wording import counted

BINDING = """
    SELECT month.*, part.organization_id AS organization
    FROM measures_month AS month
    JOIN organizations_collaborative AS home ON home.id = month.collaborative_id AND home.keeps_months
    JOIN organizations_phase AS phase ON phase.collaborative_id = home.id
        AND phase.starts_on < month.period + interval '1 month' AND phase.ends_on >= month.period
    JOIN organizations_participation AS part ON part.phase_id = phase.id
    WHERE part.organization_id = ANY(%(organizations)s) AND month.period BETWEEN %(first)s AND %(last)s
"""
FILLED = """
    WITH span AS (SELECT %s::date AS first, %s::date AS last, %s AS are_open, %s::date AS yesterday),
    asking AS MATERIALIZED (
        SELECT month.*, (month.period + interval '1 month' - interval '1 day')::date AS ends
        FROM measures_month AS month
        JOIN span ON month.period BETWEEN span.first AND span.last
            AND (NOT span.are_open OR month.reopened_at IS NOT NULL OR month.closes_on >= span.yesterday)
        JOIN organizations_collaborative AS home ON home.id = month.collaborative_id AND home.keeps_months
    ),
    bound AS MATERIALIZED (
        SELECT DISTINCT part.organization_id AS organization, asking.id AS month
        FROM asking
        JOIN organizations_phase AS phase ON phase.collaborative_id = asking.collaborative_id
            AND phase.starts_on <= asking.ends AND phase.ends_on >= asking.period
        JOIN organizations_participation AS part ON part.phase_id = phase.id
    ),
    deciding AS MATERIALIZED (
        SELECT id AS month, 'month' AS frequency, period FROM asking
        UNION ALL SELECT id, 'week', date_trunc('week', ends)::date FROM asking
        UNION ALL SELECT id, 'quarter', date_trunc('quarter', period)::date FROM asking
        WHERE extract(month FROM period) IN (3, 6, 9, 12)
    ),
    kept AS MATERIALIZED (
        SELECT measure.id, measure.organization, now.frequency, first.effective_from AS since
        FROM ({measures}) AS measure (id, organization, definition)
        JOIN measures_definition AS now ON now.id = measure.definition
        JOIN measures_definition AS first ON first.measure_id = measure.id AND first.number = 1
    ),
    counted AS (
        SELECT bound.organization, bound.month, wanted.number AS expected, 0 AS present
        FROM (SELECT organization, frequency, since, count(*) AS number FROM kept GROUP BY 1, 2, 3) AS wanted
        JOIN deciding ON deciding.frequency = wanted.frequency AND deciding.period >= wanted.since
        JOIN bound ON bound.organization = wanted.organization AND bound.month = deciding.month
        UNION ALL
        SELECT bound.organization, bound.month, 0, there.number
        FROM (
            SELECT kept.organization, kept.frequency, number.period, count(*) AS number
            FROM kept
            JOIN measures_observation AS number ON number.measure_id = kept.id AND number.ordinal = 0
                AND number.period >= kept.since
            WHERE number.period BETWEEN (SELECT min(period) FROM deciding) AND (SELECT max(period) FROM deciding)
            GROUP BY 1, 2, 3
        ) AS there
        JOIN deciding ON deciding.frequency = there.frequency AND deciding.period = there.period
        JOIN bound ON bound.organization = there.organization AND bound.month = deciding.month
    )
    SELECT month.period, month.due_on, month.closes_on, month.closed_at, month.reopened_at,
        place.id, place.name, place.short_name, place.name_is_invented, place.ref, home.slug, place.time_zone,
        sum(counted.expected)::int, sum(counted.present)::int
    FROM counted
    JOIN measures_month AS month ON month.id = counted.month
    JOIN organizations_organization AS place ON place.id = counted.organization
        AND place.collaborative_id = month.collaborative_id
    JOIN organizations_collaborative AS home ON home.id = month.collaborative_id
    GROUP BY month.id, place.id, home.id
    ORDER BY month.period, place.name
"""
"""Asked and present are counted apart, by few keys each, and only then joined: their sizes cannot be estimated."""

NAMED_AT_MOST = 4
DAY = timedelta(days=1)
MONTHS = "organization__collaborative__months"
LABEL_FIELDS = ("name", "short_name", "name_is_invented")
MONTH_FIELDS = ("period", "due_on", "closes_on", "closed_at", "reopened_at")


@dataclass(frozen=True, slots=True)
class Filled:
    """One month of one organization: how many numbers it asks for and how many are there."""

    organization: int
    name: str
    ref: str
    slug: str  # its collaborative's
    zone: str
    month: Month  # unsaved: its dates alone
    expected: int
    present: int

    @property
    def missing(self) -> int:
        return self.expected - self.present

    @property
    def share(self) -> float:
        return self.present / self.expected

    def is_closed(self, at: datetime) -> bool:
        return self.month.is_closed(at, self.zone)

    def days_left(self, at: datetime) -> int:
        return self.month.days_left(at, self.zone)


def binding(organizations: Collection[int], first: date, last: date) -> dict[tuple[int, date], Month]:
    """The months from `first` to `last` that bind these organizations, by organization and period. One query.

    A Month is its collaborative's, and binds who takes part in a phase that covers it: for anybody else
    nothing is due in it, late or closed.
    """
    found = Month.objects.raw(BINDING, {"organizations": list(organizations), "first": first, "last": last})
    return {(month.organization, month.period): month for month in found}


def filled(measures: MeasureQuerySet, *, at: datetime, last: int, are_open: bool = False) -> list[Filled]:
    """The `last` complete months of the organizations of `measures`, oldest first; or those not closed. One query."""
    this = periods.start_of(at.date(), periods.MONTH)
    kept = measures.kept().order_by().values_list("pk", "organization_id", "definition_id")
    try:
        sql, parameters = kept.query.sql_with_params()
    except EmptyResultSet:
        return []
    span = (periods.following(this, periods.MONTH, -last), this, are_open, at.date() - DAY)
    with connection.cursor() as cursor:
        cursor.execute(FILLED.format(measures=sql), (*span, *parameters))
        rows = cursor.fetchall()
    months: dict[tuple[date, ...], Month] = {}
    labels: dict[int, str] = {}
    found = [_filled(row, months, labels) for row in rows]
    return [one for one in found if is_over(one.month.period, one.zone, at)]


def asked(measures: MeasureQuerySet, *, since: date, until: date) -> MeasureQuerySet:
    """Each kept measure once for every month that asks for its number; `deciding` is the period it is asked for.

    The months are joined by the annotation: a filter through the relation would join them a second time.
    """
    return (
        measures.kept()
        .filter(organization__collaborative__keeps_months=True)
        .annotate(month=F(f"{MONTHS}__period"))
        .filter(month__range=(since, until))
        .alias(month_ends=month_end(F("month")))
        .annotate(deciding=deciding_period())
        .filter(deciding__isnull=False)
        .filter(definitions__number=1, definitions__effective_from__lte=F("deciding"))
        .filter(Exists(_phase_of_month()))
    )


def is_in() -> Exists:
    """Whether the asked number, or the reason why there is none, is there."""
    return Exists(Observation.objects.filter(measure=OuterRef("pk"), period=OuterRef("deciding"), ordinal=0))


def has_no_data() -> Exists:
    """Whether a reason stands where the asked number would be."""
    return Exists(
        Observation.objects.filter(
            measure=OuterRef("pk"), period=OuterRef("deciding"), ordinal=0, no_data__gt=""
        )
    )


def is_over(period: date, zone: str, at: datetime) -> bool:
    """Whether the month has ended there: only then are its numbers asked for."""
    return today_in(zone, at) > periods.last_day(period, periods.MONTH)


def deciding_period() -> Cast:
    """The period whose number a month asks of a measure; none where it asks nothing.

    PostgreSQL cuts dates to timestamps; a timestamp would find no observation by the index of their dates.
    """
    last_of_quarter = Case(
        *(When(month__month=last, then=TruncQuarter("month")) for last in (3, 6, 9, 12)),
        default=Value(None),
        output_field=DateField(),
    )
    asked_for = Case(
        When(definition__frequency=Frequency.WEEK, then=TruncWeek("month_ends")),
        When(definition__frequency=Frequency.QUARTER, then=last_of_quarter),
        default=F("month"),
        output_field=DateField(),
    )
    return Cast(asked_for, DateField())


def month_end(month: Any) -> Func:
    """The last day of a month, by the database."""
    return Func(
        month,
        template="(%(expressions)s + interval '1 month' - interval '1 day')::date",
        output_field=DateField(),
    )


def missing_lines(months: Sequence[Filled]) -> tuple[list[tuple[Filled, str]], int]:
    """Who lacks how many, the most first, each with its words; and how many more there are than are named.

    The first line alone says of what: Tri-Rivers, 4 numbers; Prairie Lakes, 1.
    """
    lacking = sorted((one for one in months if one.missing), key=lambda one: (-one.missing, one.name))
    lines = [
        (one, f"{one.name}, {one.missing if place else counted(one.missing, 'number')}")
        for place, one in enumerate(lacking[:NAMED_AT_MOST])
    ]
    return lines, len(lacking) - len(lines)


def missing_words(months: Sequence[Filled]) -> str:
    """The same as one sentence: Tri-Rivers, 4 numbers; Prairie Lakes, 1; and 2 more."""
    lines, more = missing_lines(months)
    return "; ".join([*(words for _, words in lines), *([f"and {more} more"] if more else [])])


def _phase_of_month() -> QuerySet[Participation]:
    return Participation.objects.filter(
        organization=OuterRef("organization"),
        phase__starts_on__lte=OuterRef("month_ends"),
        phase__ends_on__gte=OuterRef("month"),
    )


def _filled(row: tuple[Any, ...], months: dict[tuple[date, ...], Month], labels: dict[int, str]) -> Filled:
    """A month of an organization; the rows share what they say of both."""
    dates, organization, names, (ref, slug, zone, expected, present) = row[:5], row[5], row[6:9], row[9:]
    if dates not in months:
        months[dates] = Month(**dict(zip(MONTH_FIELDS, dates, strict=True)))
    if organization not in labels:
        labels[organization] = Organization(**dict(zip(LABEL_FIELDS, names, strict=True))).label
    return Filled(organization, labels[organization], ref, slug, zone, months[dates], expected, present)
