"""The traces of a chart: median, limits, goal and benchmarks, the connection, the marks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from measures.figures.hover import hover_lines, hover_text
from measures.figures.palette import Palette
from measures.figures.sheet import Canvas, Drawing
from measures.selectors.readings import Glyph, Point

CLEAR = "rgba(0,0,0,0)"
NO_DATA_RISE = 6  # px from the axis to the middle of a "no data" cross
RING = 14  # px, around a point outside a limit


@dataclass(frozen=True, slots=True)
class GlyphLook:
    """How Plotly draws one mark: symbol, size in px, fill, stroke and its width."""

    symbol: str
    size: float
    fill: str
    stroke: str
    width: float


@cache
def looks_in(palette: Palette) -> dict[Glyph, GlyphLook]:
    """The chart grammar's marks. Plotly's diamond is 1.3 times its size from tip to tip."""
    plain = GlyphLook("circle", 6, palette.common, palette.common, 0)
    return dict.fromkeys(Glyph, plain) | {
        Glyph.IMPROVEMENT: GlyphLook("diamond", 7.7, palette.better, palette.canvas, 1),
        Glyph.CONCERN: GlyphLook("square", 7, palette.canvas, palette.concern, 2),
        Glyph.UNUSUAL: GlyphLook("hourglass", 8, palette.ink_2, palette.canvas, 1),
        Glyph.EXCLUDED: GlyphLook("circle", 6, palette.canvas, palette.common, 1.25),
        Glyph.NO_DATA: GlyphLook("x-thin", 6, palette.ink_3, palette.ink_3, 1.25),
        # Plotly's marks have no dotted stroke: the ring is a shape, this is where the pointer finds it.
        Glyph.TOO_FEW: GlyphLook("circle", 7, CLEAR, CLEAR, 0),
    }


def traces(sheet: Canvas) -> list[Drawing]:
    """Everything that hangs on values, in drawing order; the last trace holds the points."""
    drawn = [*_limits(sheet), *_levels(sheet), *_centres(sheet), _connection(sheet)]
    return [*drawn, *_rings(sheet), _marks(sheet)]


def _line(x: list[float | None], y: list[float | None], **stroke: object) -> Drawing:
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": stroke, "hoverinfo": "skip"}


def _levels(sheet: Canvas) -> Iterator[Drawing]:
    """Goal and benchmarks: the same value for every month."""
    reading, palette, ends = sheet.reading, sheet.palette, list(sheet.span)
    for benchmark in reading.benchmarks:
        level = [benchmark.value] * 2
        yield _line([*ends], [*level], color=palette.ink_2, width=1.25, dash="8px,3px,1.5px,3px")
    if reading.goal:
        yield _line([*ends], [reading.goal.value] * 2, color=palette.ink, width=1.25, dash="5px,4px")


def _centres(sheet: Canvas) -> Iterator[Drawing]:
    """The median of each part: solid over its base, dotted where it is extended."""
    solid: tuple[list[float | None], list[float | None]] = ([], [])
    dotted: tuple[list[float | None], list[float | None]] = ([], [])
    for first, last, base, centre in _parts(sheet):
        for (x, y), start, end in ((solid, first, base), (dotted, base, last)):
            if end > start:
                x += [start, end, None]
                y += [centre, centre, None]
    for (x, y), dash in ((solid, "solid"), (dotted, "1.5px,3px")):
        if x:
            yield _line(x, y, color=sheet.palette.ink_2, width=1.25, dash=dash)


def _parts(sheet: Canvas) -> Iterator[tuple[float, float, float, float]]:
    """Where each level of the centre line starts and ends, where its base ends, and its value."""
    placed = list(enumerate(sheet.reading.points))
    last_position = len(placed) - 1
    for (_, centre), group in groupby(placed, key=lambda one: (one[1].part, one[1].centre)):
        if centre is None:
            continue
        members = list(group)
        first, last = members[0][0], members[-1][0]
        start = sheet.span[0] if first == 0 else first - 0.5
        end = last + (sheet.reach if last == last_position else 0.5)
        base = max((position for position, point in members if point.baseline), default=None)
        yield start, end, start if base is None else min(base + 0.5, end), centre


def _limits(sheet: Canvas) -> Iterator[Drawing]:
    """Control limits, stepped from month to month where the denominator varies."""
    edges: tuple[Callable[[Point], float | None], ...] = (lambda p: p.lower, lambda p: p.upper)
    for edge in edges:
        limits = [edge(point) for point in sheet.reading.points]
        if all(limit is None for limit in limits):
            continue
        xs: list[float | None] = []
        ys: list[float | None] = []
        for position, limit in enumerate(limits):
            xs += [position - 0.5, position + 0.5]
            ys += [limit, limit]
        yield _line(xs, ys, color=sheet.palette.ink_3, width=1, dash="2px,3px")


def _connection(sheet: Canvas) -> Drawing:
    """The line through the points: it runs through excluded ones and breaks at missing ones."""
    values = [point.value for point in sheet.reading.points]
    line = _line(list(range(len(values))), values, color=sheet.palette.common_line, width=1.25)
    return line | {"connectgaps": False}


def _rings(sheet: Canvas) -> Iterator[Drawing]:
    """A ring around each point outside a limit, in the colour of its mark."""
    outside = [
        (position, point)
        for position, point in enumerate(sheet.reading.points)
        if point.value is not None
        and (
            (point.upper is not None and point.value > point.upper)
            or (point.lower is not None and point.value < point.lower)
        )
    ]
    if outside:
        colours = [sheet.palette.stroke(point.mark) for _, point in outside]
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": [position for position, _ in outside],
            "y": [point.value for _, point in outside],
            "marker": {
                "symbol": "circle",
                "size": RING,
                "color": CLEAR,
                "line": {"color": colours, "width": 1.25},
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
        }


def _marks(sheet: Canvas) -> Drawing:
    """One marker a period, missing ones on the axis, each with its hover words."""
    points, axis, decimals = sheet.reading.points, sheet.axis, sheet.reading.decimals
    ground = axis.low + (axis.high - axis.low) * NO_DATA_RISE / sheet.plot_height
    known = looks_in(sheet.palette)
    looks = [known[Glyph.NO_DATA if point.value is None else point.mark] for point in points]
    lines = hover_lines(points, sheet.reading.frequency, decimals)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "points",
        "x": list(range(len(points))),
        "y": [ground if point.value is None else point.value for point in points],
        "marker": {
            "symbol": [look.symbol for look in looks],
            "size": [look.size for look in looks],
            "color": [look.fill for look in looks],
            "opacity": 1,
            "line": {"color": [look.stroke for look in looks], "width": [look.width for look in looks]},
        },
        "cliponaxis": False,
        "customdata": [list(line) for line in lines],
        "hoverinfo": "text",
        "hovertext": [hover_text(line) for line in lines],
    }
