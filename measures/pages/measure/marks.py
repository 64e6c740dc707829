"""The mark-ups of a measure: every one that was made, and those that are in force."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from measures import periods
from measures.models import Annotation, Exclusion, Freeze, Measure, Rebase, today_in
from measures.selectors.readings import Point
from measures.selectors.sheet_place import EARLIER
from measures.sentences.periods import label as period_label
from organizations.models import User

MARK_UPS: dict[str, type[Annotation] | type[Rebase] | type[Freeze] | type[Exclusion]] = {
    "annotation": Annotation,
    "rebase": Rebase,
    "freeze": Freeze,
    "exclusion": Exclusion,
}

OF_ONE_KIND = """
    SELECT mark.period, '{kind}', mark.at, mark.ref, mark.text,
        coalesce(nullif(made.name, ''), made.email), mark.withdrawn_at,
        coalesce(nullif(withdrew.name, ''), withdrew.email), {note}
    FROM {table} AS mark
    LEFT JOIN {people} AS made ON made.id = mark.by_id
    LEFT JOIN {people} AS withdrew ON withdrew.id = mark.withdrawn_by_id
    WHERE mark.measure_id = %(measure)s"""
EVERY_MARK = " UNION ALL ".join(
    OF_ONE_KIND.format(
        kind=kind,
        note="mark.kind" if model is Annotation else "''",
        table=model._meta.db_table,
        people=User._meta.db_table,
    )
    for kind, model in MARK_UPS.items()
)
"""The rows of `Marked`."""


class Marked(NamedTuple):
    """A mark-up with the names of who made and who withdrew it; an annotation with the kind of its note."""

    period: date
    kind: str
    at: datetime
    ref: str
    text: str
    by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    note_kind: str


class StandingMark(NamedTuple):
    """A mark-up in force, with what it takes to withdraw it."""

    kind: str
    ref: str
    period: str
    words: str
    has_ended: bool  # a freeze whose part ended before it had anything to extend


def marks_of(
    measure: Measure, kind: str
) -> QuerySet[Annotation] | QuerySet[Rebase] | QuerySet[Freeze] | QuerySet[Exclusion]:
    """The measure's mark-ups of one kind, withdrawn ones too."""
    return MARK_UPS[kind].objects.filter(measure=measure)


def every_mark(measure: Measure) -> tuple[Marked, ...]:
    """The mark-ups of all kinds, withdrawn ones too, oldest period first. One query, written once."""
    with connection.cursor() as cursor:
        cursor.execute(EVERY_MARK, {"measure": measure.pk})
        return tuple(sorted(Marked(*row) for row in cursor.fetchall()))


def annotated_periods(measure: Measure, points: Sequence[Point], at: datetime) -> tuple[date, ...]:
    """Where words may stand: at every point, and at the periods after the newest, up to the one that runs now.

    Without a number it is that period and those of the year before. A retired measure has no running one.
    """
    known = tuple(dict.fromkeys(point.period for point in points))
    if measure.retired_at:
        return known
    frequency = measure.words.frequency
    running = periods.start_of(today_in(measure.organization.time_zone, at), frequency)
    if measure.words.is_dated:  # its other days are those of its events
        return tuple(sorted({*known, running}))
    first = periods.following(known[-1] if known else running, frequency, 1 if known else -EARLIER)
    return known + periods.between(first, running, frequency)


def standing_marks(marks: Sequence[Marked], frequency: str) -> tuple[StandingMark, ...]:
    """Those of them that are in force."""
    standing = [mark for mark in marks if not mark.withdrawn_at]
    rebases = [mark for mark in standing if mark.kind == "rebase"]
    return tuple(
        StandingMark(
            mark.kind,
            mark.ref,
            period_label(mark.period, frequency),
            mark.text,
            has_ended=mark.kind == "freeze" and any(Freeze.is_ended(mark, rebase) for rebase in rebases),
        )
        for mark in standing
    )
