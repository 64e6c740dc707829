"""One cell of a pasted block: read, checked, and compared with what stands there."""

from dataclasses import replace

from django.utils.translation import gettext

from measures.exchange.entries import Entry, checked, read_entry
from measures.exchange.numbers import is_missing, is_number
from measures.exchange.pieces import Piece
from measures.models import REASONS as CHOSEN
from measures.models import Measure, NoData, Observation, today_in
from measures.services.entry.cells import same
from measures.services.entry.month_tables import reason_in
from measures.services.entry.pastes import dated
from measures.services.entry.pastes.proposed import Paste, Proposed

REASONS = tuple(reason for reason in CHOSEN if reason != NoData.OTHER)
"""What all cells without a number may be said to be: the other reason needs a note of its own."""


def proposed(
    piece: Piece, measure: Measure, old: Observation | None, paste: Paste, *, is_closed: bool, has_dates: bool
) -> Proposed:
    """One piece as a cell. `has_dates` is that the block itself says of which period it is."""
    cell = Proposed(
        measure,
        piece.period,
        "left-out",
        piece.words[:40],
        old,
        sentence=piece.sentence,
        is_closed=is_closed,
        is_missing=not piece.sentence and is_missing_piece(piece),
    )
    if piece.sentence:
        return cell
    if measure.words.is_dated:
        return dated.proposed(cell, piece, paste, is_placed=has_dates)
    today = today_in(paste.place.zone, paste.place.at)
    try:
        entry = checked(_read(cell, piece, paste.reason), measure.words, piece.period, today)
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


def is_missing_piece(piece: Piece) -> bool:
    """Whether some side is said to be missing, and no other side is anything but a number."""
    sides = [side for side in (piece.numerator, piece.denominator) if side]
    return any(map(is_missing, sides)) and all(is_missing(side) or is_number(side) for side in sides)
