"""What a point says when it is pointed at or reached by keyboard: nothing that its table does not say."""

from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext

from measures.figures.axes import numbers
from measures.models import plain_digits
from measures.selectors.readings import Mark, Point
from measures.sentences.periods import labels
from p2.words.wording import each_in_language

HoverLines = tuple[str, str, str, str, str]  # period, number, its parts, mark, why and notes
CSS = {mark: mark.css for mark in Mark}


def hover_lines(points: Sequence[Point], frequency: str, decimals: int) -> list[HoverLines]:
    """Of each: period, number, its parts ("244 of 400"), the mark's class name, and why it is marked."""
    periods = labels([point.period for point in points], frequency, long=True)
    marks = [CSS[Mark.NO_DATA if point.value is None else point.mark] for point in points]
    whys = [_why(point) for point in points]
    return list(zip(periods, _values(points, decimals), _parts(points), marks, whys, strict=True))


def _values(points: Sequence[Point], decimals: int) -> list[str]:
    """The number of each, or that there is none."""
    known = [point.value for point in points if point.value is not None]
    shown = numbers(known, decimals)
    if len(known) == len(points):
        return shown
    missing, each = gettext("no data"), iter(shown)
    return [missing if point.value is None else next(each) for point in points]


def _parts(points: Sequence[Point]) -> list[str]:
    """What each number was made of; empty where it is no ratio."""
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


def _why(point: Point) -> str:
    if not (point.why or point.no_data_reason or point.note or point.corrected or point.late):
        return ""
    said = [words for words in (point.why, point.no_data_reason, point.note) if words]
    if point.corrected:
        said.append(gettext("corrected"))
    if point.late:
        said.append(gettext("logged late"))
    return "; ".join(said)


def hover_text(lines: HoverLines) -> str:
    """The same words as Plotly's own label, for a chart that travels without the page's script."""
    period, value, parts, _, why = lines
    lead = f"{period}: {value}<br>{parts}" if parts else f"{period}: {value}"
    return f"{lead}<br>{escape(why, quote=False)}" if why else lead  # people's words stand in `why` alone
