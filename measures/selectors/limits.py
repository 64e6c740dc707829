"""A measure's own limits: what is unusual for it. Outside them is asked about and never blocked."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from measures.models import DefinitionWords, Measure, Observation, Shape
from measures.selectors.charts import Drawn

FEWEST_FOR_LIMITS = 10
"""Earlier numbers from which a measure has limits of its own."""

RECENT = 24
"""Earlier numbers that they are taken from: what a measure does now, not what it did years ago."""

SPREADS = Decimal("2.66")
"""Mean moving ranges between the mean and a limit: three sigma of an individuals chart (3 / 1.128)."""


def own_limits(earlier: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """Natural process limits of the latest earlier numbers, oldest first; None while there are too few to judge by.

    The mean, 2.66 mean moving ranges to either side.

    References
    ----------
    Wheeler DJ, Chambers DS. Understanding Statistical Process Control. 2nd ed. SPC Press, 1992.

    >>> [round(limit) for limit in own_limits([Decimal(n) for n in (84, 88, 86, 91, 89, 90, 87, 92, 94, 91, 93)])]
    [82, 97]
    """
    if len(earlier) < FEWEST_FOR_LIMITS:
        return None
    earlier = earlier[-RECENT:]
    mean = sum(earlier, Decimal(0)) / len(earlier)
    ranges = [abs(after - before) for before, after in pairwise(earlier)]
    reach = SPREADS * sum(ranges, Decimal(0)) / len(ranges)
    return mean - reach, mean + reach


def outlier_sentence(measure: Measure, observation: Observation, earlier: Sequence[Decimal]) -> str:
    """Why this number is unusual after the earlier ones; empty when it is not, was confirmed or has a note.

    Unusual is what lies outside the measure's limits and beyond everything before, so that the sentence is true
    to a reader of the row, and far from the number before: a measure that moves slowly is not asked about every
    month. Numbers are compared as they are shown.
    """
    shown = observation.shown(measure.words)
    limits = own_limits(earlier)
    if shown is None or limits is None or observation.is_confirmed or observation.note:
        return ""
    if abs(shown - earlier[-1]) <= (limits[1] - limits[0]) / 2:
        return ""
    here, low, high, least, most = (
        _as_shown(number, measure.words.decimals)
        for number in (shown, *_within_reason(limits, measure.words), min(earlier), max(earlier))
    )
    if min(low, least) <= here <= max(high, most):
        return ""
    side = "below" if here < low else "above"
    return (
        f"{here:,} is {side} everything this measure has shown (limits {low:,} to {high:,}). "
        "Saved; faculty will see your note."
    )


def _as_shown(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _within_reason(limits: tuple[Decimal, Decimal], words: DefinitionWords) -> tuple[Decimal, Decimal]:
    """No count lies below 0 and no share above all of them."""
    low, high = limits
    low = low if words.shape == Shape.MEAN else max(low, Decimal(0))
    return low, min(high, words.multiplier) if words.shape == Shape.PROPORTION else high


def numbers_before(measure: Measure, place: tuple[date, int], series: Iterable[Observation]) -> list[Decimal]:
    """The numbers of `series`, as shown, that lie before a period and ordinal."""
    words = measure.words
    return [
        number
        for row in series
        if (row.period, row.ordinal) < place and (number := row.shown(words)) is not None
    ]


def charted_before(measure: Measure, period: date, newest: Iterable[Observation]) -> list[Decimal]:
    """All numbers before a period without a query: those of the chart, and over them the `newest` rows at hand."""
    drawn, words = Drawn.of(measure), measure.words
    known: dict[date, Decimal | None] = {}
    if drawn:
        for at, number in zip(drawn.periods, drawn.numbers, strict=True):
            known[at] = None if number is None else Decimal(repr(number))
    for row in newest:
        known[row.period] = row.shown(words)
    return [number for at, number in sorted(known.items()) if at < period and number is not None]
