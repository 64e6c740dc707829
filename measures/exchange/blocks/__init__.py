"""A block of cells as a spreadsheet copies it: read, turned the right way round, laid on measures and periods.

Nothing here asks the database. Dates in the first row or column decide the periods, names of measures the
measures; without them the block lies from a measure and a period on. One date is enough: what stands beside a label
that is no date is left out, and never laid at a guessed period.
"""

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.exchange.blocks.bundles import (
    Bundle,
    are_ratios,
    pieces_of,
    strange_heads,
    twice,
    without_twins,
)
from measures.exchange.blocks.lists import event_lists
from measures.exchange.blocks.ways import fit, only_way
from measures.exchange.grids import Grid, turned
from measures.exchange.headings import heading_dates
from measures.exchange.headings.slashed import doubtful_day, with_days_read
from measures.exchange.headings.yearless import yearless
from measures.exchange.numbers import DecimalMarks, in_one_way
from measures.exchange.pieces import (
    PERIOD_HEAD,
    Ground,
    Laid,
    Piece,
    Target,
    which_day,
    which_measure,
    which_way,
    which_year,
)
from measures.exchange.ratios import Ratio, by_heads, by_quotient
from measures.exchange.sides import Sides, read_sides, without_events
from p2.columns.folding import fold

WITH_A_POINT = re.compile(r"[+-]?\d+\.\d+")


def lay(grid: Grid, ground: Ground, *, is_down: bool | None = None) -> Laid:
    """The block in its place. `is_down` chooses months down or across where the block itself does not say."""
    if lists := event_lists(grid, ground):
        return lists
    run = yearless(
        without_events(grid, ground.takes_dates, ground.frequency), ground.frequency, ground.is_name
    )
    if not run:
        return _with_days(grid, ground, is_down)
    years = run.offered(ground.latest)
    if ground.year is None or ground.year not in {year for year, *_run in years}:
        return which_year(run.named, years, is_down=run.is_down)
    laid = _with_days(run.written(grid, ground.year), ground, is_down)
    return replace(laid, yearless=run.named, years=years, year=ground.year)


def _with_days(grid: Grid, ground: Ground, is_down: bool | None) -> Laid:
    """The block, its dates that may be two days read in the one order that its other dates tell, or its country."""
    bare = without_events(grid, ground.takes_dates, ground.frequency)
    doubt = doubtful_day(bare)
    if not doubt:
        return _laid(grid, ground, is_down)
    if ground.is_month_first is None:
        return which_day(doubt)
    read = with_days_read(bare, is_month_first=ground.is_month_first)
    grid = [[new or old for new, old in zip(*rows, strict=True)] for rows in zip(read, grid, strict=True)]
    return replace(_laid(grid, ground, is_down), doubtful_day=doubt)


def _laid(grid: Grid, ground: Ground, is_down: bool | None) -> Laid:
    if own := _by_own_heads(grid, ground):
        return own
    sides = read_sides(
        grid,
        ground.frequency,
        ground.is_name,
        takes_dates=ground.takes_dates,
        is_ratio=ground.targets[ground.at].is_ratio,
    )
    if sides.is_down is not None:
        return _placed(sides, ground, is_down=sides.is_down, is_decided=True)
    if is_down is not None:
        return _placed(sides, ground, is_down=is_down)
    if sides.is_likely_down is not None:
        return _placed(sides, ground, is_down=sides.is_likely_down)
    return _either_way(sides, ground)


def _either_way(sides: Sides, ground: Ground) -> Laid:
    """The block where nothing but its shape says which way it lies, and that leaves one; else it is asked about."""
    wide = replace(ground, spreads=True)
    across, down = (_placed(sides, wide, is_down=way) for way in (False, True))
    if len(sides.body) == 1 or len(sides.body[0]) == 1:
        return _placed(sides, ground, is_down=fit(down, ground) > fit(across, ground))
    if _ratio(turned(sides.body), None, ground):
        return _placed(sides, ground, is_down=True)
    way = only_way(across, down, sides.body, ground)
    return which_way() if way is None else _placed(sides, ground, is_down=way)


def _by_own_heads(grid: Grid, ground: Ground) -> Laid | None:
    """The table that the sheet was downloaded as: nothing in it is guessed. None where it is another block."""
    if fold(grid[0][0]) != PERIOD_HEAD:
        return None
    heads = grid[0][1:]
    known = [ground.headed(head) for head in heads]
    strange = [head for head, there in zip(heads, known, strict=True) if not there]
    are_other = any(not head or ground.named(head) is not None for head in strange)
    edge = heading_dates([row[0] for row in grid[1:]], ground.frequency)
    if are_other or not any(known) or not edge:
        return None
    pieces = []
    for period, row in zip(edge.periods, _in_one_way([row[1:] for row in grid[1:]]), strict=True):
        cells: dict[int, list[str]] = {}
        for cell, there in zip(row, known, strict=True):
            if there:
                cells.setdefault(there[0], ["", ""])[there[1]] = cell
        pieces += [Piece(at, period, *sides) for at, sides in cells.items() if period and any(sides)]
    remarks = map(_no_measure, strange)
    undated = [row[0] for row, period in zip(grid[1:], edge.periods, strict=True) if not period and any(row)]
    return Laid(
        without_twins(tuple(pieces), ground), min((piece.period for piece in pieces), default=None),
        is_down=True, is_decided=True, has_dates=True, remarks=tuple(remarks), undated=tuple(undated),
        problem="" if pieces else _("The block has headings and no numbers."),
    )  # fmt: skip


