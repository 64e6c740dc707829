"""One entry aimed at one period: why it may be refused, and the history that it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.exchange.entries import Entry
from measures.models import Correction, Observation
from organizations.models import User
from p2.errors import RuleViolation

FIELDS = ("numerator", "denominator", "value", "no_data", "sd", "size")
TOLD = (*FIELDS, "note")
"""What a correction keeps the old and the new of."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry aimed at one period of one measure. `have` is the version that the editor saw, 0 an empty cell."""

    measure_id: int
    period: date
    entry: Entry
    ordinal: int = 0
    have: int | None = None  # None: the writer did not look, and the last one wins
    why: str = ""
    days: tuple[date, ...] | None = None  # of the period's events, where they are logged by date
    note_had: str | None = None  # the note that the editor saw; None: no note was shown

    @property
    def place(self) -> tuple[int, date, int]:
        return self.measure_id, self.period, self.ordinal


@dataclass(frozen=True, slots=True)
class StoredNumber:
    """What a stored number holds, where nobody needs its whole row."""

    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    no_data: str
    sd: Decimal | None
    size: int | None
    note: str
    version: int


Kept = Observation | StoredNumber


class EntryRefused(RuleViolation):
    """A cell that breaks a rule; `cell` says which."""

    def __init__(self, sentence: str, cell: Cell) -> None:
        super().__init__(sentence)
        self.cell = cell


class ReasonMissing(EntryRefused):
    """The month is closed: a change needs its reason."""


class TwoEntries(EntryRefused):
    """Somebody saved another value while this one was typed; `theirs` is what stands now, None a cleared cell."""

    def __init__(self, cell: Cell, theirs: Observation | None, words: str = "") -> None:
        sentence = _("Somebody cleared this cell while you typed.")
        if theirs:
            words = words or theirs.words
            said = {"person": theirs.recorded_by or _("Somebody"), "words": words}
            sentence = _("%(person)s saved %(words)s while you typed.") % said
        super().__init__(sentence, cell)
        self.theirs, self.words = theirs, words


class TwoNotes(EntryRefused):
    """Somebody wrote another note while `yours` was typed; `theirs` is what stands now. Either is empty for none."""

    def __init__(self, cell: Cell, theirs: str, yours: str, writer: User | None) -> None:
        said = {"person": writer or _("Somebody"), "theirs": theirs, "yours": yours}
        super().__init__(_two_notes(theirs, yours) % said, cell)
        self.theirs, self.yours, self.writer = theirs, yours, writer


def _two_notes(theirs: str, yours: str) -> str:
    if theirs and yours:
        return _("%(person)s wrote the note “%(theirs)s” while you had it open. Yours is “%(yours)s”.")
    if theirs:
        return _("%(person)s wrote the note “%(theirs)s” while you had it open.")
    if yours:
        return _("%(person)s took the note off while you had it open. Yours is “%(yours)s”.")
    return _("%(person)s took the note off while you had it open.")


def same(entry: Entry, old: Kept | None) -> bool:
    """Whether the entry is what stands there already."""
    if old is None:
        return entry.is_empty
    is_number_kept = (
        entry.value == old.value
        and entry.numerator == old.numerator
        and entry.denominator == old.denominator
        and entry.no_data == old.no_data
    )
    # A sheet does not show the spread: the same number without it leaves it as it is.
    return is_number_kept and entry.sd in {None, old.sd} and entry.size in {None, old.size}


def correction(
    cell: Cell, entry: Entry, old: Observation | None, *, version: int, by: User | None, at: datetime
) -> Correction:
    """What a cell makes of a number, with the note beside it where that changes too."""
    before = {f"old_{field}": getattr(old, field) if old else _nothing(field) for field in FIELDS}
    after = {f"new_{field}": getattr(entry, field) for field in FIELDS}
    was = old.note if old else ""
    note = "" if entry.is_empty else was if entry.note is None else entry.note.strip()
    if note != was:
        before["old_note"], after["new_note"] = was, note
    return Correction(
        measure_id=cell.measure_id, period=cell.period, ordinal=cell.ordinal, **before, **after,
        version=0 if entry.is_empty else version, why=cell.why.strip()[:300], by=by, at=at,
    )  # fmt: skip


def correction_of_note(
    cell: Cell, old: Observation, note: str, *, by: User | None, at: datetime
) -> Correction:
    """What a cell makes of the note beside a number that stays."""
    return Correction(
        measure_id=cell.measure_id, period=cell.period, ordinal=cell.ordinal, old_note=old.note, new_note=note,
        version=old.version, why=cell.why.strip()[:300], by=by, at=at,
    )  # fmt: skip


def writer_of_note(row: Observation) -> User | None:
    """Who changed the note beside a number last. One query."""
    told = Correction.objects.filter(measure=row.measure_id, period=row.period, ordinal=row.ordinal)
    latest = told.exclude(old_note="", new_note="").select_related("by").first()
    return latest.by if latest else None


def who_cleared(place: tuple[int, date, int]) -> User | None:
    """Who took the number of a cell away; nobody where P2 did. One query."""
    measure, period, ordinal = place
    told = Correction.objects.filter(measure=measure, period=period, ordinal=ordinal, version=0)
    latest = told.select_related("by").first()
    return latest.by if latest else None


def one_a_place(corrections: Iterable[Correction]) -> list[Correction]:
    """One correction a number, however many cells changed it: what stood before them all, to what stands after."""
    found: dict[tuple[int, date, int], Correction] = {}
    for one in corrections:
        place = one.measure_id, one.period, one.ordinal
        if first := found.pop(place, None):
            for field in TOLD:
                setattr(one, f"old_{field}", getattr(first, f"old_{field}"))
        found[place] = one
    return [one for one in found.values() if _changes_something(one)]


def _changes_something(correction: Correction) -> bool:
    return any(getattr(correction, f"old_{field}") != getattr(correction, f"new_{field}") for field in TOLD)


def _nothing(field: str) -> str | None:
    return "" if field == "no_data" else None
