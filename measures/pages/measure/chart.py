"""A measure's chart for its own page: every point with its mark and its reason, the parts, the verdict in words.

The engine is asked once more, with the snapshot's numbers, for its sentences. The points are always the newest
numbers, whether the chart has followed them yet or not.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.models import ChartSnapshot, Correction, Flag, Measure, NoData, Observation
from measures.pages.measure import notes
from measures.selectors.axis import every_period
from measures.selectors.charts import MARKS, Drawn, is_stale, mark_of, middle_with_sign, snapshot_of
from measures.selectors.readings import (
    Band,
    BenchmarkLine,
    Glyph,
    GoalLine,
    Part,
    Point,
    Reading,
    ShownVerdict,
    Unfrozen,
)
from measures.sentences import charts as sentences
from measures.sentences import freezing
from measures.sentences.periods import label as period_label
from measures.sentences.points import why
from measures.spc import ChartResult, PointMark, RuleSet
from organizations.models import Collaborative

POINT_MARKS = {mark: Glyph[mark.name] for mark in PointMark}
"""The engine decides the mark of every point; this is what pages call it."""

Spot = tuple[date, int]  # a period, and which of its values


def reading(measure: Measure, *, private: bool, written: notes.WrittenOnChart | None = None) -> Reading:
    """One measure's chart, complete. `private` adds what is the organization's own: notes and corrections.

    Four queries, whatever the length of the series, one less where the page has read what is `written` on the chart;
    the measure should come `with_charts`.
    """
    words, chart, snapshot = measure.words, _Chart.of(measure), snapshot_of(measure)
    rules = snapshot.rules if snapshot else measure.organization.collaborative.run_rules
    corrected = _corrected(measure) if private else frozenset()
    is_frozen = chart.is_frozen() if chart else False
    return Reading(
        ref=measure.ref,
        name=str(measure),
        unit=_unit(measure),
        decimals=words.decimals,
        frequency=words.frequency,
        better=words.direction,
        is_proportion=words.shape == "proportion",
        points=_points(measure, chart, private=private, corrected=corrected),
        parts=chart.parts() if chart else (),
        bands=chart.bands() if chart else (),
        verdict=chart.verdict() if chart else ShownVerdict(Glyph.NONE, _("No numbers yet"), Glyph.NONE.label),
        goal=None if words.goal is None else GoalLine(float(words.goal), words.goal_on),
        benchmarks=_benchmarks(measure),
        notes=notes.on_chart(measure, chart.drawn.periods if chart else (), written),
        rules=str(Collaborative.Rules(rules).label),
        false_alarms=chart.false_alarms() if chart else "",
        is_frozen=is_frozen,
        by_freeze_alone=chart.unfrozen() if chart and is_frozen else None,
        is_stale=is_stale(measure),
    )


def _unit(measure: Measure) -> str:
    """The unit; of event dates it says what the days are between, where their own does not."""
    words = measure.words
    is_bare = words.is_dated and words.unit.casefold() in {"days", ngettext("day", "days", 2).casefold()}
    return _("days between events") if is_bare else words.unit


def without_private(chart: Reading) -> Reading:
    """The same reading as who may not read what is the organization's own has it."""
    bare = tuple(replace(point, note="", corrected=False, late=False) for point in chart.points)
    return replace(chart, points=bare)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the chart says of one point."""

    mark: Glyph = Glyph.COMMON
    why: str = ""
    centre: float | None = None
    part: int = 0
    included: bool = True
    baseline: bool = True


@dataclass(frozen=True, slots=True)
class _Chart:
    """A snapshot with what the engine says of it."""

    measure: Measure
    drawn: Drawn
    result: ChartResult

    @classmethod
    def of(cls, measure: Measure) -> "_Chart | None":
        drawn, snapshot = Drawn.of(measure), snapshot_of(measure)
        if drawn is None or snapshot is None or not drawn.periods:
            return None
        return cls(measure, drawn, drawn.result(measure, snapshot.rules))

    def seen(self) -> dict[Spot, _Seen]:
        """Each point of the snapshot by its place."""
        found: dict[Spot, _Seen] = {}
        for at, period in enumerate(self.drawn.periods):
            nth = 0
            while (period, nth) in found:
                nth += 1
            found[period, nth] = self._seen_at(at)
        return found

    def _seen_at(self, at: int) -> _Seen:
        flags = self.drawn.flags[at]
        return _Seen(
            POINT_MARKS[self.result.marks[at]],
            why(self.result, at),
            self.drawn.centre[at],
            self.drawn.part[at],
            bool(flags & Flag.INCLUDED),
            bool(flags & Flag.BASELINE),
        )

    def parts(self) -> tuple[Part, ...]:
        return tuple(
            Part(
                first=self.drawn.periods[part.first],
                last=self.drawn.periods[part.last],
                centre=part.centre,
                points=part.points,
                useful=part.useful,
                longest_run=part.longest_run,
                longest_run_limit=part.longest_run_limit,
                crossings=part.crossings,
                crossings_limit=part.crossings_limit,
                unusual_runs=part.unusual_runs,
                crossings_upper=part.crossings_upper,
                rules_apply=part.rules_apply,
                longest_trend=part.longest_trend if self.result.rules is RuleSet.PERLA else None,
                fired=frozenset(signal.rule for signal in self.result.signals if signal.part == number),
            )
            for number, part in enumerate(self.result.parts)
        )

    def bands(self) -> tuple[Band, ...]:
        return tuple(
            Band(
                first=self.drawn.periods[band.first],
                last=self.drawn.periods[band.last],
                mark=Glyph.COMMON if band.is_past else Glyph.of_direction(band.is_improvement),
                sentence=sentences.band(band),
                is_past=band.is_past,
                is_by_ranks=band.is_by_ranks,
            )
            for band in self.result.shift_bands
        )

    def is_frozen(self) -> bool:
        last = self.drawn.part[-1]
        there = zip(self.drawn.part, self.drawn.flags, strict=True)
        return any(part == last and not flags & Flag.BASELINE for part, flags in there)

    def false_alarms(self) -> str:
        """What rules, baseline and length of the last part cost."""
        last, result = self.drawn.part[-1], self.result
        there = zip(result.value, result.included, result.part, result.baseline, strict=True)
        base = [based for value, kept, part, based in there if value is not None and kept and part == last]
        return freezing.false_alarms(result.rules, len(base), 0 if all(base) else sum(base))

    def unfrozen(self) -> Unfrozen | None:
        """What the last part says by the median of all its points, where that is something else."""
        result = self.drawn.result(self.measure, self.result.rules, as_frozen=False)
        if result.state is self.result.state:
            return None
        said = sentences.verdict(result, self._labels(), show=self._with_unit)
        words = freezing.rests_on_freeze(self.result, result, said.headline, self._with_unit)
        return Unfrozen(MARKS[ChartSnapshot.State(said.mark)], words)

    def _labels(self) -> list[str]:
        frequency = self.measure.words.named_by
        return [period_label(period, frequency, long=True) for period in self.drawn.periods]

    def verdict(self) -> ShownVerdict:
        said = sentences.verdict(self.result, self._labels(), show=self._with_unit)
        since = None if said.since is None else self.drawn.periods[said.since]
        about = None if said.about is None else self.drawn.periods[said.about]
        return ShownVerdict(mark_of(self.measure), said.headline, said.short, since, about)

    def _with_unit(self, value: float) -> str:
        return middle_with_sign(self.measure, value)


def _points(
    measure: Measure, chart: _Chart | None, *, private: bool, corrected: frozenset[date]
) -> tuple[Point, ...]:
    """Every period from the first to the last, with its newest number; events one by one."""
    words, seen = measure.words, chart.seen() if chart else {}
    rows: dict[date, list[Observation]] = {}
    for row in measure.observations.order_by("period", "ordinal"):
        if row.is_point:
            rows.setdefault(row.period, []).append(row)
    shown = tuple(rows) if words.has_gaps else every_period(rows, words.frequency)
    return tuple(
        _point(
            measure,
            period,
            row,
            seen.get((period, nth), _Seen()),
            private=private,
            corrected=period in corrected,
        )
        for period in shown
        for nth, row in enumerate(rows.get(period) or [None])
    )


def _point(
    measure: Measure, period: date, row: Observation | None, seen: _Seen, *, private: bool, corrected: bool
) -> Point:
    words, is_event = measure.words, bool(row and row.ordinal and measure.words.is_dated)
    shown = row.shown(words) if row else None
    return Point(
        period=period,
        label=period_label(period, periods.EVENT if is_event else words.frequency),
        value=None if shown is None else float(shown),
        numerator=row.numerator if row else None,
        denominator=row.denominator if row else None,
        mark=Glyph.NO_DATA if shown is None else seen.mark,
        why="" if shown is None else seen.why,
        centre=seen.centre,
        part=seen.part,
        included=seen.included,
        baseline=seen.baseline,
        no_data_reason=str(NoData(row.no_data).label) if row and row.no_data else "",
        note=row.note if row and private else "",
        corrected=corrected,
        late=bool(row and row.is_late and private),
        is_event=is_event,
    )


def _corrected(measure: Measure) -> frozenset[date]:
    """Periods whose number was changed after it was first logged."""
    nothing = ("", NoData.FIRST_EVENT, NoData.EVENTS, NoData.NO_EVENTS)
    changed = Correction.objects.filter(measure=measure).exclude(
        old_numerator__isnull=True, old_value__isnull=True, old_no_data__in=nothing
    )
    return frozenset(changed.values_list("period", flat=True))


def _benchmarks(measure: Measure) -> tuple[BenchmarkLine, ...]:
    kept = measure.core_measure.benchmarks.all() if measure.core_measure else ()
    return tuple(BenchmarkLine(mark.label, float(mark.value)) for mark in kept)
