"""The sheet's verb: what was typed into its rows is saved, and each refused row answers for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.exchange.entries import Entry, read_entry
from measures.exchange.events import Told, read_events
from measures.exchange.numbers import ratio_in
from measures.models import DefinitionWords, Measure, NoData, Observation
from measures.services.entry import observations
from measures.services.entry.cells import who_cleared
from measures.services.entry.observations import (
    Cell,
    EntryRefused,
    ReasonMissing,
    Saved,
    TwoEntries,
    TwoNotes,
)
from organizations.models import User
from p2.words.identifiers import mark_of, unkept


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields of a row hold, as text.

    `language` is that of the page which has the fields: a reader may choose another one while a sheet is open.
    `seen` is what the fields of the number were drawn with (`number_fields`), None where the page does not say so.
    `had` and `note_had` are the reason for no data and the note that they were drawn with: what nobody touched
    stays as it is, also where somebody else changed it meanwhile. `note_had` is None where no note was shown.
    """

    numerator: str = ""
    denominator: str = ""
    value: str = ""
    no_data: str = ""
    note: str = ""
    note_had: str | None = None
    why: str = ""
    have: int = 0
    had: str = ""
    seen: str | None = None
    language: str = ""  # none: the reader's
    kept: str = ""  # the mark of words that look like an identifier and are saved as they are

    @property
    def new_note(self) -> str | None:
        """The note where it was touched."""
        return None if self.note == (self.note_had or "") else self.note

    @property
    def number_fields(self) -> str:
        """What its fields of the number hold, as one text."""
        return f"{self.numerator}/{self.denominator}/{self.value}"

    @property
    def is_untouched(self) -> bool:
        """Whether the number and the reason are as they were drawn; nobody typed them."""
        return self.seen == self.number_fields and self.no_data == self.had

    @property
    def number(self) -> str:
        """As a person says it."""
        if self.no_data and self.no_data != self.had:
            return _("no data")
        if self.numerator and self.denominator:
            said = {"numerator": self.numerator, "denominator": self.denominator}
            return _("%(numerator)s of %(denominator)s") % said
        return self.value or self.numerator or self.denominator or _("nothing")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row was not saved: its sentence, whether a reason cures it, and whose entry stands instead.

    `mark` stands for words that look like a patient's identifier: with it they are saved as they are.
    """

    words: str
    asks_why: bool = False
    is_conflict: bool = False
    is_untouched: bool = False  # a conflict with what the person had before them, and did not type
    theirs: Observation | None = None
    theirs_words: str = ""
    mark: str = ""
    their_note: str | None = None  # where somebody wrote another note meanwhile
    my_note: str = ""
    note_by: User | None = None  # who wrote theirs
    cleared_by: User | None = None  # who took theirs away


def log(
    typed: Mapping[Measure, Typed], period: date, *, by: User, at: datetime | None = None
) -> dict[str, Saved | Trouble]:
    """Save the rows of a period, by the measure's ref. The number of queries does not grow with the rows."""
    outcome: dict[str, Saved | Trouble] = {}
    cells: dict[Cell, str] = {}
    for measure, row in typed.items():
        if seen := unkept((row.new_note or "", row.why), row.kept):
            sentences = " ".join(one.sentence for one in seen)
            outcome[measure.ref] = Trouble(sentences, mark=mark_of(seen))
            continue
        try:
            cell = _cell(measure, row, period)
        except ValueError as wrong:
            outcome[measure.ref] = Trouble(str(wrong))
        else:
            cells[cell] = measure.ref
    if cells:
        results = observations.record_each(list(cells), by=by, at=at or timezone.now(), known=typed)
        rows = {measure.ref: row for measure, row in typed.items()}
        for ref, result in zip(cells.values(), results, strict=True):
            outcome[ref] = _trouble(result, rows[ref]) if isinstance(result, EntryRefused) else result
    return outcome


def _cell(measure: Measure, row: Typed, period: date) -> Cell:
    words = measure.words
    entry, days = events_of(row, words, period) if words.is_dated else (entry_of(row, words), None)
    return Cell(measure.pk, period, entry, have=row.have, why=row.why, days=days, note_had=row.note_had)


def events_of(row: Typed, words: DefinitionWords, period: date) -> tuple[Entry, tuple[date, ...]]:
    """The entry of a row of event dates, and the dates. A reason that was chosen now wins over them.

    Raises
    ------
    ValueError
        With a sentence for the person who typed it.
    """
    is_reason = bool(row.no_data) and (not row.value or row.no_data != row.had)
    told = Told() if is_reason else read_events(row.value, words, period)
    if told.days or told.is_none:
        return Entry(no_data=NoData.EVENTS if told.days else NoData.NO_EVENTS, note=row.new_note), told.days
    number = replace(row, value=told.number, no_data=row.no_data if is_reason else "")
    return entry_of(number, words), ()


def entry_of(row: Typed, words: DefinitionWords) -> Entry:
    """The entry of a row. A reason that was chosen now wins over a number, a number over an old reason.

    A ratio typed whole into one of its two cells, 2/1103, wins over what stands in the other.

    Raises
    ------
    ValueError
        With a sentence for the person who typed it.
    """
    numbers = row.numerator or row.denominator or row.value
    reason = row.no_data if not numbers or row.no_data != row.had else ""
    sides = (row.numerator, row.denominator)
    if words.is_ratio:
        sides = next(filter(None, map(ratio_in, sides)), sides)
    entry = read_entry(
        words,
        numerator=sides[0],
        denominator=sides[1],
        value=row.value,
        no_data=reason,
        typed_in=row.language or get_language() or settings.LANGUAGE_CODE,
    )
    return replace(entry, note=row.new_note)


def _trouble(refusal: EntryRefused, row: Typed) -> Trouble:
    if isinstance(refusal, TwoEntries):
        met = changed_meanwhile(str(refusal), refusal.theirs, refusal.words, is_untouched=row.is_untouched)
        return met if met.theirs else replace(met, cleared_by=who_cleared(refusal.cell.place))
    if isinstance(refusal, TwoNotes):
        return Trouble(
            str(refusal),
            is_conflict=True,
            their_note=refusal.theirs,
            my_note=refusal.yours,
            note_by=refusal.writer,
        )
    return Trouble(str(refusal), asks_why=isinstance(refusal, ReasonMissing))


def changed_meanwhile(
    sentence: str, theirs: Observation | None, words: str = "", *, is_untouched: bool
) -> Trouble:
    """Somebody saved `theirs`, or cleared the cell, after its row was drawn."""
    return Trouble(sentence, is_conflict=True, is_untouched=is_untouched, theirs=theirs, theirs_words=words)
