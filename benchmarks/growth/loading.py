"""A programme many times as large: its organizations copied inside the database, with all that hangs on them.

Ids of a copy lie `STEP` further, so that rows find each other without being read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, models, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from measures.models import ChartSnapshot, Correction, Definition, Measure, Observation
from measures.services import charts
from organizations.models import Organization, Participation
from projects.models import Project, ProjectMeasure
from tests.actors import make_appointee, make_member
from tests.projects.landscape import Landscape, make_landscape

STEP = 10_000_000
COPIED = (
    Organization, Participation, Measure, Definition, Observation, Correction, ChartSnapshot, Project, ProjectMeasure,
)  # fmt: skip

UNEVEN = """
    DELETE FROM measures_observation AS number USING measures_measure AS measure
    WHERE measure.id = number.measure_id AND measure.id %% 4 = 1
        AND number.period < %(first)s::date + (measure.id %% 24) * interval '1 month';
    UPDATE measures_definition SET effective_from = %(first)s::date + (measure_id %% 24) * interval '1 month'
    WHERE measure_id %% 4 = 1;
    INSERT INTO measures_correction (
        measure_id, period, ordinal, old_no_data, new_value, new_no_data, version, why, at
    ) SELECT measure_id, period, ordinal, '', value + (id %% 10 = 0)::int, no_data, 1, '', recorded_at
    FROM measures_observation;
    INSERT INTO measures_correction (
        measure_id, period, ordinal, old_value, old_no_data, new_value, new_no_data, version, why, at
    ) SELECT measure_id, period, ordinal, value + 1, no_data, value, no_data, 2, 'Counted again', recorded_at
    FROM measures_observation WHERE id %% 10 = 0;
    UPDATE measures_observation SET version = 2 WHERE id %% 10 = 0;
    WITH newer AS (
        INSERT INTO measures_definition (
            measure_id, number, effective_from, why, recorded_at, recorded_by_id, numerator_words,
            denominator_words, inclusions, data_source, sampling, shape, unit, multiplier, decimals, direction, goal,
            goal_on, frequency
        ) SELECT measure_id, 2, effective_from + interval '6 months', 'Counted otherwise',
            recorded_at - interval '90 days', recorded_by_id, numerator_words,
            denominator_words, inclusions, data_source, sampling, shape, unit, multiplier, decimals, direction, goal,
            goal_on, frequency
        FROM measures_definition WHERE measure_id %% 3 = 0
        RETURNING id, measure_id
    )
    UPDATE measures_measure SET definition_id = newer.id FROM newer WHERE newer.measure_id = measures_measure.id;
"""
"""Gaps the landscape has; this adds late beginnings, corrections and second versions of definitions."""


def make_uneven(*, months: int, slug: str) -> Landscape:
    """A landscape with a history: a quarter of its series begin late, a third of its definitions have changed."""
    landscape = make_landscape(months=months, slug=slug)
    first = landscape.collaborative.months.earliest("period").period
    with connection.cursor() as cursor:
        cursor.execute(UNEVEN, {"first": first})
    Measure.objects.update(series_version=2)
    charts.refresh_stale()
    long_ago = timezone.now() - timedelta(days=200)
    ChartSnapshot.objects.filter(measure__position__gte=7).update(state_since=long_ago)
    return landscape


def multiply(times: int) -> None:
    """Copy every organization of the database until there are `times` as many."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in COPIED:
            table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            values = ", ".join(_copied(model, column) for column in columns)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"
                f" FROM {table} AS row, generate_series(1, %s) AS copy WHERE row.id < {STEP}",
                [times - 1],
            )
    analyze()


def _copied(model: type[models.Model], column: str) -> str:
    """What stands in a column of a copy."""
    moved = {f"{name}_id" for name in ("organization", "measure", "definition", "project", "stratum_of")}
    if column == "id" or column in moved:
        return f"row.{column} + copy * {STEP}"
    if column == "ref":
        return "substr(md5(row.ref || copy), 1, 12)"
    return "row.name || ' ' || copy" if (model, column) == (Organization, "name") else f"row.{column}"


def log_anew(number: int, organizations: int = 20) -> None:
    """In other organizations than that of data entry, each time others: the newest number goes and comes again.

    A programme with fewer has as many as there are. Their charts are computed, as the worker does.
    """
    others = list(Organization.objects.order_by("pk").values_list("pk", flat=True)[1:])
    first = number * organizations % len(others)
    places = (others + others)[first : first + min(organizations, len(others))]
    newest = Observation.objects.filter(measure__organization__in=places).order_by(
        "measure__organization_id", "-period", "measure_id"
    )
    rows = list(newest.distinct("measure__organization_id"))
    Observation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Observation.objects.bulk_create(rows)
    measures = [row.measure_id for row in rows]
    Measure.objects.filter(pk__in=measures).update(series_version=F("series_version") + 1)
    charts.refresh(measures)


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute


def use(database: str) -> None:
    """Ask another database of the same server from now on."""
    connection.close()
    connection.settings_dict["NAME"] = database


@contextmanager
def copy_of(database: str, name: str) -> Iterator[str]:
    """A database that begins as a copy of another."""
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {database}")
    try:
        yield name
    finally:
        use("postgres")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")
        use(database)


def readers_of(landscape: Landscape) -> dict[str, Client]:
    """By their roles, browsers of people who read the landscape; data entry is of its first organization."""
    people = {role: make_appointee(landscape.collaborative, role) for role in ("faculty", "office")}
    people["data_entry"] = make_member(landscape.organizations[0], "data_entry")
    clients = {role: Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip") for role in people}
    for role, client in clients.items():
        client.force_login(people[role])
    return clients
