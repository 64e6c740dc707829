"""A pasted block before it is saved: the sheet with what would change in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.exchange.headings import both_days
from measures.exchange.pieces import Laid
from measures.models import EVENT_KEYS, Measure, NoData, Observation
from measures.pages.unusual import as_saved, unusual
from measures.selectors.charts import figure, live_spark
from measures.selectors.readings import Spark
from measures.selectors.sheet_place import dated_head
from measures.sentences.periods import label as period_label
from measures.services.pastes import REASONS, Paste, Proposed, Where

MOST_NAMED = 4
FIRSTS = 60
"""Months that are offered as the block's first one."""


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
class Line:
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
class Choice:
    """One answer to a question."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What the block leaves open, with its answers, the safe one first."""

    name: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The page: `columns` are periods with their heads, `firsts` the periods that the block may begin with."""

    paste: Paste
    firsts: tuple[tuple[date, str], ...]
    columns: tuple[tuple[date, str], ...]
    lines: tuple[Line, ...]
    measures: int
    months: int
    undated: tuple[str, ...]
    changes: tuple[tuple[str, int], ...]  # which measures change, in how many numbers
    unusual: tuple[LeftOut, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]
    shown: str  # the answers that this page shows, but for the reason


def preview(paste: Paste) -> Preview:
    """The rows of a compared block. It asks the database nothing."""
    laid, columns, new = paste.laid, _columns(paste), as_saved(paste)
    latest = paste.place.period if laid is None or laid.first is None else max(paste.place.period, laid.first)
    return Preview(
        paste=paste,
        firsts=firsts(latest, paste.place.frequency),
        columns=tuple(
            (period, dated_head(period, paste.place, is_first=at == 0)) for at, period in enumerate(columns)
        ),
        lines=_lines(paste, columns, new),
        measures=len({cell.measure.pk for cell in paste.cells.values()}),
        months=len({cell.period for cell in paste.cells.values()}),
        undated=tuple(laid.undated) if laid else (),
        changes=tuple(Counter(str(cell.measure) for cell in paste.written).items()),
        unusual=tuple(_left_out(cell, paste) for cell in unusual(paste, new)),
        left_out=tuple(_left_out(cell, paste) for cell in paste.of_kind("left-out")),
        questions=tuple(_questions(paste)),
        shown=_shown(paste),
    )


def answers(given: Mapping[str, str]) -> str:
    """What a person answered of how the block lies, as `Preview.shown` has what the page showed."""
    return " ".join(given.get(name) or "none" for name in ("way", "first", "onto", "order"))


def _shown(paste: Paste) -> str:
    laid = paste.laid
    if laid is None:
        return ""
    chosen = {one.name: next((c.value for c in one.choices if c.is_chosen), "") for one in _questions(paste)}
    if not laid.is_decided:
        chosen["way"] = "down" if laid.is_down else "across"
    if not laid.has_dates and laid.first:
        chosen["first"] = f"{laid.first}"
    return answers(chosen)


def _questions(paste: Paste) -> Iterator[Question]:
    laid = paste.laid
    if laid and laid.onto:
        yield _onto(laid, [str(paste.measures[at]) for at in laid.onto], is_spread=paste.is_spread)
    if laid and laid.doubtful_day:
        yield _order(laid.doubtful_day, paste.is_month_first)
    if missing := [cell for cell in paste.cells.values() if cell.is_missing]:
        yield _reason(missing, paste.reason)


def _onto(laid: Laid, names: list[str], *, is_spread: bool) -> Question:
    if laid.is_down:
        asked = ngettext(
            "%(count)s column has no measure’s name",
            "%(count)s columns have no measure’s name",
            laid.nameless,
        )
    else:
        asked = ngettext(
            "%(count)s row has no measure’s name", "%(count)s rows have no measure’s name", laid.nameless
        )
    safe = _("only the first, on %(measure)s") % {"measure": names[0]} if laid.keeps_first else _("left out")
    choices = (
        Choice("first", safe, not is_spread),
        Choice("all", _("laid on %(measures)s") % {"measures": _listed(names)}, is_spread),
    )
    return Question("onto", asked % {"count": laid.nameless}, choices)


def _listed(names: list[str]) -> str:
    """Names in a sentence, the first few of them."""
    if len(names) == 1:
        return names[0]
    if len(names) > MOST_NAMED:
        said = {"names": ", ".join(names[:MOST_NAMED]), "number": len(names) - MOST_NAMED}
        return _("%(names)s and %(number)d more") % said
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _order(label: str, is_month_first: bool | None) -> Question:
    month_first, day_first = (format_date(day, "j F Y") for day in both_days(label))
    choices = [
        Choice("month", _("%(day)s, month first") % {"day": month_first}, is_month_first is True),
        Choice("day", _("%(day)s, day first") % {"day": day_first}, is_month_first is False),
    ]
    if is_month_first is None:
        choices.insert(0, Choice("", _("Choose …"), is_chosen=True))
    return Question("order", _("“%(label)s” is") % {"label": label[:40]}, tuple(choices))


def _reason(missing: list[Proposed], chosen: str) -> Question:
    asked = ngettext(
        "%(count)s cell has no number (“%(words)s”)",
        "%(count)s cells have no number (“%(words)s” …)",
        len(missing),
    )
    choices = [Choice("", _("left out"), not chosen)]
    for reason in REASONS:
        words = _("no data: %(reason)s") % {"reason": reason.label}
        choices.append(Choice(reason.value, words, reason == chosen))
    return Question("reason", asked % {"count": len(missing), "words": missing[0].words[:14]}, tuple(choices))


def firsts(latest: date, frequency: str) -> tuple[tuple[date, str], ...]:
    """The periods that a block may begin with, newest first, with their names."""
    found = (periods.following(latest, frequency, -step) for step in range(FIRSTS))
    return tuple((period, period_label(period, frequency, long=True)) for period in found)


def shown_words(row: Observation | None, measure: Measure) -> str:
    """A number as the sheet's columns show it."""
    if row is None:
        return ""
    shown = row.shown(measure.words)
    if shown is not None:
        return figure(measure, shown)
    if row.no_data in EVENT_KEYS:
        return str(NoData(row.no_data).label)
    return _("n/d") if row.no_data != NoData.NONE else ""


