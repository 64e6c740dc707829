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
    "annotation": gettext_lazy("%(who)s wrote at %(period)s"),
    "rebase": gettext_lazy("%(who)s set a new median from %(period)s"),
    "freeze": gettext_lazy("%(who)s took the median from the points up to %(period)s"),
    "exclusion": gettext_lazy("%(who)s left out %(period)s"),
}
WITHDREW = {
    "annotation": gettext_lazy("%(who)s withdrew the annotation at %(period)s"),
    "rebase": gettext_lazy("%(who)s withdrew the rebase at %(period)s"),
    "freeze": gettext_lazy("%(who)s withdrew the freeze at %(period)s"),
    "exclusion": gettext_lazy("%(who)s withdrew the exclusion at %(period)s"),
}


TOLD_BY_EVENTS = Q(new_no_data=NoData.EVENTS, old_no_data="", old_value=None) | Q(
    old_no_data=NoData.EVENTS, new_no_data="", new_value=None
)
"""That a month has event dates, or has them no more: its events say so."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: who did what, and the reason that was given."""

    at: datetime
    who: str
    words: str  # the whole sentence, with who
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
        said = {"who": _who(change.by), "period": period_label(change.period, named_by, long=True)}
        told = [] if change.is_of_note else [_change_words(change, said)]
        told += [_note_words(change, said)] if change.old_note or change.new_note else []
        for words in told:
            yield Event(change.at, said["who"], words, change.why)


def _marked(marks: Iterable[Marked], frequency: str) -> Iterator[Event]:
    for mark in marks:
        said = {"who": _who(mark.by), "period": period_label(mark.period, frequency, long=True)}
        yield Event(mark.at, said["who"], str(MADE[mark.kind] % said), mark.text)
        if mark.withdrawn_at:
            said["who"] = _who(mark.withdrawn_by)
            yield Event(mark.withdrawn_at, said["who"], str(WITHDREW[mark.kind] % said), mark.text)


def _defined(versions: Iterable[Definition]) -> Iterator[Event]:
    for version in versions:
        if version.number > 1:
            said = {"who": _who(version.recorded_by), "number": str(version.number)}
            words = gettext("%(who)s changed the definition to version %(number)s") % said
            yield Event(version.recorded_at, said["who"], words, version.why)


def _change_words(change: Correction, said: dict[str, str]) -> str:
    if change.is_first_entry:
        words = gettext("%(who)s logged %(period)s: %(new_words)s")
    elif not change.new_words:
        words = gettext("%(who)s cleared %(period)s, which was %(old_words)s")
    else:
        words = gettext("%(who)s changed %(period)s from %(old_words)s to %(new_words)s")
    return words % {**said, "old_words": change.old_words, "new_words": change.new_words}


def _note_words(change: Correction, said: dict[str, str]) -> str:
    if not change.old_note:
        words = gettext("%(who)s wrote a note at %(period)s: “%(new)s”")
    elif not change.new_note:
        words = gettext("%(who)s took off the note at %(period)s: “%(old)s”")
    else:
        words = gettext("%(who)s changed the note at %(period)s from “%(old)s” to “%(new)s”")
    return words % {**said, "old": change.old_note, "new": change.new_note}


def _who(person: object) -> str:
    return str(person) if person else "P2"
