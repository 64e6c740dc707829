"""Lines of a file that tell event dates. Those of one month are all the events of that month, as a cell's are."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from measures import periods
from measures.exchange.entries import Entry
from measures.exchange.events import Told, checked_days, day_in_full, read_events
from measures.exchange.labels import read_period
from measures.exchange.tables import TableLine
from measures.models import DefinitionWords, Measure, NoData, today_in
from measures.sentences.periods import label as period_label
from measures.services.entry.cells import Cell


@dataclass(slots=True)
class DatedMonth:
    """What the lines of a month say together, so far."""

    line: TableLine  # the first of them
    days: list[date] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    why: str = ""


class DatedLines:
    """Reads such lines one by one, and makes one cell of a month's."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.months: dict[tuple[int, date], DatedMonth] = {}

    def read(self, measure: Measure, line: TableLine) -> tuple[int, date]:
        """Take one line; answer the measure and the period that it is about."""
        words = measure.words
        if not words.is_dated:
            raise ValueError(
                _("%(measure)s is no time between events: it takes no event dates.") % {"measure": measure}
            )
        if line.no_data:
            raise ValueError(_("This line has an event and a reason for no data. Keep one of the two."))
        period, told = _told(line, words)
        checked_days(told.days, words, period, today_in(measure.organization.time_zone, self.at))
        place = measure.pk, period
        month = self.months.get(place)
        if month:
            _ensure_one_story(month, told, line, period_label(period, words.frequency, long=True))
        month = self.months.setdefault(place, DatedMonth(line))
        month.days += told.days
        month.notes += [line.note] if line.note and line.note not in month.notes else []
        month.why = month.why or line.why
        return place

    def cells(self) -> list[Cell]:
        """One for each month."""
        return [
            Cell(
                measure,
                period,
                Entry(
                    no_data=NoData.EVENTS if month.days else NoData.NO_EVENTS,
                    note="\n".join(month.notes) or None,
                ),
                why=month.why,
                days=tuple(sorted(month.days)),
            )
            for (measure, period), month in self.months.items()
        ]


def _told(line: TableLine, words: DefinitionWords) -> tuple[date, Told]:
    """The period of a line, and the dates in it; none where the line says so."""
    if not line.period:
        day = day_in_full(line.event)
        return periods.start_of(day, words.frequency), Told(days=(day,))
    period = read_period(line.period, words.frequency)
    told = read_events(line.event, words, period)
    if told.number:
        raise ValueError(
            _("“%(shown)s” is a number of days: it stands in the column “value”. Event dates stand here.")
            % {"shown": line.event[:40]}
        )
    return period, told


def _ensure_one_story(month: DatedMonth, told: Told, line: TableLine, period: str) -> None:
    """A month's events stand in one file, so that a file read twice does not double them, or there were none."""
    said = {"period": period, "file": month.line.file, "number": month.line.number}
    if month.line.file != line.file:
        raise ValueError(
            _("Events of %(period)s stand on %(file)s, line %(number)s already. Keep them in one file.")
            % said
        )
    if told.is_none or not month.days:
        raise ValueError(
            _("Line %(number)s says something else of %(period)s: there were events, or there were none.")
            % said
        )
