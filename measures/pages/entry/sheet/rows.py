"""One row of the sheet: a measure with its earlier cells, its open cell, its state and its trend.

`row_of` builds it from rows at hand, so that the answer to a saved number costs no query more.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures import periods
from measures.exchange.events import days_short, days_words, none_words
from measures.models import (
    EVENT_KEYS,
    DefinitionWords,
    NoData,
    Observation,
    plain,
)
from measures.pages.entry.sheet.material import Material
from measures.pages.entry.sheet.messages import Message, troubled
from measures.selectors.charts import figure, is_stale, live_spark
from measures.selectors.readings import Spark
from measures.selectors.sheet_place import SheetPlace, short_head
from measures.sentences.periods import label as period_label
from measures.services.entry.sheets import Trouble, Typed

DONE, NEEDS_YOU = ("saved", "no-data"), ("two-entries", "changed", "outside-limits", "not-saved")
STATES = {
    "saved": ("check", gettext_lazy("Saved")),
    "no-data": ("ban", gettext_lazy("No data")),
    "two-entries": ("swap", gettext_lazy("Two entries")),
    "changed": ("swap", gettext_lazy("Changed meanwhile")),
    "outside-limits": ("warning", gettext_lazy("Outside its limits")),
    "not-saved": ("cross", gettext_lazy("Not saved")),
}


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier cell: kind "number", "no-data", "late" or "empty"."""

    period: date
    kind: str
    text: str
    title: str
    label: str  # "Adverse drug events, March 2003: 2.06"
    url: str  # the sheet opened there


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A measure on the sheet."""

    ref: str
    name: str
    whole_name: str  # with its stratum, for a reader who hears it
    sub: str
    unit: str
    is_stratum: bool
    is_ratio: bool
    is_dated: bool  # its field takes event dates
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


def _is_due(material: Material, place: SheetPlace) -> bool:
    """Whether the number of the open period is asked for, or was."""
    has_begun = material.due_from is None or place.period >= material.due_from
    return has_begun and place.asks(material.months)


def row_of(
    material: Material, place: SheetPlace, *, typed: Typed | None = None, trouble: Trouble | None = None
) -> SheetRow:
    """The row of a measure. `typed` and `trouble` are those of an entry that was not saved."""
    measure, words = material.measure, material.measure.words
    standing = material.observations.get(place.period)
    past = tuple(_past(material, place, period) for period in place.periods[:-1])
    if typed and trouble and trouble.is_untouched:
        typed = kept_with_note(material, place, typed)
    state, message = _state(material, place, typed, trouble)
    icon, state_words = STATES.get(state, ("", ""))
    shown = standing.shown(words) if standing else None
    return SheetRow(
        ref=measure.ref,
        name=_("of these, %(stratum)s") % {"stratum": measure.stratum_label}
        if measure.stratum_of_id
        else measure.name,
        whole_name=str(measure),
        sub=f"{measure.area_words}, {words.unit}",
        unit=words.unit,
        is_stratum=measure.stratum_of_id is not None,
        is_ratio=words.is_ratio,
        numerator_words=words.numerator_words,
        denominator_words=words.denominator_words,
        past=past,
        previous=_previous(past[-1], place),
        typed=typed or typed_of(standing, words, material.days(place.period)),
        shown="" if shown is None or state in {"not-saved", "two-entries"} else figure(measure, shown),
        reason=_reason(standing),
        is_dated=words.is_dated,
        state=state,
        state_words=str(state_words) or _due_words(material, place, past[-1]),
        icon=icon,
        message=message,
        spark=place.axis.placed(live_spark(measure, material.series)),
        is_following=is_stale(measure),
    )


def _reason(standing: Observation | None) -> str:
    """Why there is no number; event dates and none are an answer of their own."""
    is_reason = standing and standing.no_data and standing.no_data not in EVENT_KEYS
    return str(NoData(standing.no_data).label) if standing and is_reason else ""


def typed_of(standing: Observation | None, words: DefinitionWords, days: tuple[date, ...] = ()) -> Typed:
    """The fields as they are first drawn: what is saved."""
    if standing is None:
        return _as_drawn(Typed(language=get_language() or ""))
    reason = "" if standing.no_data in EVENT_KEYS else standing.no_data
    fields = Typed(
        numerator=_field(standing.numerator) if words.is_ratio else "",
        denominator=_field(standing.denominator) if words.is_ratio else "",
        value="" if words.is_ratio else _value(standing, words, days),
        no_data=reason,
        note=standing.note,
        note_had=standing.note,
        have=standing.version,
        had=reason,
        language=get_language() or "",
    )
    return _as_drawn(fields)


def _as_drawn(fields: Typed) -> Typed:
    return replace(fields, seen=fields.number_fields)


def kept_with_note(material: Material, place: SheetPlace, typed: Typed) -> Typed:
    """The fields of what is saved, to be kept in place of the number that was typed, with the note that was."""
    standing = material.observations.get(place.period)
    fields = typed_of(standing, material.measure.words, material.days(place.period))
    return replace(fields, note=typed.note, note_had=typed.note_had, why=typed.why, kept=typed.kept)


def _value(standing: Observation, words: DefinitionWords, days: tuple[date, ...]) -> str:
    """Of a measure that is logged by dates these, or a number with its unit: alone it would be a day."""
    if not words.is_dated:
        return _field(standing.value)
    if standing.no_data == NoData.NO_EVENTS:
        return none_words()
    number = _field(standing.value)
    return days_words(days) or (f"{number} {words.unit}" if number else "")


def _field(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _state(
    material: Material, place: SheetPlace, typed: Typed | None, trouble: Trouble | None
) -> tuple[str, Message | None]:
    standing = material.observations.get(place.period)
    if trouble and typed:
        return troubled(trouble, typed, standing)
    if standing is None:
        return "due" if _is_due(material, place) else "no-number", None
    if standing.no_data and standing.no_data not in EVENT_KEYS:
        return "no-data", None
    if material.warning:
        return "outside-limits", Message("warn", material.warning)
    return "saved", None


def _past(material: Material, place: SheetPlace, period: date) -> Past:
    row, measure = material.observations.get(period), material.measure
    month = period_label(period, place.frequency, long=True)
    if row is None:
        is_late = material.due_from is not None and period >= material.due_from
        is_late = is_late and place.frequency != periods.DAY and place.is_closed(period, material.months)
        kind, text, title = ("late", _("late"), _("Not yet logged")) if is_late else ("empty", "", "")
    elif row.no_data in EVENT_KEYS:
        days = material.days(period)
        kind, text = "number", days_short(days)
        title = "; ".join(part for part in (days_words(days), *_beside(row)) if part)
    elif row.no_data:
        kind, text = "no-data", _("n/d")
        reason = _("No data: %(reason)s") % {"reason": row.get_no_data_display()}
        title = "; ".join(part for part in (reason, row.note) if part)
    else:
        shown = row.shown(measure.words)
        kind, text, title = "number", "" if shown is None else figure(measure, shown), _entry_words(row)
    said = text if kind == "number" else title or _("no number")
    if row and row.no_data == NoData.EVENTS:
        said = days_words(material.days(period))
    url = f"?period={period}&frequency={place.frequency}&row={measure.ref}"
    return Past(period, kind, text, title, f"{measure}, {month}: {said}", url)


def _entry_words(row: Observation) -> str:
    """What stands behind the number: 14 of 9,310; logged late; its note."""
    said = row.words if row.numerator is not None else ""
    return "; ".join(part for part in (said, *_beside(row)) if part)


def _beside(row: Observation) -> tuple[str, str]:
    """That it came late, and its note."""
    return _("logged late") if row.is_late else "", row.note


def _previous(past: Past, place: SheetPlace) -> str:
    name = (
        format_date(past.period, "F")
        if place.frequency == "month"
        else period_label(past.period, place.frequency, long=place.frequency == "week")
    )
    words = past.text if past.kind == "number" else past.title or _("no number")
    return f"{name}: {words}"


def _due_words(material: Material, place: SheetPlace, before: Past) -> str:
    """ "Due", "Dec and Jan due", "Late"; nothing is due where no month is kept, and a day is never late."""
    if not _is_due(material, place):
        return _("No number")
    if before.kind == "late":
        heads = {"first": short_head(before.period, place), "second": short_head(place.period, place)}
        return _("%(first)s and %(second)s due") % heads
    return _("Late") if place.is_closed(place.period, material.months) else _("Due")
