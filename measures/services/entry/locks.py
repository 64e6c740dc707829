"""Measures locked for whoever writes their numbers."""

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import OuterRef, Subquery

from measures.models import Measure
from measures.selectors.charts import with_charts
from organizations.models import Participation

LAST_DAY = Subquery(
    Participation.objects.filter(organization=OuterRef("organization"))
    .order_by("-phase__ends_on")
    .values("phase__ends_on")[:1]
)
"""The end of the last phase that the measure's organization takes part in; none for an applicant."""

RENEWED = """
    SELECT id, series_version, definition_id, (
        SELECT max(phase.ends_on)
        FROM organizations_participation AS part JOIN organizations_phase AS phase ON phase.id = part.phase_id
        WHERE part.organization_id = measure.organization_id
    )
    FROM measures_measure AS measure WHERE id = ANY(%(measures)s) ORDER BY id FOR UPDATE OF measure
"""
"""What may have changed since a measure was read. In SQL, since every save asks it, and the ORM needs as long to build
it as the database to answer it."""


def of(ids: Collection[int], known: Iterable[Measure] = ()) -> dict[int, Measure]:
    """Lock these measures, by their key, in the order in which everybody locks them. One query.

    `known`, where given, are all of them as they were read `with_charts`: only what may have changed is read again.
    """
    return _renewed(ids, known) if known else _read(ids)


def hold(ids: Collection[int]) -> None:
    """Lock them in that order and read nothing: for who comes back to some of them in another one."""
    list(Measure.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def _read(ids: Collection[int]) -> dict[int, Measure]:
    rows = Measure.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    measures = {measure.pk: measure for measure in with_charts(rows).annotate(last_day=LAST_DAY)}  # type: ignore[no-redef]
    for measure in measures.values():
        if measure.definition is None:  # a new one came while the lock was waited for
            measure.refresh_from_db(fields=["definition"])
    return measures


def _renewed(ids: Collection[int], known: Iterable[Measure]) -> dict[int, Measure]:
    measures = {measure.pk: measure for measure in known}
    with connection.cursor() as cursor:
        cursor.execute(RENEWED, {"measures": list(ids)})
        rows = cursor.fetchall()
    locked = {}
    for pk, version, definition, last_day in rows:
        locked[pk] = measure = measures[pk]
        measure.series_version, measure.last_day = version, last_day
        if measure.definition_id != definition:
            measure.refresh_from_db(fields=["definition"])
    return locked
