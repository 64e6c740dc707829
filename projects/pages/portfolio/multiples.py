"""Small multiples: one core measure of every organization on one scale, best first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Case, F, FloatField, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from measures.models import CoreMeasure, Direction, Measure, MeasureQuerySet
from measures.selectors import charts
from measures.selectors.axis import on_one_axis
from measures.selectors.readings import Spark
from p2.words.wording import figure, named_with_unit, with_unit
from projects.pages.portfolio.rows import Multiple, Multiples

DRAWN = 24
"""Charts of one core measure that an eye compares; its map shows every organization."""

NOTES = {
    Direction.UP: gettext_lazy("Core measure, higher is better, best first"),
    Direction.DOWN: gettext_lazy("Core measure, lower is better, best first"),
    Direction.NONE: gettext_lazy("Core measure, neither is better, by name"),
}


def of_one_core(kept: MeasureQuerySet, chosen: str) -> MeasureQuerySet:
    """The measures that adopt the core measure with this ref, or the first by name, best first."""
    adopted = _adopted(kept)
    named = adopted.filter(core_measure__ref=chosen).order_by().values("core_measure")[:1]
    first = adopted.order_by("core_measure__name").values("core_measure")[:1]
    better = Case(
        When(core_measure__direction=Direction.UP, then=-F("snapshot__newest")),
        When(core_measure__direction=Direction.DOWN, then=F("snapshot__newest")),
        default=Case(When(snapshot__newest__isnull=False, then=Value(0.0))),
        output_field=FloatField(),
    )
    return adopted.filter(core_measure=Coalesce(Subquery(named), Subquery(first))).order_by(
        better.asc(nulls_last=True), "organization__name"
    )


def one_of_each(kept: MeasureQuerySet) -> MeasureQuerySet:
    """A measure of each core measure: it tells its name, for the choice."""
    return _adopted(kept).order_by("core_measure_id", "pk").distinct("core_measure_id")


def _adopted(kept: MeasureQuerySet) -> MeasureQuerySet:
    return kept.filter(core_measure__isnull=False, stratum_of__isnull=True)


def multiples(measures: Iterable[Measure], chosen: str, adopters: int) -> Multiples | None:
    """The core measure with this ref, or the first by name; None where the collaborative has none.

    `adopters` is how many measures there are of it in all.
    """
    adopted = [measure for measure in measures if measure.core_measure and not measure.stratum_of_id]
    cores = {measure.core_measure.ref: measure.core_measure for measure in adopted if measure.core_measure}
    if not cores:
        return None
    choices = tuple((ref, core.name) for ref, core in sorted(cores.items(), key=lambda one: one[1].name))
    ref = chosen if chosen in cores else choices[0][0]
    core = cores[ref]
    here = [measure for measure in adopted if measure.core_measure_id == core.pk]
    direction = Direction(core.direction)
    ordered = sorted(here, key=lambda measure: _best_first(measure, direction))[:DRAWN]
    sparks, low, high = on_one_scale(
        on_one_axis([charts.spark(measure) for measure in ordered]), from_zero=not _may_cut(core.unit)
    )
    return Multiples(
        name=named_with_unit(core.name, core.unit),
        ref=ref,
        note=str(NOTES[direction]),
        low=figure(low, core.decimals),
        high=_with_unit(core, high),
        goal="" if core.goal is None else _with_unit(core, core.goal),
        charts=tuple(
            Multiple(
                str(measure.organization), measure.get_absolute_url(), charts.newest_with_sign(measure), spark
            )
            for measure, spark in zip(ordered, sparks, strict=True)
        ),
        unshown=adopters - len(ordered),
        choices=choices,
    )


def on_one_scale(sparks: Sequence[Spark], *, from_zero: bool) -> tuple[list[Spark], float, float]:
    """The same sparklines over one range that holds all their values and goals.

    >>> from measures.selectors.readings import Mark
    >>> drawn, low, high = on_one_scale([Spark((2.0, 4.0), (3.0, 3.0), Mark.COMMON)], from_zero=True)
    >>> low, high, drawn[0].high
    (0.0, 4.0, 4.0)
    """
    values = [
        value for spark in sparks for value in (*spark.values, *spark.centre, spark.goal) if value is not None
    ]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low = min(0.0, low) if from_zero else low
    return [replace(spark, low=low, high=high) for spark in sparks], low, high


def _may_cut(unit: str) -> bool:
    """Only proportions may leave zero out."""
    return unit.startswith("%")


def _with_unit(core: CoreMeasure, value: float | Decimal) -> str:
    """34 days, 80%."""
    return with_unit(figure(value, core.decimals), core.unit)


def _best_first(measure: Measure, direction: Direction) -> tuple[bool, float, str]:
    snapshot = charts.snapshot_of(measure)
    newest = snapshot.newest if snapshot else None
    sign = {Direction.UP: -1.0, Direction.DOWN: 1.0, Direction.NONE: 0.0}[direction]
    return newest is None, sign * (newest or 0.0), str(measure.organization)
