"""What every way of recording numbers asks of a cell, and the recorder of the few that a person types."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from measures import periods, rules
from measures.exchange.entries import Entry, checked
from measures.models import Correction, Measure, Month, NoData, Observation, today_in
from measures.selectors.months import binding
from measures.sentences.periods import label as period_label
from measures.services.entry import cells, locks
from measures.services.entry.cells import (
    FIELDS,
    Cell,
    EntryRefused,
    Kept,
    ReasonMissing,
    TwoEntries,
    TwoNotes,
    same,
)
from measures.services.rights import ensure_kept, why_final
from organizations.models import Organization, User
from p2.errors import RuleViolation, ensure

YEAR = timedelta(days=366)
"""Months this long before the written ones come along: a row of the sheet shows which of them are late."""


class Locked:
    """Locked measures with the months that bind them: what a cell may change, and in which words it may not."""

    def __init__(self, measures: dict[int, Measure], by: User | None, at: datetime) -> None:
        self.measures, self.by, self.at = measures, by, at
        self.months: dict[tuple[int, date], Month] = {}
        self.taken: set[tuple[int, date, int]] = set()
        self._closed: dict[tuple[int, date, str], Month | None] = {}
        self._today = {pk: today_in(one.organization.time_zone, at) for pk, one in measures.items()}
        self._final = {
            pk: why_final(one.organization, one.last_day, by=by, at=at) for pk, one in measures.items()
        }

    @classmethod
    def of(
        cls, cells: Sequence[Cell], *, by: User | None, at: datetime, known: Iterable[Measure] = ()
    ) -> "Locked":
        """Lock the series of these cells; `known` are all their measures, where the caller has them. Two queries."""
        locked = cls(locks.of({cell.measure_id for cell in cells}, known, by=by), by, at)
        homes = {measure.organization_id: measure.organization for measure in locked.measures.values()}
        ensure(by is None or all(rules.may_record(by, home) for home in homes.values()))
        closing = {periods.closing_month(*place) for place in {locked.place(cell) for cell in cells}}
        if not closing or any(measure.words.is_dated for measure in locked.measures.values()):
            closing.add(at.date())  # event dates change what stands after them
        locked.months = binding(homes.keys(), min(closing) - YEAR, max(closing))
        return locked

    def today(self, measure: Measure) -> date:
        """The day where the measure's organization is."""
        return self._today[measure.pk]

    def place(self, cell: Cell) -> tuple[date, str]:
        """The cell's period with its frequency."""
        return cell.period, self.measures[cell.measure_id].words.frequency

    def ensure_recordable(self, cell: Cell) -> None:
        """Refuse a cell whose measure is retired, or whose organization's last month has closed."""
        if words := self._final[cell.measure_id]:
            raise EntryRefused(words, cell)
        try:
            ensure_kept(self.measures[cell.measure_id])
        except RuleViolation as retired:
            raise EntryRefused(str(retired), cell) from None

    def entry_of(self, cell: Cell, old: Kept | None) -> Entry:
        """The cell's entry as it is kept, if one may be written here and today."""
        measure = self.measures[cell.measure_id]
        self.ensure_recordable(cell)
        if cell.place in self.taken:
            raise EntryRefused(
                _("%(named)s stands twice: keep one of the two.") % {"named": _named(measure, cell.period)},
                cell,
            )
        try:
            entry = checked(cell.entry, measure.words, cell.period, self._today[measure.pk])
        except ValueError as wrong:
            raise EntryRefused(str(wrong), cell) from None
        note = entry.note if entry.note is not None else old.note if old else ""
        if entry.no_data == NoData.OTHER and not note.strip():
            raise EntryRefused(_("“Other, see note” needs its note: say why there is no number."), cell)
        return entry

    def is_late(self, cell: Cell, old: Kept | None) -> bool:
        """Whether a changed cell comes after its month closed. Then a number that stands needs a reason to change."""
        words, month = self.measures[cell.measure_id].words, self._month_over(cell)
        if month is None:
            return False
        if old and not cell.why.strip():
            raise ReasonMissing(
                _("%(month)s is closed: say why this number changes.") % {"month": month}, cell
            )
        return words.number > 1 or cell.period >= words.effective_from

    def ensure_note_may_change(self, cell: Cell, note: str) -> None:
        """A note that stands beside a number of a closed month changes with a reason, as its number does."""
        month = self._month_over(cell)
        if month and note and not cell.why.strip():
            raise ReasonMissing(_("%(month)s is closed: say why this note changes.") % {"month": month}, cell)

    def _month_over(self, cell: Cell) -> Month | None:
        """The closed month that the cell belongs to."""
        measure = self.measures[cell.measure_id]
        place = measure.organization_id, cell.period, measure.words.frequency
        if place not in self._closed:
            self._closed[place] = self._closed_month(measure.organization, *place[1:])
        return self._closed[place]

    def _closed_month(self, organization: Organization, period: date, frequency: str) -> Month | None:
        """The closed month that a period of this organization is due and closes with."""
        month = self.months.get((organization.pk, periods.closing_month(period, frequency)))
        return month if month and month.is_closed(self.at, organization.time_zone) else None


