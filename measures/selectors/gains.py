"""What the last part of a chart gained over the part before it, from the snapshot alone."""

from dataclasses import dataclass
from decimal import Decimal

from measures.models import Flag, Measure
from measures.selectors.charts import Drawn, middle_with_sign, short_words
from measures.selectors.readings import Glyph
from measures.sentences import gains as sentences
from measures.sentences.gains import MedianChange
from measures.sentences.periods import label as period_label
from measures.spc.result import BETTER_CODES, JUDGED_FROM, is_improvement
from measures.spc.rules.ranks import side_of_cut
from p2.words.wording import figure, is_percentage, middle_decimals, rounded


@dataclass(frozen=True, slots=True)
class Gain:
    """Two medians in words; `mark` is improvement or concern where the change has that direction, else common."""

    mark: Glyph
    sentence: str  # "Median 1.74 since March 2025, before it 4.10: 58% lower, better"
    short: str  # "median 4.10, then 1.74: 58% lower, better"


def gain_of(measure: Measure, drawn: Drawn | None = None) -> Gain | None:
    """None in the first part, and where one of the two parts has fewer numbers than a median is judged from.

    No query if the measure came `with_charts`.
    """
    drawn = drawn or Drawn.of(measure)
    if drawn is None or not drawn.part or not drawn.part[-1]:
        return None
    before, since = (_numbers(drawn, part) for part in (drawn.part[-1] - 1, drawn.part[-1]))
    first = drawn.part.index(drawn.part[-1])
    old, new = drawn.centre[first - 1], drawn.centre[-1]
    if min(len(before), len(since)) < JUDGED_FROM or old is None or new is None:
        return None
    written = middle_with_sign(measure, new), middle_with_sign(measure, old)
    change = _change(measure, old, new, side_of_cut(before, since))
    if written[0] == written[1]:
        change = MedianChange(0, "", change.is_share, is_told=False, is_improvement=None)
    month = period_label(drawn.periods[first], measure.words.named_by, long=True)
    has_mark = change.is_told and change.is_improvement is not None
    return Gain(
        Glyph.of_direction(change.is_improvement) if has_mark else Glyph.COMMON,
        sentences.sentence(month, *written, change),
        sentences.short(*written, change),
    )


def words_with_gain(measure: Measure) -> str:
    """In a line of a list: "14 points, steady; median 4.10, then 1.74: 58% lower, better"."""
    gained = gain_of(measure)
    return sentences.beside(short_words(measure), gained.short if gained else "")


def _numbers(drawn: Drawn, part: int) -> list[float]:
    """The numbers of one part that are not left out."""
    seen = zip(drawn.numbers, drawn.part, drawn.flags, strict=True)
    return [
        number for number, of, flags in seen if of == part and number is not None and flags & Flag.INCLUDED
    ]


def _change(measure: Measure, old: float, new: float, side_by_ranks: int) -> MedianChange:
    side = 1 if new > old else -1
    is_share = is_percentage(measure.words.unit)
    better = is_improvement(side, BETTER_CODES[measure.words.direction]) if side_by_ranks == side else None
    size = _size(measure, old, new, is_share=is_share)
    return MedianChange(side, size, is_share, is_told=side_by_ranks != 0, is_improvement=better)


def _size(measure: Measure, old: float, new: float, *, is_share: bool) -> str:
    """How far the medians lie apart, as they are shown; nothing where a percent would say nothing.

    That is of 0, of less, and under one.
    """
    decimals = [middle_decimals(value, measure.words.decimals) for value in (old, new)]
    before, since = (
        Decimal(rounded(value, places).replace(",", ""))
        for value, places in zip((old, new), decimals, strict=True)
    )
    if is_share:
        return figure(abs(since - before), max(decimals))
    percent = abs(since - before) / before * 100 if before > 0 else Decimal(0)
    return figure(percent, 0) if percent >= 1 else ""
