"""The lines of a block that belong to one measure, and the pieces that they are laid down as."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from measures.exchange.headings import is_ratio
from measures.exchange.numbers import ratio_in, two_numbers, unlike
from measures.exchange.pieces import Ground, Piece, Target
from measures.exchange.ratios import names_numbers
from measures.sentences.periods import label as period_label


@dataclass(frozen=True, slots=True)
class Bundle:
    """The lines of one measure: one, or for a ratio pasted with its months down two."""

    target: int
    lines: tuple[list[str], ...]
    is_named: bool = False
    is_guessed: bool = False  # on another measure than the first, and only because it stands beside it
    strange: tuple[str, ...] = ()  # its heads that are a name, and no measure's

    def is_laid(self, ground: Ground) -> bool:
        """Whether it lies where its name, its place or the person puts it.

        Under a strange name only the shape of the measure, a ratio's, tells that it may be meant, until a person does.
        """
        if ground.spreads or self.is_guessed:
            return ground.spreads
        has_its_shape = ground.targets[self.target].is_ratio and (
            len(self.lines) > 1 or are_ratios(self.lines[0])
        )
        is_wanted = has_its_shape if ground.lays_strange is None else ground.lays_strange
        return not self.strange or is_wanted


def strange_heads(lines: Sequence[Sequence[str]], heads: Sequence[str], target: Target) -> tuple[str, ...]:
    """The heads of lines with something in them that are a name of something else than this measure's numbers."""
    own = target.numerator, target.denominator, target.unit
    return tuple(
        head
        for line, head in zip(lines, heads, strict=False)
        if head and any(line) and not names_numbers(head, own)
    )


def are_ratios(line: list[str]) -> bool:
    """Whether these are ratios, each in one cell: most of those that are filled."""
    given = [cell for cell in line if cell]
    return 2 * sum(map(is_ratio, given)) > len(given)


def pieces_of(
    bundles: list[Bundle], dates: list[date] | None, ground: Ground, *, is_down: bool
) -> Iterator[Piece]:
    laid = [bundle for bundle in bundles if bundle.is_laid(ground)]
    if is_down:
        for bundle in laid:
            known = dates or list(ground.from_period(len(bundle.lines[0])))
            strange = _unlike(bundle, ground)
            for period, *cells in zip(known, *bundle.lines, strict=True):
                yield from _piece(bundle.target, period, cells, strange)
        return
    has_pairs = any(_goes_in_pairs(bundle, ground) for bundle in bundles)
    for bundle in laid:
        line = bundle.lines[0]
        groups = _groups_by_date(line, dates) if dates else _groups(line, bundle, ground, has_pairs=has_pairs)
        strange = _unlike(bundle, ground)
        for period, cells in groups:
            yield from _piece(bundle.target, period, cells, strange)


def _unlike(bundle: Bundle, ground: Ground) -> Mapping[str, str]:
    """Numbers of a measure of one number that are none, as the others of its line show."""
    target = ground.targets[bundle.target]
    return {} if target.is_ratio or target.is_dated else unlike(bundle.lines[0])


def _goes_in_pairs(bundle: Bundle, ground: Ground) -> bool:
    line = bundle.lines[0]
    is_even = len(line) % 2 == 0
    return ground.targets[bundle.target].is_ratio and is_even and not are_ratios(line)


def has_even_rows(lines: Sequence[Sequence[str]], ground: Ground) -> bool:
    """Whether rows that are laid one after the other on the measures from the first have the same months."""
    targets = range(ground.at, len(ground.targets))
    pairs = [
        _goes_in_pairs(Bundle(target, (list(line),)), ground)
        for target, line in zip(targets, lines, strict=False)
    ]
    return not any(pairs) or all(
        is_pair or not any(line[1::2]) for is_pair, line in zip(pairs, lines, strict=False)
    )


def _groups(
    line: list[str], bundle: Bundle, ground: Ground, *, has_pairs: bool
) -> list[tuple[date, list[str]]]:
    """The cells of each month along a row: two for a ratio side by side, else one."""
    spaced = has_pairs and not any(line[1::2])  # one number a month, in rows of two columns a month
    step = 2 if spaced or _goes_in_pairs(bundle, ground) else 1
    cells = [line[at : at + step] for at in range(0, len(line), step)]
    return list(zip(ground.from_period(len(cells)), cells, strict=True))


def _groups_by_date(line: list[str], dates: list[date]) -> list[tuple[date, list[str]]]:
    """The cells under each date; a date over two columns holds a numerator and a denominator."""
    groups: list[tuple[date, list[str]]] = []
    for at, (period, cell) in enumerate(zip(dates, line, strict=True)):
        if groups and at and dates[at - 1] == period and len(groups[-1][1]) == 1:
            groups[-1][1].append(cell)
        else:
            groups.append((period, [cell]))
    return groups


def _piece(target: int, period: date, cells: Sequence[str], strange: Mapping[str, str]) -> Iterator[Piece]:
    """The piece of these cells; none where all are empty: a block never clears a number."""
    if any(cells):
        above, below = cells[0], cells[1] if len(cells) > 1 else ""
        sides = (above, below) if below else ratio_in(above)
        yield Piece(
            target, period, above, below, sentence=two_numbers(sides[1]) if sides else strange.get(above, "")
        )


def without_twins(pieces: tuple[Piece, ...], ground: Ground) -> tuple[Piece, ...]:
    """Two pieces of one cell as one that cannot be taken: nobody knows which of them is meant. Event dates add up."""
    found: dict[tuple[int, date], Piece] = {}
    for piece in pieces:
        place = piece.target, piece.period
        twin = found.get(place)
        if twin and ground.targets[piece.target].is_dated:
            found[place] = Piece(*place, f"{twin.numerator}, {piece.numerator}")
        elif twin:
            words = _("%(first)s and %(second)s") % {"first": twin.words, "second": piece.words}
            found[place] = Piece(*place, words, sentence=_stands_twice(piece, ground))
        else:
            found[place] = piece
    return tuple(found.values())


def twice(pieces: tuple[Piece, ...], ground: Ground) -> str:
    seen: set[tuple[int, date]] = set()
    for piece in pieces:
        place = piece.target, piece.period
        if place in seen:
            return _stands_twice(piece, ground)
        seen.add(place)
    return ""


def _stands_twice(piece: Piece, ground: Ground) -> str:
    month = period_label(piece.period, ground.frequency, long=True)
    return _("%(month)s stands twice in the block. Keep one of the two and paste again.") % {"month": month}
