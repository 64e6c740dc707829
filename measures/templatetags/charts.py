"""Template tags that draw, `{% sparkline spark 122 30 %}`, `{% heat_links cells %}`, and choose a sentence."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from measures import periods, sparklines
from measures.models import plain
from measures.selectors.readings import HeatCell, Spark

register = template.Library()


@register.simple_tag
def sparkline(spark: Spark, width: int, height: int, *, with_mark: bool = True) -> SafeString:
    """The series in `width` by `height` px: 122, 30 in the sheet; 148, 36 on Today."""
    return sparklines.sparkline(spark, width=width, height=height, with_mark=with_mark)


@register.simple_tag
def heat_cell(spark: Spark) -> SafeString:
    """Mark, then sparkline: the whole content of a heat cell."""
    return sparklines.heat_cell(spark)


@register.simple_tag
def heat_links(cells: Iterable[HeatCell]) -> SafeString:
    """Heat cells as the links to their measures. One tag, since a map has hundreds of them."""
    return mark_safe("".join(map(sparklines.heat_link, cells)))  # noqa: S308 -- each link is safe


@register.filter
def as_logged(value: Decimal | None) -> str:
    """A number as it was typed: 9,310 or 0.25, without trailing zeros; nothing for nothing."""
    return "" if value is None else plain(value)


@register.simple_tag
def by_frequency(frequency: str, week: str, month: str, quarter: str) -> str:
    """The one of three whole sentences that speaks of this frequency: most languages bend its word."""
    return {periods.WEEK: week, periods.MONTH: month, periods.QUARTER: quarter}[frequency]
