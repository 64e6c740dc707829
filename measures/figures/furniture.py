"""What stands around the values: bands, hairlines, numbered squares, questions, ramps, words."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from django.utils.translation import gettext

from measures.figures.labels import push_apart, shortened, width_of
from measures.figures.sheet import BAND_REACH, FOOT, GAP, LANE, SENTENCE, Canvas, Drawing, font
from measures.selectors.readings import Glyph, Ramp

SQUARE = 16  # px, a note's number
QUESTION = 24  # px from a point to the middle of its question
RISE = 7  # px from one cycle of a ramp to the next


def shapes(sheet: Canvas) -> list[Drawing]:
    """Bands and hairlines below the values; rings, squares, discs and ramps above them."""
    drawn = [*_bands(sheet), *_notes(sheet), *_dotted_rings(sheet), *_questions(sheet)]
    for lane, ramp in enumerate(sheet.reading.ramps):
        drawn += _ramp(sheet, ramp, lane)
    return drawn


def annotations(sheet: Canvas) -> list[Drawing]:
    """All words and digits on the paper except the axes' own."""
    drawn = [*_sentences(sheet), *_note_numbers(sheet), *_question_marks(sheet), *_years(sheet)]
    drawn += _end_words(sheet)
    drawn += [_ramp_words(sheet, ramp, lane) for lane, ramp in enumerate(sheet.reading.ramps)]
    if all(point.value is None for point in sheet.reading.points):
        middle = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
        drawn.append(_words(gettext("No numbers yet"), sheet.palette.ink_3, middle))
    return drawn


def _words(text: str, colour: str, place: Drawing, *, weight: int = 400, size: int = 12) -> Drawing:
    words = {"text": escape(text, quote=False), "font": font(colour, weight=weight, size=size)}
    return {"showarrow": False, "borderpad": 0, "xref": "x"} | words | place


def _stroke(x: tuple[float, float], y: tuple[float, float], colour: str, width: float) -> Drawing:
    """A line between places whose height is a share of the plot's, 0 at the axis."""
    ends = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
    return {"type": "line", "xref": "x", "yref": "paper"} | ends | {"line": {"color": colour, "width": width}}


def _pinned(kind: str, x: float, y: float, yref: str, **look: object) -> Drawing:
    """A shape measured in px around a place in the data, or on the paper (yref "paper")."""
    place = {"xref": "x", "yref": yref, "xanchor": x, "yanchor": y}
    return {"type": kind, "xsizemode": "pixel", "ysizemode": "pixel", "layer": "above"} | place | look


def _round(x: float, y: float, yref: str, rise: float, radius: float, **look: object) -> Drawing:
    """A circle `rise` px above a place."""
    box = {"x0": -radius, "x1": radius, "y0": rise - radius, "y1": rise + radius}
    return _pinned("circle", x, y, yref, **box, **look)


def _band_ends(sheet: Canvas, first: float, last: float) -> tuple[float, float]:
    reach = min(BAND_REACH / sheet.step, sheet.reach)
    return first - reach, last + reach


def _bands(sheet: Canvas) -> Iterator[Drawing]:
    for band in sheet.reading.bands:
        x0, x1 = _band_ends(sheet, sheet.at(band.first), sheet.at(band.last))
        fill = {"fillcolor": sheet.palette.tint(band.mark), "line": {"width": 0}, "layer": "below"}
        box = {"x0": x0, "x1": x1, "y0": 0, "y1": 1}
        yield {"type": "rect", "xref": "x", "yref": "paper"} | box | fill
        yield _stroke((x0, x1), (1, 1), sheet.palette.stroke(band.mark), 2)


def _sentences(sheet: Canvas) -> Iterator[Drawing]:
    """Each shift's sentence above its band, moved left where the paper ends."""
    for band, row in sheet.banded:
        x0, _ = _band_ends(sheet, sheet.at(band.first), sheet.at(band.last))
        room = sheet.plot_width + sheet.right - (x0 - sheet.span[0]) * sheet.step
        missing = max(width_of(band.sentence) * 1.06 - room, 0)
        start = max(x0 - missing / sheet.step, sheet.span[0])
        above = {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 2 + row * SENTENCE}
        colour = sheet.palette.words(band.mark)
        yield _words(band.sentence, colour, {"x": start, "xanchor": "left"} | above, weight=650)


def _note_rows(sheet: Canvas) -> list[tuple[int, float, int]]:
    """Number, position and row of each note: squares that would touch stand one below the other."""
    ends: list[float] = []
    placed: list[tuple[int, float, int]] = []
    for note in sheet.reading.notes:
        x = sheet.at(note.period)
        row = next((i for i, end in enumerate(ends) if (x - end) * sheet.step >= SQUARE + 2), len(ends))
        ends[row : row + 1] = [x]
        placed.append((note.number, x, row))
    return placed


def _notes(sheet: Canvas) -> Iterator[Drawing]:
    palette = sheet.palette
    placed = _note_rows(sheet)
    for _, x, _ in placed:
        yield _stroke((x, x), (0, 1), palette.line_2, 1) | {"layer": "below"}
    for _, x, row in placed:
        look = {"fillcolor": palette.canvas, "line": {"color": palette.ink_2, "width": 1}}
        yield _pinned("path", x, 1, "paper", path=_rounded_square(_square_rise(row)), **look)


def _square_rise(row: int) -> float:
    return -(SQUARE / 2 + row * (SQUARE + 2))


def _rounded_square(rise: float) -> str:
    """The outline of a note's square, its middle `rise` px above the place it is pinned to."""
    top, high, low, foot = (f"{rise + y:g}" for y in (8, 5, -5, -8))
    right = f"M-5,{top}H5Q8,{top} 8,{high}V{low}Q8,{foot} 5,{foot}"
    return f"{right}H-5Q-8,{foot} -8,{low}V{high}Q-8,{top} -5,{top}Z"


