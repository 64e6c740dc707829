"""Months × measures as a table: what its heads and cells say, for a download and where the same table comes back.

Heads and cells are English in every language. `measures.exchange.blocks` lays the table by these heads; a cell that
says more than a number is read here.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import override

from measures import periods
from measures.exchange.entries import reason_named
from measures.exchange.events import NONE
from measures.exchange.pieces import PERIOD_HEAD
from measures.models import REASONS, Measure, NoData, Observation, plain_digits, today_in
from measures.selectors.sheet_place import SheetPlace, in_order, loggable
from measures.services.entry import events
from organizations.models import Organization, User
from p2.columns.folding import fold

PERIODS_SHOWN = 24
NUMERATOR, DENOMINATOR, EVENT_DATES = "numerator", "denominator", "event dates"
NO_DATA = re.compile(r"no data \((.+)\)", re.IGNORECASE)
BETWEEN_DAYS = ", "


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A head a column, and a row a period, oldest first."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def month_table(
    organization: Organization, place: SheetPlace, *, by: User, count: int = PERIODS_SHOWN
) -> MonthTable:
    """The last periods of a sheet, up to the newest complete one or a later open one. Three queries at most."""
    measures = in_order(list(loggable(by).filter(organization=organization)), place.frequency)
    today = today_in(place.zone, place.at)
    last = max(place.period, periods.latest_complete(today, place.frequency))
    shown = periods.between(periods.following(last, place.frequency, 1 - count), last, place.frequency)
    rows = Observation.objects.filter(measure__in=measures, period__range=(shown[0], last), ordinal=0)
    standing = {(row.measure_id, row.period): row for row in rows}
    dated = {where for where, row in standing.items() if row.no_data == NoData.EVENTS}
    spots = events.standing_in(dated, place.frequency)
    days = {where: tuple(sorted(day for day, _nth in found)) for where, found in spots.items()}
    return MonthTable(
        (PERIOD_HEAD, *(head for heads in heads_of(measures) for head in heads)),
        tuple(
            (
                periods.in_files(period, place.frequency),
                *(
                    cell
                    for measure in measures
                    for cell in _cells(
                        measure,
                        standing.get((measure.pk, period)),
                        days.get((measure.pk, period), ()),
                    )
                ),
            )
            for period in shown
        ),
    )


def heads_of(measures: Sequence[Measure]) -> list[tuple[str, ...]]:
    """The heads of each measure's columns, each once in the table: a ratio has two."""
    found = [_heads(measure, str(measure)) for measure in measures]
    count = Counter(fold(head) for heads in found for head in heads)
    return [
        _heads(measure, f"{measure} [{measure.ref}]")
        if any(count[fold(head)] > 1 for head in heads)
        else heads
        for measure, heads in zip(measures, found, strict=True)
    ]


def reason_in(text: str) -> str:
    """The reason that a cell tells for its missing number; empty where it tells none."""
    found = NO_DATA.fullmatch(text)
    reason = reason_named(found[1]) if found else None
    return reason.value if reason in REASONS else ""


def _heads(measure: Measure, name: str) -> tuple[str, ...]:
    words = measure.words
    if words.is_ratio:
        return f"{name}, {NUMERATOR}", f"{name}, {DENOMINATOR}"
    return (f"{name}, {EVENT_DATES}",) if words.is_dated else (name,)


def _cells(measure: Measure, row: Observation | None, days: Sequence[date]) -> tuple[str, ...]:
    """What stands in a period, in as many cells as the measure has columns."""
    if row is None:
        cells = ("",)
    elif row.no_data == NoData.EVENTS:
        cells = (BETWEEN_DAYS.join(day.isoformat() for day in days),)
    elif row.no_data == NoData.NO_EVENTS:
        cells = (NONE,)
    elif row.no_data:
        with override("en"):
            cells = (f"no data ({NoData(row.no_data).label})",)
    elif row.numerator is not None and row.denominator is not None:
        sides = _digits(row.numerator), _digits(row.denominator)
        return sides if measure.words.is_ratio else ("/".join(sides),)
    else:
        unit = " days" if measure.words.is_dated else ""  # alone it would be the day of an event
        cells = ("" if row.value is None else f"{_digits(row.value)}{unit}",)
    return (*cells, "") if measure.words.is_ratio else cells


def _digits(number: Decimal) -> str:
    """With a point before decimals and nothing between thousands."""
    return plain_digits(number).replace(",", "")
