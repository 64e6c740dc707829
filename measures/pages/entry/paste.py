"""A pasted block before it is saved: the sheet with what would change in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from measures import periods
from measures.exchange.events import days_short, days_words
from measures.models import EVENT_KEYS, Measure, NoData, Observation
from measures.pages.entry.paste_questions import PasteQuestion, questions, shown
from measures.pages.entry.unusual import as_saved, unusual
from measures.selectors.charts import figure, live_spark
from measures.selectors.readings import Spark
from measures.selectors.sheet_place import dated_head
from measures.sentences.periods import counted as counted_periods
from measures.sentences.periods import label as period_label
from measures.sentences.periods import short_days
from measures.services.entry.pastes import Paste, Proposed, Where
from p2.words.listing import listed

FIRSTS = 60
"""Months that are offered as the block's first one."""
NAMED = 6
"""Measures that change, named at most."""


@dataclass(frozen=True, slots=True)
class ProposedCell:
    """One cell of the preview: what stands, and what the block proposes; kind "" outside the block."""

    kind: str
    standing: str
    words: str = ""
    sentence: str = ""
    has_no_data: bool = False  # what stands is a reason, not a number
    whole: str = ""  # the proposed numbers in full, where the cell shows them divided or rounded

    @property
    def is_written(self) -> bool:
        return self.kind in {"new", "changed"}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One measure of the preview."""

    measure: Measure
    cells: tuple[ProposedCell, ...]
    words: str
    spark: Spark

    @property
    def is_left_out(self) -> bool:
        return not any(cell.is_written for cell in self.cells) and any(
            cell.kind == "left-out" for cell in self.cells
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What cannot be saved or is unusual, where it was meant for, and why."""

    words: str
    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangedDates:
    """Which events of a period come, and which go."""

    where: str
    new: str
    gone: str

    @property
    def words(self) -> str:
        said = {"where": self.where, "new": self.new, "gone": self.gone}
        if self.new and self.gone:
            return _("%(where)s. New: %(new)s. Gone: %(gone)s.") % said
        return (_("%(where)s. New: %(new)s.") if self.new else _("%(where)s. Gone: %(gone)s.")) % said


