"""The sheet's verb: what was typed into its rows is saved, and each refused row answers for itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from measures.exchange.entries import Entry, read_entry
from measures.models import DefinitionWords, Measure
from measures.selectors.sheet_rows import Trouble, Typed
from measures.services import observations
from measures.services.observations import Cell, EntryRefused, ReasonMissing, Saved, TwoEntries
from organizations.models import User


def log(
    typed: Mapping[Measure, Typed], period: date, *, by: User, at: datetime | None = None
) -> dict[str, Saved | Trouble]:
    """Save the rows of a period, by the measure's ref. The number of queries does not grow with the rows."""
    outcome: dict[str, Saved | Trouble] = {}
    cells: dict[Cell, str] = {}
    for measure, row in typed.items():
        try:
            entry = entry_of(row, measure.words)
        except ValueError as wrong:
            outcome[measure.ref] = Trouble(str(wrong))
        else:
            cells[Cell(measure.pk, period, entry, have=row.have, why=row.why)] = measure.ref
    if cells:
        results = observations.record_each(list(cells), by=by, at=at or timezone.now())
        for ref, result in zip(cells.values(), results, strict=True):
            outcome[ref] = _trouble(result) if isinstance(result, EntryRefused) else result
    return outcome


def entry_of(row: Typed, words: DefinitionWords) -> Entry:
    """The entry of a row. A reason that was chosen now wins over a number, a number over an old reason.

    Raises
    ------
    ValueError
        With a sentence for the person who typed it.
    """
    numbers = row.numerator or row.denominator or row.value
    reason = row.no_data if not numbers or row.no_data != row.had else ""
    entry = read_entry(
        words,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        no_data=reason,
        is_typed=True,
    )
    return replace(entry, note=row.new_note)


def _trouble(refusal: EntryRefused) -> Trouble:
    if isinstance(refusal, TwoEntries):
        return Trouble(str(refusal), is_conflict=True, theirs=refusal.theirs)
    return Trouble(str(refusal), asks_why=isinstance(refusal, ReasonMissing))
