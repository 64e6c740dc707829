"""How full the months of whole collaboratives are, for who sees every measure of them: remembered by the process."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from django.db import connection

from measures import periods
from measures.models import Measure, Month
from measures.rules import sees_every_measure
from measures.selectors.completeness.counting import COUNTING, DAY, MONTH_FIELDS, TWO_MONTHS, Filled, filled
from measures.selectors.completeness.memory import Memory
from measures.selectors.months import is_over
from organizations.models import Person, label_of

COUNTED = """
    WITH asking AS MATERIALIZED (
        SELECT month::date AS period, (month + interval '1 month' - interval '1 day')::date AS ends
        FROM generate_series(%s::timestamp, %s::timestamp, interval '1 month') AS month
    ),
    {counting}
    SELECT place.id, place.collaborative_id, name, short_name, name_is_invented, ref, time_zone,
        ARRAY(SELECT phase_id FROM organizations_participation WHERE organization_id = place.id),
        counts.periods, counts.expected, counts.present, counts.reasons
    FROM organizations_organization AS place
    JOIN (
        SELECT organization, array_agg(period) AS periods, array_agg(expected) AS expected,
            array_agg(present) AS present, array_agg(reasons) AS reasons
        FROM counted WHERE expected > 0 GROUP BY 1
    ) AS counts ON counts.organization = place.id
"""

MONTHS = """
    (SELECT json_agg(json_build_array(home.id, slug, period, due_on, closes_on, closed_at, reopened_at,
            (SELECT json_agg(phase.id) FROM organizations_phase AS phase
            WHERE phase.starts_on < month.period + interval '1 month' AND phase.ends_on >= month.period)
        ) ORDER BY period)
    FROM measures_month AS month
    JOIN organizations_collaborative AS home ON home.id = month.collaborative_id AND home.keeps_months
    WHERE home.id = ANY(%s) AND period BETWEEN %s AND %s
        AND (NOT %s OR reopened_at IS NOT NULL OR closes_on >= %s))
"""
"""The months of these collaboratives, oldest first, each with the phases that it lies in."""


@dataclass(frozen=True, slots=True)
class OrganizationCounts:
    """An organization, its phases, and by month how many numbers are asked for, there, and a reason."""

    collaborative: int
    name: str
    label: str
    ref: str
    zone: str
    phases: frozenset[int]
    counts: dict[date, tuple[int, int, int]]


def overview(
    person: Person,
    collaboratives: Collection[int],
    *,
    at: datetime,
    last: int,
    are_open: bool = False,
    organizations: Collection[int] | None = None,
) -> list[Filled]:
    """As `filled`, of these organizations of the collaboratives, or of all of them. Two queries at most.

    Remembered are the counts of every measure, so only who sees them all is answered from them; nobody is within a
    transaction, which may undo what it wrote and remembered.
    """
    if connection.in_atomic_block or not sees_every_measure(person, collaboratives):
        measures = Measure.objects.visible_to(person).filter(organization__collaborative__in=collaboratives)
        if organizations is not None:
            measures = measures.filter(organization__in=organizations)
        return filled(measures, at=at, last=last, are_open=are_open)
    this = periods.start_of(at.date(), periods.MONTH)
    first = periods.following(this, periods.MONTH, -last)
    places, months = counts.rows(
        (first, this),
        beside=MONTHS,
        parameters=(list(collaboratives), first, this, are_open, at.date() - DAY),
    )
    asked = places.items() if organizations is None else _of(organizations, places)
    return _filled(asked, months or (), at)


def _of(
    organizations: Iterable[int], places: Mapping[int, OrganizationCounts]
) -> list[tuple[int, OrganizationCounts]]:
    return [(key, places[key]) for key in organizations if key in places]


def _filled(
    places: Iterable[tuple[int, OrganizationCounts]], months: Sequence[Any], at: datetime
) -> list[Filled]:
    """Each month of each organization that takes part in it, oldest first."""
    ordered = sorted(places, key=lambda one: one[1].name)
    found = []
    for row in months:
        home, slug, month, phases = _month(row)
        period, is_ended = month.period, cache(partial(is_over, month.period, periods.MONTH, at=at))
        found += [
            Filled(key, place.label, place.ref, slug, place.zone, month, *place.counts[period])
            for key, place in ordered
            if place.collaborative == home
            and period in place.counts
            and not phases.isdisjoint(place.phases)
            and is_ended(place.zone)
        ]
    return found


def _month(row: Sequence[Any]) -> tuple[int, str, Month, frozenset[int]]:
    """Its collaborative by key and slug, its dates, which JSON has as words, and its phases."""
    home, slug, period, due_on, closes_on, closed_at, reopened_at, phases = row
    days = (date.fromisoformat(day) for day in (period, due_on, closes_on))
    instants = (moment and datetime.fromisoformat(moment) for moment in (closed_at, reopened_at))
    month = Month(**dict(zip(MONTH_FIELDS, (*days, *instants), strict=True)))
    return home, slug, month, frozenset(phases or ())


def _read(window: tuple[date, date], organizations: Collection[int] | None) -> dict[int, OrganizationCounts]:
    """The organizations that are asked for anything from one month to another, or those of them."""
    first, this = window
    measures = Measure.objects.kept().order_by()
    if organizations is not None:
        measures = measures.filter(organization__in=organizations)
    sql, its = measures.values_list("pk", "organization_id", "definition_id").query.sql_with_params()
    logged = first - TWO_MONTHS, periods.last_day(this, periods.MONTH)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(counting=COUNTING.format(measures=sql)), [first, this, *its, *logged])
        return {row[0]: _place(row) for row in cursor}


def _place(row: Sequence[Any]) -> OrganizationCounts:
    _key, home, name, short_name, is_invented, ref, zone, phases, months, *numbers = row
    return OrganizationCounts(
        collaborative=home,
        name=name,
        label=label_of(name, short_name, is_invented=is_invented),
        ref=ref,
        zone=zone,
        phases=frozenset(phases),
        counts=dict(zip(months, zip(*numbers, strict=True), strict=True)),
    )


counts: Memory[OrganizationCounts] = Memory(_read)
"""Of the months from one to another."""