@dataclass(frozen=True, slots=True)
class Preview:
    """The page: `columns` are periods, their heads and dates, `firsts` the periods that the block may begin with."""

    paste: Paste
    firsts: tuple[tuple[date, str], ...]
    columns: tuple[tuple[date, str, str], ...]
    lines: tuple[PreviewLine, ...]
    measures: int
    periods: int
    undated: tuple[str, ...]
    changes: tuple[tuple[str, int], ...]  # which measures change, in how many numbers
    dates: tuple[ChangedDates, ...]  # of measures that are logged by event dates
    unusual: tuple[LeftOut, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[PasteQuestion, ...]
    shown: str  # the answers that this page shows, but for the reason

    @property
    def changes_words(self) -> str:
        """ "Falls (3), Waits (2) and 4 more"."""
        named = listed(
            pgettext("a measure and how many of its numbers", "%(name)s (%(count)d)")
            % {"name": name, "count": count}
            for name, count in self.changes[:NAMED]
        )
        more = len(self.changes) - NAMED
        if more <= 0:
            return named
        words = ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
        return words % {"names": named, "count": more}

    @property
    def periods_words(self) -> str:
        """ "3 weeks"."""
        return counted_periods(self.periods, self.paste.place.frequency)

    @property
    def first_words(self) -> str:
        """The first period of the block, "January 2004"; empty where it has none."""
        first = self.paste.laid.first if self.paste.laid else None
        return period_label(first, self.paste.place.frequency, long=True) if first else ""

    @property
    def undated_words(self) -> str:
        """The labels in which no date is read."""
        return listed(
            _("“%(label)s”") % {"label": Truncator(label).chars(24)} if label else _("a blank label")
            for label in self.undated
        )


def preview(paste: Paste) -> Preview:
    """The rows of a compared block. It asks the database nothing."""
    laid, columns, new = paste.laid, _columns(paste), as_saved(paste)
    latest = paste.place.period if laid is None or laid.first is None else max(paste.place.period, laid.first)
    return Preview(
        paste=paste,
        firsts=firsts(latest, paste.place.frequency),
        columns=tuple(
            (
                period,
                dated_head(period, paste.place, is_first=at == 0),
                short_days(period, paste.place.frequency),
            )
            for at, period in enumerate(columns)
        ),
        lines=_lines(paste, columns, new),
        measures=len({cell.measure.pk for cell in paste.cells.values()}),
        periods=len({cell.period for cell in paste.cells.values()}),
        undated=tuple(laid.undated) if laid else (),
        changes=_changes(paste),
        dates=_dates(paste),
        unusual=tuple(_left_out(cell, paste) for cell in unusual(paste, new)),
        left_out=tuple(_left_out(cell, paste) for cell in paste.of_kind("left-out")),
        questions=tuple(questions(paste)),
        shown=shown(paste),
    )


def _changes(paste: Paste) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for cell in paste.written:
        found[str(cell.measure)] += cell.count
    return tuple(found.items())


def firsts(latest: date, frequency: str) -> tuple[tuple[date, str], ...]:
    """The periods that a block may begin with, newest first, with their names."""
    found = (periods.following(latest, frequency, -step) for step in range(FIRSTS))
    return tuple((period, period_label(period, frequency, long=True)) for period in found)


def shown_words(row: Observation | None, measure: Measure, days: tuple[date, ...] = ()) -> str:
    """A number, or the days of a period's events, as the sheet's columns show it."""
    if row is None:
        return ""
    shown = row.shown(measure.words)
    if shown is not None:
        return figure(measure, shown)
    if row.no_data in EVENT_KEYS:
        return days_short(days)
    return _("n/d") if row.no_data != NoData.NONE else ""


def _columns(paste: Paste) -> tuple[date, ...]:
    """The sheet's own months where the block lies inside them, else those of the block."""
    block = {cell.period for cell in paste.cells.values()}
    return paste.place.periods if block <= set(paste.place.periods) else tuple(sorted(block))


def _lines(
    paste: Paste, columns: tuple[date, ...], new: Mapping[Where, Observation]
) -> tuple[PreviewLine, ...]:
    touched = {cell.measure.ref for cell in paste.cells.values()}
    is_sheet = columns == paste.place.periods
    return tuple(
        _line(paste, measure, columns, new)
        for measure in paste.measures
        if is_sheet or measure.ref in touched
    )


def _line(
    paste: Paste, measure: Measure, columns: tuple[date, ...], new: Mapping[Where, Observation]
) -> PreviewLine:
    standing = {period: row for (ref, period), row in paste.observations.items() if ref == measure.ref}
    cells = tuple(
        _cell(
            paste.cells.get(where), standing.get(where[1]), new.get(where), measure, paste.days.get(where, ())
        )
        for where in ((measure.ref, period) for period in columns)
    )
    series = [standing[period] for period in sorted(standing)]
    return PreviewLine(measure, cells, _words(cells), paste.place.axis.placed(live_spark(measure, series)))


def _cell(
    proposed: Proposed | None,
    standing: Observation | None,
    new: Observation | None,
    measure: Measure,
    days: tuple[date, ...],
) -> ProposedCell:
    stands = shown_words(standing, measure, days)
    if proposed is None:
        has_no_data = standing is not None and standing.no_data not in {NoData.NONE, *EVENT_KEYS}
        return ProposedCell("", stands, has_no_data=has_no_data)
    words, whole = proposed.words, ""
    if new:
        words = shown_words(new, measure, proposed.days or ())
        whole = new.words if _is_shown_short(new, measure) else ""
    return ProposedCell(proposed.kind, stands, words, proposed.sentence, whole=whole)


def _is_shown_short(row: Observation, measure: Measure) -> bool:
    """Whether a cell shows less than was pasted: a ratio divided, or a number rounded or multiplied."""
    definition = measure.words
    if row.value is None:
        return row.numerator is not None
    return definition.multiplier != 1 or round(row.value, definition.decimals) != row.value


def _words(cells: tuple[ProposedCell, ...]) -> str:
    """What the block does to a measure, in a word."""
    kinds = {cell.kind for cell in cells} - {""}
    if kinds & {"new", "changed"}:
        return _("Changed")
    return _("Left out") if "left-out" in kinds else _("Same") if kinds else ""


def _left_out(cell: Proposed, paste: Paste) -> LeftOut:
    period = period_label(cell.period, paste.place.frequency, long=True)
    return LeftOut(cell.words, f"{cell.measure}, {period}", cell.sentence)


def _dates(paste: Paste) -> tuple[ChangedDates, ...]:
    """By measure as the block has them, oldest period first."""
    changed = [cell for cell in paste.written if cell.days_new or cell.days_gone]
    order = {ref: at for at, (ref, _period) in reversed(list(enumerate(paste.cells)))}
    changed.sort(key=lambda cell: (order[cell.measure.ref], cell.period))
    return tuple(
        ChangedDates(
            f"{cell.measure}, {period_label(cell.period, paste.place.frequency, long=True)}",
            days_words(cell.days_new),
            days_words(cell.days_gone),
        )
        for cell in changed
    )
