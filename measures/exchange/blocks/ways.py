"""Which way a block lies that has no labels: months down and measures across, or the other way round."""

from measures.exchange.blocks.bundles import has_even_rows
from measures.exchange.grids import Grid
from measures.exchange.headings import is_ratio
from measures.exchange.numbers import is_missing, is_number
from measures.exchange.pieces import Ground, Laid, Piece


def only_way(across: Laid, down: Laid, body: Grid, ground: Ground) -> bool | None:
    """Whether the months go down, where only one way has a place for every cell, and some number for every measure."""
    filled = sum(map(bool, (cell for row in body for cell in row)))
    goes_across, goes_down = (_count(laid) == filled and _fits(laid, ground) for laid in (across, down))
    goes_across = goes_across and has_even_rows(body, ground)
    return goes_down if goes_across != goes_down else None


def _fits(laid: Laid, ground: Ground) -> bool:
    """Whether something could be read for every measure: a ratio takes two numbers."""
    read = {piece.target for piece in laid.pieces if _is_readable(piece, ground)}
    return read == {piece.target for piece in laid.pieces}


def _count(laid: Laid) -> int:
    """How many cells have a place."""
    return sum(bool(piece.numerator) + bool(piece.denominator) for piece in laid.pieces)


def fit(laid: Laid, ground: Ground) -> int:
    """How many pieces could be read in this place."""
    return sum(_is_readable(piece, ground) for piece in laid.pieces) - bool(laid.problem)


def _is_readable(piece: Piece, ground: Ground) -> bool:
    if piece.period > ground.latest:
        return False
    if ground.targets[piece.target].is_dated:
        return True
    if not ground.targets[piece.target].is_ratio:
        return (is_number(piece.numerator) or is_missing(piece.numerator)) and not piece.denominator
    return is_ratio(piece.numerator) or (is_number(piece.numerator) and is_number(piece.denominator))
