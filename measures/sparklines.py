"""Sparklines and marks as inline SVG: classes only, so the page's style sheet colours them.

Lists show hundreds of them, so the markup is kept short: coordinates are rounded to 0.1 px and every
line is one path. `static/css/charts.css` holds the colours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from measures.selectors.readings import Mark, Spark
from p2.look.icons import MARKS

MARGIN = 4.0  # px kept free on every side, so that the newest mark is never cut off
BAND_REACH = 3.0  # px by which the band stands out beside its outermost points

# The marks that judge, smaller than in words, for the end of a sparkline.
END_SHAPES = {
    Mark.IMPROVEMENT: "M{0} {1}l3.8-3.8 3.8 3.8-3.8 3.8z",
    Mark.CONCERN: "M{0} {1}v-2.8h5.6v5.6h-5.6z",
}


def mark_svg(mark: Mark, size: int = 12, label: str = "") -> SafeString:
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


def sparkline(spark: Spark, *, width: int, height: int, with_mark: bool = True) -> SafeString:
    """A series as a picture of `width` by `height` px: band, median, goal, line, run, newest point.

    Without a shared scale the values, their median and a goal that is not far off fill the height. A missing
    value breaks the line. `with_mark=False` leaves the newest point's mark out, for a cell that shows it
    beside the line.
    """
    frame = _frame(spark, width, height)
    shapes = [
        _band(spark, frame),
        _path("centre", _centre(spark, frame)),
        _path("goal", _goal(spark, frame)),
        *_lines(spark, frame),
        _newest(spark, frame) if with_mark else "",
    ]
    return format_html(
        '<svg class="spark spark-{}" width="{}" height="{}" viewBox="0 0 {} {}" {}</svg>',
        (spark.band_mark or spark.mark).css,
        width,
        height,
        width,
        height,
        _voice(spark.alt) + mark_safe("".join(shapes)),  # noqa: S308 -- numbers and constants only
    )


def heat_cell(spark: Spark) -> SafeString:
    """What a heat cell shows: the mark first, so that the eye counts shapes, then the line."""
    return mark_svg(spark.mark, 13) + sparkline(spark, width=72, height=26, with_mark=False)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where positions and values fall, in px from the top left."""

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
    seen = [value for value in (*spark.values, *spark.centre) if value is not None]
    if spark.goal is not None and _is_near(spark.goal, seen):
        seen.append(spark.goal)
    low = spark.low if spark.low is not None else min(seen, default=0.0)
    high = spark.high if spark.high is not None else max(seen, default=1.0)
    left, right = MARGIN, width - MARGIN
    last = len(spark.values) - 1
    step = (right - left) / last if last > 0 else 0.0
    # One point alone stands where the newest point of any series stands: at the right.
    return _Frame(left if last > 0 else right, right, MARGIN, height - MARGIN, step, low, high)


def _is_near(goal: float, seen: Sequence[float]) -> bool:
    """Whether the goal can be drawn without flattening the series: within twice its range."""
    span = max(seen, default=0.0) - min(seen, default=0.0)
    return not span or min(seen) - 2 * span <= goal <= max(seen) + 2 * span


def _voice(alt: str) -> SafeString:
    if not alt:
        return mark_safe('aria-hidden="true">')
    return format_html('role="img"><title>{}</title>', alt)


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


def _lines(spark: Spark, frame: _Frame) -> list[str]:
    """The grey line, and over its months the run in its colour."""
    if spark.band is None:
        return [_path("line", _trail(spark.values, frame, range(len(spark.values))))]
    first, last = spark.band
    before = _trail(spark.values, frame, range(first + 1))
    after = (
        _trail(spark.values, frame, range(last, len(spark.values))) if last < len(spark.values) - 1 else ""
    )
    run = _trail(spark.values, frame, range(first, last + 1))
    return [_path("line", before + after), _path("run", run)]


def _trail(values: Sequence[float | None], frame: _Frame, positions: Iterable[int]) -> str:
    """Path data through the values at `positions`, begun anew after each missing value."""
    stretches: list[list[str]] = [[]]
    for position in positions:
        value = values[position]
        if value is not None:
            stretches[-1].append(f"{_px(frame.x(position))} {_px(frame.y(value))}")
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
        reach = 3.8 if mark is Mark.IMPROVEMENT else 2.8
        return f'<path class="spark-end" d="{shape.format(_px(x - reach), _px(y))}"/>'
    plain = " spark-plain" if mark in END_SHAPES else ""
    return f'<circle class="spark-end{plain}" cx="{_px(x)}" cy="{_px(y)}" r="2.5"/>'


def _path(part: str, data: str) -> str:
    return f'<path class="spark-{part}" d="{data}"/>' if data else ""


def _px(length: float) -> str:
    """A length to a tenth of a pixel, as short as it goes: 12, 4.5."""
    return f"{length:.1f}".removesuffix(".0")
