"""The history of a measure, newest first: numbers, mark-ups, definitions, with who and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy

from measures.models import Correction, Definition, Measure, NoData
from measures.pages.measure.marks import Marked
from measures.sentences.periods import label as period_label

HISTORY_SHOWN = 12
MADE = {
    "annotation": gettext_lazy("wrote at %(period)s"),
    "rebase": gettext_lazy("set a new median from %(period)s"),
    "freeze": gettext_lazy("took the median from the points up to %(period)s"),
    "exclusion": gettext_lazy("left out %(period)s"),
}
WITHDREW = {
    "annotation": gettext_lazy("withdrew the annotation at %(period)s"),
    "rebase": gettext_lazy("withdrew the rebase at %(period)s"),
    "freeze": gettext_lazy("withdrew the freeze at %(period)s"),
    "exclusion": gettext_lazy("withdrew the exclusion at %(period)s"),
}


TOLD_BY_EVENTS = Q(new_no_data=NoData.EVENTS, old_no_data="", old_value=None) | Q(
    old_no_data=NoData.EVENTS, new_no_data="", new_value=None
)
"""That a month has event dates, or has them no more: its events say so."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: datetime
    who: str
    words: str
    why: str = ""


def history(
    measure: Measure,
    marks: Iterable[Marked],
    versions: Iterable[Definition],
    *,
    most: int | None = HISTORY_SHOWN,
) -> tuple[Event, ...]:
    """What happened to the numbers and the chart, newest first. One query: mark-ups and definitions are given."""
    events = [*_changes(measure, most), *_marked(marks, measure.words.named_by), *_defined(versions)]
    events.sort(key=lambda event: event.at, reverse=True)
    return tuple(events[:most])


def _changes(measure: Measure, most: int | None) -> Iterator[Event]:
    definition, frequency = measure.words, measure.words.named_by
    corrections = Correction.objects.filter(measure=measure).select_related("by").order_by("-at", "-id")
    corrections = corrections.exclude(TOLD_BY_EVENTS) if definition.is_dated else corrections
    for change in corrections[:most]:
        named_by = frequency if change.ordinal else definition.frequency
        yield Event(change.at, _who(change.by), _change_words(change, named_by), change.why)


def _marked(marks: Iterable[Marked], frequency: str) -> Iterator[Event]:
    for mark in marks:
        said = {"period": period_label(mark.period, frequency, long=True)}
        yield Event(mark.at, _who(mark.by), str(MADE[mark.kind] % said), mark.text)
        if mark.withdrawn_at:
            yield Event(
                mark.withdrawn_at, _who(mark.withdrawn_by), str(WITHDREW[mark.kind] % said), mark.text
            )


def _defined(versions: Iterable[Definition]) -> Iterator[Event]:
    for version in versions:
        if version.number > 1:
            words = gettext("changed the definition to version %(number)s") % {"number": version.number}
            yield Event(version.recorded_at, _who(version.recorded_by), words, version.why)


def _change_words(change: Correction, frequency: str) -> str:
    period = period_label(change.period, frequency, long=True)
    if change.is_first_entry:
        return gettext("logged %(period)s: %(new_words)s") % {"period": period, "new_words": change.new_words}
    if not change.new_words:
        return gettext("cleared %(period)s, which was %(old_words)s") % {
            "period": period,
            "old_words": change.old_words,
        }
    return gettext("changed %(period)s from %(old_words)s to %(new_words)s") % {
        "period": period,
        "old_words": change.old_words,
        "new_words": change.new_words,
    }


def _who(person: object) -> str:
    return str(person) if person else "P2"
