"""Which charts are older than their numbers, or judged by other rules than their collaborative's."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from measures.models import StaleChart
from measures.services.charts.literal import array

AMONG = """
    SELECT
        measure.id, measure.ref, measure.series_version, definition.shape, definition.frequency,
        definition.direction, definition.multiplier, collaborative.run_rules
    FROM measures_measure AS measure
    JOIN measures_definition AS definition ON definition.id = measure.definition_id
    JOIN organizations_organization AS organization ON organization.id = measure.organization_id
    JOIN organizations_collaborative AS collaborative ON collaborative.id = organization.collaborative_id
    LEFT JOIN measures_chartsnapshot AS snapshot ON snapshot.measure_id = measure.id
    WHERE measure.id = ANY(%s::bigint[]) AND (
        snapshot.version IS NULL
        OR snapshot.version < measure.series_version
        OR snapshot.rules <> collaborative.run_rules
    )
    ORDER BY definition.multiplier, measure.id
"""
"""In SQL, as `TAKE` is, so that the keys of a chunk are one array and not a parameter each."""

TAKE = "DELETE FROM measures_stalechart WHERE measure_id = ANY(%s::bigint[])"


@dataclass(frozen=True, slots=True)
class StaleSeries:
    """What a chart depends on beside numbers and mark-ups, as it stood when the computation began."""

    pk: int
    ref: str
    version: int
    shape: str
    frequency: str
    direction: str
    multiplier: Decimal
    rules: str


def listed() -> list[int]:
    """The keys of all measures that the database listed since their charts were computed."""
    return list(StaleChart.objects.order_by("measure_id").values_list("measure_id", flat=True).distinct())


def take(measures: Collection[int]) -> list[StaleSeries]:
    """Take these measures off the list, and answer those whose chart is stale.

    They leave the list before their versions are read, so a change that comes meanwhile is listed again.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [array(measures)])
    return among(measures)


def put_back(refused: Collection[StaleSeries]) -> None:
    """List these again, whose charts could not be computed: they stay stale, and the next sweep tries them."""
    StaleChart.objects.bulk_create(StaleChart(measure_id=one.pk) for one in refused)


def among(measures: Collection[int]) -> list[StaleSeries]:
    """Those of these measures whose chart is stale, by their multipliers, then by their keys."""
    with connection.cursor() as cursor:
        cursor.execute(AMONG, [array(measures)])
        return [StaleSeries(*row) for row in cursor.fetchall()]
