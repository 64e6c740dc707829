"""One chart taken out of a batch, in plain Python values."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from measures.spc.arrays import ChartArrays
from measures.spc.marks import point_marks
from measures.spc.result import (
    SIDES,
    ChartResult,
    Evidence,
    PartResult,
    PointMark,
    RuleSet,
    ShiftBand,
    Signal,
    State,
    is_improvement,
)
from measures.spc.rules.limits import NO_UPPER_LIMIT

BETTER = {1: "up", -1: "down", 0: None}


def take_chart(batch: ChartArrays, series: int) -> ChartResult:
    """The chart of one series of the batch, without the padding after its end."""
    given = batch.series
    length, better = int(given.lengths[series]), int(given.better[series])
    parts = tuple(_part(batch, series, part) for part in range(given.part_counts[series]))
    part_of = [number for number, part in enumerate(parts) for _ in range(part.points)]
    nothing = (None,) * length
    excluded = given.excluded[series, :length] if given.excluded is not None else np.zeros(length, bool)
    state = State(int(batch.state[series]))
    side, in_run = batch.side[series, :length], batch.in_run[series, :length]
    in_trend = (batch.rising[series] | batch.falling[series])[:length]
    return ChartResult(
        chart=batch.chart,
        rules=list(RuleSet)[given.rules[series]],
        better=BETTER[better],
        target=_number(given.target[series]),
        line=_line(batch, series),
        value=tuple(map(_number, given.raw[series, :length] * given.multiplier[series])),
        part=tuple(part_of),
        baseline=tuple(at < given.base_ends[series, part] for at, part in enumerate(part_of)),
        included=tuple((~excluded).tolist()),
        centre=tuple(parts[part].centre for part in part_of),
        lower=nothing,
        lower_2s=nothing,
        upper_2s=nothing,
        upper=nothing,
        beyond_limits=(False,) * length,
        side=tuple(side.tolist()),
        in_run=tuple(in_run.tolist()),
        in_trend=tuple(in_trend.tolist()),
        marks=tuple(_marks(batch, series, length)),
        parts=parts,
        shift_bands=tuple(_bands(batch, series)),
        signals=tuple(_signals(batch, series, parts)),
        state=state,
        evidence=Evidence(int(batch.evidence[series])),
        lean=SIDES.get(int(batch.lean[series])),
        far=None if batch.far[series] < 0 else int(batch.far[series]),
        variation=state.mark,
    )


def _number(number: Any) -> float | None:
    return None if np.isnan(number) else float(number)


def _line(batch: ChartArrays, series: int) -> str:
    return "median" if np.isnan(batch.series.centre[series]) else "centre line"


def _part(batch: ChartArrays, series: int, part: int) -> PartResult:
    first, end = int(batch.series.starts[series, part]), int(batch.series.ends[series, part])
    excluded = batch.series.excluded
    left_out = 0 if excluded is None else int(excluded[series, first:end].sum())
    upper = int(batch.part_crossings_upper[series, part])
    return PartResult(
        first=first,
        last=end - 1,
        centre=_number(batch.part_centre[series, part]),
        points=end - first,
        included=end - first - left_out,
        observed=int(batch.part_observed[series, part]),
        useful=int(batch.part_useful[series, part]),
        longest_run=int(batch.part_longest_run[series, part]),
        longest_run_limit=int(batch.part_longest_run_limit[series, part]),
        crossings=int(batch.part_crossings[series, part]),
        crossings_limit=int(batch.part_crossings_limit[series, part]),
        crossings_upper=None if upper >= NO_UPPER_LIMIT else upper,
        longest_trend=int(batch.part_longest_trend[series, part]),
        unusual_runs=bool(batch.part_unusual_runs[series, part]),
        rules_apply=bool(batch.part_rules_apply[series, part]),
    )


def _marks(batch: ChartArrays, series: int, length: int) -> Iterator[PointMark]:
    (codes,) = point_marks(batch, slice(series, series + 1))
    return map(PointMark, codes[:length].tolist())


def _bands(batch: ChartArrays, series: int) -> Iterator[ShiftBand]:
    return (_band(batch, series, int(part)) for part in np.flatnonzero(batch.band_length[series]))


def _band(batch: ChartArrays, series: int, part: int) -> ShiftBand:
    side = int(batch.band_side[series, part])
    return ShiftBand(
        part=part,
        first=int(batch.band_first[series, part]),
        last=int(batch.band_last[series, part]),
        length=int(batch.band_length[series, part]),
        side=SIDES[side],
        is_improvement=is_improvement(side, int(batch.series.better[series])),
        is_current=bool(batch.band_is_current[series, part]),
        is_past=not _is_in_force(batch, series, part),
        is_by_ranks=part == batch.series.part_counts[series] - 1 and batch.evidence[series] == Evidence.RANKS,
    )


def _is_in_force(batch: ChartArrays, series: int, part: int) -> bool:
    """Whether the band of a part is what the verdict speaks of."""
    is_last = part == int(batch.series.part_counts[series]) - 1
    return is_last and Evidence(int(batch.evidence[series])).is_shift


def _signals(batch: ChartArrays, series: int, parts: tuple[PartResult, ...]) -> Iterator[Signal]:
    """Every firing of every rule in the parts that are judged, in time order."""
    for number, part in enumerate(parts):
        if part.is_judged:
            yield from _shifts(batch, series, number, part)
            yield from _trends(batch, series, number, part)
            yield from _counts(batch, series, number, part)
    yield from _latest(batch, series, len(parts) - 1)


def _latest(batch: ChartArrays, series: int, part: int) -> Iterator[Signal]:
    """What the last part tells beside its runs."""
    if batch.evidence[series] == Evidence.RANKS:
        band = _band(batch, series, part)
        seen = [at for at in range(band.first, band.last + 1) if _is_seen(batch, series, at)]
        side = int(batch.band_side[series, part])
        yield _signal(batch, series, "ranks", part, {"points": band.length}, points=seen, direction=side)
    far = int(batch.far[series])
    if far >= 0:
        side = int(batch.far_side[series])
        yield _signal(batch, series, "far", part, {}, points=[far], direction=side)


def _shifts(batch: ChartArrays, series: int, number: int, part: PartResult) -> Iterator[Signal]:
    members = part.first + np.flatnonzero(batch.in_run[series, part.first : part.last + 1])
    sides = batch.side[series]
    for run in _consecutive(members.tolist(), lambda before, after: _same_run(sides, before, after)):
        seen = [at for at in range(run[0], run[-1] + 1) if _is_seen(batch, series, at)]
        side = int(sides[run[0]])
        fired = _signal(batch, series, "shift", number, {"points": len(run)}, points=seen, direction=side)
        is_band = _is_in_force(batch, series, number) and run[0] == batch.band_first[series, number]
        yield replace(fired, is_past=not is_band)


def _consecutive(points: list[int], belong: Callable[[int, int], bool]) -> Iterator[list[int]]:
    """Points in groups: a point joins the group of the one before it where the two belong together."""
    group: list[int] = []
    for point in points:
        if group and not belong(group[-1], point):
            yield group
            group = []
        group.append(point)
    if group:
        yield group


def _same_run(sides: Any, before: int, after: int) -> bool:
    return not (sides[before : after + 1] == -sides[before]).any()


def _trends(batch: ChartArrays, series: int, number: int, part: PartResult) -> Iterator[Signal]:
    values, window = batch.series.raw[series], slice(part.first, part.last + 1)
    for direction, flags in ((1, batch.rising), (-1, batch.falling)):
        points = (part.first + np.flatnonzero(flags[series, window])).tolist()
        for trend in _consecutive(points, lambda a, b, way=direction: way * (values[b] - values[a]) >= 0):  # type: ignore[misc]
            turns = 1 + sum(1 for before, after in pairwise(trend) if values[before] != values[after])
            yield _signal(
                batch, series, "trend", number, {"points": turns}, points=trend, direction=direction
            )


def _counts(batch: ChartArrays, series: int, number: int, part: PartResult) -> Iterator[Signal]:
    """The rules that speak of a part as a whole. Perla's table counts runs, one more than crossings."""
    rules = list(RuleSet)[batch.series.rules[series]]
    runs, crossings = part.crossings + 1, part.crossings
    if crossings < part.crossings_limit and rules is RuleSet.PERLA:
        yield _signal(batch, series, "few_runs", number, {"runs": runs, "least": part.crossings_limit + 1})
    elif crossings < part.crossings_limit:
        values = {"crossings": crossings, "least": part.crossings_limit}
        yield _signal(batch, series, "crossings", number, values)
    elif part.crossings_upper is not None and crossings > part.crossings_upper:
        yield _signal(batch, series, "many_runs", number, {"runs": runs, "most": part.crossings_upper + 1})
    elif rules is RuleSet.CUT_BOX and part.unusual_runs and part.longest_run <= part.longest_run_limit:
        yield _signal(batch, series, "cut_box", number, {"points": part.longest_run, "crossings": crossings})


def _signal(
    batch: ChartArrays,
    series: int,
    rule: str,
    part: int,
    values: dict[str, int],
    *,
    points: list[int] | None = None,
    direction: int = 0,
) -> Signal:
    return Signal(
        rule=rule,
        part=part,
        points=tuple(points or ()),
        direction=BETTER[direction],
        is_improvement=is_improvement(direction, int(batch.series.better[series])),
        values=values,
    )


def _is_seen(batch: ChartArrays, series: int, at: int) -> bool:
    excluded = batch.series.excluded
    return not np.isnan(batch.series.raw[series, at]) and not (excluded is not None and excluded[series, at])
