"""One row of the sheet: a measure with its earlier cells, its open cell, its state and its trend.

Built from rows at hand and never from the database, so that the answer to a saved number costs no query more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import DefinitionWords, Measure, Month, NoData, Observation, plain
from measures.selectors.charts import figure, is_stale, live_spark
from measures.selectors.readings import Spark
from measures.selectors.sheet_place import SheetPlace, short_head
from measures.sentences.periods import label as period_label

DONE, NEEDS_YOU = ("saved", "no-data"), ("two-entries", "outside-limits", "not-saved")
STATES = {
    "saved": ("check", gettext_lazy("Saved")),
    "no-data": ("ban", gettext_lazy("No data")),
    "two-entries": ("swap", gettext_lazy("Two entries")),
    "outside-limits": ("warning", gettext_lazy("Outside its limits")),
    "not-saved": ("cross", gettext_lazy("Not saved")),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields of a row hold, as text.

    `had` and `note_had` are the reason for no data and the note that they were drawn with: what nobody touched
    stays as it is, also where somebody else changed it meanwhile.
    """

    numerator: str = ""
    denominator: str = ""
    value: str = ""
    no_data: str = ""
    note: str = ""
    note_had: str = ""
    why: str = ""
    have: int = 0
    had: str = ""

    @property
    def new_note(self) -> str | None:
        """The note where it was touched."""
        return None if self.note == self.note_had else self.note

    @property
    def number(self) -> str:
        """As a person says it."""
        if self.no_data and self.no_data != self.had:
            return "no data"
        return (
            " of ".join(part for part in (self.value, self.numerator, self.denominator) if part) or "nothing"
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row was not saved: its sentence, whether a reason cures it, and whose entry stands instead."""

    words: str
    asks_why: bool = False
    is_conflict: bool = False
    theirs: Observation | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier cell: kind "number", "no-data", "late" or "empty"."""

    period: date
    kind: str
    text: str
    title: str
    label: str  # "Adverse drug events, March 2003: 2.06"


@dataclass(frozen=True, slots=True)
class Message:
    """The second line of a row."""

    kind: str  # invalid, warn, conflict
    words: str
    keep: str = ""  # the words of "Keep 6"
    save: str = ""  # the words of "Save 8"
    theirs: int = 0  # the version that "Save 8" replaces
    asks_why: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A measure on the sheet."""

    ref: str
    name: str
    whole_name: str  # with its stratum, for a reader who hears it
    sub: str
    unit: str
    is_stratum: bool
    is_ratio: bool
    numerator_words: str
    denominator_words: str
    past: tuple[Past, ...]
    previous: str  # "December: 52"
    typed: Typed
    shown: str  # the result, "1.50"
    reason: str  # for no data, in words
    state: str
    state_words: str
    icon: str
    message: Message | None
    spark: Spark
    is_following: bool  # the chart is being computed

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def needs_you(self) -> bool:
        return self.state in NEEDS_YOU

    @property
    def awaits_chart(self) -> bool:
        """A number is saved, and its chart is being computed."""
        return self.is_following and self.state in {*DONE, "outside-limits"}


@dataclass(frozen=True, slots=True)
class Material:
    """What a row is made from: the measure (`with_charts`), its observations at hand, its collaborative's months."""

    measure: Measure
    observations: Mapping[date, Observation]
    months: Mapping[date, Month]
    due_from: date | None
    warning: str = ""

    @classmethod
    def of_series(
        cls, measure: Measure, series: Iterable[Observation], months: Mapping[date, Month], due_from: date | None,
        warning: str,
    ) -> "Material":  # fmt: skip
        by_period = {row.period: row for row in series if row.ordinal == 0}
        return cls(measure, by_period, months, due_from, warning)


def row_of(
    material: Material, place: SheetPlace, *, typed: Typed | None = None, trouble: Trouble | None = None
) -> Row:
    """The row of a measure. `typed` and `trouble` are those of an entry that was not saved."""
    measure, words = material.measure, material.measure.words
    standing = material.observations.get(place.period)
    past = tuple(_past(material, place, period) for period in place.periods[:-1])
    state, message = _state(material, standing, typed, trouble)
    icon, state_words = STATES.get(state, ("", ""))
    shown = standing.shown(words) if standing else None
    return Row(
        ref=measure.ref,
        name=f"of these, {measure.stratum_label}" if measure.stratum_of_id else measure.name,
        whole_name=str(measure),
        sub=f"{measure.get_area_display()}, {words.unit}",
        unit=words.unit,
        is_stratum=measure.stratum_of_id is not None,
        is_ratio=words.is_ratio,
        numerator_words=words.numerator_words,
        denominator_words=words.denominator_words,
        past=past,
        previous=_previous(past[-1], place),
        typed=typed or typed_of(standing, words),
        shown="" if shown is None or state in {"not-saved", "two-entries"} else figure(measure, shown),
        reason=str(NoData(standing.no_data).label) if standing and standing.no_data else "",
        state=state,
        state_words=state_words or _due_words(material, place, past[-1]),
        icon=icon,
        message=message,
        spark=live_spark(measure, sorted(material.observations.values(), key=lambda row: row.period)),
        is_following=is_stale(measure),
    )


def typed_of(standing: Observation | None, words: DefinitionWords) -> Typed:
    """The fields as they are first drawn: what is saved."""
    if standing is None:
        return Typed()
    return Typed(
        numerator=_field(standing.numerator) if words.is_ratio else "",
        denominator=_field(standing.denominator) if words.is_ratio else "",
        value="" if words.is_ratio else _field(standing.value),
        no_data=standing.no_data,
        note=standing.note,
        note_had=standing.note,
        have=standing.version,
        had=standing.no_data,
    )


def _field(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _state(
    material: Material, standing: Observation | None, typed: Typed | None, trouble: Trouble | None
) -> tuple[str, Message | None]:
    if trouble and typed:
        return _troubled(trouble, typed)
    if standing is None:
        return "due", None
    if standing.no_data:
        return "no-data", None
    if material.warning:
        return "outside-limits", Message("warn", material.warning)
    return "saved", None


def _troubled(trouble: Trouble, typed: Typed) -> tuple[str, Message]:
    if not trouble.is_conflict:
        return "not-saved", Message("invalid", trouble.words, asks_why=trouble.asks_why)
    theirs = trouble.theirs
    if theirs is None:
        sentence = _("Somebody cleared this cell while you typed %(number)s.") % {"number": typed.number}
        return "two-entries", Message(
            "conflict", sentence, _("Keep it empty"), _("Save %(number)s") % {"number": typed.number}, 0
        )
    saved_at = timezone.localtime(theirs.recorded_at)
    sentence = _("%(person)s saved %(words)s at %(time)s while you typed %(number)s.") % {
        "person": theirs.recorded_by or _("Somebody"),
        "words": theirs.words,
        "time": f"{saved_at:%H:%M}",
        "number": typed.number,
    }
    return "two-entries", Message(
        "conflict",
        sentence,
        _("Keep %(words)s") % {"words": theirs.words},
        _("Save %(number)s") % {"number": typed.number},
        theirs.version,
    )


def _past(material: Material, place: SheetPlace, period: date) -> Past:
    row, measure = material.observations.get(period), material.measure
    month = period_label(period, place.frequency, long=True)
    if row is None:
        is_due = material.due_from is not None and period >= material.due_from
        is_late = is_due and place.is_closed(period, material.months)
        kind, text, title = ("late", "late", _("Not yet logged")) if is_late else ("empty", "", "")
    elif row.no_data:
        kind, text = "no-data", "n/d"
        title = "; ".join(
            part
            for part in (
                _("No data: %(get_no_data_display)s") % {"get_no_data_display": row.get_no_data_display()},
                row.note,
            )
            if part
        )
    else:
        shown = row.shown(measure.words)
        kind, text, title = "number", "" if shown is None else figure(measure, shown), _entry_words(row)
    said = text if kind == "number" else title or "no number"
    return Past(period, kind, text, title, f"{measure}, {month}: {said}")


def _entry_words(row: Observation) -> str:
    """What stands behind the number: 14 of 9,310; logged late; its note."""
    said = row.words if row.numerator is not None else ""
    return "; ".join(part for part in (said, "logged late" if row.is_late else "", row.note) if part)


def _previous(past: Past, place: SheetPlace) -> str:
    name = f"{past.period:%B}" if place.frequency == "month" else period_label(past.period, place.frequency)
    words = past.text if past.kind == "number" else past.title.lower() or "no number"
    return f"{name}: {words}"


def _due_words(material: Material, place: SheetPlace, before: Past) -> str:
    """ "Due", "Dec and Jan due", "Late"; nothing is due where no month is kept."""
    is_asked_for = material.due_from is None or place.period >= material.due_from
    if not is_asked_for or place.month(place.period, material.months) is None:
        return _("No number")
    if before.kind == "late":
        return _("%(short_head)s and %(short_head_2)s due") % {
            "short_head": short_head(before.period, place),
            "short_head_2": short_head(place.period, place),
        }
    return _("Late") if place.is_closed(place.period, material.months) else _("Due")
