"""The worker's job: stale series in, chart snapshots out. It may run twice, and may be killed at any step."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from measures import periods
from measures.models import EVENT_SHAPES, ChartSnapshot, Exclusion, Flag, Freeze, Measure, Observation, Rebase
from measures.spc import ChartBatch, RuleSet, State, analyse_many
from p2.stamps import store as stamps

CHUNK = 1000
"""Series computed in one go; a task a series would be fifty times dearer."""

ONE_AT_A_TIME = 0x5032_0001
"""The advisory lock under which charts are computed: "P2", job 1."""

EPOCH = date(1970, 1, 1)
STATES = {
    State.NONE: ChartSnapshot.State.NONE,
    State.TOO_FEW: ChartSnapshot.State.TOO_FEW,
    State.COMMON: ChartSnapshot.State.COMMON,
    State.IMPROVEMENT: ChartSnapshot.State.IMPROVEMENT,
    State.CONCERN: ChartSnapshot.State.CONCERN,
}
Marked = dict[int, list[date]]


@dataclass(frozen=True, slots=True)
class Series:
    """One measure's points as the engine takes them: a position a period, NaN where there is no number."""

    measure: Measure
    periods: tuple[date, ...]
    numbers: tuple[float, ...]

    def position(self, period: date) -> int:
        """How many points lie before `period`."""
        return sum(1 for known in self.periods if known < period)

    @property
    def newest(self) -> tuple[date, float] | tuple[None, None]:
        """The last period that has a number, with it."""
        pairs = zip(reversed(self.periods), reversed(self.numbers), strict=True)
        return next(((period, number) for period, number in pairs if not math.isnan(number)), (None, None))


def refresh_stale(*, at: datetime | None = None, chunk: int = CHUNK) -> int:
    """Compute every chart whose series, or whose collaborative's rules, changed since its snapshot. Returns the count.

    A version is read before its numbers, so a change that comes meanwhile leaves the chart stale, never wrong.
    """
    at = at or timezone.now()
    done, last = 0, 0
    while computed := _refresh_next(chunk, after=last, at=at):
        done, last = done + len(computed), computed[-1].pk
    return done


@transaction.atomic
def _refresh_next(chunk: int, *, after: int, at: datetime) -> list[Measure]:
    """The next stale series, computed by one worker at a time: an older chart never replaces a newer one.

    A worker that hangs or is cut off holds the others up for a minute, then the database lets go of it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    stale = list(_stale().filter(pk__gt=after)[:chunk])
    if stale:
        _compute(stale, at)
        stamps.renew(measure.ref for measure in stale)
    return stale


def _stale() -> QuerySet[Measure]:
    return (
        Measure.objects.filter(
            Q(snapshot__isnull=True)
            | Q(snapshot__version__lt=F("series_version"))
            | ~Q(snapshot__rules=F("organization__collaborative__run_rules")),
            definition__isnull=False,
        )
        .select_related("definition", "organization__collaborative", "snapshot")
        .order_by("pk")
    )


def _compute(measures: Sequence[Measure], at: datetime) -> None:
    """Analyse these series together and write their snapshots in one statement."""
    rows = _rows_of(measures)
    series = [_series(measure, rows[measure.pk]) for measure in measures]
    batch = _analyse(series)
    snapshots = _snapshots(series, batch, at)
    updated = [
        field.name for field in ChartSnapshot._meta.concrete_fields if field.name not in {"id", "measure"}
    ]
    ChartSnapshot.objects.bulk_create(
        snapshots, update_conflicts=True, unique_fields=["measure"], update_fields=updated
    )


def _rows_of(measures: Sequence[Measure]) -> dict[int, list[Observation]]:
    rows: dict[int, list[Observation]] = defaultdict(list)
    for row in Observation.objects.filter(measure__in=measures).order_by("measure", "period", "ordinal"):
        rows[row.measure_id].append(row)
    return rows


def _series(measure: Measure, rows: Sequence[Observation]) -> Series:
    """Events stand in their order; anything else has a point for every period from the first to the last."""
    words = measure.words
    numbers = [(row.period, row.shown(words)) for row in rows]
    if words.shape not in EVENT_SHAPES and len({period for period, _ in numbers}) == len(numbers) and numbers:
        known = dict(numbers)
        every = periods.between(numbers[0][0], numbers[-1][0], words.frequency)
        numbers = [(period, known.get(period)) for period in every]
    return Series(
        measure,
        tuple(period for period, _ in numbers),
        tuple(float("nan") if number is None else float(number) for _, number in numbers),
    )


def _analyse(series: Sequence[Series]) -> ChartBatch:
    lengths = np.array([len(one.periods) for one in series], np.int32)
    matrix = np.full((len(series), max(1, int(lengths.max(initial=0)))), np.nan)
    for row, one in enumerate(series):
        matrix[row, : lengths[row]] = one.numbers
    measures = [one.measure for one in series]
    rebases, freezes, exclusions = (_marked(kind, measures) for kind in (Rebase, Freeze, Exclusion))
    return analyse_many(
        matrix,
        lengths=lengths,
        rules=[RuleSet(one.measure.organization.collaborative.run_rules) for one in series],
        better=[one.measure.words.direction or None for one in series],
        splits=[_splits(one, rebases) for one in series],
        freeze=[_freeze(one, freezes) for one in series],
        exclude=[_excluded(one, exclusions) for one in series],
    )


def _marked(kind: type[Rebase] | type[Freeze] | type[Exclusion], measures: Sequence[Measure]) -> Marked:
    marked: Marked = defaultdict(list)
    for mark in kind.objects.filter(measure__in=measures, withdrawn_at__isnull=True):
        marked[mark.measure_id].append(mark.period)
    return marked


def _splits(series: Series, rebases: Marked) -> list[int]:
    """A rebase ends a part before its period; one outside the series ends none."""
    found = {series.position(period) for period in rebases.get(series.measure.pk, ())}
    return sorted(split for split in found if 0 < split < len(series.periods))


def _freeze(series: Series, freezes: Marked) -> int | None:
    for period in freezes.get(series.measure.pk, ()):
        count = sum(1 for known in series.periods if known <= period)
        return count if 0 < count < len(series.periods) else None
    return None


def _excluded(series: Series, exclusions: Marked) -> list[int]:
    periods_out = set(exclusions.get(series.measure.pk, ()))
    return [at for at, period in enumerate(series.periods) if period in periods_out]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A computed batch with the arrays that snapshots hold, series by points."""

    batch: ChartBatch
    flags: NDArray[np.uint8]
    part: NDArray[np.uint8]
    centre: NDArray[np.float64]


