"""Words at the right end of their lines, pushed apart in px."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.figures.axes import MINUS, is_large, number, short_name
from measures.figures.palette import Palette
from measures.periods import DAY, EVENT
from measures.selectors.readings import GoalLine, Point, Reading
from measures.sentences.periods import head
from p2.words.days import Pattern, written
from p2.words.wording import middle_figure

APART = 17.0  # px from one label's middle to the next, at least
GLYPH = 6.6  # px, the mean width of a character of Inter at 12 px
MEDIAN, MEAN = gettext_lazy("Median %(number)s"), gettext_lazy("Mean %(number)s")
UPPER, LOWER = gettext_lazy("Upper limit %(number)s"), gettext_lazy("Lower limit %(number)s")


@dataclass(frozen=True, slots=True)
class EndLabel:
    text: str
    value: float
    colour: str
    weight: int = 400


def width_of(text: str) -> float:
    """About how wide a line of words is at 12 px."""
    return len(text) * GLYPH


def push_apart(heights: Sequence[float], lowest: float, highest: float) -> tuple[float, ...]:
    """Heights moved as little as possible until all stand `APART`, in the order given.

    Labels that collide share the move: each such group is centred on what it names, and kept between
    `lowest` and `highest` while there is room.

    >>> push_apart([10, 12, 80], 0, 100)
    (2.5, 19.5, 80.0)
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    groups: list[list[int]] = []
    starts: list[float] = []
    for i in order:
        groups.append([i])
        starts.append(_start(groups[-1], heights, lowest, highest))
        while len(groups) > 1 and starts[-2] + len(groups[-2]) * APART > starts[-1]:
            merged = groups[-2] + groups[-1]
            groups[-2:] = [merged]
            starts[-2:] = [_start(merged, heights, lowest, highest)]
    moved = [0.0] * len(heights)
    for group, start in zip(groups, starts, strict=True):
        for place, i in enumerate(group):
            moved[i] = start + place * APART
    return tuple(moved)


def _start(group: list[int], heights: Sequence[float], lowest: float, highest: float) -> float:
    """Height of a group's lowest label when the group is centred on what it names."""
    reach = (len(group) - 1) * APART
    middle = sum(heights[i] for i in group) / len(group)
    return max(min(middle - reach / 2, highest - reach), lowest)


def end_labels(reading: Reading, palette: Palette, *, is_narrow: bool) -> tuple[EndLabel, ...]:
    """What stands at the right end of the lines: newest value, median, limits, goal, benchmarks."""
    longest = 14 if is_narrow else 26
    labels: list[EndLabel] = []
    with_value = [point for point in reading.points if point.value is not None]
    if with_value and (newest := with_value[-1]) and newest.value is not None:
        text = f"{number(newest.value, reading.decimals)} {short_name(newest, reading.frequency)}"
        if newest.is_event or reading.frequency == DAY:  # two numbers in a row would be read as one date
            text = f"{number(newest.value, reading.decimals)} ({head(newest.period, EVENT)})"
        labels.append(EndLabel(text, newest.value, palette.words(newest.mark), 650))
    labels += _line_labels(reading, palette)
    if reading.goal:
        text = _goal_words(reading.goal, reading, is_narrow=is_narrow)
        labels.append(EndLabel(text, reading.goal.value, palette.ink))
    for benchmark in reading.benchmarks:
        value = number(benchmark.value, reading.decimals)
        text = f"{shortened(benchmark.label, longest - len(value) - 1)} {value}"
        labels.append(EndLabel(text, benchmark.value, palette.ink_2))
    return tuple(labels)


def shortened(words: str, longest: int) -> str:
    """Words cut to `longest` characters, with an ellipsis where something is left out."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _line_labels(reading: Reading, palette: Palette) -> list[EndLabel]:
    if not reading.points:
        return []
    last = reading.points[-1]
    lines = (
        (MEAN if reading.has_mean else MEDIAN, last.centre, palette.ink_2),
        (UPPER, last.upper, palette.ink_3),
        (LOWER, last.lower, palette.ink_3),
    )
    return [
        EndLabel(str(words % {"number": _of_line(value, last, reading)}), value, colour)
        for words, value, colour in lines
        if value is not None
    ]


def _of_line(value: float, last: Point, reading: Reading) -> str:
    return _middle(value, reading) if value == last.centre else number(value, reading.decimals)


def _middle(value: float, reading: Reading) -> str:
    """A centre line; a half is shown as such, unless the value is too large for it to matter."""
    if is_large(value):
        return number(value, reading.decimals)
    return middle_figure(value, reading.decimals).replace("-", MINUS)


def _goal_words(goal: GoalLine, reading: Reading, *, is_narrow: bool) -> str:
    """The goal and its month; its year too unless it lies within a year of the newest point."""
    said = {"number": number(goal.value, reading.decimals)}
    if is_narrow or goal.on is None:
        return _("Goal %(number)s") % said
    newest = reading.points[-1].period if reading.points else goal.on
    is_near = 0 <= (goal.on - newest).days <= 366
    month = written(goal.on, Pattern.SHORT_MONTH_IN_YEAR if is_near else Pattern.SHORT_MONTH)
    return _("Goal %(number)s by %(month)s") % {**said, "month": month}
