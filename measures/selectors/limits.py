"""A measure's own limits: what is unusual for it. Outside them is asked about and never blocked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext_lazy

from measures.models import Measure, MeasureQuerySet, Observation
from measures.selectors.charts import Drawn
from measures.spc.result import BETTER_CODES, is_improvement, side_of
from measures.spc.rules.far import distances, far_limit
from p2.words import wording

BELOW = gettext_lazy(
    "%(number)s is below everything this measure has shown (limits %(low)s to %(high)s). It is saved."
)
ABOVE = gettext_lazy(
    "%(number)s is above everything this measure has shown (limits %(low)s to %(high)s). It is saved."
)
FEWEST_FOR_LIMITS = 10
"""Earlier numbers from which a measure has limits of its own."""

SOONER = 0.8
"""Standard deviations by which a number is asked about before the chart would call it far off; not in the good
direction (docs/why/012-verdicts.md)."""


def own_limits(earlier: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """The range of the earlier numbers, while a measure has no control limits; None where there are too few.

    >>> own_limits([Decimal(n) for n in (84, 88, 86, 91, 89, 90, 87, 92, 94, 91)])
    (Decimal('84'), Decimal('94'))
    >>> own_limits([Decimal(84)] * 9)
    """
    return (min(earlier), max(earlier)) if len(earlier) >= FEWEST_FOR_LIMITS else None


def outlier_sentence(measure: Measure, observation: Observation, earlier: Sequence[Decimal]) -> str:
    """Why this number is unusual after the earlier ones; empty when it is not, was confirmed or has a note.

    It lies beyond all of them, and far from them for how much they vary: a slight record is no news. Numbers are
    compared as they are shown, so that the sentence is true to a reader of the row.
    """
    shown, limits = observation.shown(measure.words), own_limits(earlier)
    if shown is None or limits is None or observation.is_confirmed or observation.note:
        return ""
    here, low, high = (_as_shown(number, measure.words.decimals) for number in (shown, *limits))
    if low <= here <= high or not _is_far(measure, float(shown), earlier):
        return ""
    said = {
        "number": wording.in_language(f"{here:,}"),
        "low": wording.in_language(f"{low:,}"),
        "high": wording.in_language(f"{high:,}"),
    }
    if here < low:
        return str(BELOW % said)
    return str(ABOVE % said)


def _is_far(measure: Measure, number: float, earlier: Sequence[Decimal]) -> bool:
    """Whether the number lies off the earlier ones by more than they vary; where they do not vary, it does."""
    known = np.array([[*map(float, earlier), number]])
    if known[0, :-1].min() == known[0, :-1].max():
        return True
    away = float(distances(known, np.array([len(earlier)]))[0])
    is_good = is_improvement(side_of(away, 0), BETTER_CODES[measure.words.direction]) is True
    return abs(away) > float(far_limit(np.array([len(earlier) + 1]))[0]) - SOONER * (not is_good)


def outside(measures: MeasureQuerySet, within: Q) -> set[tuple[int, date]]:
    """Measure and period of the numbers `within` these periods that are asked about. One query for all."""
    unanswered = Observation.objects.filter(
        within, measure__in=measures, ordinal=0, no_data="", note="", is_confirmed=False
    )
    charts: dict[int, list[tuple[date, Decimal]]] = {}
    found = set()
    for row in unanswered.select_related("measure__definition", "measure__snapshot"):
        if row.measure_id not in charts:
            charts[row.measure_id] = _numbers_in_order(_charted(row.measure))
        earlier = [number for at, number in charts[row.measure_id] if at < row.period]
        if outlier_sentence(row.measure, row, earlier):
            found.add((row.measure_id, row.period))
    return found


def _as_shown(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


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
    known = _charted(measure) | {row.period: row.shown(measure.words) for row in newest}
    return [number for at, number in _numbers_in_order(known) if at < period]


def _charted(measure: Measure) -> dict[date, Decimal | None]:
    """The numbers of the chart by their period."""
    drawn = Drawn.of(measure)
    if drawn is None:
        return {}
    return {
        at: None if number is None else Decimal(repr(number))
        for at, number in zip(drawn.periods, drawn.numbers, strict=True)
    }


def _numbers_in_order(known: Mapping[date, Decimal | None]) -> list[tuple[date, Decimal]]:
    return [(at, number) for at, number in sorted(known.items()) if number is not None]
