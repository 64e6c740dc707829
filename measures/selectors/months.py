"""Which months bind an organization, and which number each of them asks of a measure.

A month asks each kept measure for one number: a monthly measure for its own, a quarterly one when the quarter
ends, a weekly one for the last week that begins in the month, a daily one for any of its last seven days, since
many days are without a number: docs/why/015-days.md. Months count inside the organization's phases only.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, TruncQuarter, TruncWeek

from measures import periods
from measures.models import Frequency, Measure, MeasureQuerySet, Month, NoData, Observation, today_in
from organizations.models import Organization, Participation

BINDING = """
    SELECT month.*, part.organization_id AS organization
    FROM measures_month AS month
    JOIN organizations_collaborative AS home ON home.id = month.collaborative_id AND home.keeps_months
    JOIN organizations_phase AS phase ON phase.collaborative_id = home.id
        AND phase.starts_on < month.period + interval '1 month' AND phase.ends_on >= month.period
    JOIN organizations_participation AS part ON part.phase_id = phase.id
    WHERE part.organization_id = ANY(%(organizations)s) AND month.period BETWEEN %(first)s AND %(last)s
"""
MONTHS = "organization__collaborative__months"
LAST_DAYS = timedelta(days=6)
"""Before the last day of a month, that also answer for a daily measure: a week has a day on which people work."""


def binding(organizations: Collection[int], first: date, last: date) -> dict[tuple[int, date], Month]:
    """The months from `first` to `last` that bind these organizations, by organization and period. One query.

    A Month is its collaborative's, and binds who takes part in a phase that covers it: for anybody else
    nothing is due in it, late or closed.
    """
    found = Month.objects.raw(BINDING, {"organizations": list(organizations), "first": first, "last": last})
    return {(month.organization, month.period): month for month in found}


def asked(measures: MeasureQuerySet, *, since: date, until: date) -> MeasureQuerySet:
    """Each kept measure once for every month that asks for its number; `deciding` is the period it is asked for, and a
    number since `deciding_from` is an answer; `counted_from` is its first day in the month.

    The months are joined by the annotation: a filter through the relation would join them a second time.
    """
    return (
        measures.kept()
        .filter(organization__collaborative__keeps_months=True)
        .annotate(month=F(f"{MONTHS}__period"))
        .filter(month__range=(since, until))
        .alias(month_ends=month_end(F("month")))
        .annotate(deciding=deciding_period(), deciding_from=deciding_from())
        .filter(deciding__isnull=False)
        .filter(definitions__number=1, definitions__effective_from__lte=F("deciding"))
        .annotate(counted_from=Greatest("month", "definitions__effective_from"))
        .filter(Exists(_phase_of_month()))
    )


def is_in() -> Exists:
    """Whether the asked number, or the reason why there is none, is there."""
    return Exists(_answers())


def has_no_data() -> Q:
    """Whether a reason stands where the asked number would be. Event dates, and that there were none, are an answer."""
    is_reason = Q(no_data__gt="") & ~Q(no_data__in=(NoData.EVENTS, NoData.NO_EVENTS))
    return Exists(_answers().filter(is_reason)) & ~Exists(_answers().exclude(is_reason))


def _answers() -> QuerySet[Observation]:
    decided = (OuterRef("deciding_from"), OuterRef("deciding"))
    return Observation.objects.filter(measure=OuterRef("pk"), period__range=decided, ordinal=0)


def days_logged() -> Case:
    """How many days of the month have a number, or a reason, of a daily measure; none of any other."""
    days = Observation.objects.filter(
        measure=OuterRef("pk"), period__range=(OuterRef("counted_from"), OuterRef("deciding")), ordinal=0
    )
    counted = days.order_by().values("measure").annotate(count=Count("*")).values("count")
    return Case(
        When(definition__frequency=Frequency.DAY, then=Coalesce(Subquery(counted), 0)),
        default=Value(None),
        output_field=IntegerField(),
    )


def is_over(period: date, frequency: str, zone: str, at: datetime) -> bool:
    """Whether the period has ended there: only then are its numbers asked for, and complete."""
    return today_in(zone, at) > periods.last_day(period, frequency)


def first_asked(organization: Organization, frequency: str, at: datetime) -> date:
    """The first period of a measure that is made now: the newest complete one while its month is open, else the running
    one. Nothing is late at birth.
    """
    today = today_in(organization.time_zone, at)
    newest = periods.latest_complete(today, frequency)
    asking = periods.closing_month(newest, frequency)
    month = Month.objects.filter(collaborative=organization.collaborative_id, period=asking).first()
    is_old = asking < periods.latest_complete(today, periods.MONTH)
    if is_old or (month and month.is_closed(at, organization.time_zone)):
        return periods.start_of(today, frequency)
    return newest


def first_counted(measure: Measure) -> date:
    """The first period that the definition in force counts: version 1 that of the first number, where it is earlier."""
    words = measure.words
    if words.number > 1:
        return words.effective_from
    first = measure.observations.aggregate(first=Min("period"))["first"]
    return min(
        words.effective_from, periods.start_of(first, words.frequency) if first else words.effective_from
    )


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
        When(definition__frequency=Frequency.DAY, then=F("month_ends")),
        When(definition__frequency=Frequency.WEEK, then=TruncWeek("month_ends")),
        When(definition__frequency=Frequency.QUARTER, then=last_of_quarter),
        default=F("month"),
        output_field=DateField(),
    )
    return Cast(asked_for, DateField())


def deciding_from() -> Case:
    """The first day from which a number answers: the period itself, of a daily measure the month's last days."""
    return Case(
        When(definition__frequency=Frequency.DAY, then=Cast(F("month_ends") - LAST_DAYS, DateField())),
        default=F("deciding"),
        output_field=DateField(),
    )


def month_end(month: Any) -> Func:
    """The last day of a month, by the database."""
    return Func(
        month,
        template="(%(expressions)s + interval '1 month' - interval '1 day')::date",
        output_field=DateField(),
    )


def _phase_of_month() -> QuerySet[Participation]:
    return Participation.objects.filter(
        organization=OuterRef("organization"),
        phase__starts_on__lte=OuterRef("month_ends"),
        phase__ends_on__gte=OuterRef("month"),
    )
