"""Measures locked for whoever writes their numbers."""

from collections.abc import Collection, Iterable

from django.db import connection

from measures.models import Measure
from measures.selectors.charts import with_charts
from organizations.models import (
    ROLES,
    User,
    last_day_of,
    standing_from,
)

RENEWED = f"""
    SELECT FROM measures_measure WHERE id = ANY(%(measures)s) ORDER BY id FOR UPDATE;
    WITH roles (person, place, role, home, last, language) AS ({ROLES})
    SELECT id, series_version, definition_id, retired_at, {last_day_of("measure.organization_id")},
        (SELECT json_agg(json_build_array(person, place, role, home, last, language)) FROM roles)
    FROM measures_measure AS measure WHERE id = ANY(%(measures)s) ORDER BY id
"""  # noqa: S608 - statements of our own
"""What may have changed since a measure was read, and the roles of who writes.

Two statements in one trip: one that waits for a lock sees the other tables as they were before it waited. In SQL, since
every save asks it, and the ORM needs as long to build it as the database to answer it.
"""


def of(ids: Collection[int], known: Iterable[Measure] = (), *, by: User | None) -> dict[int, Measure]:
    """Lock these measures, by their key, in the order in which everybody locks them. Two queries, or one with `known`.

    `known` are all of them as they were read `with_charts`: only what may have changed is read again.
    The roles of `by` are those that hold now: they came along.
    """
    measures = {one.pk: one for one in known or with_charts(Measure.objects.filter(pk__in=ids))}
    with connection.cursor() as cursor:
        cursor.execute(RENEWED, {"measures": list(ids), "people": [by.pk] if by else []})
        rows = cursor.fetchall()
    if by and rows:
        by.standing = standing_from(rows[0][-1] or ())
    locked = {}
    for pk, version, definition, retired_at, last_day, _roles in rows:
        locked[pk] = measure = measures[pk]
        measure.series_version, measure.retired_at, measure.last_day = version, retired_at, last_day
        if measure.definition_id != definition:
            measure.refresh_from_db(fields=["definition"])
    return locked


def hold(ids: Collection[int]) -> None:
    """Lock them in that order and read nothing: for who comes back to some of them in another one."""
    list(Measure.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
