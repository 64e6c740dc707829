"""Sparklines and marks as inline SVG: classes only, so the page's style sheet colours them.

Lists show hundreds of them, so the markup is kept short: coordinates are rounded to 0.1 px and every
line is one path. Strings are joined here, not by templates, which take longer; what is written again and again
is kept for the process. `static/css/charts.css` holds the colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from measures.selectors.readings import Glyph, HeatCell, Spark
from p2.look.icons import MARKS

MARGIN = 4.0  # px kept free on every side, so that the newest mark is never cut off
BAND_REACH = 3.0  # px by which the band stands out beside its outermost points

KEPT = 2_000
"""Sparklines, and heat cells, that a process keeps drawn, 1 kB each: five pages of fifty organizations."""

TENTHS = tuple(f"{tenth / 10:g}" for tenth in range(4000))
"""Every length that a sparkline of up to 400 px can have, as written."""

# The marks that judge, smaller than in words, for the end of a sparkline.
END_SHAPES = {
    Glyph.IMPROVEMENT: "M{0} {1}l3.8-3.8 3.8 3.8-3.8 3.8z",
    Glyph.CONCERN: "M{0} {1}v-2.8h5.6v5.6h-5.6z",
    Glyph.UNUSUAL: "M{0} {1}m0-2.8h5.6l-5.6 5.6h5.6z",
}


@cache
def mark_svg(mark: Glyph, size: int = 12, label: str = "") -> SafeString:
    """The mark in a square of `size` px; silent to a screen reader unless `label` names it."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="mark mark-{}" width="{}" height="{}" viewBox="0 0 12 12" {}>{}</svg>',
        mark.css,
        size,
        size,
        voice,
        mark_safe(MARKS[mark.css]),  # noqa: S308 -- our own table
    )


@lru_cache(maxsize=KEPT)
def sparkline(spark: Spark, *, width: int, height: int, with_mark: bool = True) -> SafeString:
    """A series as a picture of `width` by `height` px: band, median, goal, line, run, newest point.

    Five values of a `span` of 24 take a fifth of the width, at the right.
    Without a shared scale the values, their median and a goal that is not far off fill the height. A missing
    value breaks the line. `with_mark=False` leaves the newest point's mark out, for a cell that shows it
    beside the line.
    """
    frame = _frame(spark, width, height)
    points = _points(spark, frame)
    return mark_safe(  # noqa: S308 -- numbers and constants, and words that are escaped
        f'<svg class="spark spark-{(spark.band_mark or spark.mark).css}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" {_voice(spark.alt)}'
        f"{_band(spark, frame)}"
        f"{_path('centre', _centre(spark, frame))}"
        f"{_path('goal', _goal(spark, frame))}"
        f"{_lines(spark, points)}"
        f"{_newest(spark, frame) if with_mark else ''}</svg>"
    )


def heat_cell(spark: Spark) -> SafeString:
    """What a heat cell shows: the mark first, so that the eye counts shapes, then the line."""
    return mark_svg(spark.mark, 13) + sparkline(spark, width=72, height=26, with_mark=False)


@lru_cache(maxsize=KEPT)
def heat_link(cell: HeatCell) -> SafeString:
    """A heat cell that leads to its measure."""
    current = " data-current" if cell.is_open else ""
    return mark_safe(  # noqa: S308 -- each part is escaped
        f'<a class="heat" href="{escape(cell.url)}" title="{escape(cell.words)}" data-measure="{escape(cell.ref)}"'
        f"{current}>{heat_cell(cell.spark)}{_beside(cell)}</a>"
    )


