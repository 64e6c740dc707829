"""A whole table of numbers at once: what the import writes, by the same rules as the sheet and at the price of COPY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.exchange.events import Spot, spots
from measures.models import NoData, Observation
from measures.services.entry import events, locks, observations
from measures.services.entry.cells import Cell, EntryRefused, StoredNumber, same
from measures.services.entry.imports import copying
from measures.services.entry.imports.copying import Written
from measures.services.entry.recorder import Locked, Recorder
from organizations.models import User

CELLS_AT_ONCE = 100_000
"""Cells taken at one time: it bounds the memory, not the table."""

KEPT = ("numerator", "denominator", "value", "no_data", "sd", "size", "note", "version")


@dataclass(slots=True)
class ImportTally:
    """What a table changes, and the cells that it may not."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[EntryRefused] = field(default_factory=list)
    gone: list[tuple[Cell, tuple[date, ...]]] = field(
        default_factory=list
    )  # events that stood, by their cell


@transaction.atomic
def record(
    cells: Sequence[Cell], *, by: User | None, at: datetime | None = None, is_rehearsal: bool = False
) -> ImportTally:
    """Write down a whole table, or with one refused cell, or as a rehearsal, nothing of it.

    Each cell holds a number or a reason for none: a table clears nothing. Unlike `observations.record_many` it tells
    every refused cell, and not what became of each of the others.
    """
    at, tally = at or timezone.now(), ImportTally()
    dated = [cell for cell in cells if cell.days is not None]
    if dated:
        locks.hold({cell.measure_id for cell in cells})
        _record_dated(dated, tally, by=by, at=at, is_rehearsal=is_rehearsal)
    for portion in _portions([cell for cell in cells if cell.days is None]):
        locked = Locked.of(portion, by=by, at=at)
        rows = _rows(portion, locked, tally)
        if rows and not tally.refused and not is_rehearsal:
            copying.write(rows, by=by.pk if by else None, at=at)
            if changed := [(row.measure_id, row.period) for row in rows if not row.is_note_alone]:
                measures = [locked.measures[pk] for pk in sorted({pk for pk, _period in changed})]
                observations.change(measures, changed, by=by, at=at)
    if tally.refused:
        transaction.set_rollback(True)
    return tally


def _record_dated(
    cells: Sequence[Cell], tally: ImportTally, *, by: User | None, at: datetime, is_rehearsal: bool
) -> None:
    """Event dates, a month a cell: few, and each changes what stands after it, so they go the sheet's own way."""
    recorder = Recorder(cells, by=by, at=at)
    for cell in events.in_order(cells):
        rows = recorder.series[cell.measure_id]
        frequency = recorder.measures[cell.measure_id].words.frequency
        own = rows.get((cell.period, 0))
        standing = [(row.period, row.ordinal) for row in events.within(rows.values(), cell.period, frequency)]
        try:
            events.take(recorder, cell)
        except EntryRefused as refusal:
            tally.refused.append(refusal)
        else:
            _count(tally, cell, standing, bool(own), is_changed=recorder.changes[cell])
    if not tally.refused and not is_rehearsal:
        observations.write(recorder)


def _count(tally: ImportTally, cell: Cell, standing: list[Spot], is_there: bool, *, is_changed: bool) -> None:
    """Each event is a number: new, or the same; one that is there no more, or was moved, is a changed one."""
    wanted = spots(cell.days or ())
    gone = sorted(set(standing) - set(wanted))
    if gone:
        tally.gone.append((cell, tuple(day for day, _nth in gone)))
    if not wanted:
        tally.new += is_changed and not is_there
        tally.changed += is_changed and is_there
        tally.same += not is_changed
        return
    added = len(set(wanted) - set(standing))
    changed = len(gone) if standing else int(is_there)
    tally.new += max(0, added - changed)
    tally.changed += changed
    tally.same += len(wanted) - added


def _portions(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The cells by measure, so that no series is read twice, in the order in which everybody locks them."""
    series: dict[int, list[Cell]] = {}
    for cell in cells:
        series.setdefault(cell.measure_id, []).append(cell)
    portion: list[Cell] = []
    for measure_id in sorted(series):
        if portion and len(portion) + len(series[measure_id]) > CELLS_AT_ONCE:
            yield portion
            portion = []
        portion += series[measure_id]
    if portion:
        yield portion


def _rows(cells: Sequence[Cell], locked: Locked, tally: ImportTally) -> list[Written]:
    """What is to be written of these cells."""
    standing = _standing(cells)
    rows = []
    for cell in cells:
        try:
            row = _row(cell, standing.get(cell.place), locked, tally)
        except EntryRefused as refusal:
            tally.refused.append(refusal)
        else:
            rows += [row] if row else []
    return rows


def _standing(cells: Sequence[Cell]) -> dict[tuple[int, date, int], StoredNumber]:
    """What stands in these cells, and around them."""
    measures, written = {cell.measure_id for cell in cells}, {cell.period for cell in cells}
    found = Observation.objects.filter(measure__in=measures, period__range=(min(written), max(written)))
    rows = found.values_list("measure", "period", "ordinal", *KEPT).iterator()
    return {(measure, period, ordinal): StoredNumber(*kept) for measure, period, ordinal, *kept in rows}


def _row(cell: Cell, old: StoredNumber | None, locked: Locked, tally: ImportTally) -> Written | None:
    """One cell counted, and its row where it changes something."""
    if old and old.no_data == NoData.EVENTS:
        raise EntryRefused(
            _(
                "Event dates stand there. Give the dates of its period in the column “event”, or change them on the "
                "sheet."
            ),
            cell,
        )
    entry = locked.entry_of(cell, old)
    is_same = same(entry, old)
    is_late = not is_same and locked.is_late(cell, old)
    locked.taken.add(cell.place)
    if is_same:
        tally.same += 1
    elif old:
        tally.changed += 1
    else:
        tally.new += 1
    was = old.note if old else ""
    note = was if entry.note is None else entry.note.strip()
    if is_same and note == was:
        return None
    if is_same:
        locked.ensure_note_may_change(cell, was)
    version = locked.measures[cell.measure_id].series_version + 1
    return Written(
        *cell.place, entry, note, cell.why.strip()[:300],
        is_late=is_late, version=version, is_note_alone=is_same,
    )  # fmt: skip
