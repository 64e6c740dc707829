"""Records numbers for a person: locks measures with their series and months, takes cells, writes rows in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from measures import periods, rules
from measures.exchange.entries import Entry, checked
from measures.models import Correction, Measure, Month, NoData, Observation, today_in
from measures.selectors.months import binding
from organizations.models import Participation, User, standing_of
from p2.errors import RuleViolation, ensure

NUMBERS = ("numerator", "denominator", "value", "no_data")
SPREAD = ("sd", "size")
FIELDS = (*NUMBERS, *SPREAD)

LAST_DAY = Subquery(
    Participation.objects.filter(organization=OuterRef("organization"))
    .order_by("-phase__ends_on")
    .values("phase__ends_on")[:1]
)
"""The end of the last phase that the measure's organization takes part in; none for an applicant."""

YEAR = timedelta(days=366)
"""Months this long before the written ones come along: a row of the sheet shows which of them are late."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry aimed at one period of one measure. `have` is the version that the editor saw, 0 an empty cell."""

    measure_id: int
    period: date
    entry: Entry
    ordinal: int = 0
    have: int | None = None  # None: the writer did not look, and the last one wins
    why: str = ""

    @property
    def place(self) -> tuple[int, date, int]:
        return self.measure_id, self.period, self.ordinal


class EntryRefused(RuleViolation):
    """A cell that breaks a rule; `cell` says which."""

    def __init__(self, sentence: str, cell: Cell) -> None:
        super().__init__(sentence)
        self.cell = cell


class ReasonMissing(EntryRefused):
    """The month is closed: a change needs its reason."""


class TwoEntries(EntryRefused):
    """Somebody saved another value while this one was typed; `theirs` is what stands now, None a cleared cell."""

    def __init__(self, cell: Cell, theirs: Observation | None) -> None:
        who = theirs.recorded_by if theirs else None
        what = f"saved {theirs.words}" if theirs else "cleared this cell"
        super().__init__(f"{who or 'Somebody'} {what} while you typed.", cell)
        self.theirs = theirs


