"""Measures locked for whoever writes their numbers."""

from collections.abc import Collection, Iterable

from django.db.models import OuterRef, Subquery

from measures.models import Measure, MeasureQuerySet
from measures.selectors.charts import with_charts
from organizations.models import Participation

LAST_DAY = Subquery(
    Participation.objects.filter(organization=OuterRef("organization"))
    .order_by("-phase__ends_on")
    .values("phase__ends_on")[:1]
)
"""The end of the last phase that the measure's organization takes part in; none for an applicant."""


def of(ids: Collection[int], known: Iterable[Measure] = ()) -> dict[int, Measure]:
    """Lock these measures, by their key, in the order in which everybody locks them. One query.

    Of measures that were read `with_charts` only what may have changed since is read again: to build the large
    query takes longer than the lock.
    """
    rows = Measure.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return _renewed(rows, known) if known else _read(rows)


def _read(rows: MeasureQuerySet) -> dict[int, Measure]:
    measures = {measure.pk: measure for measure in with_charts(rows).annotate(last_day=LAST_DAY)}  # type: ignore[no-redef]
    for measure in measures.values():
        if measure.definition is None:  # a new one came while the lock was waited for
            measure.refresh_from_db(fields=["definition"])
    return measures


def _renewed(rows: MeasureQuerySet, known: Iterable[Measure]) -> dict[int, Measure]:
    measures = {measure.pk: measure for measure in known}
    locked = {}
    for pk, version, definition, last_day in rows.values_list("pk", "series_version", "definition", LAST_DAY):
        locked[pk] = measure = measures[pk]
        measure.series_version, measure.last_day = version, last_day
        if measure.definition_id != definition:
            measure.refresh_from_db(fields=["definition"])
    return locked