def _beside(cell: HeatCell) -> str:
    """How many other measures bear which signal: shapes and numbers for the eye, words for the ear."""
    if not cell.beside:
        return ""
    shown = "".join(f"{mark_svg(mark, 9)}{count}" for mark, count in cell.beside)
    return (
        f'<span class="beside" aria-hidden="true">{shown}</span>'
        f'<span class="visually-hidden">; {escape(cell.beside_words)}</span>'
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where positions and values fall, in px from the top left."""

    columns: tuple[str, ...]  # where each position stands, as written
    left: float
    right: float
    top: float
    bottom: float
    step: float
    low: float
    high: float

    def x(self, position: float) -> float:
        return self.left + position * self.step

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)


def _frame(spark: Spark, width: int, height: int) -> _Frame:
    low, high = _range(spark)
    left, right = MARGIN, width - MARGIN
    count = len(spark.values)
    last = max(count + spark.behind, spark.span) - 1
    step = (right - left) / last if last > 0 else 0.0
    # The newest point stands at the right, however few there are; a series that ended earlier than others before it.
    left = right - step * (count - 1 + spark.behind)
    return _Frame(_columns(left, step, count), left, right, MARGIN, height - MARGIN, step, low, high)


@cache
def _columns(left: float, step: float, count: int) -> tuple[str, ...]:
    """Where each of so many positions stands; the sparklines of a list share them."""
    return tuple(_px(left + position * step) for position in range(count))


def _range(spark: Spark) -> tuple[float, float]:
    """The values at the foot and at the top of the height."""
    if spark.low is not None and spark.high is not None:
        return spark.low, spark.high
    seen = [value for value in spark.values if value is not None]
    seen += [value for value in set(spark.centre) if value is not None]
    if spark.goal is not None and _is_near(spark.goal, seen):
        seen.append(spark.goal)
    low = min(seen, default=0.0) if spark.low is None else spark.low
    return low, max(seen, default=1.0) if spark.high is None else spark.high


def _is_near(goal: float, seen: Sequence[float]) -> bool:
    """Whether the goal can be drawn without flattening the series: within twice its range."""
    span = max(seen, default=0.0) - min(seen, default=0.0)
    return not span or min(seen) - 2 * span <= goal <= max(seen) + 2 * span


def _voice(alt: str) -> str:
    return f'role="img"><title>{escape(alt)}</title>' if alt else 'aria-hidden="true">'


def _band(spark: Spark, frame: _Frame) -> str:
    if spark.band is None:
        return ""
    first, last = spark.band
    start = max(frame.x(first) - BAND_REACH, 0)
    wide = frame.x(last) + BAND_REACH - start
    tall = frame.bottom + MARGIN
    return f'<path class="spark-band" d="M{_px(start)} 0h{_px(wide)}v{_px(tall)}h-{_px(wide)}z"/>'


def _centre(spark: Spark, frame: _Frame) -> str:
    """The median as level stretches; a rebase leaves a step, a missing median a gap."""
    stretches: list[tuple[float, int, int]] = []
    for position, centre in enumerate(spark.centre):
        if centre is None:
            continue
        if stretches and stretches[-1][0] == centre and stretches[-1][2] == position - 1:
            stretches[-1] = (centre, stretches[-1][1], position)
        else:
            stretches.append((centre, position, position))
    trail = []
    for centre, first, last in stretches:
        start, end = max(frame.x(first - 0.5), MARGIN), min(frame.x(last + 0.5), frame.right)
        trail.append(f"M{_px(start)} {_px(frame.y(centre))}H{_px(end)}")
    return "".join(trail)


def _goal(spark: Spark, frame: _Frame) -> str:
    if spark.goal is None or not frame.low <= spark.goal <= frame.high:
        return ""
    return f"M{_px(MARGIN)} {_px(frame.y(spark.goal))}H{_px(frame.right)}"


def _points(spark: Spark, frame: _Frame) -> list[str]:
    """Where each value stands, as path data write it; empty for a missing one."""
    return [
        "" if value is None else f"{column} {_px(frame.y(value))}"
        for column, value in zip(frame.columns, spark.values, strict=True)
    ]


def _lines(spark: Spark, points: Sequence[str]) -> str:
    """The grey line, and over its months the run in its colour."""
    if spark.band is None:
        return _path("line", _trail(points))
    first, last = spark.band
    after = _trail(points[last:]) if last < len(points) - 1 else ""
    return _path("line", _trail(points[: first + 1]) + after) + _path("run", _trail(points[first : last + 1]))


def _trail(points: Sequence[str]) -> str:
    """Path data through the points, begun anew after each missing one."""
    if "" not in points and len(points) > 1:
        return f"M{' '.join(points)}"
    stretches: list[list[str]] = [[]]
    for point in points:
        if point:
            stretches[-1].append(point)
        elif stretches[-1]:
            stretches.append([])
    # A value between two missing ones is a line of no length, which round ends make a dot.
    return "".join(f"M{' '.join(one)}{'h0' if len(one) == 1 else ''}" for one in stretches if one)


def _newest(spark: Spark, frame: _Frame) -> str:
    seen = [(position, value) for position, value in enumerate(spark.values) if value is not None]
    if not seen:
        return ""
    position, value = seen[-1]
    x, y = frame.x(position), frame.y(value)
    mark = spark.band_mark or spark.mark
    judges = spark.band is not None and spark.band[0] <= position <= spark.band[1]
    if judges and (shape := END_SHAPES.get(mark)):
        reach = 3.8 if mark is Glyph.IMPROVEMENT else 2.8
        return f'<path class="spark-end" d="{shape.format(_px(x - reach), _px(y))}"/>'
    plain = " spark-plain" if mark in END_SHAPES else ""
    return f'<circle class="spark-end{plain}" cx="{_px(x)}" cy="{_px(y)}" r="2.5"/>'


def _path(part: str, data: str) -> str:
    return f'<path class="spark-{part}" d="{data}"/>' if data else ""


def _px(length: float) -> str:
    """A length to a tenth of a pixel, as short as it goes: 12, 4.5."""
    tenths = round(length * 10)
    return TENTHS[tenths] if 0 <= tenths < len(TENTHS) else f"{length:.1f}"
