"""Importing tables of numbers: all of the files given, or with one bad line nothing of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain, islice

from django.utils import timezone
from django.utils.translation import gettext as _

from measures import rules
from measures.exchange.entries import Entry, read_entry
from measures.exchange.events import days_words
from measures.exchange.labels import day_of, read_period
from measures.exchange.numbers import read_number
from measures.exchange.tables import Mistake, Table, TableLine
from measures.models import DefinitionWords, Measure
from measures.sentences.periods import label as period_label
from measures.services.entry.cells import Cell
from measures.services.entry.imports import tables
from measures.services.entry.imports.dated import DatedLines
from measures.services.entry.imports.tables import ImportTally
from organizations.models import Collaborative, Organization, User
from p2.columns.folding import fold
from p2.words.identifiers import find_identifiers

MOST_TOLD = 100
"""Mistakes told in full; a file with more has one cause for many of them."""

LINES_A_STEP = 10_000

LONGEST_NAME = 300
"""Characters that are compared: every name is shorter. What a file repeats is read once, and forgotten in time."""

_folded = lru_cache(maxsize=10_000)(fold)
_period = lru_cache(maxsize=10_000)(read_period)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import changed, or as a rehearsal would change; with a mistake it changes nothing."""

    new: int
    changed: int
    same: int
    mistakes: tuple[Mistake, ...]  # at most MOST_TOLD
    mistakes_found: int
    warnings: tuple[Mistake, ...] = ()  # words that look like a patient's identifier; at most MOST_TOLD


