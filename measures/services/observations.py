"""Numbers are written here and nowhere else: by the sheet, the paste, the import and the demo."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from measures import rules
from measures.exchange.entries import Entry
from measures.models import Measure, Month, Observation
from measures.selectors.limits import numbers_before, outlier_sentence
from measures.services.desk import Cell, Desk, EntryRefused, ReasonMissing, TwoEntries
from organizations.models import User
from p2 import audit, jobs
from p2.errors import RuleViolation, ensure
from p2.stamps import store as stamps

__all__ = [
    "Cell",
    "EntryRefused",
    "ReasonMissing",
    "Saved",
    "Tally",
    "TwoEntries",
    "bump",
    "confirm",
    "record",
    "record_each",
    "record_many",
    "record_table",
]

CELLS_AT_ONCE = 10_000
"""Cells of a table on the desk at one time: it bounds the memory, not the table."""


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


@dataclass(slots=True)
class Tally:
    """What a table changes, and the cells that it may not."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[EntryRefused] = field(default_factory=list)


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
def record_many(cells: Sequence[Cell], *, by: User | None, at: datetime | None = None) -> list[Saved]:
    """Write down all of the cells or none of them. The number of queries does not grow with the cells.

    Raises
    ------
    EntryRefused
        For the first cell that breaks a rule (ReasonMissing, TwoEntries among them); nothing is written.
    """
    at = at or timezone.now()
    desk = Desk.opened_for(cells, by=by, at=at)
    for cell in cells:
        desk.write(cell)
    _file(desk)
    return [_outcome(desk, cell) for cell in cells]


@transaction.atomic
def record_each(
    cells: Sequence[Cell], *, by: User | None, at: datetime | None = None
) -> list[Saved | EntryRefused]:
    """Write down every cell that may be; each of the others answers for itself. Queries as in `record_many`."""
    at = at or timezone.now()
    desk = Desk.opened_for(cells, by=by, at=at)
    refusals: dict[Cell, EntryRefused] = {}
    for cell in cells:
        try:
            desk.write(cell)
        except EntryRefused as refusal:
            refusals[cell] = refusal
    _file(desk)
    return [refusals.get(cell) or _outcome(desk, cell) for cell in cells]


@transaction.atomic
def record_table(
    cells: Sequence[Cell], *, by: User | None, at: datetime | None = None, is_rehearsal: bool = False
) -> Tally:
    """Write down a whole table, or with one refused cell, or as a rehearsal, nothing of it.

    Unlike `record_many` it tells every refused cell, and not what became of each of the others.
    """
    at, tally = at or timezone.now(), Tally()
    for portion in _portions(cells):
        desk = Desk.opened_for(portion, by=by, at=at)
        for cell in portion:
            _weigh(desk, cell, tally)
        if not tally.refused and not is_rehearsal:
            _file(desk)
    if tally.refused:
        transaction.set_rollback(True)
    return tally


def _portions(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The cells by measure, so that no series is read twice."""
    series: dict[int, list[Cell]] = {}
    for cell in cells:
        series.setdefault(cell.measure_id, []).append(cell)
    portion: list[Cell] = []
    for of_one_measure in series.values():
        if portion and len(portion) + len(of_one_measure) > CELLS_AT_ONCE:
            yield portion
            portion = []
        portion += of_one_measure
    if portion:
        yield portion


def _weigh(desk: Desk, cell: Cell, tally: Tally) -> None:
    was_there = (cell.period, cell.ordinal) in desk.series[cell.measure_id]
    try:
        desk.write(cell)
    except EntryRefused as refusal:
        tally.refused.append(refusal)
    else:
        if not desk.changes[cell]:
            tally.same += 1
        elif was_there:
            tally.changed += 1
        else:
            tally.new += 1


@transaction.atomic
def confirm(
    measure: Measure, period: date, *, by: User, at: datetime | None = None, have: int | None = None
) -> Observation:
    """A person says that a number outside the measure's own limits is right.

    `have` is the version that the person saw; None who did not look.
    """
    ensure(rules.may_record(by, measure.organization))
    observation = (
        Observation.objects.select_for_update().filter(measure=measure, period=period, ordinal=0).first()
    )
    if observation is None or have not in {None, observation.version}:
        raise RuleViolation("Somebody changed this number meanwhile. Load the sheet again.")
    observation.is_confirmed = True
    observation.save(update_fields=["is_confirmed"])
    audit.record(
        "confirmed",
        measure,
        by=by,
        at=at,
        changes={f"{period}": (None, observation.words)},
    )
    return observation


def _file(desk: Desk) -> None:
    """Write what lies on the desk and let the charts follow."""
    desk.file()
    if desk.touched:
        bump([desk.measures[pk] for pk in desk.touched])
        for pk in desk.touched:
            desk.measures[pk].series_version += 1


def _outcome(desk: Desk, cell: Cell) -> Saved:
    measure = desk.measures[cell.measure_id]
    rows = desk.series[measure.pk]
    series = tuple(rows[key] for key in sorted(rows))
    observation = rows.get((cell.period, cell.ordinal))
    warning = ""
    if observation:
        earlier = numbers_before(measure, (cell.period, cell.ordinal), series)
        warning = outlier_sentence(measure, observation, earlier)
    months = {
        period: month
        for (organization, period), month in desk.months.items()
        if organization == measure.organization_id
    }
    return Saved(measure, observation, desk.changes[cell], warning, series, months)


def bump(measures: Collection[Measure]) -> None:
    """The series changed: its chart is stale until the worker has computed it. Called inside a verb's transaction."""
    ids = [measure.pk for measure in measures]
    Measure.objects.filter(pk__in=ids).update(series_version=F("series_version") + 1)
    jobs.enqueue("measures.refresh_charts")
    stamps.renew(measure.ref for measure in measures)