class Recorder:
    """Records numbers for one person, a few series at a time: takes cells, then writes their rows in one go."""

    def __init__(
        self, cells: Sequence[Cell], *, by: User | None, at: datetime, known: Iterable[Measure] = ()
    ) -> None:
        self.locked, self.by, self.at = Locked.of(cells, by=by, at=at, known=known), by, at
        self.measures = self.locked.measures
        self.standing = list(Observation.objects.filter(measure__in=self.measures))
        self.series: dict[int, dict[tuple[date, int], Observation]] = {pk: {} for pk in self.measures}
        for row in self.standing:
            self.series[row.measure_id][row.period, row.ordinal] = row
        self.new: list[Observation] = []
        self.changed: list[Observation] = []
        self.cleared: list[Observation] = []
        self.corrections: list[Correction] = []
        self.touched: set[int] = set()
        self.changes: dict[Cell, bool] = {}
        self.lifted: set[tuple[int, str, date]] = set()  # sheets that were signed off until this was written

    def take(self, cell: Cell) -> None:
        """Take one cell into the rows to be written, or refuse it with its sentence."""
        old = self.series[cell.measure_id].get((cell.period, cell.ordinal))
        entry = self.locked.entry_of(cell, old)
        is_same = same(entry, old)
        if not is_same and cell.have is not None and cell.have != (old.version if old else 0):
            prefetch_related_objects(self.standing, "recorded_by")  # who it was: one query for all such cells
            raise TwoEntries(cell, old)
        self.ensure_note_seen(cell, old, entry)
        self.changes[cell] = not is_same
        if is_same:
            self.keep_note(cell, old, entry)
            return
        self.put(cell, entry, old, is_late=self.locked.is_late(cell, old))

    def ensure_note_seen(self, cell: Cell, old: Observation | None, entry: Entry) -> None:
        """Whether a note that is changed, or cleared with its number, is the one that the editor saw."""
        if old is None or cell.note_had is None or cell.note_had.strip() == old.note:
            return
        if entry.is_empty or (entry.note is not None and entry.note.strip() != old.note):
            yours = "" if entry.is_empty else (entry.note or "").strip()
            raise TwoNotes(cell, old.note, yours, cells.writer_of_note(old))

    def put(self, cell: Cell, entry: Entry, old: Observation | None, *, is_late: bool) -> None:
        """Have a row written, or taken away where its entry is empty, with its correction."""
        measure = self.measures[cell.measure_id]
        version = measure.series_version + 1
        self.touched.add(measure.pk)
        self.locked.taken.add(cell.place)
        self.corrections.append(cells.correction(cell, entry, old, version=version, by=self.by, at=self.at))
        if entry.is_empty:
            del self.series[measure.pk][cell.period, cell.ordinal]
            self.cleared += [old] if old else []
            return
        row = old or Observation(measure=measure, period=cell.period, ordinal=cell.ordinal, is_late=is_late)
        for field in FIELDS:
            setattr(row, field, getattr(entry, field))
        row.note = row.note if entry.note is None else entry.note.strip()
        row.version, row.recorded_by, row.recorded_at, row.is_confirmed = version, self.by, self.at, False
        (self.changed if old else self.new).append(row)
        self.series[measure.pk][cell.period, cell.ordinal] = row

    def touch(self, cell: Cell, row: Observation, entry: Entry) -> None:
        """A new version of a row whose own entry stays: what stands under it changes."""
        self.touched.add(cell.measure_id)
        self.locked.taken.add(cell.place)
        self._write_note(cell, row, entry)
        row.version = self.measures[cell.measure_id].series_version + 1
        row.recorded_by, row.recorded_at = self.by, self.at
        self.changed.append(row)

    def keep_note(self, cell: Cell, old: Observation | None, entry: Entry) -> None:
        """A note is written beside what stays as it is."""
        if old is None and (entry.note or "").strip():
            raise EntryRefused(
                _("A note stands beside a number or a reason for no data: log one of them first."), cell
            )
        self.locked.taken.add(cell.place)
        if old and self._write_note(cell, old, entry):
            self.changed.append(old)

    def _write_note(self, cell: Cell, row: Observation, entry: Entry) -> bool:
        """Write a note beside a number that stays, with its correction. False: it is the same."""
        if entry.note is None or entry.note.strip() == row.note:
            return False
        self.locked.ensure_note_may_change(cell, row.note)
        note = entry.note.strip()
        self.corrections.append(cells.correction_of_note(cell, row, note, by=self.by, at=self.at))
        row.note = note
        return True

    def write(self) -> None:
        """Write everything in one go: of a number that several cells change, the last and one correction."""
        new, cleared = ({id(row): row for row in rows} for rows in (self.new, self.cleared))
        changed = {id(row): row for row in self.changed if id(row) not in new.keys() | cleared.keys()}
        Observation.objects.bulk_create(new.values())
        Observation.objects.bulk_create(
            changed.values(),
            update_conflicts=True,
            unique_fields=["measure", "period", "ordinal"],
            update_fields=[*FIELDS, "note", "version", "recorded_by", "recorded_at", "is_confirmed"],
        )
        if cleared:
            Observation.objects.filter(pk__in=[row.pk for row in cleared.values()]).delete()
        Correction.objects.bulk_create(cells.one_a_place(self.corrections))


def _named(measure: Measure, period: date) -> str:
    return f"{measure}, {period_label(period, measure.words.frequency, long=True)}"
