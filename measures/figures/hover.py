"""What a point says when it is pointed at or reached by keyboard: nothing that its table does not say."""

from html import escape

from django.utils.translation import gettext

from measures.figures.axes import number
from measures.models import plain
from measures.selectors.readings import Mark, Point
from measures.sentences.periods import label as period_label

HoverLines = tuple[str, str, str, str, str]  # period, number, its parts, mark, why and notes


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
    said = (
        point.why,
        point.no_data_reason,
        point.note,
        gettext("corrected") if point.corrected else "",
        gettext("logged late") if point.late else "",
    )
    why = "; ".join(words for words in said if words)
    return (period, value, parts, mark.css, why)


def hover_text(lines: HoverLines) -> str:
    """The same words as Plotly's own label, for a chart that travels without the page's script."""
    period, value, parts, _, why = lines
    return "<br>".join(escape(words, quote=False) for words in (f"{period}: {value}", parts, why) if words)
