"""Small multiples: one core measure of every organization on one scale, the best median of a last part first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import nsmallest
from math import inf

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import CoreMeasure, Direction, Measure
from measures.selectors import charts
from measures.selectors.axis import on_one_axis
from measures.selectors.gains import gain_of
from measures.selectors.readings import Spark
from p2.columns.keys import known_key
from p2.words.listing import apart, sentences
from p2.words.wording import figure, is_percentage, named_with_unit, percent, with_unit
from projects.pages.portfolio.medians import (
    SHARE,
    CurrentMedian,
    alike,
    alike_words,
    interval_words,
    median_of,
    span_words,
)
from projects.pages.portfolio.rows import Multiple, Multiples
from projects.pages.portfolio.summaries import Adopted, Core, Summaries, Summary

DRAWN = 24
"""Charts of one core measure that an eye compares; its map shows every organization."""

NOTES = {
    Direction.UP: gettext_lazy("Core measure, higher is better, best median first"),
    Direction.DOWN: gettext_lazy("Core measure, lower is better, best median first"),
    Direction.NONE: gettext_lazy("Core measure, neither is better, by name"),
}
WAYS = {Direction.UP: -1.0, Direction.DOWN: 1.0, Direction.NONE: 0.0}
"""What a median is multiplied by, so that the best comes first."""
ORDER = gettext_lazy(
    "In order of the median of each chart’s last part, all of its points. Where the %(share)s intervals of two "
    "medians overlap, the later one is marked ≈: their order may be chance."
)


@dataclass(frozen=True, slots=True)
class OneCore:
    """The core measure that is drawn: who adopts it, the best median first, and the others that could be asked for.

    Who has no median comes last, by name; where no direction is better, all come by name.
    """

    ref: str
    drawn: tuple[tuple[int, int], ...]  # the first measures, each with its organization
    adopters: int  # all measures
    choices: tuple[tuple[str, str], ...]  # ref, name


def of_one_core(summaries: Summaries, chosen: str) -> OneCore | None:
    """The core measure with this ref, or the first by name; None where nobody adopts any."""
    cores = [
        core
        for core in summaries.cores
        if any(_adopting(summary, core) for summary in summaries.present.values())
    ]
    if not cores:
        return None
    core = next((core for core in cores if core.ref == chosen), cores[0])
    way = WAYS[Direction(known_key(CoreMeasure, "direction", core.direction))]
    adopted = [
        (inf if one.median is None else way * one.median, summary.name, one.measure, key)
        for key, summary in summaries.present.items()
        for one in _adopting(summary, core)
    ]
    first = nsmallest(DRAWN, adopted)
    return OneCore(
        ref=core.ref,
        drawn=tuple((measure, key) for *_, measure, key in first),
        adopters=len(adopted),
        choices=tuple((core.ref, core.name) for core in cores),
    )


def _adopting(summary: Summary, core: Core) -> list[Adopted]:
    """The measures of an organization, none of them of a part of its patients."""
    return [one for one in summary.adopted.get(core.key, ()) if not one.is_stratum]


def multiples(one: OneCore | None, measures: Mapping[int, Measure]) -> Multiples | None:
    """Its first charts; None where the collaborative has no core measure, or they are gone meanwhile."""
    ordered = [measures[key] for key, _place in one.drawn if key in measures] if one else []
    core = ordered[0].core_measure if ordered else None
    if not one or not core:
        return None
    sparks, low, high = on_one_scale(
        on_one_axis([charts.spark(measure) for measure in ordered]),
        from_zero=not is_percentage(core.unit),  # only proportions may leave zero out
    )
    is_ranked = core.direction != Direction.NONE
    medians = [median_of(measure) for measure in ordered]
    return Multiples(
        name=named_with_unit(core.name, core.unit),
        ref=one.ref,
        note=str(NOTES[Direction(core.direction)]),
        order=_order_words(one.adopters - len(ordered)) if is_ranked else "",
        low=figure(low, core.decimals),
        high=_with_unit(core, high),
        goal="" if core.goal is None else _with_unit(core, core.goal),
        charts=tuple(
            _multiple(measure, median, spark, words if is_ranked else "", is_ranked=is_ranked)
            for measure, median, spark, words in zip(
                ordered, medians, sparks, _alike(ordered, medians), strict=True
            )
        ),
        unshown=one.adopters - len(ordered),
        choices=one.choices,
    )


def _alike(measures: Sequence[Measure], medians: Sequence[CurrentMedian | None]) -> list[str]:
    """From whom each is not told apart, of those before it."""
    found = alike([median.interval if median else None for median in medians])
    return [
        alike_words([str(measures[at].organization) for at in places], before)
        for before, places in enumerate(found)
    ]


def _order_words(unshown: int) -> str:
    """What the order rests on, and how far it can be trusted."""
    words = str(ORDER % {"share": percent(SHARE)})
    return sentences(
        words, _("Who comes last here and who is left out may be chance, too.") if unshown else ""
    )


def _multiple(
    measure: Measure,
    median: CurrentMedian | None,
    spark: Spark,
    not_told_apart: str,
    *,
    is_ranked: bool,
) -> Multiple:
    return Multiple(
        name=str(measure.organization),
        url=measure.get_absolute_url(),
        median=charts.middle_with_sign(measure, median.value) if median else "",
        span=span_words(measure, median) if median else _without_median(measure),
        interval=interval_words(measure, median, is_ranked=is_ranked) if median else "",
        alike=not_told_apart,
        remark=_remark(measure, median) if median else "",
        spark=spark,
        gain=gain_of(measure),
    )


def _remark(measure: Measure, median: CurrentMedian) -> str:
    """What makes its median another one than the eye takes it for."""
    frozen = "" if median.is_drawn else _("the grey line is a frozen median")
    shifted = _("its level shifted within them") if charts.is_shifted(measure) else ""
    return apart([shifted, frozen])


def _without_median(measure: Measure) -> str:
    """Why nothing says where it stands."""
    return _("its median is being computed") if charts.newest_words(measure) else _("no numbers yet")


def on_one_scale(sparks: Sequence[Spark], *, from_zero: bool) -> tuple[list[Spark], float, float]:
    """The same sparklines over one range that holds all their values and goals.

    >>> from measures.selectors.readings import Glyph
    >>> drawn, low, high = on_one_scale([Spark((2.0, 4.0), (3.0, 3.0), Glyph.COMMON)], from_zero=True)
    >>> low, high, drawn[0].high
    (0.0, 4.0, 4.0)
    """
    values = [
        value for spark in sparks for value in (*spark.values, *spark.centre, spark.goal) if value is not None
    ]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low = min(0.0, low) if from_zero else low
    return [replace(spark, low=low, high=high) for spark in sparks], low, high


def _with_unit(core: CoreMeasure, value: float | Decimal) -> str:
    """34 days, 80%."""
    return with_unit(figure(value, core.decimals), core.unit)
