"""A computed batch into snapshots, by one statement that reads none of the old ones' arrays."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from measures.models import ChartSnapshot, Flag, packing
from measures.services.charts.reading import Points
from measures.services.charts.stale import StaleSeries
from measures.spc import ChartBatch, State

STATES = {
    State.NONE: ChartSnapshot.State.NONE,
    State.TOO_FEW: ChartSnapshot.State.TOO_FEW,
    State.COMMON: ChartSnapshot.State.COMMON,
    State.IMPROVEMENT: ChartSnapshot.State.IMPROVEMENT,
    State.CONCERN: ChartSnapshot.State.CONCERN,
}
UPSERT = """
    INSERT INTO measures_chartsnapshot AS old (
        computed_at, state_since, measure_id, version, rules, periods, numbers, centre, part, flags,
        state, evidence, lean, signal_from, run_length, run_side, useful, newest, newest_period
    )
    SELECT %s, %s, * FROM unnest(
        %s::bigint[], %s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[],
        %s::text[], %s::int[], %s::int[], %s::date[], %s::int[], %s::int[], %s::int[], %s::float8[], %s::date[]
    )
    ON CONFLICT (measure_id) DO UPDATE SET
        computed_at = excluded.computed_at, version = excluded.version, rules = excluded.rules,
        periods = excluded.periods, numbers = excluded.numbers, centre = excluded.centre, part = excluded.part,
        flags = excluded.flags, state = excluded.state, evidence = excluded.evidence, lean = excluded.lean,
        signal_from = excluded.signal_from, run_length = excluded.run_length, run_side = excluded.run_side,
        useful = excluded.useful, newest = excluded.newest, newest_period = excluded.newest_period,
        state_since = CASE WHEN old.state = excluded.state THEN old.state_since ELSE excluded.state_since END
    WHERE old.version <= excluded.version
"""
"""A state that stays keeps the moment it was first found; a chart of an older version never replaces a newer one."""


def write(stale: Sequence[StaleSeries], points: Points, batch: ChartBatch, at: datetime) -> None:
    """Write the snapshots of these series."""
    columns: list[Any] = [
        [one.pk for one in stale],
        [one.version for one in stale],
        [one.rules for one in stale],
        *_arrays(points, batch),
        [STATES[State(code)].value for code in batch.state.tolist()],
        batch.evidence.tolist(),
        batch.lean.tolist(),
        _dates(points.days, batch.run_start),
        batch.run_length.tolist(),
        batch.run_side.tolist(),
        batch.of_last_part(batch.part_useful).tolist(),
        *_newest(points),
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [at, at, *columns])


def _literal(column: Iterable[bytes]) -> str:
    """As PostgreSQL reads an array of bytes; the driver takes three to four times as long to say the same."""
    items = ",".join([rf'"\\x{packed.hex()}"' for packed in column])
    return f"{{{items}}}"


def _arrays(points: Points, batch: ChartBatch) -> list[str]:
    """The packed arrays, a column each."""
    lengths = points.lengths.tolist()
    return [
        _literal(packing.pack(matrix, lengths, kind))
        for matrix, kind in (
            (points.days, packing.DAYS),
            (points.numbers, packing.FLOATS),
            (_centre(batch), packing.FLOATS),
            (batch.part, packing.BYTES),
            (_flags(batch), packing.BYTES),
        )
    ]


def _dates(days: NDArray[np.int32], places: NDArray[Any]) -> list[date | None]:
    """The period at one place of each series; None for -1."""
    found = days[np.arange(len(days)), places]
    return [
        packing.EPOCH + timedelta(days=day) if place >= 0 else None
        for day, place in zip(found.tolist(), places.tolist(), strict=True)
    ]


def _newest(points: Points) -> tuple[list[float | None], list[date | None]]:
    """The last number of each series, and its period."""
    there = ~np.isnan(points.numbers)
    places = np.where(there.any(axis=1), there.shape[1] - 1 - there[:, ::-1].argmax(axis=1), -1)
    numbers = points.numbers[np.arange(len(places)), places]
    newest = [None if place < 0 else number for number, place in zip(numbers.tolist(), places, strict=True)]
    return newest, _dates(points.days, places)


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
