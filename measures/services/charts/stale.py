"""Which charts are older than their numbers, or judged by other rules or another method than hold now."""

from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from measures.models import Definition, Shape, StaleChart, has_gaps
from measures.services.charts import literal
from measures.spc.result import METHOD
from organizations.models import Collaborative
from p2.columns.keys import known_key

AMONG = """
    SELECT
        measure.id, measure.ref, measure.series_version, definition.shape, definition.frequency,
        definition.direction, definition.multiplier, collaborative.run_rules,
        snapshot.version, snapshot.rules, snapshot.method, snapshot.state,
        snapshot.state_since::text, snapshot.rejudged_at::text
    FROM measures_measure AS measure
    JOIN measures_definition AS definition ON definition.id = measure.definition_id
    JOIN organizations_organization AS organization ON organization.id = measure.organization_id
    JOIN organizations_collaborative AS collaborative ON collaborative.id = organization.collaborative_id
    LEFT JOIN measures_chartsnapshot AS snapshot ON snapshot.measure_id = measure.id
    WHERE measure.id = ANY(%s::bigint[]) AND (
        snapshot.version IS NULL
        OR snapshot.version < measure.series_version
        OR snapshot.rules <> collaborative.run_rules
        OR snapshot.method < %s
    )
    ORDER BY definition.multiplier, definition.shape = 'time_between', measure.id
"""
"""In SQL, as `TAKE` is, so that the keys of a chunk are one array and not a parameter each."""

TAKE = "DELETE FROM measures_stalechart WHERE measure_id = ANY(%s::bigint[])"


Keys = tuple[str, str, str, str, str | None]
"""Shape, frequency, direction, rules and the old ones."""
Moment = str
"""As the database writes it, which takes it back so: of 50,000 charts each moment read and written takes a while."""


class StaleSeries(NamedTuple):
    """What a chart depends on beside numbers and mark-ups, as it stood when the computation began.

    It is a row of the answer as it comes. What the chart was that is stale is None where there is none.
    """

    pk: int
    ref: str
    version: int
    shape: str
    frequency: str
    direction: str
    multiplier: Decimal
    rules: str
    old_version: int | None
    old_rules: str | None
    old_method: int | None
    old_state: str | None
    state_since: Moment | None
    rejudged_at: Moment | None

    @property
    def keys(self) -> Keys:
        return self.shape, self.frequency, self.direction, self.rules, self.old_rules

    @property
    def is_dated(self) -> bool:
        """Whether it is logged by the dates of its events."""
        return self.shape == Shape.TIME_BETWEEN

    @property
    def has_gaps(self) -> bool:
        """Whether its chart has points for numbers alone."""
        return has_gaps(self.shape, self.frequency)


def listed() -> list[int]:
    """The keys of all measures that the database listed since their charts were computed."""
    return list(StaleChart.objects.order_by("measure_id").values_list("measure_id", flat=True).distinct())


def take(measures: Collection[int]) -> list[StaleSeries]:
    """Take these measures off the list, and answer those whose chart is stale.

    They leave the list before their versions are read, so a change that comes meanwhile is listed again.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [literal.numbers(list(measures))])
    return among(measures)


def put_back(refused: Collection[StaleSeries]) -> None:
    """List these again, whose charts could not be computed: they stay stale, and the next sweep tries them."""
    StaleChart.objects.bulk_create(StaleChart(measure_id=one.pk) for one in refused)


def among(measures: Collection[int]) -> list[StaleSeries]:
    """Those of these measures whose chart is stale, as they are read: by multiplier, those of events last, by key."""
    with connection.cursor() as cursor:
        cursor.execute(AMONG, [literal.numbers(list(measures)), METHOD])
        series = list(map(StaleSeries._make, cursor.fetchall()))
    return series if all(map(_is_known, {one.keys for one in series})) else list(map(_readable, series))


def _is_known(keys: Keys) -> bool:
    return keys == _known(keys)


def _readable(one: StaleSeries) -> StaleSeries:
    """The series with keys as the models would read them."""
    shape, frequency, direction, rules, old_rules = _known(one.keys)
    return one._replace(
        shape=shape, frequency=frequency, direction=direction, rules=rules, old_rules=old_rules
    )


@lru_cache(maxsize=1000)
def _known(keys: Keys) -> Keys:
    shape, frequency, direction, rules, old_rules = keys
    return (
        known_key(Definition, "shape", shape),
        known_key(Definition, "frequency", frequency),
        known_key(Definition, "direction", direction),
        known_key(Collaborative, "run_rules", rules),
        old_rules and known_key(Collaborative, "run_rules", old_rules),
    )
