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
from django.utils.translation import gettext

from measures import periods
from measures.models import Frequency, MeasureQuerySet, Month, Observation, today_in
from organizations.models import Participation, label_of
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
    WITH asking AS MATERIALIZED (
        SELECT month.*, (month.period + interval '1 month' - interval '1 day')::date AS ends
        FROM measures_month AS month
        WHERE month.period BETWEEN %s AND %s
            AND (NOT %s OR month.reopened_at IS NOT NULL OR month.closes_on >= %s)
    ),
    bound AS (
        SELECT asking.*, place.id AS organization, place.name, place.short_name, place.name_is_invented,
            place.ref AS place, home.slug, place.time_zone
        FROM asking
        JOIN organizations_collaborative AS home ON home.id = asking.collaborative_id AND home.keeps_months
        JOIN organizations_organization AS place ON place.collaborative_id = home.id
            AND (asking.period >= %s OR place.id = ANY(%s))
        WHERE EXISTS (
            SELECT FROM organizations_participation AS part
            JOIN organizations_phase AS phase ON phase.id = part.phase_id
            WHERE part.organization_id = place.id
                AND phase.starts_on <= asking.ends AND phase.ends_on >= asking.period
        )
    ),
    kept AS MATERIALIZED (
        SELECT measure.id, measure.organization, now.frequency, first.effective_from AS since
        FROM ({measures}) AS measure (id, organization, definition)
        JOIN measures_definition AS now ON now.id = measure.definition
        JOIN measures_definition AS first ON first.measure_id = measure.id AND first.number = 1
    ),
    wanted AS (
        SELECT alike.organization, month.period, alike.number
        FROM (SELECT organization, frequency, since, count(*) AS number FROM kept GROUP BY 1, 2, 3) AS alike
        JOIN (SELECT DISTINCT period, ends FROM asking) AS month ON alike.since <= CASE
            WHEN alike.frequency = 'month' THEN month.period
            WHEN alike.frequency = 'week' THEN date_trunc('week', month.ends)::date
            WHEN extract(month FROM month.period) IN (3, 6, 9, 12) THEN date_trunc('quarter', month.period)::date
        END
    ),
    logged AS (
        SELECT kept.organization, kept.frequency, number.period
        FROM kept JOIN measures_observation AS number
            ON number.measure_id = kept.id AND number.ordinal = 0 AND number.period >= kept.since
        WHERE number.period BETWEEN %s AND %s
        UNION ALL
        SELECT kept.organization, kept.frequency, number.period
        FROM kept JOIN measures_observation AS number
            ON number.measure_id = kept.id AND number.ordinal = 0 AND number.period >= kept.since
        WHERE number.period BETWEEN %s AND %s AND kept.organization = ANY(%s)
    ),
    there AS (
        SELECT organization, CASE frequency
            WHEN 'month' THEN period
            WHEN 'week' THEN date_trunc('month', period)::date
            ELSE (period + interval '2 months')::date
        END AS period, sum(number) AS number
        FROM (SELECT organization, frequency, period, count(*) AS number FROM logged GROUP BY 1, 2, 3) AS alike
        WHERE frequency <> 'week' OR date_trunc('month', period + 7) > period
        GROUP BY 1, 2
    ),
    counted AS (
        SELECT organization, period, sum(expected)::int AS expected, sum(present)::int AS present
        FROM (
            SELECT organization, period, number AS expected, 0 AS present FROM wanted
            UNION ALL SELECT organization, period, 0, number FROM there
        ) AS found GROUP BY 1, 2
    )
    SELECT bound.period, due_on, closes_on, closed_at, reopened_at,
        bound.organization, name, short_name, name_is_invented, place, slug, time_zone, expected, present
    FROM bound JOIN counted ON counted.organization = bound.organization AND counted.period = bound.period
    WHERE expected > 0
    ORDER BY bound.period, name
"""
"""What is asked for and what is there are counted apart, each by few keys, and only then meet the months."""

NAMED_AT_MOST = 4
DAY = timedelta(days=1)
QUARTER = timedelta(days=62)
"""From the first day of a quarter to the first of its last month, at most."""

MONTHS = "organization__collaborative__months"
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


def filled(
    measures: MeasureQuerySet,
    *,
    at: datetime,
    last: int,
    whole: Sequence[int] | None = None,
    are_open: bool = False,
) -> list[Filled]:
    """The `last` complete months of the organizations of `measures`, oldest first; or those not closed. One query.

    Of organizations that are not `whole`, the newest alone.
    """
    this = periods.start_of(at.date(), periods.MONTH)
    kept = measures.kept().order_by().values_list("pk", "organization_id", "definition_id")
    try:
        sql, parameters = kept.query.sql_with_params()
    except EmptyResultSet:
        return []
    first = periods.following(this, periods.MONTH, -last)
    # where it is still yesterday, on the first of a month, the newest complete month is one earlier
    newest = periods.following(periods.start_of(at.date() - DAY, periods.MONTH), periods.MONTH, -1)
    recent, others = (first, []) if whole is None else (max(first, newest), list(whole))
    ends, before = periods.last_day(this, periods.MONTH), recent - QUARTER
    asking, bound = (first, this, are_open, at.date() - DAY), (recent, others)
    logged = (before, ends, first - QUARTER, before - DAY, others)
    with connection.cursor() as cursor:
        cursor.execute(FILLED.format(measures=sql), (*asking, *bound, *parameters, *logged))
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
    return "; ".join(
        [*(words for _, words in lines), *([gettext("and %(more)s more") % {"more": more}] if more else [])]
    )


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
        name, short_name, is_invented = names
        labels[organization] = label_of(name, short_name, is_invented=is_invented)
    return Filled(organization, labels[organization], ref, slug, zone, months[dates], expected, present)