def load(
    collaborative: Collaborative,
    files: Sequence[Table],
    *,
    by: User | None = None,
    at: datetime | None = None,
    is_rehearsal: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write the numbers of these files into the collaborative's measures, through the one verb for numbers.

    `by` must be allowed to record for every organization named; None is the site itself, at its console.
    `progress` is told (lines read, lines in all) every so often.
    """
    at = at or timezone.now()
    mistakes = [mistake for file in files for mistake in file.mistakes]
    reader = _Reader(_Directory(collaborative), by, at)
    for line in _told([line for file in files for line in file.lines], progress):
        try:
            reader.read(line)
        except ValueError as wrong:
            mistakes.append(Mistake(line.file, line.number, str(wrong)))
    tally = tables.record(reader.cells, by=by, at=at, is_rehearsal=is_rehearsal or bool(mistakes))
    for refusal in tally.refused:
        line = reader.lines[refusal.cell.measure_id, refusal.cell.period]
        mistakes.append(Mistake(line.file, line.number, str(refusal)))
    mistakes.sort(key=lambda mistake: (mistake.file, mistake.number))
    told = tuple(mistakes[:MOST_TOLD])
    warned = tuple(islice(chain(_gone(tally, reader), _warned(files)), MOST_TOLD))
    return ImportReport(tally.new, tally.changed, tally.same, told, len(mistakes), warned)


def _gone(tally: ImportTally, reader: "_Reader") -> Iterator[Mistake]:
    """Events that stand and that the file has no more: its lines are all of their month."""
    for cell, days in tally.gone:
        line = reader.lines[cell.measure_id, cell.period]
        said = {"measure": line.measure, "days": days_words(days)}
        yield Mistake(
            line.file,
            line.number,
            _("%(measure)s: this file takes out the events of %(days)s.") % said,
        )


def _warned(files: Sequence[Table]) -> Iterator[Mistake]:
    """Notes and reasons that look like a patient's identifier: told without its digits, and imported all the same."""
    for line in (line for file in files for line in file.lines if line.note or line.why):
        for one in find_identifiers(f"{line.note}\n{line.why}"):
            yield Mistake(line.file, line.number, one.masked.sentence)


def _told(lines: list[TableLine], progress: Progress | None) -> Iterator[TableLine]:
    for count, line in enumerate(lines):
        if progress and count and count % LINES_A_STEP == 0:
            progress(count, len(lines))
        yield line


class _Reader:
    """Turns lines into cells, one by one; `lines` remembers where each cell stood."""

    def __init__(self, directory: "_Directory", by: User | None, at: datetime) -> None:
        self.directory, self.by, self.dated = directory, by, DatedLines(at)
        self.numbers: list[Cell] = []
        self.lines: dict[tuple[int, date], TableLine] = {}

    def read(self, line: TableLine) -> None:
        organization = self.directory.organization(line.organization)
        if self.by and not rules.may_record(self.by, organization):
            raise ValueError(
                _("%(by)s may not record numbers for %(organization)s.")
                % {"by": self.by, "organization": organization}
            )
        measure = self.directory.measure(organization, line.measure)
        words = measure.words
        if line.event:
            self._read_event(measure, line)
            return
        period = _period(line.period, words.frequency)
        if words.is_dated:
            _ensure_no_event(line, period)
        self._stand(measure, period, line)
        self.numbers.append(Cell(measure.pk, period, _entry(line, words), why=line.why))

    @property
    def cells(self) -> list[Cell]:
        return [*self.numbers, *self.dated.cells()]

    def _read_event(self, measure: Measure, line: TableLine) -> None:
        place = self.dated.read(measure, line)
        if self.dated.months[place].line is line:
            self._stand(measure, place[1], line)

    def _stand(self, measure: Measure, period: date, line: TableLine) -> None:
        """Remember where a period stands; one that stands twice is a mistake."""
        if before := self.lines.get((measure.pk, period)):
            frequency = measure.words.frequency
            named = {"period": period_label(period, frequency, long=True), "measure": measure}
            raise ValueError(_stands_twice(line, before, named))
        self.lines[measure.pk, period] = line


def _ensure_no_event(line: TableLine, period: date) -> None:
    """A number of days for a whole period is taken as it always was; an event's own day is not its period."""
    day = day_of(line.period)
    if day and day != period:
        raise ValueError(
            _(
                "“%(day)s” is the day of an event: write it in the column “event”. A number of days is for a whole "
                "period."
            )
            % {"day": line.period}
        )


def _stands_twice(line: TableLine, before: TableLine, named: dict[str, object]) -> str:
    """Where the same number stood before; its file is named where it is another one."""
    said = {**named, "file": before.file, "number": before.number}
    if before.file == line.file:
        return _("%(period)s of %(measure)s stands on line %(number)s already. Keep one of the two.") % said
    return (
        _("%(period)s of %(measure)s stands on %(file)s, line %(number)s already. Keep one of the two.")
        % said
    )


def _entry(line: TableLine, words: DefinitionWords) -> Entry:
    entry = read_entry(
        words,
        numerator=line.numerator,
        denominator=line.denominator,
        value=line.value,
        no_data=line.no_data,
        note=line.note or None,
    )
    if entry.is_empty:
        raise ValueError(_("There is no number on this line, and no reason for missing data."))
    if line.sd:
        entry = replace(entry, sd=read_number(line.sd))
    if line.size:
        size = read_number(line.size)
        if size != size.to_integral_value() or not 0 < size < 2**31:
            raise ValueError(_("“%(size)s” is no subgroup size: it takes 1, 2, 3 …") % {"size": line.size})
        entry = replace(entry, size=int(size))
    return entry


class _Directory:
    """The organizations and measures of a collaborative by everything that people call them."""

    def __init__(self, collaborative: Collaborative) -> None:
        self.collaborative = collaborative
        self.organizations: dict[str, Organization] = {}
        self.measures: dict[int, dict[str, Measure]] = {}
        homes: dict[int, Organization] = {}
        for organization in collaborative.organizations.select_related("collaborative"):
            self.measures[organization.pk] = {}
            homes[organization.pk] = organization
            for name in _names(organization):
                self.organizations.setdefault(fold(name), organization)
        kept = Measure.objects.filter(organization__collaborative=collaborative).kept()
        for measure in kept.select_related("definition"):
            measure.organization = homes[measure.organization_id]
            known = self.measures[measure.organization_id]
            known[fold(measure.ref)] = known[fold(str(measure))] = measure

    def organization(self, text: str) -> Organization:
        if not text:
            raise ValueError(_("The organization is missing: write its name, its code or its ref."))
        if found := self.organizations.get(_folded(text[:LONGEST_NAME])):
            return found
        near = get_close_matches(_folded(text[:200]), self.organizations, n=1)
        said: dict[str, object] = {"text": text[:80], "collaborative": self.collaborative}
        if not near:
            raise ValueError(_("There is no organization “%(text)s” in %(collaborative)s.") % said)
        said["near"] = self.organizations[near[0]].name
        raise ValueError(
            _("There is no organization “%(text)s” in %(collaborative)s. Did you mean %(near)s?") % said
        )

    def measure(self, organization: Organization, text: str) -> Measure:
        if not text:
            raise ValueError(_("The measure is missing: write its name or its ref."))
        known = self.measures[organization.pk]
        if found := known.get(_folded(text[:LONGEST_NAME])):
            return found
        near = get_close_matches(_folded(text[:200]), known, n=1)
        said: dict[str, object] = {"organization": organization, "text": text[:80]}
        if not near:
            raise ValueError(_("%(organization)s has no measure “%(text)s”.") % said)
        said["near"] = known[near[0]]
        raise ValueError(_("%(organization)s has no measure “%(text)s”. Did you mean %(near)s?") % said)


def _names(organization: Organization) -> list[str]:
    names = [organization.ref, organization.code, organization.name, organization.short_name]
    return [name for name in names if name]