def _snapshots(series: Sequence[Series], batch: ChartBatch, at: datetime) -> list[ChartSnapshot]:
    drawn = _Drawn(batch, _flags(batch), batch.part.astype(np.uint8), _centre(batch))
    return [_snapshot(one, drawn, row, at) for row, one in enumerate(series)]


def _snapshot(series: Series, drawn: _Drawn, row: int, at: datetime) -> ChartSnapshot:
    measure, length, batch = series.measure, len(series.periods), drawn.batch
    state = STATES[State(int(batch.state[row]))]
    before = getattr(measure, "snapshot", None)
    start = int(batch.run_start[row])
    newest_period, newest = series.newest
    return ChartSnapshot(
        measure=measure,
        version=measure.series_version,
        computed_at=at,
        rules=measure.organization.collaborative.run_rules,
        periods=np.array([(period - EPOCH).days for period in series.periods], "<i4").tobytes(),
        numbers=np.array(series.numbers, "<f8").tobytes(),
        centre=drawn.centre[row, :length].astype("<f8").tobytes(),
        part=drawn.part[row, :length].tobytes(),
        flags=drawn.flags[row, :length].tobytes(),
        state=state,
        state_since=before.state_since if before and before.state == state else at,
        evidence=int(batch.evidence[row]),
        lean=int(batch.lean[row]),
        signal_from=series.periods[start] if start >= 0 else None,
        run_length=int(batch.run_length[row]),
        run_side=int(batch.run_side[row]),
        useful=int(batch.of_last_part(batch.part_useful)[row]),
        newest=newest,
        newest_period=newest_period,
    )


def _flags(batch: ChartBatch) -> NDArray[np.uint8]:
    """The bits of `Flag`, series by points."""
    given, at = batch.series, np.arange(batch.side.shape[1])
    baseline = np.zeros(batch.side.shape, bool)
    in_band = np.zeros(batch.side.shape, bool)
    for part in range(given.starts.shape[1]):
        baseline |= (at >= given.starts[:, part, None]) & (at < given.base_ends[:, part, None])
        in_band |= (at >= batch.band_first[:, part, None]) & (at <= batch.band_last[:, part, None])
    included = np.ones(batch.side.shape, bool) if given.excluded is None else ~given.excluded
    flags = np.zeros(batch.side.shape, np.uint8)
    for bit, where in (
        (Flag.INCLUDED, included),
        (Flag.BASELINE, baseline),
        (Flag.IN_BAND, in_band),
        (Flag.IN_RUN, batch.in_run),
        (Flag.IN_TREND, batch.rising | batch.falling),
        (Flag.ABOVE, batch.side > 0),
        (Flag.BELOW, batch.side < 0),
    ):
        flags |= where.astype(np.uint8) * np.uint8(bit)
    return flags


def _centre(batch: ChartBatch) -> NDArray[np.float64]:
    """The centre under each point, series by points."""
    part = np.clip(batch.part, 0, None)
    centre: NDArray[np.float64] = np.take_along_axis(batch.part_centre, part, axis=1)
    return centre
