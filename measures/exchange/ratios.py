"""Which lines of a block are a ratio's numerator, its denominator, and the rate that was worked out from them."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from measures.exchange.numbers import is_number, read_number
from p2.columns.folding import fold
from p2.words.languages import in_each

HEADS = {
    "numerator": pgettext_lazy("heads of a column of numerators, with commas", "numerator, num, events"),
    "denominator": pgettext_lazy(
        "heads of a column of denominators, with commas", "denominator, den, denom, total"
    ),
    "rate": pgettext_lazy(
        "heads of a column of rates, with commas", "rate, %, percent, percentage, proportion, ratio, value"
    ),
    "any": pgettext_lazy("heads of a column of any numbers, with commas", "count, number, numbers, result"),
}
ELSEWHERE = {
    "numerator": {"teller", "zahler", "numerateur"},
    "denominator": {"noemer", "nenner", "denominateur"},
    "rate": set[str](),
    "any": {"anzahl", "aantal", "nombre"},
}
"""Heads in languages that the site does not speak: programmes span countries."""

FEWEST = 2
"""Rows on which a column must be the quotient of two others before it is taken for it."""


ORDERS = ((0, 1, 2), (1, 2, 0), (0, 2, 1), (1, 0, 2), (2, 1, 0), (2, 0, 1))
"""Where numerator, denominator and rate may stand, in the order in which it is tried."""

QUOTIENT = (
    gettext_lazy("The first column is the quotient of the other two, and is left out."),
    gettext_lazy("The second column is the quotient of the other two, and is left out."),
    gettext_lazy("The third column is the quotient of the other two, and is left out."),
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """The lines of one ratio, in its own order, and what was left aside."""

    lines: tuple[list[str], ...]
    remarks: tuple[str, ...] = ()
    is_headed: bool = False  # told by its heads


def by_heads(
    lines: Sequence[list[str]], heads: Sequence[str], numerator: str, denominator: str
) -> Ratio | None:
    """Numerator and denominator by what stands above them, in whichever order; None where the heads name neither.

    `numerator` and `denominator` are the definition's own words. The other columns are left out, and said.
    """
    rate = _the_one(heads, known_heads("rate"), "")
    above = _the_one(heads, {fold(numerator), *known_heads("numerator")}, "n")
    below = _the_one(heads, {fold(denominator), *known_heads("denominator")}, "N")
    if rate is not None and above is None and below is None and len(lines) == 3:
        above, below = [at for at in range(3) if at != rate]
    if above is None or below is None or above == below:
        return None
    others = [heads[at] for at, line in enumerate(lines) if at not in {above, below} and any(line)]
    return Ratio((lines[above], lines[below]), tuple(map(_left_out, others)), is_headed=True)


def by_quotient(lines: Sequence[list[str]], multiplier: Decimal) -> Ratio | None:
    """The two of three lines of which another is the quotient times the multiplier; else None.

    >>> by_quotient([["41", "44"], ["52", "50"], ["78.8", "88"]], Decimal(100)).lines
    (['41', '44'], ['52', '50'])
    >>> by_quotient([["41"], ["52"], ["78.8"]], Decimal(100))  # one row may be so by chance
    """
    if len(lines) != 3:
        return None
    rows = [tuple(map(read_number, row)) for row in zip(*lines, strict=True) if all(map(is_number, row))]
    whole = [_are_whole(line) for line in lines]
    for above, below, rate in ORDERS if len(rows) >= FEWEST else ():
        if whole[rate] and not whole[below]:
            continue  # 41 of 52 is 78.8 %, and 41 of 78.8 is 52 %: a denominator counts
        if all(_is_quotient(row[above], row[below], row[rate], multiplier=multiplier) for row in rows):
            return Ratio((lines[above], lines[below]), (str(QUOTIENT[rate]),))
    return None


def _are_whole(line: Sequence[str]) -> bool:
    numbers = [cell for cell in line if is_number(cell)]
    return all(not cell.endswith("%") and read_number(cell) % 1 == 0 for cell in numbers)


def names_a_part(heads: Iterable[str]) -> bool:
    """Whether some of these heads name a part of a ratio, or its rate, in general words."""
    known = known_heads("numerator") | known_heads("denominator") | known_heads("rate")
    return any(fold(head) in known for head in heads)


def names_numbers(head: str, own: Iterable[str]) -> bool:
    """Whether a head says which numbers stand under it, and not of which measure: a word of the definition, which has
    its `own`, or one that fits any.
    """
    known = {fold(word) for word in own}.union(*map(known_heads, HEADS))
    return head in {"n", "N"} or fold(head) in known


@cache
def known_heads(part: str) -> frozenset[str]:
    """The heads, folded, that a column of this part goes by, in every language of the site."""
    said = in_each(lambda: str(HEADS[part]))
    return frozenset(fold(head) for heads in said for head in heads.split(",")).union(ELSEWHERE[part])


def _the_one(heads: Sequence[str], words: Set[str], letter: str) -> int | None:
    """Where the one head stands that is among these words, or this very letter; None where none is, or several are."""
    found = [at for at, head in enumerate(heads) if head == letter or (head and fold(head) in words)]
    return found[0] if len(found) == 1 else None


def _is_quotient(above: Decimal, below: Decimal, value: Decimal, *, multiplier: Decimal) -> bool:
    """Whether the value is the quotient, as far as it is rounded; of a percentage also without its hundred."""
    if not below:
        return not value
    rounding = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return any(abs(above / below * times - value) <= rounding for times in (multiplier, 100, 1))


def _left_out(head: str) -> str:
    return _("The column “%(head)s” is left out.") % {"head": head[:60]}
