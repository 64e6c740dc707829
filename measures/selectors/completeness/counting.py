"""How full the months are: numbers asked for and numbers there, by month and organization, counted by the database."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from heapq import nsmallest
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import gettext, ngettext

from measures import periods
from measures.models import MeasureQuerySet, Month
from measures.selectors.months import is_over
from organizations.models import label_of
from p2.words.listing import apart
from p2.words.wording import figure

COUNTING = """
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
            WHEN alike.frequency = 'day' THEN month.ends
            WHEN alike.frequency = 'week' THEN date_trunc('week', month.ends)::date
            WHEN extract(month FROM month.period) IN (3, 6, 9, 12) THEN date_trunc('quarter', month.period)::date
        END
    ),
    logged AS (
        SELECT kept.organization, kept.frequency, number.period,
            number.no_data NOT IN ('', 'events', 'no_events') AS is_reason
        FROM kept JOIN measures_observation AS number
            ON number.measure_id = kept.id AND number.ordinal = 0 AND number.period >= kept.since
        WHERE number.period BETWEEN %s AND %s AND kept.frequency <> 'day'
        UNION ALL
        SELECT kept.organization, 'day', month.period, answer.is_reason
        FROM kept JOIN (SELECT DISTINCT period, ends FROM asking) AS month ON kept.since <= month.ends
        CROSS JOIN LATERAL (
            SELECT bool_and(number.no_data NOT IN ('', 'events', 'no_events')) AS is_reason
            FROM measures_observation AS number
            WHERE number.measure_id = kept.id AND number.ordinal = 0
                AND number.period BETWEEN month.ends - 6 AND month.ends
            HAVING count(*) > 0
        ) AS answer
        WHERE kept.frequency = 'day'
    ),
    there AS (
        SELECT organization, CASE frequency
            WHEN 'month' THEN period
            WHEN 'day' THEN period
            WHEN 'week' THEN date_trunc('month', period)::date
            ELSE (period + interval '2 months')::date
        END AS period, sum(number) AS number, sum(reasons) AS reasons
        FROM (
            SELECT organization, frequency, period, count(*) AS number,
                count(*) FILTER (WHERE is_reason) AS reasons
            FROM logged GROUP BY 1, 2, 3
        ) AS alike
        WHERE frequency <> 'week' OR date_trunc('month', period + 7) > period
        GROUP BY 1, 2
    ),
    counted AS (
        SELECT organization, period, sum(expected)::int AS expected, sum(present)::int AS present,
            sum(reasons)::int AS reasons
        FROM (
            SELECT organization, period, number AS expected, 0 AS present, 0 AS reasons FROM wanted
            UNION ALL SELECT organization, period, 0, number, reasons FROM there
        ) AS found GROUP BY 1, 2
    )
"""
"""Parts of a statement: of the months of `asking`, how many numbers are asked for and there, by organization.

A month has one answer of a daily measure, a number or a reason on one of its last seven days."""

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
        WHERE EXISTS (
            SELECT FROM organizations_participation AS part
            JOIN organizations_phase AS phase ON phase.id = part.phase_id
            WHERE part.organization_id = place.id
                AND phase.starts_on <= asking.ends AND phase.ends_on >= asking.period
        )
    ),
    {counting}
    SELECT bound.period, due_on, closes_on, closed_at, reopened_at,
        bound.organization, name, short_name, name_is_invented, place, slug, time_zone, expected, present, reasons
    FROM bound JOIN counted ON counted.organization = bound.organization AND counted.period = bound.period
    WHERE expected > 0
    ORDER BY bound.period, name
"""
"""What is asked for and what is there are counted apart, each by few keys, and only then meet the months."""

NAMED_AT_MOST = 4
DAY = timedelta(days=1)
TWO_MONTHS = timedelta(days=62)
"""From the first day of a quarter, where its number stands, to the first of the month that asks for it, at most."""

MONTH_FIELDS = ("period", "due_on", "closes_on", "closed_at", "reopened_at")


