"""A period's events, by their dates: each is a row of its day, whose value is the days since the one before."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from measures import periods
from measures.exchange.entries import Entry
from measures.exchange.events import Spot, checked_days, days_between, days_words, spots
from measures.models import EVENT_KEYS, Correction, NoData, Observation
from measures.services.entry.cells import Cell, EntryRefused, ReasonMissing, TwoEntries, same
from measures.services.entry.recorder import Recorder


@dataclass(frozen=True, slots=True)
class EventChange:
    """One event's row as it is to stand: an empty entry takes it away."""

    spot: Spot
    entry: Entry
    old: Observation | None


def in_order(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells as they are to be taken: periods with event dates newest first, so that each changes the one event
    after it, and not what the next of these cells changes again."""
    if not any(cell.days is not None for cell in cells):
        return cells
    return sorted(cells, key=lambda cell: cell.period, reverse=True)


def take(recorder: Recorder, cell: Cell) -> None:
    """Take one cell; of a measure that is logged by dates, the period's own row with its events."""
    words = recorder.measures[cell.measure_id].words
    if words.is_dated and not cell.ordinal:
        _take_period(recorder, cell)
    else:
        recorder.take(cell)


def within(rows: Iterable[Observation], period: date, frequency: str) -> list[Observation]:
    """The events among these rows that lie in a period, in their order."""
    last = periods.last_day(period, frequency)
    found = [row for row in rows if row.ordinal and period <= row.period <= last]
    return sorted(found, key=lambda row: (row.period, row.ordinal))


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """What one save changed in a period: its own row's correction, and the events that came and went."""

    correction: Correction
    added: frozenset[Spot]
    removed: frozenset[Spot]


MeasurePeriod = tuple[int, date]
"""A measure, a period."""


def changes_of(rows: Iterable[Correction], frequency: str) -> dict[MeasurePeriod, list[PeriodChange]]:
    """Corrections of measures that are logged by dates, by period and save, in their order."""
    saves: dict[MeasurePeriod, dict[datetime, list[Correction]]] = {}
    for row in rows:
        place = row.measure_id, periods.start_of(row.period, frequency)
        saves.setdefault(place, {}).setdefault(row.at, []).append(row)
    changes = {
        place: [_change_of(place, those) for those in by_instant.values()]
        for place, by_instant in saves.items()
    }
    return {place: [one for one in those if one] for place, those in changes.items()}


def _change_of(place: MeasurePeriod, rows: list[Correction]) -> PeriodChange | None:
    """None where only the days since an event of an earlier period changed."""
    events = [row for row in rows if row.ordinal]
    added = frozenset((row.period, row.ordinal) for row in events if not row.old_words)
    removed = frozenset((row.period, row.ordinal) for row in events if not row.new_words)
    own = next((row for row in rows if not row.ordinal), None)
    if not (own or added or removed):
        return None
    dates = {"old_no_data": NoData.EVENTS, "new_no_data": NoData.EVENTS}
    last = rows[-1]
    stayed = Correction(
        measure_id=place[0], period=place[1], by=last.by, at=last.at,
        version=max(row.version for row in rows), **dates,
    )  # fmt: skip
    return PeriodChange(own or stayed, added, removed)


def standing_in(places: Collection[MeasurePeriod], frequency: str) -> dict[MeasurePeriod, list[Spot]]:
    """The events that stand in these periods. One query, none for no place."""
    found: dict[MeasurePeriod, list[Spot]] = {place: [] for place in places}
    if places:
        days = [period for _measure, period in places]
        within_all = (min(days), periods.last_day(max(days), frequency))
        rows = Observation.objects.filter(
            measure__in={measure for measure, _period in places}, ordinal__gt=0, period__range=within_all
        )
        for measure, day, nth in rows.values_list("measure", "period", "ordinal"):
            found.get((measure, periods.start_of(day, frequency)), []).append((day, nth))
    return found


def _take_period(recorder: Recorder, cell: Cell) -> None:
    """The period's row bears version, note and lateness; its events follow the dates of the cell."""
    series = recorder.series[cell.measure_id]
    words = recorder.measures[cell.measure_id].words
    old = series.get((cell.period, 0))
    standing = [(row.period, row.ordinal) for row in within(series.values(), cell.period, words.frequency)]
    wanted = spots(cell.days or ())
    entry = _checked(recorder, cell, old)
    is_row_same = same(entry, old)
    is_same = is_row_same and standing == wanted
    if not is_same and cell.have is not None and cell.have != (old.version if old else 0):
        prefetch_related_objects(recorder.standing, "recorded_by")
        raise TwoEntries(cell, old, days_words(day for day, _nth in standing))
    recorder.ensure_note_seen(cell, old, entry)
    recorder.changes[cell] = not is_same
    if is_same:
        recorder.keep_note(cell, old, entry)
        return
    is_late = recorder.locked.is_late(cell, old)
    changes = _changes(recorder, cell, standing, wanted)
    if is_row_same and old:
        recorder.touch(cell, old, entry)
    else:
        recorder.put(cell, entry, old, is_late=is_late)
    for change in changes:
        place = replace(cell, period=change.spot[0], ordinal=change.spot[1], entry=change.entry, days=None)
        recorder.put(place, change.entry, change.old, is_late=is_late)


def _checked(recorder: Recorder, cell: Cell, old: Observation | None) -> Entry:
    """The entry of the period's own row, if it and the dates may be written here and today."""
    measure, days = recorder.measures[cell.measure_id], cell.days or ()
    entry = cell.entry
    if days or entry.no_data in EVENT_KEYS:
        entry = Entry(no_data=NoData.EVENTS if days else NoData.NO_EVENTS, note=entry.note)
    entry = recorder.locked.entry_of(replace(cell, entry=entry), old)
    try:
        checked_days(days, measure.words, cell.period, recorder.locked.today(measure))
    except ValueError as wrong:
        raise EntryRefused(str(wrong), cell) from None
    return entry


def _changes(recorder: Recorder, cell: Cell, standing: list[Spot], wanted: list[Spot]) -> list[EventChange]:
    """What becomes of the period's events, and of those after them whose days since the one before change.

    Raises
    ------
    ReasonMissing
        Where one of these lies in a closed month, and no reason is given.
    """
    series = recorder.series[cell.measure_id]
    gone = set(standing) - set(wanted)
    kept = {spot for spot in series if spot[1]} - gone | set(wanted)
    changes = [EventChange(spot, Entry(), series[spot]) for spot in sorted(gone)]
    for spot, days in days_between(kept).items():
        entry = Entry(no_data=NoData.FIRST_EVENT) if days is None else Entry(value=days)
        old = series.get(spot)
        if old is None or not same(entry, old):
            changes.append(EventChange(spot, entry, old))
    _ensure_reason(recorder, cell, changes)
    return changes


def _ensure_reason(recorder: Recorder, cell: Cell, changes: list[EventChange]) -> None:
    frequency = recorder.measures[cell.measure_id].words.frequency
    touched = {
        periods.start_of(one.spot[0], frequency): one.old
        for one in changes
        if one.old and one.old.pk and one.old.no_data != NoData.FIRST_EVENT  # no number stood there
    }
    for period, old in touched.items():
        try:
            recorder.locked.is_late(replace(cell, period=period), old)
        except ReasonMissing as missing:
            raise ReasonMissing(str(missing), cell) from None
