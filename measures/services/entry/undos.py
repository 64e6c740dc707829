"""What a person saved is taken back in one step: by corrections of its own, so that the history keeps both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import periods, rules
from measures.exchange.entries import Entry
from measures.exchange.events import days_words
from measures.models import Correction, Measure, Observation
from measures.selectors.months import binding
from measures.selectors.sheet_place import loggable, place_of
from measures.services.entry import events, observations
from measures.services.entry.cells import FIELDS, Cell, EntryRefused, ReasonMissing, TwoEntries
from organizations.models import Organization, User
from p2.errors import RuleViolation, ensure

KEPT = timedelta(hours=24)
"""How long what was saved can be undone in one step."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be undone: one save, by its instant, or all that a person saved for a period of late."""

    period: date
    frequency: str
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One cell: what stands now and what stood before. `sentence` is why it is left as it is."""

    measure: Measure
    latest: Correction
    before: Correction  # its old numbers are those that come back
    is_closed: bool = False  # its month
    sentence: str = ""
    days: tuple[date, ...] | None = None  # of the events that stand, where they are logged by date
    days_before: tuple[date, ...] | None = None

    @property
    def now_words(self) -> str:
        """What stands now."""
        return days_words(self.days or ()) or self.latest.new_words

    @property
    def back_words(self) -> str:
        """What comes back."""
        return days_words(self.days_before or ()) or self.before.old_words

    @property
    def entry(self) -> Entry:
        """What stood before, with the note of a cell that was cleared; empty where nothing did."""
        cleared_note = None if self.latest.new_words else self.latest.old_note or None
        return Entry(**{name: getattr(self.before, f"old_{name}") for name in FIELDS}, note=cleared_note)

    @property
    def cell(self) -> Cell:
        """Aimed at the version that the undone save left."""
        place = self.measure.pk, self.latest.period, self.entry, self.latest.ordinal
        return Cell(*place, have=self.latest.version, days=self.days_before)

    @property
    def needs_reason(self) -> bool:
        return self.is_closed and self.latest.version > 0


@dataclass(frozen=True, slots=True)
class Undo:
    """What an undo takes back, cell by cell, and what it leaves."""

    steps: tuple[Step, ...] = ()
    left: tuple[Step, ...] = ()

    @property
    def needs_reason(self) -> bool:
        return any(step.needs_reason for step in self.steps)


def plan(organization: Organization, batch: Batch, *, by: User, at: datetime | None = None) -> Undo:
    """What an undo would take back now. Four queries, whatever its size.

    Raises
    ------
    RuleViolation
        When the save was made too long ago.
    """
    at = at or timezone.now()
    ensure(rules.may_record(by, organization))
    if batch.saved_at and batch.saved_at < at - KEPT:
        raise RuleViolation(
            _("This was saved more than 24 hours ago. Correct the numbers on the sheet instead.")
        )
    measures = {one.pk: one for one in loggable(by).filter(organization=organization)}
    rows = _corrections(measures, batch, at)
    steps = [
        _step(measures[chain[0].measure_id], chain, batch, by)
        for chain in _chains(row for row in rows if not measures[row.measure_id].words.is_dated)
        if any(_is_undone(row, batch, by) for row in chain)
    ]
    steps += _dated_steps(measures, rows, batch, by)
    steps = [step for step in steps if step.sentence or not _is_back_already(step)]
    steps = _kept_with_notes(_closed(steps, organization, at))
    return Undo(
        tuple(step for step in steps if not step.sentence), tuple(step for step in steps if step.sentence)
    )


@dataclass(slots=True)
class Undone:
    """What became of an undo."""

    count: int = 0
    left: list[Step] = field(default_factory=list)


@transaction.atomic
def take_back(
    organization: Organization, batch: Batch, *, why: str = "", by: User, at: datetime | None = None
) -> Undone:
    """Put back what stood before. What was changed since, or may not be put back, is left and named.

    Raises
    ------
    ReasonMissing
        When a number of a closed month would change without a reason; nothing is written.
    RuleViolation
        When there is nothing to take back.
    """
    at = at or timezone.now()
    planned = plan(organization, batch, by=by, at=at)
    undone = Undone(left=list(planned.left))
    cells = [replace(step.cell, why=why if step.is_closed else "") for step in planned.steps]
    results = (
        observations.record_each(cells, by=by, at=at, known=[step.measure for step in planned.steps])
        if cells
        else []
    )
    for step, result in zip(planned.steps, results, strict=True):
        if isinstance(result, ReasonMissing):
            raise result
        if isinstance(result, EntryRefused):
            undone.left.append(replace(step, sentence=_refused(result)))
        else:
            undone.count += result.is_changed
    if not undone.count and not undone.left:
        raise RuleViolation(_("There is nothing of yours to undo here."))
    return undone


def _corrections(measures: dict[int, Measure], batch: Batch, at: datetime) -> list[Correction]:
    """All corrections since the batch began, oldest first; where it is of one period, in this."""
    wanted = {pk for pk, one in measures.items() if one.words.frequency == batch.frequency}
    rows = Correction.objects.of_numbers().filter(measure__in=wanted, at__gte=batch.saved_at or at - KEPT)
    if batch.saved_at is None:
        rows = rows.filter(period__range=(batch.period, periods.last_day(batch.period, batch.frequency)))
    return list(rows.select_related("by").order_by("at", "id"))


def _chains(rows: Iterable[Correction]) -> list[list[Correction]]:
    """The corrections of every cell, oldest first."""
    chains: dict[tuple[int, date, int], list[Correction]] = {}
    for row in rows:
        chains.setdefault((row.measure_id, row.period, row.ordinal), []).append(row)
    return list(chains.values())


def _dated_steps(
    measures: dict[int, Measure], rows: Iterable[Correction], batch: Batch, by: User
) -> Iterator[Step]:
    """Of measures that are logged by dates a step a period, with the days that stand and those that come back."""
    dated = [row for row in rows if measures[row.measure_id].words.is_dated]
    changes = events.changes_of(dated, batch.frequency)
    undone = {
        place: those
        for place, those in changes.items()
        if any(_is_undone(one.correction, batch, by) for one in those)
    }
    standing = events.standing_in(undone, batch.frequency)
    for place, those in undone.items():
        chain = [one.correction for one in those]
        step, spots = _step(measures[place[0]], chain, batch, by), set(standing[place])
        days = tuple(day for day, _nth in sorted(spots))
        for one in reversed(those):
            if not _is_undone(one.correction, batch, by):
                break
            spots = spots - one.added | one.removed
        yield replace(step, days=days, days_before=tuple(day for day, _nth in sorted(spots)))


def _is_undone(row: Correction, batch: Batch, by: User) -> bool:
    return row.by_id == by.pk and batch.saved_at in {None, row.at}


def _step(measure: Measure, chain: list[Correction], batch: Batch, by: User) -> Step:
    latest = before = chain[-1]
    if not _is_undone(latest, batch, by):
        return Step(measure, latest, before, sentence=_changed_since(latest))
    for row in reversed(chain):
        if not _is_undone(row, batch, by):
            break
        before = row
    return Step(measure, latest, before)


def _is_back_already(step: Step) -> bool:
    are_days_back = step.days == step.days_before
    return are_days_back and all(
        getattr(step.before, f"old_{name}") == getattr(step.latest, f"new_{name}") for name in FIELDS
    )


def _closed(steps: list[Step], organization: Organization, at: datetime) -> list[Step]:
    """The steps, each told whether its month is closed."""
    if not steps:
        return []
    closing = [periods.closing_month(step.latest.period, step.measure.words.frequency) for step in steps]
    found = binding([organization.pk], min(closing), max(closing))
    months = {period: month for (_home, period), month in found.items()}
    first = steps[0]
    place = place_of(organization, first.latest.period, frequency=first.measure.words.frequency, at=at)
    return [replace(step, is_closed=place.is_closed(step.latest.period, months)) for step in steps]


def _kept_with_notes(steps: list[Step]) -> list[Step]:
    """A cell that would be emptied keeps its number while a note stands beside it: an undo takes back no words."""
    emptied = {step.measure.pk for step in steps if step.entry.is_empty and not step.sentence}
    if not emptied:
        return steps
    days = [step.latest.period for step in steps]
    noted = set(
        Observation.objects.filter(measure__in=emptied, period__range=(min(days), max(days)))
        .exclude(note="")
        .values_list("measure", "period", "ordinal")
    )
    return list(_told(steps, noted))


def _told(steps: list[Step], noted: set[tuple[int, date, int]]) -> Iterator[Step]:
    for step in steps:
        is_kept = step.entry.is_empty and step.cell.place in noted and not step.sentence
        yield replace(step, sentence=_("A note stands beside it.")) if is_kept else step


def _changed_since(latest: Correction) -> str:
    person = latest.by or "P2"
    if latest.new_words:
        return _("%(person)s saved %(words)s since.") % {"person": person, "words": latest.new_words}
    return _("%(person)s cleared it since.") % {"person": person}


def _refused(refusal: EntryRefused) -> str:
    if isinstance(refusal, TwoEntries) and refusal.theirs is None:
        return _("Somebody cleared it since.")
    if isinstance(refusal, TwoEntries) and refusal.theirs:
        said = {"person": refusal.theirs.recorded_by or _("Somebody"), "words": refusal.theirs.words}
        return _("%(person)s saved %(words)s since.") % said
    return str(refusal)
