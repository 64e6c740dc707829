"""Columns of days, or one row of them, for measures that take event dates: no block of numbers."""

from dataclasses import replace
from datetime import date

from measures import periods
from measures.exchange.grids import Grid, turned
from measures.exchange.headings.slashed import event_days
from measures.exchange.headings.words import names_periods
from measures.exchange.headings.yearless import names_no_year
from measures.exchange.labels import names_a_span
from measures.exchange.pieces import Ground, Laid, Piece, which_day, which_measure
from measures.exchange.ratios import names_numbers


def event_lists(grid: Grid, ground: Ground) -> Laid | None:
    """Each column under its measure's name, or one alone. None where the block is no such list."""
    lists, strange = _lists(turned(grid) if len(grid) > 1 else grid, ground)
    given = [cell for _at, cells in lists for cell in cells if cell]
    days, doubt = event_days(given, is_month_first=ground.is_month_first)
    if doubt and ground.is_month_first is None:
        return which_day(doubt)
    others = [cell for cell in given if cell not in days]
    if not days or 2 * len(others) > len(given):
        return None
    found: dict[tuple[int, date], list[str]] = {}
    for at, day in ((at, days[cell]) for at, cells in lists for cell in cells if cell in days):
        found.setdefault((at, periods.start_of(day, ground.frequency)), []).append(f"{day}")
    pieces = tuple(Piece(*place, ", ".join(told)) for place, told in found.items())
    laid = Laid(pieces, min(piece.period for piece in pieces), is_down=True, is_decided=True, has_dates=True)
    laid = replace(laid, undated=tuple(others), doubtful_day=doubt)
    return _asked(laid, strange, ground) if strange else laid


def _asked(laid: Laid, head: str, ground: Ground) -> Laid:
    """A list under a name that is no measure's."""
    laid = replace(laid, strange=(head,), nameless=1, onto=(ground.at,), keeps_first=True)
    return laid if ground.lays_strange else which_measure(replace(laid, lays_first=False))


def _lists(columns: Grid, ground: Ground) -> tuple[list[tuple[int, list[str]]], str]:
    """The columns with their measures, without their heads; nothing where some is of another measure or of none.

    Beside them the head of one alone, where it is a name of something else.
    """
    named = [ground.named(column[0]) for column in columns]
    target = ground.targets[ground.at]
    if len(columns) == 1 and named == [None] and target.is_dated:
        head, *cells = columns[0]
        is_headed = bool(cells) and not any(event_days([head], is_month_first=True)[0])
        if is_headed and (names_a_span(head) or names_no_year(head, ground.frequency)):
            return [], ""  # they are dates of that period
        own = target.numerator, target.denominator, target.unit
        is_plain = names_numbers(head, own) or any(map(names_periods, head.split()))
        return [(ground.at, cells if is_headed else columns[0])], head if is_headed and not is_plain else ""
    known = [at for at in named if at is not None and ground.targets[at].is_dated]
    if len(known) < len(columns):
        return [], ""
    return [(at, column[1:]) for at, column in zip(known, columns, strict=True)], ""