def _note_numbers(sheet: Canvas) -> Iterator[Drawing]:
    for number, x, row in _note_rows(sheet):
        place = {"x": x, "yref": "paper", "y": 1, "yanchor": "middle", "yshift": _square_rise(row)}
        yield _words(str(number), sheet.palette.ink, place, weight=600, size=11)


def _dotted_rings(sheet: Canvas) -> Iterator[Drawing]:
    """Points too few to judge: a dotted ring each, and no verdict colour."""
    dotted = {"color": sheet.palette.common, "width": 1.25, "dash": "1.5px,1.6px"}
    for x, point in enumerate(sheet.reading.points):
        if point.mark is Glyph.TOO_FEW and point.value is not None:
            yield _round(x, point.value, "y", 0, 4, fillcolor=sheet.palette.canvas, line=dotted)


def _asked(sheet: Canvas) -> list[tuple[float, float]]:
    """Position and value of each point with an open question."""
    asked = set(sheet.reading.questions)
    return [
        (x, point.value)
        for x, point in enumerate(sheet.reading.points)
        if point.period in asked and point.value is not None
    ]


def _questions(sheet: Canvas) -> Iterator[Drawing]:
    ink = sheet.palette.ink
    for x, value in _asked(sheet):
        stem = {"x0": 0, "x1": 0, "y0": 9, "y1": QUESTION - 8, "line": {"color": ink, "width": 1.5}}
        yield _pinned("line", x, value, "y", **stem)
        yield _round(x, value, "y", QUESTION, 9, fillcolor=ink, line={"width": 0})


def _question_marks(sheet: Canvas) -> Iterator[Drawing]:
    for x, value in _asked(sheet):
        place = {"x": x, "yref": "y", "y": value, "yanchor": "middle", "yshift": QUESTION}
        yield _words("?", sheet.palette.on_ink, place, weight=650)


def _years(sheet: Canvas) -> Iterator[Drawing]:
    """The year in 600 under January, and under the first month."""
    row = -28 if any(tick.name for tick in sheet.ticks) else -13
    for tick in sheet.ticks:
        if tick.year:
            drop = {"yref": "paper", "y": 0, "yanchor": "middle", "yshift": row}
            yield _words(tick.year, sheet.palette.ink, {"x": tick.position} | drop, weight=600)


def _end_words(sheet: Canvas) -> Iterator[Drawing]:
    """The labels at the right end of their lines, pushed apart."""
    heights = [sheet.axis.px(label.value, sheet.plot_height) for label in sheet.labels]
    for label, height, moved in zip(
        sheet.labels, heights, push_apart(heights, 0, sheet.plot_height), strict=True
    ):
        place = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": GAP, "yref": "y", "y": label.value}
        shift = {"yanchor": "middle", "yshift": round(moved - height, 1)}
        yield _words(label.text, label.colour, place | shift, weight=label.weight)


def _rise(ramp: Ramp) -> float:
    """px between one cycle and the next; less than the grammar's 7 where a long ramp would leave its lane."""
    return min(RISE, (LANE - 14) / max(len(ramp.steps) - 1, 1))


def _lane_floor(lane: int) -> float:
    """px from the axis down to the first cycle of a lane."""
    return -(FOOT + (lane + 1) * LANE - 8)


def _ramp(sheet: Canvas, ramp: Ramp, lane: int) -> Iterator[Drawing]:
    """Cycles on the chart's months: a ring while testing, filled when adopted, a cross when abandoned."""
    palette, rise = sheet.palette, _rise(ramp)
    heights = [_lane_floor(lane) + i * rise for i in range(len(ramp.steps))]
    places = [sheet.at(step.on) for step in ramp.steps]
    stroke = {"color": palette.ink, "width": 1.25}
    for (x0, y0), (x1, y1) in pairwise(zip(places, heights, strict=True)):
        bend = f"M0,{y0:g}L{(x1 - x0) * sheet.step:g},{y1:g}"
        yield _pinned("path", x0, 0, "paper", path=bend, line=stroke)
    for step, x, height in zip(ramp.steps, places, heights, strict=True):
        if step.state == "abandoned":
            cross = f"M-3,{height - 3:g}L3,{height + 3:g}M-3,{height + 3:g}L3,{height - 3:g}"
            yield _pinned("path", x, 0, "paper", path=cross, line={"color": palette.ink, "width": 1.5})
        else:
            fill = palette.ink if step.state == "adopted" else palette.canvas
            yield _round(x, 0, "paper", height, 3.5, fillcolor=fill, line=stroke)


def _ramp_words(sheet: Canvas, ramp: Ramp, lane: int) -> Drawing:
    """What is tested and what came of it, at the end of the ramp; before its start where no room is left."""
    said = f"{shortened(ramp.label, 28)}, {ramp.outcome}" if ramp.outcome else shortened(ramp.label, 28)
    days = [step.on for step in ramp.steps] or [point.period for point in sheet.reading.points[:1]]
    last = sheet.at(days[-1]) if days else 0.0
    room = (sheet.span[1] - last) * sheet.step + sheet.right
    has_room = room >= width_of(said) + 2 * GAP or not ramp.steps
    end = max(len(ramp.steps) - 1, 0) * _rise(ramp) if has_room else 0
    place = {"yref": "paper", "y": 0, "yanchor": "middle", "yshift": _lane_floor(lane) + end}
    if has_room:
        return _words(said, sheet.palette.ink_2, place | {"x": last, "xanchor": "left", "xshift": GAP + 2})
    before = {"x": sheet.at(days[0]), "xanchor": "right", "xshift": -GAP - 2}
    return _words(said, sheet.palette.ink_2, place | before)