def _in_one_way(body: Grid) -> Grid:
    """The cells with a point for decimals: our table has no mark between thousands, a spreadsheet may put its own."""
    cells = [cell for row in body for cell in row]
    marks = DecimalMarks.of(cells)
    if not marks.commas and any(map(WITH_A_POINT.fullmatch, cells)):
        marks = replace(marks, points=True)
    return [in_one_way(row, marks) for row in body]


def _placed(sides: Sides, ground: Ground, *, is_down: bool, is_decided: bool = False) -> Laid:
    nothing = Laid((), None, is_down, is_decided, bool(sides.dates), undated=sides.undated)
    if not any(any(row) for row in sides.body):
        return replace(nothing, problem=_("The block has headings and no numbers."))
    remarks = list(sides.remarks)
    turning = turned(sides.body) if is_down else sides.body  # one a measure, or two for a ratio pasted down
    names = sides.named(is_down=is_down)
    lines = [_line_in_one_way(line, at, names, ground) for at, line in enumerate(turning)]
    ratio = _ratio(lines, names, ground) if is_down else None
    if ratio:
        remarks += ratio.remarks
        strange = () if ratio.is_headed else strange_heads(lines, names or (), ground.targets[ground.at])
        bundles = [Bundle(ground.at, ratio.lines, strange=strange)]
    else:
        bundles = _bundles(lines, names, ground, remarks, is_down=is_down)
    nothing = _with_question(nothing, bundles, ground)
    pieces = tuple(pieces_of(bundles, sides.dates, ground, is_down=is_down))
    nothing = replace(nothing, remarks=tuple(remarks))
    if nothing.strange and not pieces:
        return which_measure(nothing)
    return replace(
        nothing,
        pieces=without_twins(pieces, ground) if sides.dates else pieces,
        first=min((piece.period for piece in pieces), default=None),
        problem="" if sides.dates else twice(pieces, ground),
    )


def _line_in_one_way(line: list[str], at: int, names: list[str] | None, ground: Ground) -> list[str]:
    """The line with each number's marks told by the others; dates have none."""
    head = names[at] if names and at < len(names) else ""
    return line if ground.takes_dates(head) else in_one_way(line)


def _with_question(laid: Laid, bundles: list[Bundle], ground: Ground) -> Laid:
    """What is asked of lines without a measure's name; nothing where they have none and lie on the chosen measure."""
    nameless = [bundle for bundle in bundles if not bundle.is_named]
    strange = tuple(head for bundle in nameless for head in bundle.strange)
    if not strange and not any(bundle.is_guessed for bundle in nameless):
        return laid
    return replace(
        laid,
        strange=strange,
        lays_first=nameless[0].is_laid(ground),
        nameless=sum(len(bundle.lines) for bundle in nameless),
        onto=tuple(dict.fromkeys(bundle.target for bundle in nameless)),
        keeps_first=not nameless[0].is_guessed,
    )


def _ratio(lines: list[list[str]], names: list[str] | None, ground: Ground) -> Ratio | None:
    """The one ratio of a block that names no measure: by its heads, or by a column that is worked out from others."""
    target = ground.targets[ground.at]
    if not target.is_ratio or any(ground.named(name) is not None for name in names or ()):
        return None
    headed = by_heads(lines, names, target.numerator, target.denominator) if names else None
    return headed or by_quotient(lines, target.multiplier)


def _bundles(
    lines: list[list[str]], names: list[str] | None, ground: Ground, remarks: list[str], *, is_down: bool
) -> list[Bundle]:
    """Which lines belong to which measure: by name, else one after the other."""
    bundles: list[Bundle] = []
    at, target = 0, ground.at
    while at < len(lines):
        named = names[at] if names and at < len(names) else ""
        known = ground.named(named) if named else None
        if known is not None:
            target = known
        elif named and any(ground.named(name) is not None for name in names or ()):
            remarks.append(_no_measure(named))
            at += 1
            continue
        if target >= len(ground.targets):
            remarks.append(_beyond(len(lines) - at))
            break
        if is_down and not named and not any(lines[at]) and not ground.targets[target].is_ratio:
            at += 1  # a column without a head or a number
            continue
        takes = 2 if is_down and _is_pair(lines[at:], ground.targets[target]) else 1
        is_named = known is not None
        cells = tuple(lines[at : at + takes])
        heads = names[at : at + takes] if names and not is_named else []
        strange = strange_heads(cells, heads, ground.targets[target])
        bundles.append(Bundle(target, cells, is_named, bool(bundles) and not is_named, strange))
        at, target = at + takes, target + 1
    return bundles


def _no_measure(named: str) -> str:
    return _("“%(named)s” is no measure of this sheet and is left out.") % {"named": named[:60]}


def _beyond(count: int) -> str:
    words = ngettext(
        "%(count)d more lies beyond the last measure and is left out.",
        "%(count)d more lie beyond the last measure and are left out.",
        count,
    )
    return words % {"count": count}


def _is_pair(lines: list[list[str]], target: Target) -> bool:
    return target.is_ratio and len(lines) > 1 and not are_ratios(lines[0])
