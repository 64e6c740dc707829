"""Numbers are written here and nowhere else: by the sheet, the paste, the import and the demo."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.exchange.entries import Entry
from measures.models import Measure, Month, Observation
from measures.selectors.limits import numbers_before, outlier_sentence
from measures.services.entry import events, lifting
from measures.services.entry.cells import Cell, EntryRefused, ReasonMissing, TwoEntries, TwoNotes
from measures.services.entry.recorder import Locked, Recorder
from organizations.models import User
from p2 import audit
from p2.errors import RuleViolation
from p2.jobs import hints
from p2.stamps import store as stamps

__all__ = [
    "Cell",
    "EntryRefused",
    "NumberChanged",
    "ReasonMissing",
    "Saved",
    "TwoEntries",
    "TwoNotes",
    "bump",
    "change",
    "confirm",
    "record",
    "record_each",
    "record_many",
]


class NumberChanged(RuleViolation):
    """Somebody changed a number after it was seen."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this number meanwhile. Load the sheet again."))


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a cell; `series` is the measure's whole series afterwards, oldest first.

    `months` are those that bind its organization and were at hand: the year that ends with the cell, at least.
    """

    measure: Measure
    observation: Observation | None  # None: the cell is clear
    is_changed: bool
    warning: str
    series: tuple[Observation, ...]
    months: Mapping[date, Month]
    has_lifted: bool = False  # its sheet was signed off, and is no longer


def record(
    measure: Measure,
    period: date,
    entry: Entry,
    *,
    by: User | None,
    at: datetime | None = None,
    have: int | None = None,
    why: str = "",
) -> Saved:
    """Write down one number, correct it, or clear it (an empty entry). See `record_many`."""
    return record_many([Cell(measure.pk, period, entry, have=have, why=why)], by=by, at=at)[0]


@transaction.atomic
def record_many(
    cells: Sequence[Cell], *, by: User | None, at: datetime | None = None, known: Iterable[Measure] = ()
) -> list[Saved]:
    """Write down all of the cells or none of them. The number of queries does not grow with the cells.

    `known` are all the cells' measures, where the caller has them as `loggable` reads them: less is read again.

    Raises
    ------
    EntryRefused
        For the first cell that breaks a rule (ReasonMissing, TwoEntries among them); nothing is written.
    """
    recorder = Recorder(cells, by=by, at=at or timezone.now(), known=known)
    for cell in events.in_order(cells):
        events.take(recorder, cell)
    write(recorder)
    return [_outcome(recorder, cell) for cell in cells]


@transaction.atomic
def record_each(
    cells: Sequence[Cell], *, by: User | None, at: datetime | None = None, known: Iterable[Measure] = ()
) -> list[Saved | EntryRefused]:
    """Write down every cell that may be; each of the others answers for itself. Queries as in `record_many`."""
    recorder = Recorder(cells, by=by, at=at or timezone.now(), known=known)
    refusals: dict[Cell, EntryRefused] = {}
    for cell in events.in_order(cells):
        try:
            events.take(recorder, cell)
        except EntryRefused as refusal:
            refusals[cell] = refusal
    write(recorder)
    return [refusals.get(cell) or _outcome(recorder, cell) for cell in cells]


@transaction.atomic
def confirm(
    measure: Measure, period: date, *, have: int, by: User, at: datetime | None = None
) -> Observation:
    """A person says that a number outside the measure's own limits is right: the one of the version that they saw.

    Who says it again, or after somebody else, changes nothing: the first one's row in the trail stands.
    """
    cell = Cell(measure.pk, period, Entry(), have=have)
    Locked.of([cell], by=by, at=at or timezone.now()).ensure_recordable(cell)
    observation = (
        Observation.objects.select_for_update().filter(measure=measure, period=period, ordinal=0).first()
    )
    if observation is None or observation.version != have:
        raise NumberChanged
    if observation.is_confirmed:
        return observation
    observation.is_confirmed = True
    observation.save(update_fields=["is_confirmed"])
    with audit.in_its_language():
        words = observation.words
    audit.record(
        "confirmed",
        measure,
        by=by,
        at=at,
        changes={f"{period}": (None, words)},
    )
    return observation


def write(recorder: Recorder) -> None:
    """Write what the recorder took and let the charts follow."""
    recorder.write()
    if recorder.touched:
        changed = [(row.measure_id, row.period) for row in recorder.corrections if not row.is_of_note]
        recorder.lifted = change(
            [recorder.measures[pk] for pk in recorder.touched], changed, by=recorder.by, at=recorder.at
        )
        for pk in recorder.touched:
            recorder.measures[pk].series_version += 1


def _outcome(recorder: Recorder, cell: Cell) -> Saved:
    measure = recorder.measures[cell.measure_id]
    rows = recorder.series[measure.pk]
    series = tuple(rows[key] for key in sorted(rows))
    observation = rows.get((cell.period, cell.ordinal))
    warning = ""
    if observation:
        earlier = numbers_before(measure, (cell.period, cell.ordinal), series)
        warning = outlier_sentence(measure, observation, earlier)
    months = {
        period: month
        for (organization, period), month in recorder.locked.months.items()
        if organization == measure.organization_id
    }
    sheet = measure.organization_id, measure.words.frequency, cell.period
    return Saved(
        measure, observation, recorder.changes[cell], warning, series, months, sheet in recorder.lifted
    )


def change(
    measures: Collection[Measure], changed: Iterable[tuple[int, date]], *, by: User | None, at: datetime
) -> set[lifting.Sheet]:
    """Numbers changed: their charts are stale, and what was signed off with them is lifted. Returns these sheets."""
    lifted = lifting.bump_and_lift(measures, changed, by=by, at=at)
    _tell(measures)
    return lifted


def bump(measures: Collection[Measure]) -> None:
    """The series changed: its chart is stale until the worker has computed it. Called inside a verb's transaction."""
    Measure.objects.filter(pk__in=[one.pk for one in measures]).update(series_version=F("series_version") + 1)
    _tell(measures)


def _tell(measures: Collection[Measure]) -> None:
    hints.give("measures.refresh_changed_charts", [measure.pk for measure in measures])
    stamps.renew(measure.ref for measure in measures)
