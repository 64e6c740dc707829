"""A measure's numbers as a file that the import takes back: its columns, and beside them what the chart says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from measures import periods
from measures.exchange.events import NONE
from measures.models import Measure, NoData, Observation
from measures.pages.measure.chart import reading
from measures.selectors.readings import Point

ROUNDED = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One number, one event, or one reason for none. The fields are the columns."""

    organization: str
    measure: str
    period: str
    event: str
    numerator: str
    denominator: str
    value: str
    sd: str
    size: str
    no_data: str
    note: str
    median: float | None
    variation: str
    signal: str


HEADS = tuple(field.name for field in fields(NumberLine))


def lines(measure: Measure, *, private: bool) -> Iterator[NumberLine]:
    """Oldest first; a period without a row has no line. Of event dates a line each, and one for a month without any."""
    points = _by_place(reading(measure, private=private).points)
    notes: dict[str, str] = {}  # of a month whose events follow: on the line of its first
    nth: Counter[date] = Counter()
    for row in measure.observations.order_by("period", "ordinal"):
        period = periods.start_of(row.period, measure.words.frequency).isoformat()
        if row.no_data == NoData.EVENTS:
            notes[period] = row.note
            continue
        point = None
        if row.is_point:
            point = points.get((row.period, nth[row.period]))
            nth[row.period] += 1
        note = notes.pop(period, "") if row.ordinal else row.note
        yield _line(measure, row, period, point, note if private else "")


def _line(measure: Measure, row: Observation, period: str, point: Point | None, note: str) -> NumberLine:
    said = {"numerator": _written(row.numerator), "denominator": _written(row.denominator)}
    event, no_data, value = "", str(NoData(row.no_data).label) if row.no_data else "", _written(row.value)
    if row.no_data == NoData.NO_EVENTS:
        event, no_data = NONE, ""
    elif row.ordinal and measure.words.is_dated:
        event, no_data = row.period.isoformat(), ""
    elif measure.words.is_ratio and (shown := row.shown(measure.words)) is not None:
        value = _written(shown)
    return NumberLine(
        organization=measure.organization.name,
        measure=str(measure),
        period=period,
        event=event,
        value=value,
        sd=_written(row.sd),
        size="" if row.size is None else str(row.size),
        no_data=no_data,
        note=note,
        median=point.centre if point else None,
        variation=point.mark.label if point else "",
        signal=point.why if point else "",
        **said,
    )


def _by_place(points: tuple[Point, ...]) -> dict[tuple[date, int], Point]:
    nth: Counter[date] = Counter()
    found = {}
    for point in points:
        found[point.period, nth[point.period]] = point
        nth[point.period] += 1
    return found


def _written(number: Decimal | None) -> str:
    """Digits that are read in one way: three decimals, which could be thousands, get a fourth."""
    if number is None:
        return ""
    whole, _point, decimals = f"{number.quantize(ROUNDED):f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}{'0' * (len(decimals) == 3)}" if decimals else whole
