"""Cells of a block that are laid on a measure of event dates: the dates of a month, none, or a number of days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from measures.exchange.entries import Entry, checked
from measures.exchange.events import checked_days
from measures.exchange.pieces import Piece
from measures.models import NoData, Observation, today_in
from measures.services.entry import events
from measures.services.entry.cells import same
from measures.services.entry.month_tables import reason_in
from measures.services.entry.pastes.proposed import Paste, Proposed, Where
from measures.services.entry.sheets import Typed, events_of


def standing(rows: Mapping[Where, Observation], paste: Paste) -> dict[Where, tuple[date, ...]]:
    """The events that stand in these periods. One query, none where no period has any."""
    refs = {measure.pk: measure.ref for measure in paste.measures}
    places = {
        (row.measure_id, period) for (_ref, period), row in rows.items() if row.no_data == NoData.EVENTS
    }
    found = events.standing_in(places, paste.place.frequency)
    return {
        (refs[measure], period): tuple(day for day, _nth in sorted(spots))
        for (measure, period), spots in found.items()
    }


def proposed(cell: Proposed, piece: Piece, paste: Paste, *, is_placed: bool) -> Proposed:
    """The cell, read as the sheet reads it. `is_placed` is that the block itself says which period it is of."""
    stand = paste.days.get((cell.measure.ref, cell.period), ())
    cell = replace(cell, days_standing=stand)
    words, today = cell.measure.words, today_in(paste.place.zone, paste.place.at)
    try:
        entry, days = _read(cell, piece, paste.reason, is_placed=is_placed)
        entry = checked(entry, words, cell.period, today)
        checked_days(days, words, cell.period, today)
    except ValueError as wrong:
        return replace(cell, sentence=str(wrong))
    is_same = same(entry, cell.standing) and days == stand
    kind = "same" if is_same else "changed" if cell.standing else "new"
    return replace(cell, kind=kind, entry=entry, days=days)


def _read(cell: Proposed, piece: Piece, reason: str, *, is_placed: bool) -> tuple[Entry, tuple[date, ...]]:
    told = reason_in(piece.numerator)
    if told or (cell.is_missing and reason):
        return Entry(no_data=told or reason), ()
    text = ", ".join(part for part in (piece.numerator, piece.denominator) if part)
    if text.isdecimal() and not is_placed:
        words = _(
            "“%(text)s” may be a day or a number of days. Write days with their month, a number with its unit."
        )
        raise ValueError(words % {"text": text})
    return events_of(Typed(value=text), cell.measure.words, cell.period)
