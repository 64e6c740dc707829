"""The medians by which the charts of one core measure are ordered: over which points, and which cannot be told apart.

How, and from which source: docs/why/methods-run-chart.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Flag, Measure
from measures.selectors import charts
from measures.sentences.periods import label as period_label
from measures.spc.rules.intervals import median_interval
from p2.words.wording import figure, percent

Interval = tuple[float, float]
SHARE = "95"
"""Of 100 such intervals, how many hold the median that they are of, or more."""


@dataclass(frozen=True, slots=True)
class CurrentMedian:
    """The median of all points of a chart's last part that are not left out."""

    value: float
    interval: Interval | None  # of 95 %; None where there are too few points
    points: int
    first: date  # the period of the first of them, or the day of an event
    last: date
    is_drawn: bool  # False where the chart's line is frozen at another one


def median_of(measure: Measure) -> CurrentMedian | None:
    """None without a number, and until a chart of an earlier version is computed anew.

    No query if the measure came `with_charts`.
    """
    snapshot, drawn = charts.snapshot_of(measure), charts.Drawn.of(measure)
    if snapshot is None or snapshot.median is None or drawn is None:
        return None
    points = [
        (number, at)
        for at, (number, part, flags) in enumerate(zip(drawn.numbers, drawn.part, drawn.flags, strict=True))
        if number is not None and part == drawn.part[-1] and flags & Flag.INCLUDED
    ]
    return CurrentMedian(
        value=snapshot.median,
        interval=median_interval([number for number, _at in points]),
        points=len(points),
        first=drawn.periods[points[0][1]],
        last=drawn.periods[points[-1][1]],
        is_drawn=drawn.centre[-1] == snapshot.median,
    )


def alike(intervals: Sequence[Interval | None]) -> list[tuple[int, ...]]:
    """Of each, the places of those before it whose interval overlaps its own; where one has none, nothing is known.

    >>> alike([(1, 3), (2, 5), None, (4, 6), (7, 8)])
    [(), (0,), (), (1,), ()]
    """
    return [
        tuple(at for at, other in enumerate(intervals[:place]) if one and other and _overlap(one, other))
        for place, one in enumerate(intervals)
    ]


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def span_words(measure: Measure, median: CurrentMedian) -> str:
    """Over which points: "median of 24 points, Jan 2024 to Dec 2025"."""
    named_by = measure.words.named_by
    said = {
        "count": figure(median.points, 0),
        "first": period_label(median.first, named_by),
        "last": period_label(median.last, named_by),
    }
    if median.first == median.last:
        words = ngettext(
            "median of %(count)s point, %(first)s", "median of %(count)s points, %(first)s", median.points
        )
    else:
        words = ngettext(
            "median of %(count)s point, %(first)s to %(last)s",
            "median of %(count)s points, %(first)s to %(last)s",
            median.points,
        )
    return words % said


def interval_words(measure: Measure, median: CurrentMedian, *, is_ranked: bool) -> str:
    """How surely it is known: "95% interval 14.0 to 22.1"."""
    if median.interval is None:
        if is_ranked:
            return _("too few points for an interval: its place may be chance")
        return _("too few points for an interval")
    low, high = (charts.figure_with_sign(measure, end) for end in median.interval)
    return _("%(share)s interval %(low)s to %(high)s") % {"share": percent(SHARE), "low": low, "high": high}


def alike_words(names: Sequence[str], before: int) -> str:
    """Which of so many that stand before it may as well stand after it; empty where each is told apart."""
    if not names:
        return ""
    if len(names) == 1:
        return _("not told apart from %(name)s") % {"name": names[0]}
    if len(names) == before:
        return _("not told apart from any of those before it")
    words = ngettext(
        "not told apart from %(count)s of those before it",
        "not told apart from %(count)s of those before it",
        len(names),
    )
    return words % {"count": figure(len(names), 0)}