def _columns(paste: Paste) -> tuple[date, ...]:
    """The sheet's own months where the block lies inside them, else those of the block."""
    block = {cell.period for cell in paste.cells.values()}
    return paste.place.periods if block <= set(paste.place.periods) else tuple(sorted(block))


def _lines(paste: Paste, columns: tuple[date, ...], new: Mapping[Where, Observation]) -> tuple[Line, ...]:
    touched = {cell.measure.ref for cell in paste.cells.values()}
    is_sheet = columns == paste.place.periods
    return tuple(
        _line(paste, measure, columns, new)
        for measure in paste.measures
        if is_sheet or measure.ref in touched
    )


def _line(
    paste: Paste, measure: Measure, columns: tuple[date, ...], new: Mapping[Where, Observation]
) -> Line:
    standing = {period: row for (ref, period), row in paste.observations.items() if ref == measure.ref}
    cells = tuple(
        _cell(paste.cells.get(where), standing.get(where[1]), new.get(where), measure)
        for where in ((measure.ref, period) for period in columns)
    )
    series = [standing[period] for period in sorted(standing)]
    return Line(measure, cells, _words(cells), live_spark(measure, series))


def _cell(
    proposed: Proposed | None, standing: Observation | None, new: Observation | None, measure: Measure
) -> ProposedCell:
    stands = shown_words(standing, measure)
    if proposed is None:
        has_no_data = standing is not None and standing.no_data not in {NoData.NONE, *EVENT_KEYS}
        return ProposedCell("", stands, has_no_data=has_no_data)
    words, whole = proposed.words, ""
    if new:
        words = shown_words(new, measure)
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
