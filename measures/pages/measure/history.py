"""The history of a measure, newest first: numbers, mark-ups, definitions, with who and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext, gettext_lazy

from measures.models import Annotation, Correction, Exclusion, Freeze, MarkUp, Measure, Rebase
from measures.sentences.periods import label as period_label

HISTORY_SHOWN = 12
MARK_UPS: dict[str, type[Annotation] | type[Rebase] | type[Freeze] | type[Exclusion]] = {
    "annotation": Annotation,
    "rebase": Rebase,
    "freeze": Freeze,
    "exclusion": Exclusion,
}
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


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: who did what, and the reason that was given."""

    at: datetime
    who: str
    words: str  # the whole sentence, with who
    why: str = ""


def history(measure: Measure, *, most: int | None = HISTORY_SHOWN) -> tuple[Event, ...]:
    """What happened to the numbers and the chart, newest first."""
    events = sorted(_events(measure, most), key=lambda event: event.at, reverse=True)
    return tuple(islice(events, most))


def _events(measure: Measure, most: int | None) -> Iterator[Event]:
    frequency = measure.words.frequency
    corrections = Correction.objects.filter(measure=measure).select_related("by").order_by("-at", "-id")
    for change in corrections[:most] if most else corrections:
        yield Event(change.at, _who(change.by), _change_words(change, frequency), change.why)
    for kind, model in MARK_UPS.items():
        for mark in model.objects.filter(measure=measure).select_related("by", "withdrawn_by"):
            yield from _mark_events(kind, mark, frequency)
    for version in measure.definitions.select_related("recorded_by"):
        if version.number > 1:
            said = {"who": _who(version.recorded_by), "number": str(version.number)}
            words = gettext("%(who)s changed the definition to version %(number)s") % said
            yield Event(version.recorded_at, said["who"], words, version.why)


def _mark_events(kind: str, mark: MarkUp, frequency: str) -> Iterator[Event]:
    said = {"who": _who(mark.by), "period": period_label(mark.period, frequency, long=True)}
    yield Event(mark.at, said["who"], str(MADE[kind] % said), mark.text)
    if mark.withdrawn_at:
        said["who"] = _who(mark.withdrawn_by)
        yield Event(mark.withdrawn_at, said["who"], str(WITHDREW[kind] % said), mark.text)


def _change_words(change: Correction, frequency: str) -> str:
    if change.is_first_entry:
        words = gettext("%(who)s logged %(period)s: %(new_words)s")
    elif not change.new_words:
        words = gettext("%(who)s cleared %(period)s, which was %(old_words)s")
    else:
        words = gettext("%(who)s changed %(period)s from %(old_words)s to %(new_words)s")
    return words % {
        "who": _who(change.by),
        "period": period_label(change.period, frequency, long=True),
        "old_words": change.old_words,
        "new_words": change.new_words,
    }


def _who(person: object) -> str:
    return str(person) if person else "P2"