class Filled(NamedTuple):
    """One month of one organization: how many numbers it asks for and how many are there.

    Thousands are made at a time, which a tuple is faster at than a dataclass.
    """

    organization: int
    name: str
    ref: str
    slug: str  # its collaborative's
    zone: str
    month: Month  # unsaved: its dates alone
    expected: int
    present: int
    reasons: int = 0  # of those that are there: no data, with a reason

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


def filled(measures: MeasureQuerySet, *, at: datetime, last: int, are_open: bool = False) -> list[Filled]:
    """The `last` complete months of the organizations of `measures`, oldest first. One query.

    With `are_open`, only the reopened ones and those whose closing day is not over in every time zone; each tells by
    `is_closed` whether it is closed where it is asked for.
    """
    this = periods.start_of(at.date(), periods.MONTH)
    first = periods.following(this, periods.MONTH, -last)
    kept = measures.kept().order_by().values_list("pk", "organization_id", "definition_id")
    try:
        sql, parameters = kept.query.sql_with_params()
    except EmptyResultSet:
        return []
    asking, logged = (first, this, are_open, at.date() - DAY), (first - TWO_MONTHS, at.date())
    with connection.cursor() as cursor:
        statement = FILLED.format(counting=COUNTING.format(measures=sql))
        cursor.execute(statement, (*asking, *parameters, *logged))
        rows = cursor.fetchall()
    months: dict[tuple[date, ...], Month] = {}
    labels: dict[int, str] = {}
    found = [_filled(row, months, labels) for row in rows]
    return [one for one in found if is_over(one.month.period, periods.MONTH, one.zone, at)]


def missing_lines(months: Sequence[Filled]) -> tuple[list[tuple[Filled, str]], int]:
    """Who lacks how many, the most first, each with its words; and how many more there are than are named.

    The first line alone says of what: Tri-Rivers, 4 numbers; Prairie Lakes, 1.
    """
    lacking = [one for one in months if one.missing]
    first = nsmallest(NAMED_AT_MOST, lacking, key=lambda one: (-one.missing, one.name))
    lines = [(one, _lacks(one) if place else _lacks_numbers(one)) for place, one in enumerate(first)]
    return lines, len(lacking) - len(lines)


def missing_words(months: Sequence[Filled]) -> str:
    """Who lacks how many, as one sentence: Tri-Rivers, 4 numbers; Prairie Lakes, 1; and 2 more."""
    lines, more = missing_lines(months)
    said = {"organizations": apart(words for _, words in lines), "more": more}
    if not more:
        return gettext("%(organizations)s.") % said
    words = ngettext("%(organizations)s; and %(more)d more.", "%(organizations)s; and %(more)d more.", more)
    return words % said


def _lacks_numbers(month: Filled) -> str:
    """Tri-Rivers, 4 numbers."""
    words = ngettext(
        "%(organization)s, %(number)s number", "%(organization)s, %(number)s numbers", month.missing
    )
    return words % {"organization": month.name, "number": figure(month.missing, 0)}


def _lacks(month: Filled) -> str:
    """Prairie Lakes, 1: the line before says of what."""
    said = {"organization": month.name, "number": figure(month.missing, 0)}
    return gettext("%(organization)s, %(number)s") % said


def _filled(row: tuple[Any, ...], months: dict[tuple[date, ...], Month], labels: dict[int, str]) -> Filled:
    """A month of an organization; the rows share what they say of both."""
    dates, organization, names = row[:5], row[5], row[6:9]
    ref, slug, zone, expected, present, reasons = row[9:]
    if dates not in months:
        months[dates] = Month(**dict(zip(MONTH_FIELDS, dates, strict=True)))
    if organization not in labels:
        name, short_name, is_invented = names
        labels[organization] = label_of(name, short_name, is_invented=is_invented)
    return Filled(
        organization, labels[organization], ref, slug, zone, months[dates], expected, present, reasons
    )
