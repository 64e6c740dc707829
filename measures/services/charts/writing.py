"""A computed batch into snapshots, by one statement that reads none of the old ones' arrays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg2.extensions import AsIs

from measures.models import Flag, packing
from measures.services.charts import literal
from measures.services.charts.changing import Moments, words_of
from measures.services.charts.reading import Points
from measures.services.charts.stale import StaleSeries
from measures.spc import ChartBatch, Evidence
from measures.spc.completing import completed_at
from measures.spc.parts import medians_of_last_parts
from measures.spc.result import METHOD

SHIFTS = [evidence for evidence in Evidence if evidence.is_shift]


def _cut(kind: np.dtype[Any]) -> str:
    """One series' own bytes out of a stretch of all series."""
    return f"substring(decode(%s, 'base64') FROM {kind.itemsize} * first + 1 FOR {kind.itemsize} * length)"


UPSERT = f"""
    INSERT INTO measures_chartsnapshot AS old (
        computed_at, method, periods, numbers, centre, part, flags, measure_id, version, rules, state,
        evidence, lean, run_length, run_side, useful, signal_from, median, newest, newest_period,
        signal_completed, state_since, rejudged_at
    )
    SELECT
        %s, %s, {_cut(packing.DAYS)}, {_cut(packing.FLOATS)}, {_cut(packing.FLOATS)}, {_cut(packing.BYTES)},
        {_cut(packing.BYTES)}, measure_id, version, rules, state, evidence, lean, run_length, run_side, useful,
        DATE '1970-01-01' + signal_from, median, newest, DATE '1970-01-01' + newest_period,
        DATE '1970-01-01' + signal_completed, state_since, rejudged_at
    FROM unnest(
        %s::int[], %s::int[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::int[], %s::int[],
        %s::int[], %s::int[], %s::int[], %s::int[], %s::float8[], %s::float8[], %s::int[], %s::int[],
        %s::timestamptz[], %s::timestamptz[]
    ) AS computed (
        first, length, measure_id, version, rules, state, evidence, lean,
        run_length, run_side, useful, signal_from, median, newest, newest_period, signal_completed,
        state_since, rejudged_at
    )
    ON CONFLICT (measure_id) DO UPDATE SET
        computed_at = excluded.computed_at, method = excluded.method,
        version = excluded.version, rules = excluded.rules,
        periods = excluded.periods, numbers = excluded.numbers, centre = excluded.centre, part = excluded.part,
        flags = excluded.flags, state = excluded.state, evidence = excluded.evidence, lean = excluded.lean,
        signal_from = excluded.signal_from, run_length = excluded.run_length, run_side = excluded.run_side,
        useful = excluded.useful, median = excluded.median, newest = excluded.newest,
        newest_period = excluded.newest_period, signal_completed = excluded.signal_completed,
        state_since = excluded.state_since, rejudged_at = excluded.rejudged_at
    WHERE old.version <= excluded.version
"""  # noqa: S608 - sizes of our own
"""A chart of an older version never replaces a newer one.

Each array comes as one stretch of bytes, of all series, and is cut here: to read it as an array of bytes, one a series,
takes PostgreSQL three times as long as the writing."""


def write(
    stale: Sequence[StaleSeries], points: Points, batch: ChartBatch, moments: Moments, at: datetime
) -> None:
    """Write the snapshots of these series."""
    lengths = points.lengths
    columns = [
        literal.numbers((np.cumsum(lengths) - lengths).tolist()),
        literal.numbers(lengths.tolist()),
        literal.numbers([one.pk for one in stale]),
        literal.numbers([one.version for one in stale]),
        literal.words(one.rules for one in stale),
        literal.words(words_of(batch.state)),
        literal.numbers(batch.evidence.tolist()),
        literal.numbers(batch.lean.tolist()),
        literal.numbers(batch.run_length.tolist()),
        literal.numbers(batch.run_side.tolist()),
        literal.numbers(batch.of_last_part(batch.part_useful).tolist()),
        _days(points, np.where(np.isin(batch.evidence, SHIFTS), batch.run_start, -1)),
        _known(medians_of_last_parts(batch)),
        *_newest(points),
        _days(points, completed_at(batch)),
        literal.words(moments.state_since),
        literal.words(moments.rejudged_at),
    ]
    sent: list[Any] = [at, METHOD, *_arrays(points, batch), *columns]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, sent)


def _arrays(points: Points, batch: ChartBatch) -> list[AsIs]:
    """Each packed array, of all series one after the other."""
    return [
        literal.stretch(packing.pack(matrix, points.lengths, kind))
        for matrix, kind in (
            (points.days, packing.DAYS),
            (points.numbers, packing.FLOATS),
            (_centre(batch), packing.FLOATS),
            (batch.part, packing.BYTES),
            (_flags(batch), packing.BYTES),
        )
    ]


def _days(points: Points, places: NDArray[Any]) -> str:
    """The period at one place of each series, in days since 1970-01-01; NULL for -1."""
    days = points.days[np.arange(len(places)), places].astype(object)
    days[places < 0] = None
    return literal.numbers(days.tolist())


def _known(column: NDArray[np.float64]) -> str:
    """NULL for what is missing."""
    known = column.astype(object)
    known[np.isnan(column)] = None
    return literal.numbers(known.tolist())


def _newest(points: Points) -> tuple[str, str]:
    """The last number of each series, and its period."""
    there = ~np.isnan(points.numbers)
    places = np.where(there.any(axis=1), there.shape[1] - 1 - there[:, ::-1].argmax(axis=1), -1)
    return _known(points.numbers[np.arange(len(places)), places]), _days(points, places)


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
