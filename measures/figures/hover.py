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
    missing = gettext("no data")
    shown = iter(numbers([point.value for point in points if point.value is not None], decimals))
    return [
        (period, missing, parts, CSS[Mark.NO_DATA], _why(point))
        if point.value is None
        else (period, next(shown), parts, CSS[point.mark], _why(point))
        for point, period, parts in zip(
            points,
            labels([point.period for point in points], frequency, long=True),
            _parts(points),
            strict=True,
        )
    ]


def _parts(points: Sequence[Point]) -> list[str]:
    """What each number was made of; empty where it is no ratio."""
    said = gettext("%(numerator)s of %(denominator)s")
    written = [
        said % {"numerator": plain_digits(point.numerator), "denominator": plain_digits(point.denominator)}
        if point.numerator is not None and point.denominator is not None
        else ""
        for point in points
    ]
    return each_in_language(written)


def _why(point: Point) -> str:
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
