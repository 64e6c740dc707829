"""What the first row and the first column of a block say: its dates, its names, and what stands inside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from measures.exchange.doubts import ask, ask_about_days, ask_about_labels
from measures.exchange.grids import Grid, turned
from measures.exchange.headings import Edge, heading_dates, is_value, repeated
from measures.exchange.headings.apart import with_one_label, without_other_dates
from measures.exchange.headings.slashed import either_day
from measures.exchange.headings.yearless import lacks_a_year, names_no_year
from measures.exchange.labels import LONGEST, day_with_time, names_a_span
from measures.exchange.numbers import is_missing, is_withheld
from measures.exchange.ratios import known_heads, names_a_part
from p2.columns.folding import fold

FIRST = 3  # lines that may be taken for labels: to look for dates in thousands of cells takes long
SHORTEST = 5  # digits of a spreadsheet's day


@dataclass(slots=True)
class Sides:
    """The cells inside a block, and the periods and names that its sides give them.

    `undated` are the labels beside the dates that are none: their rows, or columns, are left out.
    """

    body: Grid
    dates: list[date] | None = None
    names: list[str] | None = None
    is_down: bool | None = None
    undated: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)
    is_likely_down: bool | None = None  # labels of something else than periods stand on the other side

    def named(self, *, is_down: bool) -> list[str] | None:
        """The names of the measures, where its lines lie so."""
        return self.names if self.is_likely_down in {None, is_down} else None


def read_sides(
    grid: Grid,
    frequency: str,
    is_name: Callable[[str], bool],
    *,
    takes_dates: Callable[[str], bool] = lambda _head: False,
    is_ratio: bool = False,
) -> Sides:
    """Dates down the first column or along the first row, else names, else nothing but numbers.

    `takes_dates` says of a head whether the dates under it are event dates, and no second column of periods; of a
    ratio, which `is_ratio`, two lines of numbers are its two sides.

    Raises
    ------
    ValueError
        With a sentence, where labels mean periods and cannot be read, or not in one way: position decides only where
        there are no labels.
    """
    bare = without_events(grid, takes_dates, frequency)
    ask_about_days(bare, frequency)
    grid = grid if bare != grid else with_one_label(grid, frequency)
    bare, columns = without_events(grid, takes_dates, frequency), turned(grid)
    across = _edge(turned(bare), frequency)
    are_labels = [row[0] for row in bare] == [row[0] for row in grid]
    down = _edge(bare, frequency) if are_labels else None
    if down and (not across or down.weight >= across.weight):
        return _dated(*without_other_dates(grid, frequency, takes_dates), down, frequency, is_down=True)
    if across:
        return _dated(columns, [], repeated(across, grid[0]), frequency, is_down=False)
    ask_about_labels(grid, frequency, is_name, is_ratio=is_ratio, is_dated=takes_dates(""))
    return _named(grid, is_name)


def without_events(grid: Grid, takes_dates: Callable[[str], bool], frequency: str) -> Grid:
    """The block without the days that are event dates: they stand beside labels of periods, and are none of them."""
    for lines, back in ((grid, list), (turned(grid), turned)):
        labels = [line[0] for line in lines]
        named = [one for one in labels if _names_a_period(one, frequency)]
        if named and not any(_is_day(one) for one in labels if one not in named):
            taken = [takes_dates(head) for head in lines[0]]
            return back([_without_days(line, taken, is_first=at < FIRST) for at, line in enumerate(lines)])
    return grid


def _without_days(line: list[str], taken: list[bool], *, is_first: bool) -> list[str]:
    """The line behind its label without days where they are taken; of all but the first lines those that may be two."""
    is_day = _is_day if is_first else either_day
    cells = zip(line[1:], taken[1:], strict=True)
    return [line[0], *("" if is_taken and is_day(cell) else cell for cell, is_taken in cells)]


def _names_a_period(label: str, frequency: str) -> bool:
    """Whether it is a period's name, with its year or without, or the first of a month, as a spreadsheet has months."""
    if names_a_span(label) or names_no_year(label, frequency):
        return True
    day = day_with_time(label)
    return day is not None and day.day == 1


