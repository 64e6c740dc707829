"""What a point says when it is pointed at or reached by keyboard: nothing that its table does not say."""

from html import escape

from django.utils.translation import gettext

from measures.figures.axes import number
from measures.models import plain
from measures.selectors.readings import Mark, Point
from measures.sentences.periods import label as period_label

HoverLines = tuple[str, str, str, str, str]  # period, number, its parts, mark, why and notes
CSS = {mark: mark.css for mark in Mark}


def hover_lines(point: Point, frequency: str, decimals: int) -> HoverLines:
    """Period, number, its parts ("244 of 400"), the mark's class name, and why it is marked."""
    period = period_label(point.period, frequency, long=True)
    value = gettext("no data") if point.value is None else number(point.value, decimals)
    parts = ""
    if point.numerator is not None and point.denominator is not None:
        parts = gettext("%(numerator)s of %(denominator)s") % {
            "numerator": plain(point.numerator),
            "denominator": plain(point.denominator),
        }
    mark = Mark.NO_DATA if point.value is None else point.mark
    return (period, value, parts, CSS[mark], _why(point))


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
