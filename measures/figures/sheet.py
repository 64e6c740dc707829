"""The paper a chart is drawn on: its size, margins and scales in px, fixed before anything is drawn."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.functional import cached_property

from measures import periods
from measures.figures.axes import MonthTick, ValueAxis, month_ticks, numbers, value_axis
from measures.figures.labels import EndLabel, end_labels, width_of
from measures.figures.palette import PALETTES, Palette, Theme
from measures.selectors.readings import Band, Reading

Drawing = dict[str, Any]  # one trace, shape or annotation, in Plotly's words

GAP = 8  # px between the plot and the words beside it
PAD = 8  # px from the outermost point to the end of the axis, at least
BAND_REACH = 8  # px by which a shift's band stands out beside its outermost points
SENTENCE = 17  # px, one line of words above the plot
FOOT = 40  # px under the axis: month names and years
LANE = 40  # px, one ramp
MOST_AHEAD = (
    24  # periods after the newest number that the axis is drawn on for; a later note stands at its end
)


@dataclass(frozen=True)
class Canvas:
    """A reading laid out on `width` by `height` px, ramps not counted."""

    reading: Reading
    palette: Palette
    width: int
    height: int

    @cached_property
    def axis(self) -> ValueAxis:
        return value_axis(self.reading)

    @cached_property
    def grid(self) -> list[str]:
        """The numbers beside the grid lines."""
        return numbers(self.axis.ticks, self.axis.decimals)

    @cached_property
    def labels(self) -> tuple[EndLabel, ...]:
        return end_labels(self.reading, self.palette, is_narrow=self.width < 480)

    @cached_property
    def left(self) -> float:
        return max(map(width_of, self.grid), default=0) + GAP + 2

    @cached_property
    def right(self) -> float:
        widest = max((width_of(label.text) for label in self.labels), default=0)
        return min(widest + GAP + 4, self.width * 0.45) if widest else PAD

    @cached_property
    def top(self) -> float:
        rows = 1 + max((row for _, row in self.banded), default=0)
        return SENTENCE * rows + 4

    @property
    def plot_width(self) -> float:
        return max(self.width - self.left - self.right, 40)

    @property
    def plot_height(self) -> float:
        return max(self.height - self.top - FOOT, 40)

    @property
    def full_height(self) -> int:
        return self.height + LANE * len(self.reading.ramps)

    @cached_property
    def reach(self) -> float:
        """Positions from the outermost point to the end of the axis: half a step, or `PAD` px."""
        gaps = self.last
        if not gaps or self.plot_width / (gaps + 1) >= 2 * PAD:
            return 0.5
        return PAD * gaps / (self.plot_width - 2 * PAD)

    @cached_property
    def span(self) -> tuple[float, float]:
        """First and last position on the axis."""
        return -self.reach, self.last + self.reach

    @property
    def last(self) -> int:
        """The last position: of the newest point, or of a note in a period that has no number yet."""
        return max(len(self.reading.points) - 1, 0) + len(self.ahead)

    @cached_property
    def ahead(self) -> tuple[date, ...]:
        """Periods after the newest point, up to the latest that something is written at; none of events and days."""
        if not self._periods or self.reading.has_gaps:
            return ()
        newest, frequency = self._periods[-1], self.reading.frequency
        written = max((note.period for note in self.reading.notes), default=newest)
        after = periods.between(periods.following(newest, frequency), written, frequency)
        return after if len(after) <= MOST_AHEAD else ()

    @cached_property
    def step(self) -> float:
        """px from one point to the next."""
        return self.plot_width / (self.span[1] - self.span[0])

    @cached_property
    def ticks(self) -> tuple[MonthTick, ...]:
        """The names under the axis."""
        points = self.reading.points
        ahead = [replace(points[-1], period=period) for period in self.ahead]
        return month_ticks([*points, *ahead], self.reading.frequency, self.step)

    @cached_property
    def banded(self) -> tuple[tuple[Band, int], ...]:
        """Each shift with the row of its sentence above the plot, 0 nearest to it."""
        ends: list[float] = []  # px where the last sentence of each row ends
        rows: list[tuple[Band, int]] = []
        for band in self.reading.bands:
            start = (self.at(band.first) - self.span[0]) * self.step
            end = start + width_of(band.sentence) * 1.06 + 2 * GAP
            row = next((i for i, taken in enumerate(ends) if taken <= start), len(ends))
            ends[row : row + 1] = [end]
            rows.append((band, row))
        return tuple(rows)

    def at(self, day: date) -> float:
        """Position of a period's point; of another day, its place inside the period it falls in."""
        days = self._days
        if not days:
            return 0.0
        place = bisect_right(days, day) - 1
        if place >= 0 and days[place] == day:
            return float(place)
        if self.reading.has_gaps:
            return self._between_points(place, day)
        inside = place + (day - days[max(place, 0)]).days / self._period_days - 0.5
        return min(max(inside, self.span[0]), self.span[1])

    def _between_points(self, place: int, day: date) -> float:
        """The position of a day after the point at `place`: its share of the time to the next one."""
        days = self._days
        if place < 0:
            return self.span[0]
        if place == len(days) - 1:
            return self.span[1]
        return place + (day - days[place]) / (days[place + 1] - days[place])

    @cached_property
    def _periods(self) -> list[date]:
        return [point.period for point in self.reading.points]

    @cached_property
    def _days(self) -> list[date]:
        """What stands at each position."""
        return [*self._periods, *self.ahead]

    @cached_property
    def _period_days(self) -> int:
        gaps = [after - before for before, after in pairwise(self._days)]
        return max(min(gaps, default=timedelta(days=30)).days, 1)


def sheet_for(reading: Reading, *, theme: Theme, width: int, height: int) -> Canvas:
    return Canvas(reading, PALETTES[theme], max(width, 240), max(height, 160))


def font(colour: str, *, weight: int = 400, size: int = 12) -> Drawing:
    return {"color": colour, "size": size, "weight": weight}
