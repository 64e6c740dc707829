"""Invented readings to draw, and what a drawn figure shows, for the tests of figures."""

from dataclasses import replace
from datetime import date
from typing import Any

from measures.figures import PALETTES
from measures.selectors.readings import Glyph, Point, Reading, ShownVerdict

LIGHT = PALETTES["light"]


def months(count: int, first: date = date(2002, 2, 1)) -> list[date]:
    return [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1)
        for i in range(count)
    ]


def reading(values: list[float | None], **changes: Any) -> Reading:
    """A monthly reading, median 2 over all its months unless `changes` say otherwise."""
    points = tuple(
        Point(
            period=month,
            label=f"{month:%b %Y}",
            value=value,
            numerator=None,
            denominator=None,
            mark=Glyph.NO_DATA if value is None else Glyph.COMMON,
            why="",
            centre=2.0,
            part=0,
            included=True,
            baseline=True,
        )
        for month, value in zip(months(len(values)), values, strict=True)
    )
    plain = Reading(
        ref="k3v9",
        name="Falls with injury",
        unit="per 1,000 days",
        decimals=1,
        frequency="month",
        better="down",
        is_proportion=False,
        points=points,
        parts=(),
        bands=(),
        verdict=ShownVerdict(Glyph.COMMON, "No change yet", "No change yet"),
    )
    return replace(plain, **changes)


def with_points(base: Reading, **by_position: dict[str, Any]) -> Reading:
    """The reading with points changed: `p3={"mark": Glyph.EXCLUDED}`."""
    points = list(base.points)
    for key, change in by_position.items():
        points[int(key[1:])] = replace(points[int(key[1:])], **change)
    return replace(base, points=tuple(points))


def marks(figure: dict[str, Any]) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace.get("name") == "points")


def lines(figure: dict[str, Any], colour: str, dash: str | None = None) -> list[dict[str, Any]]:
    found = [
        trace for trace in figure["data"] if trace["mode"] == "lines" and trace["line"]["color"] == colour
    ]
    return [trace for trace in found if trace["line"].get("dash") == dash]


def words(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {annotation["text"]: annotation for annotation in figure["layout"]["annotations"]}


def look(figure: dict[str, Any], position: int) -> tuple[object, ...]:
    marker = marks(figure)["marker"]
    each = (
        marker["symbol"],
        marker["size"],
        marker["color"],
        marker["line"]["color"],
        marker["line"]["width"],
    )
    return tuple(values[position] for values in each)
