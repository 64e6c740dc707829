"""What a month asks of the measures of one frequency, and which of its numbers are asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from measures import periods
from measures.models import Measure, MeasureQuerySet
from measures.selectors.completeness.counting import Filled
from measures.selectors.limits import outside
from measures.selectors.months import asked, days_logged, has_no_data, is_in
from measures.sentences.periods import label as period_label
from p2.spanning.rows import StripCell

OUTSIDE = "outside-limits"

LOOK_BACK = 4
"""Months that are still asked for; what is missing before them is history."""

Question = tuple[int, date]
"""A measure and a period, whose number is outside its limits and was not answered."""


@dataclass(slots=True)
class Strip:
    """What a month asks of the measures of one frequency: the period of their sheet, and their cells."""

    month: Filled
    frequency: str
    period: date
    cells: list[StripCell] = field(default_factory=list)
    questions: list[date] = field(default_factory=list)  # periods of the month's numbers that are asked about
    logged: int = 0  # days of the daily measures that have a number or a reason
    days: int = 0  # of the days that they were kept

    @property
    def missing(self) -> int:
        return sum(cell.state == "due" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Numbers of a month that is not asked for yet, or that asks nothing of them, and are asked about."""

    month: Filled  # of the same organization
    frequency: str
    period: date  # the month that they are due with
    questions: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A number that a month asks for: whose it is, and its state."""

    pk: int
    deciding: date
    organization: int
    month: date
    frequency: str
    state: str
    name: str
    stratum: str
    counted_from: date
    logged: int | None

    @property
    def place(self) -> tuple[int, date, str]:
        return self.organization, self.month, self.frequency

    def cell(self, questions: Sequence[date]) -> StripCell:
        kind = OUTSIDE if questions and self.state != "due" else self.state
        return StripCell(kind, f"{self.name}, {self.stratum}" if self.stratum else self.name)


def strips(measures: MeasureQuerySet, months: Sequence[Filled]) -> tuple[list[Strip], list[Waiting]]:
    """What each month asks, by frequency, the cells in the sheet's order; and what else is asked about. Two queries.

    Numbers are asked about until somebody answers, in the months that are still asked for and in the running one.
    """
    if not months:
        return [], []
    known = [month.month.period for month in months]
    rows = [_Asked(*row) for row in _asked_rows(measures, known)]
    questions = _questions(measures, min(known), {row.pk: row.frequency for row in rows})
    by_month = {(month.organization, month.month.period): month for month in months}
    found: dict[tuple[int, date, str], Strip] = {}
    for row in rows:
        if (month := by_month.get((row.organization, row.month))) is None:
            continue
        strip = found.setdefault(row.place, Strip(month, row.frequency, row.deciding))
        own = questions.get((row.pk, row.month), [])
        strip.cells.append(row.cell(own))
        strip.questions += own
        if row.logged is not None:
            strip.logged += row.logged
            strip.days += (row.deciding - row.counted_from).days + 1
    return list(found.values()), _waiting(questions, rows, months, found)


def month_words(month: Filled) -> str:
    return period_label(month.month.period, periods.MONTH, long=True)


def _questions(
    measures: MeasureQuerySet, first: date, frequencies: Mapping[int, str]
) -> dict[tuple[int, date], list[date]]:
    """By measure and the month that it is due with, the periods of the numbers that are asked about."""
    within = Q(period__gte=periods.start_of(first, periods.QUARTER))
    found: dict[tuple[int, date], list[date]] = defaultdict(list)
    for pk, period in sorted(outside(measures, within)):
        month = periods.closing_month(period, frequencies.get(pk, periods.MONTH))
        if pk in frequencies and month >= first:
            found[pk, month].append(period)
    return found


def _waiting(
    questions: Mapping[tuple[int, date], Sequence[date]],
    rows: Iterable[_Asked],
    months: Iterable[Filled],
    found: Mapping[tuple[int, date, str], Strip],
) -> list[Waiting]:
    """The questions that no month of these asks together with its numbers."""
    places = {row.pk: (row.organization, row.frequency) for row in rows}
    homes = {month.organization: month for month in months}
    others: dict[tuple[int, date, str], list[date]] = defaultdict(list)
    for (pk, month), asked_about in questions.items():
        organization, frequency = places[pk]
        if (organization, month, frequency) not in found and organization in homes:
            others[organization, month, frequency] += asked_about
    return [
        Waiting(homes[organization], frequency, month, tuple(sorted(asked_about)))
        for (organization, month, frequency), asked_about in sorted(others.items())
    ]


def _asked_rows(measures: MeasureQuerySet, known: Sequence[date]) -> QuerySet[Measure, Any]:
    """Each number that these months ask for, in the sheet's order: what it is of, and its state."""
    state = Case(
        When(has_no_data(), then=Value("no-data")),
        When(is_in(), then=Value("saved")),
        default=Value("due"),
        output_field=CharField(),
    )
    return (
        asked(measures, since=min(known), until=max(known))
        .annotate(state=state, logged=days_logged())
        .order_by("position", "name")
        .values_list(
            "pk",
            "deciding",
            "organization",
            "month",
            "definition__frequency",
            "state",
            "name",
            "stratum_label",
            "counted_from",
            "logged",
        )
    )
