"""The notes on a chart: what people wrote there, and from where on another version of the definition counts."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from measures import periods
from measures.models import Annotation, Definition, Measure
from measures.pages.measure.marks import Marked
from measures.selectors.readings import Note
from measures.sentences.periods import label as period_label
from p2.columns.keys import known_key

DEFINITION = "definition"
"""The kind of a note that nobody wrote on the chart: from here on another version counts."""

Row = tuple[date, datetime, str, str, str]
"""Day, when it was written, kind, words, and the ref of an annotation or the number of a version."""


class WrittenOnChart(NamedTuple):
    """What a page has read already: mark-ups of every kind and every version, those that count no more too."""

    marks: Sequence[Marked]
    versions: Sequence[Definition]


def on_chart(
    measure: Measure, drawn: Sequence[date], written: WrittenOnChart | None = None
) -> tuple[Note, ...]:
    """What people wrote, and each change of the definition between the first point drawn and the last.

    One query; none where it is given what is `written`.
    """
    rows = _read(measure, drawn) if written is None else _chosen(written, drawn)
    return tuple(_note(measure, number, row) for number, row in enumerate(sorted(rows), start=1))


def _read(measure: Measure, drawn: Sequence[date]) -> Sequence[Row]:
    annotations = measure.annotations.filter(withdrawn_at__isnull=True).order_by()
    rows = annotations.annotate(what=Cast("kind", CharField())).values_list(
        "period", "at", "what", "text", "ref"
    )
    if drawn:
        within = (drawn[0], drawn[-1])
        changed = measure.definitions.filter(number__gt=1, effective_from__range=within).order_by()
        versions = changed.annotate(what=Value(DEFINITION), version=Cast("number", CharField()))
        told = versions.values_list("effective_from", "recorded_at", "what", "why", "version")
        rows = rows.union(told, all=True)
    return tuple(rows)


def _chosen(written: WrittenOnChart, drawn: Sequence[date]) -> Iterator[Row]:
    for mark in written.marks:
        if mark.kind == "annotation" and not mark.withdrawn_at:
            yield mark.period, mark.at, mark.note_kind, mark.text, mark.ref
    for version in written.versions if drawn else ():
        if version.number > 1 and drawn[0] <= version.effective_from <= drawn[-1]:
            yield version.effective_from, version.recorded_at, DEFINITION, version.why, str(version.number)


def _note(measure: Measure, number: int, row: tuple[date, datetime, str, str, str]) -> Note:
    day, _at, kind, text, ref = row
    frequency = measure.words.named_by
    period = day if measure.words.is_dated else periods.start_of(day, frequency)
    if kind == DEFINITION:
        return Note(number, period, period_label(period, frequency), kind, _changed_words(ref, text), "")
    kind = known_key(Annotation, "kind", kind)
    return Note(number, period, period_label(period, frequency), kind, text, ref)


def _changed_words(version: str, why: str) -> str:
    if why:
        return _("definition changed to version %(version)s: %(why)s") % {"version": version, "why": why}
    return _("definition changed to version %(version)s") % {"version": version}