class Recorder:
    """Records numbers for one person: the locked measures, their series and months, the rows to be written."""

    def __init__(self, measures: dict[int, Measure], by: User | None, at: datetime) -> None:
        self.measures, self.by, self.at = measures, by, at
        self.series: dict[int, dict[tuple[date, int], Observation]] = {pk: {} for pk in measures}
        self.months: dict[tuple[int, date], Month] = {}
        self.new: list[Observation] = []
        self.changed: list[Observation] = []
        self.cleared: list[Observation] = []
        self.corrections: list[Correction] = []
        self.touched: set[int] = set()
        self.written: set[tuple[int, date, int]] = set()
        self.changes: dict[Cell, bool] = {}

    @classmethod
    def locking(cls, cells: Sequence[Cell], *, by: User | None, at: datetime) -> "Recorder":
        wanted = {cell.measure_id for cell in cells}
        locked = (
            Measure.objects.select_for_update(of=("self",))
            .annotate(last_day=LAST_DAY)  # type: ignore[no-redef]
            .select_related("organization__collaborative", "definition", "snapshot")
            .filter(pk__in=wanted)
            .order_by("pk")
        )
        recorder = cls({measure.pk: measure for measure in locked}, by, at)
        for measure in recorder.measures.values():
            if measure.definition is None:  # a new one came while the lock was waited for
                measure.refresh_from_db(fields=["definition"])
        for observation in Observation.objects.filter(measure__in=wanted).select_related("recorded_by"):
            recorder.series[observation.measure_id][observation.period, observation.ordinal] = observation
        homes = {measure.organization_id: measure.organization for measure in recorder.measures.values()}
        ensure(by is None or all(rules.may_record(by, home) for home in homes.values()))
        written = [periods.closing_month(*recorder.place(cell)) for cell in cells] or [at.date()]
        recorder.months = binding(homes.keys(), min(written) - YEAR, max(written))
        return recorder

    def place(self, cell: Cell) -> tuple[date, str]:
        """The cell's period with its frequency."""
        return cell.period, self.measures[cell.measure_id].words.frequency

    def take(self, cell: Cell) -> None:
        """Take one cell into the rows to be written, or refuse it with its sentence."""
        measure = self.measures[cell.measure_id]
        zone = measure.organization.time_zone
        if last := self._last_day_if_over(measure):
            raise EntryRefused(
                f"{measure.organization} took part until {last:%-d %B %Y}. Its numbers stay as they are.",
                cell,
            )
        if cell.place in self.written:
            raise EntryRefused(f"{_named(measure, cell.period)} stands twice: keep one of the two.", cell)
        old = self.series[measure.pk].get((cell.period, cell.ordinal))
        entry = self._checked(cell, old)
        is_same = same(entry, old)
        if not is_same and cell.have is not None and cell.have != (old.version if old else 0):
            raise TwoEntries(cell, old)
        self.changes[cell] = not is_same
        if is_same:
            self._keep_note(cell, old, entry)
            return
        month = self.months.get((measure.organization_id, periods.closing_month(*self.place(cell))))
        is_closed = bool(month and month.is_closed(self.at, zone))
        if old and is_closed and not cell.why.strip():
            raise ReasonMissing(f"{month} is closed: say why this number changes.", cell)
        was_due = measure.words.number > 1 or cell.period >= measure.words.effective_from
        self._put(cell, entry, old, is_late=is_closed and was_due)

    def _checked(self, cell: Cell, old: Observation | None) -> Entry:
        """The cell's entry, if its definition allows it here and today."""
        measure = self.measures[cell.measure_id]
        try:
            entry = checked(
                cell.entry, measure.words, cell.period, today_in(measure.organization.time_zone, self.at)
            )
        except ValueError as wrong:
            raise EntryRefused(str(wrong), cell) from None
        note = entry.note if entry.note is not None else old.note if old else ""
        if entry.no_data == NoData.OTHER and not note.strip():
            raise EntryRefused("“Other, see note” needs its note: say why there is no number.", cell)
        return entry

    def _last_day_if_over(self, measure: Measure) -> date | None:
        """The end of a past participant's last phase, once its last month closed: then only the office writes."""
        collaborative, last = measure.organization.collaborative, measure.last_day
        if last is None or self.by is None:
            return None
        closing = periods.following(periods.start_of(last, periods.MONTH), periods.MONTH)
        is_over = today_in(measure.organization.time_zone, self.at) > closing.replace(
            day=collaborative.closing_day
        )
        is_office = is_over and standing_of(self.by).is_appointed(collaborative.pk, "office")
        return last if is_over and not is_office else None

    def _put(self, cell: Cell, entry: Entry, old: Observation | None, *, is_late: bool) -> None:
        measure = self.measures[cell.measure_id]
        version = measure.series_version + 1
        self.touched.add(measure.pk)
        self.written.add(cell.place)
        self.corrections.append(self._correction(cell, entry, old, version))
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

    def _keep_note(self, cell: Cell, old: Observation | None, entry: Entry) -> None:
        if old is None and (entry.note or "").strip():
            raise EntryRefused(
                "A note stands beside a number or a reason for no data: log one of them first.", cell
            )
        self.written.add(cell.place)
        if old and entry.note is not None and entry.note.strip() != old.note:
            old.note = entry.note.strip()
            self.changed.append(old)

    def _correction(self, cell: Cell, entry: Entry, old: Observation | None, version: int) -> Correction:
        before = {f"old_{field}": getattr(old, field) if old else _nothing(field) for field in FIELDS}
        after = {f"new_{field}": getattr(entry, field) for field in FIELDS}
        return Correction(
            measure_id=cell.measure_id, period=cell.period, ordinal=cell.ordinal, **before, **after,
            version=0 if entry.is_empty else version, why=cell.why.strip()[:300], by=self.by, at=self.at,
        )  # fmt: skip

    def write(self) -> None:
        """Write everything in one go."""
        Observation.objects.bulk_create(self.new)
        if self.changed:
            written = [*FIELDS, "note", "version", "recorded_by", "recorded_at", "is_confirmed"]
            Observation.objects.bulk_update(self.changed, written)
        if self.cleared:
            Observation.objects.filter(pk__in=[row.pk for row in self.cleared]).delete()
        Correction.objects.bulk_create(self.corrections)


def _named(measure: Measure, period: date) -> str:
    return f"{measure}, {periods.label(period, measure.words.frequency, long=True)}"


def same(entry: Entry, old: Observation | None) -> bool:
    """Whether the entry is what stands there already."""
    if old is None:
        return entry.is_empty
    if any(getattr(entry, field) != getattr(old, field) for field in NUMBERS):
        return False
    # A sheet does not show the spread: the same number without it leaves it as it is.
    return all(getattr(entry, field) in {None, getattr(old, field)} for field in SPREAD)


def _nothing(field: str) -> str | None:
    return "" if field == "no_data" else None
