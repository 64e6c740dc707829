"""What a point says when it is pointed at or reached by keyboard: nothing that its table does not say."""

from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext

from measures.figures.axes import numbers
from measures.models import plain_digits
from measures.periods import EVENT
from measures.selectors.readings import Glyph, Point
from measures.sentences.periods import labels
from p2.words.listing import apart
from p2.words.wording import each_in_language

HoverLines = tuple[str, str, str, str, str]  # period, number, its parts, mark, why and notes
CSS = {mark: mark.css for mark in Glyph}


def hover_lines(points: Sequence[Point], frequency: str, decimals: int) -> list[HoverLines]:
    """Of each: period, number, its parts ("244 of 400"), the mark's class name, and why it is marked."""
    periods = _periods(points, frequency)
    marks = [CSS[Glyph.NO_DATA if point.value is None else point.mark] for point in points]
    whys = [_why(point) for point in points]
    return list(zip(periods, _values(points, decimals), _parts(points), marks, whys, strict=True))


def _periods(points: Sequence[Point], frequency: str) -> list[str]:
    """The name of each: its period, or the day of an event."""
    days = iter(labels([point.period for point in points if point.is_event], EVENT, long=True))
    others = iter(labels([point.period for point in points if not point.is_event], frequency, long=True))
    return [next(days if point.is_event else others) for point in points]


def _values(points: Sequence[Point], decimals: int) -> list[str]:
    """The number of each, or that there is none."""
    known = [point.value for point in points if point.value is not None]
    shown = numbers(known, decimals)
    if len(known) == len(points):
        return shown
    missing, each = gettext("no data"), iter(shown)
    return [
        next(each) if point.value is not None else point.no_data_reason if point.is_event else missing
        for point in points
    ]


def _parts(points: Sequence[Point]) -> list[str]:
    """What each number was made of, or since when the days of an event are counted; empty for any other."""
    if any(point.is_event for point in points):
        return _since(points)
    if all(point.numerator is None for point in points):
        return [""] * len(points)
    said = gettext("%(numerator)s of %(denominator)s")
    return each_in_language(
        [
            ""
            if point.numerator is None or point.denominator is None
            else said
            % {"numerator": plain_digits(point.numerator), "denominator": plain_digits(point.denominator)}
            for point in points
        ]
    )


def _since(points: Sequence[Point]) -> list[str]:
    """Of each event, the one before."""
    said, before, found = gettext("days since the event of %(day)s"), "", []
    for point, day in zip(points, labels([point.period for point in points], EVENT, long=True), strict=True):
        has_days = point.is_event and point.value is not None and before
        found.append(said % {"day": before} if has_days else "")
        before = day if point.is_event else before
    return found


def _why(point: Point) -> str:
    if not (point.why or point.no_data_reason or point.note or point.corrected or point.late):
        return ""
    reason = "" if point.is_event else point.no_data_reason
    said = [words for words in (point.why, reason, point.note) if words]
    if point.corrected:
        said.append(gettext("corrected"))
    if point.late:
        said.append(gettext("logged late"))
    return apart(said)


def hover_text(lines: HoverLines) -> str:
    """The same words as Plotly's own label, for a chart that travels without the page's script."""
    period, value, parts, _, why = lines
    lead = f"{period}: {value}<br>{parts}" if parts else f"{period}: {value}"
    return f"{lead}<br>{escape(why, quote=False)}" if why else lead  # people's words stand in `why` alone
