"""One cell of a pasted block: read, checked, and compared with what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from measures.exchange.entries import Entry, checked, read_entry
from measures.exchange.events import read_events
from measures.exchange.numbers import is_missing, is_number, read_number
from measures.exchange.pieces import Piece
from measures.models import REASONS as CHOSEN
from measures.models import Measure, NoData, Observation, today_in
from measures.selectors.sheet_place import SheetPlace
from measures.services.entry.month_tables import reason_in
from measures.services.entry.recorder import same

REASONS = tuple(reason for reason in CHOSEN if reason != NoData.OTHER)
"""What all cells without a number may be said to be: the other reason needs a note of its own."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One cell of the block: kind "new", "changed", "same" or "left-out"."""

    measure: Measure
    period: date
    kind: str
    words: str  # as it was pasted
    standing: Observation | None
    entry: Entry | None = None
    sentence: str = ""
    is_closed: bool = False  # its month
    is_missing: bool = False  # the block says that there is no number

    @property
    def version(self) -> int:
        """Of what stands there, 0 for nothing."""
        return self.standing.version if self.standing else 0

    @property
    def is_written(self) -> bool:
        return self.kind in {"new", "changed"}

    @property
    def needs_reason(self) -> bool:
        return self.is_closed and self.kind == "changed"


def proposed(
    piece: Piece,
    measure: Measure,
    old: Observation | None,
    place: SheetPlace,
    *,
    reason: str,
    days: Sequence[date],
    is_closed: bool,
) -> Proposed:
    """One piece as a cell. `reason` is that of all cells without a number, `days` are the events that stand there."""
    cell = Proposed(
        measure,
        piece.period,
        "left-out",
        piece.words[:40],
        old,
        sentence=piece.sentence,
        is_closed=is_closed,
        is_missing=not piece.sentence and not measure.words.is_dated and is_missing_piece(piece),
    )
    if piece.sentence:
        return cell
    if measure.words.is_dated:
        return _of_dates(cell, piece, days)
    try:
        entry = checked(
            _read(cell, piece, reason), measure.words, piece.period, today_in(place.zone, place.at)
        )
    except ValueError as wrong:
        return replace(cell, sentence=str(wrong))
    kind = "same" if same(entry, old) else "changed" if old else "new"
    return replace(cell, kind=kind, entry=entry)


def _read(cell: Proposed, piece: Piece, reason: str) -> Entry:
    told = "" if piece.numerator and piece.denominator else reason_in(piece.numerator or piece.denominator)
    if told == NoData.OTHER and not (cell.standing and cell.standing.note):
        raise ValueError(gettext("“Other, see note” needs its note: say why there is no number."))
    if told or (cell.is_missing and reason):
        return read_entry(cell.measure.words, no_data=told or reason)
    return read_entry(cell.measure.words, numerator=piece.numerator, denominator=piece.denominator)


def _of_dates(cell: Proposed, piece: Piece, days: Sequence[date]) -> Proposed:
    """Event dates are compared, and changed on the sheet alone."""
    if _are_same_events(cell, piece, days):
        return replace(cell, kind="same")
    return replace(cell, sentence=gettext("It is logged by the dates of its events. Type them in its cell."))


def _are_same_events(cell: Proposed, piece: Piece, days: Sequence[date]) -> bool:
    old = cell.standing
    if old is None:
        return False
    if reason := reason_in(piece.numerator):
        return reason == old.no_data
    try:
        told = read_events(piece.numerator, cell.measure.words, piece.period)
        number = read_number(told.number) if told.number else None
    except ValueError:
        return False
    if told.is_none:
        return old.no_data == NoData.NO_EVENTS
    if told.days:
        return old.no_data == NoData.EVENTS and list(told.days) == list(days)
    return number is not None and number == old.value


def is_missing_piece(piece: Piece) -> bool:
    """Whether some side is said to be missing, and no other side is anything but a number."""
    sides = [side for side in (piece.numerator, piece.denominator) if side]
    return any(map(is_missing, sides)) and all(is_missing(side) or is_number(side) for side in sides)
