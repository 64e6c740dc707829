"""A changed number lifts what was signed off, in the statement that tells its charts: a save asks nothing more."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from measures import periods
from measures.models import Measure, SignOff
from organizations.models import User
from p2 import audit

Sheet = tuple[int, str, date]
"""An organization, a frequency, a period."""

BUMP_AND_LIFT = """
    WITH found AS (
        SELECT signed.id
        FROM measures_signoff AS signed
        JOIN unnest(%(homes)s::bigint[], %(frequencies)s::text[], %(periods)s::date[])
            AS sheet (organization_id, frequency, period)
            USING (organization_id, frequency, period)
        WHERE signed.withdrawn_at IS NULL AND signed.lifted_at IS NULL
        ORDER BY signed.id FOR UPDATE OF signed
    ), bumped AS (
        UPDATE measures_measure SET series_version = series_version + 1 WHERE id = ANY(%(measures)s)
    )
    UPDATE measures_signoff AS signed SET lifted_by_id = %(by)s, lifted_at = %(at)s
    FROM found WHERE signed.id = found.id
    RETURNING signed.id, signed.ref, signed.organization_id, signed.frequency, signed.period
"""
"""The caller holds the measures, which whoever signs locks as well: none is signed off between its look and its end."""


def bump_and_lift(
    measures: Iterable[Measure], changed: Iterable[tuple[int, date]], *, by: User | None, at: datetime
) -> set[Sheet]:
    """New versions for these locked measures; the sheets that were signed off, and are no longer.

    `changed` are the numbers written, by their measure and period or day.
    """
    known = {measure.pk: measure for measure in measures}
    belongs = {pk: (measure.organization_id, measure.words.frequency) for pk, measure in known.items()}
    days = {(*belongs[pk], day) for pk, day in changed}  # of an import few beside its numbers
    sheets = sorted({(home, frequency, periods.start_of(day, frequency)) for home, frequency, day in days})
    homes, frequencies, first_days = zip(*sheets, strict=True) if sheets else ((), (), ())
    given = {"homes": list(homes), "frequencies": list(frequencies), "periods": list(first_days)}
    with connection.cursor() as cursor:
        cursor.execute(
            BUMP_AND_LIFT, {**given, "measures": list(known), "by": by.pk if by else None, "at": at}
        )
        rows = cursor.fetchall()
    if rows:
        places = {measure.organization_id: measure.organization for measure in known.values()}
        audit.record_each(
            "lifted",
            [
                SignOff(pk=pk, ref=ref, organization=places[home], frequency=frequency, period=period)
                for pk, ref, home, frequency, period in rows
            ],
            by=by,
            at=at,
        )
    return {(home, frequency, period) for _pk, _ref, home, frequency, period in rows}
