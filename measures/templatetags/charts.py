"""Template tags that draw, `{% sparkline spark 122 30 %}`, `{% heat_row row.cells %}`, and choose a sentence."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from measures import periods, sparklines
from measures.models import plain
from measures.selectors.readings import HeatCell, Spark
from measures.sentences.periods import label as period_label
from p2.words.listing import apart

register = template.Library()


@register.simple_tag
def sparkline(spark: Spark, width: int, height: int, *, with_mark: bool = True) -> SafeString:
    """The series in `width` by `height` px: 122, 30 in the sheet; 148, 36 on Today. Words where none of it is drawn."""
    if spark.is_before:
        words = _("its numbers end before the time that is drawn")
        return format_html(
            '<span class="spark-earlier"><span class="visually-hidden">{}</span>'
            '<span aria-hidden="true">{}</span></span>',
            apart([spark.alt, words]),
            words,
        )
    return sparklines.sparkline(spark, width=width, height=height, with_mark=with_mark)


@register.simple_tag
def heat_cell(spark: Spark) -> SafeString:
    """Mark, then sparkline: the whole content of a heat cell."""
    return sparklines.heat_cell(spark)


@register.simple_tag
def heat_row(cells: Iterable[tuple[str, Sequence[HeatCell]]]) -> SafeString:
    """A `td` for each column, its name, shown on narrow pages, and its heat cells: links to their measures.

    One tag a row, since a map has hundreds of cells.
    """
    return mark_safe("".join(_heat_column(*one) for one in cells))  # noqa: S308 -- words are escaped, links safe


def _heat_column(name: str, cells: Sequence[HeatCell]) -> str:
    if not cells:
        return '<td class="blank"></td>'
    return f'<td><span class="column">{escape(name)}</span>{"".join(map(sparklines.heat_link, cells))}</td>'


@register.filter
def as_logged(value: Decimal | None) -> str:
    """A number as it was typed: 9,310 or 0.25, without trailing zeros; nothing for nothing."""
    return "" if value is None else plain(value)


@register.filter
def week(period: date) -> str:
    """A week with its dates: week 8, 16 to 22 February 2004."""
    return period_label(period, periods.WEEK, long=True)


@register.simple_tag
def by_frequency(frequency: str, day: str, week: str, month: str, quarter: str) -> str:
    """The one of four whole sentences that speaks of this frequency: most languages bend its word."""
    return {periods.DAY: day, periods.WEEK: week, periods.MONTH: month, periods.QUARTER: quarter}[frequency]