def _is_day(cell: str) -> bool:
    if len(cell) > LONGEST or (len(cell) < SHORTEST and cell.isdecimal()):
        return False
    return bool(either_day(cell)) or day_with_time(cell) is not None


def _edge(lines: Grid, frequency: str) -> Edge | None:
    """The dates that these lines begin with; what may be numbers is no date where nothing stands beside it."""
    edge = heading_dates([line[0] for line in lines], frequency)
    return edge if edge and (edge.sure or len(lines[0]) > 1) else None


def _dated(lines: Grid, remarks: list[str], edge: Edge, frequency: str, *, is_down: bool) -> Sides:
    """The lines that begin with a date, under the names in the first one; any other is left out, and said.

    One that may be a date, 24-Jan beside 1-Mar-26, is asked about.
    """
    is_headed = not edge.periods[0] and not any(map(is_value, lines[0]))
    dates: list[date] = []
    body: Grid = []
    undated: list[str] = []
    for at, (period, line) in enumerate(zip(edge.periods, lines, strict=True)):
        if period:
            dates.append(period)
            body.append(line[1:])
        elif any(line) and (at or not is_headed) and (is_down or line[0] or not at):
            undated.append(line[0])  # along a row, a blank label belongs to the one before it
    if doubtful := [label for label in undated if lacks_a_year(label, frequency)]:
        ask(doubtful, frequency)
    names = _names(lines[0][1:]) if is_headed else None
    sides = Sides(body if is_down else turned(body), dates, names, is_down, tuple(undated), remarks)
    return sides if is_down else _without_parts(sides, dates)


def _without_parts(sides: Sides, dates: Sequence[date]) -> Sides:
    """Numerator and denominator under each date, in their own order, without the row that names them."""
    at = next((at for at, row in enumerate(sides.body) if _names_parts(row)), None)
    if at is None or (sides.names and sides.names[at]):
        return sides
    parts = sides.body.pop(at)
    sides.names = sides.names and sides.names[:at] + sides.names[at + 1 :]
    turned_round = [
        left
        for left in range(len(parts) - 1)
        if dates[left] == dates[left + 1]
        and fold(parts[left]) in known_heads("denominator")
        and fold(parts[left + 1]) in known_heads("numerator")
    ]
    for row in sides.body:
        for left in turned_round:
            row[left], row[left + 1] = row[left + 1], row[left]
    return sides


def _names_parts(row: Sequence[str]) -> bool:
    """Whether it holds nothing but the words numerator and denominator, or what stands for them."""
    known = known_heads("numerator") | known_heads("denominator")
    given = [cell for cell in row if cell]
    return len(given) > 1 and all(fold(cell) in known for cell in given)


def _named(grid: Grid, is_name: Callable[[str], bool]) -> Sides:
    head, side = grid[0], [row[0] for row in grid]
    if _are_words(side):
        is_known = any(is_name(name) for name in side)
        inner = Sides([row[1:] for row in grid], None, side, False if is_known else None)
        inner.remarks += [] if is_known else [_("The first column is read as labels.")]
        inner.is_likely_down = None if is_known else False
        return inner
    if len(grid) > 1 and _are_words(head) and names_a_part(head):
        return Sides(grid[1:], None, head, is_down=True)
    if len(grid) > 1 and _are_words(head):
        is_known = any(is_name(name) for name in head)
        inner = Sides(grid[1:], None, head, True if is_known else None)
        inner.remarks += [] if is_known else [_("The first row is read as headings.")]
        inner.is_likely_down = None if is_known else True
        return inner
    return Sides(grid)


def _names(cells: list[str]) -> list[str] | None:
    return cells if _are_words(cells) else None


def _are_words(cells: Sequence[str]) -> bool:
    """Whether these are headings: none of them a number, and not all of them withheld or missing ones."""
    given = [cell for cell in cells if cell]
    return not any(map(is_value, given)) and not all(is_withheld(cell) or is_missing(cell) for cell in given)
