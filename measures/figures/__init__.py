"""Figures: a reading as a plain Plotly figure, the one big picture of P2.

Built by hand as dicts, since plotly takes a thousand times longer; it validates them in the tests and
makes images in the worker, and the web process never imports it. Sizes are px, colours a theme's.
"""

from typing import Any

from measures.figures.furniture import annotations, shapes
from measures.figures.palette import PALETTES, Palette, Theme
from measures.figures.points import traces
from measures.figures.sheet import FOOT, LANE, Canvas, font, sheet_for
from measures.selectors.readings import Reading
from p2.words.wording import in_language

__all__ = ["PALETTES", "Palette", "Theme", "run_chart"]

FACE = "Inter, system-ui, sans-serif"
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "doubleClick": False,
    "scrollZoom": False,
    "showTips": False,
    "responsive": False,  # the page's element asks for a new figure instead: labels depend on the width
}


def run_chart(
    reading: Reading, *, theme: Theme = "light", width: int = 960, height: int = 384
) -> dict[str, Any]:
    """The chart of a reading as `{"data", "layout", "config"}`, ready for Plotly and for JSON.

    `width` (px, of the whole picture) decides how many months are named and how far labels are pushed
    apart; the picture itself fills its container. `height` counts everything but ramps, which add a lane
    each. A reading without numbers gives axes and a sentence.
    """
    sheet = sheet_for(reading, theme=theme, width=width, height=height)
    return {
        "data": traces(sheet),
        "layout": _layout(sheet),
        "config": {**CONFIG, "toImageButtonOptions": {"filename": reading.ref or "chart"}},
    }


def _layout(sheet: Canvas) -> dict[str, Any]:
    palette = sheet.palette
    foot = FOOT + LANE * len(sheet.reading.ramps)
    return {
        "autosize": True,
        "height": sheet.full_height,
        "margin": {
            "l": round(sheet.left),
            "r": round(sheet.right),
            "t": round(sheet.top),
            "b": foot,
            "pad": 0,
        },
        "paper_bgcolor": palette.canvas,
        "plot_bgcolor": palette.canvas,
        "separators": in_language(".,"),
        "font": {"family": FACE, "size": 12, "color": palette.ink_3},
        "hoverlabel": {"bgcolor": palette.canvas, "bordercolor": palette.line_2, "font": font(palette.ink)},
        "hovermode": "closest",
        "hoverdistance": 30,
        "dragmode": False,
        "showlegend": False,
        "xaxis": _months(sheet),
        "yaxis": _values(sheet),
        "shapes": shapes(sheet),
        "annotations": annotations(sheet),
    }


def _months(sheet: Canvas) -> dict[str, Any]:
    return {
        "range": list(sheet.span),
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": sheet.palette.line_2,
        "linewidth": 1,
        "ticks": "outside",
        "ticklen": 3,
        "tickcolor": sheet.palette.line_2,
        "tickmode": "array",
        "tickvals": [tick.position for tick in sheet.ticks],
        "ticktext": [tick.name for tick in sheet.ticks],
        "tickangle": 0,
    }


def _values(sheet: Canvas) -> dict[str, Any]:
    axis, palette = sheet.axis, sheet.palette
    return {
        "range": [axis.low, axis.high],
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": palette.line,
        "gridwidth": 1,
        "zeroline": axis.low < 0,
        "zerolinecolor": palette.line_2,
        "tickmode": "array",
        "tickvals": list(axis.ticks),
        "ticktext": sheet.grid,
        "ticks": "",
        "ticklabelstandoff": 5,
    }
