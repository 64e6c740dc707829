"""Rebases, freezes and exclusions that stand, as places in the series they mark."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from measures.services.charts import literal
from measures.services.charts.reading import Days, Places, Points
from measures.services.charts.stale import StaleSeries

MARKS = """
    SELECT place::int - 1, kind, period - DATE '1970-01-01'
    FROM unnest(%(measures)s::bigint[]) WITH ORDINALITY AS stale (measure_id, place)
    JOIN (
        SELECT 'rebase' AS kind, measure_id, period FROM measures_rebase
        WHERE measure_id = ANY(%(measures)s::bigint[]) AND withdrawn_at IS NULL
        UNION ALL
        SELECT 'freeze', measure_id, period FROM measures_freeze AS frozen
        WHERE measure_id = ANY(%(measures)s::bigint[]) AND withdrawn_at IS NULL AND NOT EXISTS (
            SELECT FROM measures_rebase AS rebase
            WHERE rebase.measure_id = frozen.measure_id AND rebase.withdrawn_at IS NULL
                AND rebase.period <= frozen.period AND rebase.at >= frozen.at
            OFFSET 0
        )
        UNION ALL
        SELECT 'exclusion', measure_id, period FROM measures_exclusion
        WHERE measure_id = ANY(%(measures)s::bigint[]) AND withdrawn_at IS NULL
    ) AS marks USING (measure_id)
"""
"""A freeze ends with its part: one that a later rebase cuts short freezes nothing, least of all the new part's first
points. `OFFSET 0` has each freeze look up its own measure's rebases; without statistics PostgreSQL would hold every
freeze against every rebase."""


@dataclass(frozen=True, slots=True)
class SeriesMarkUps:
    """As the engine takes them; a mark outside its series marks nothing."""

    splits: Days  # series by parts but the first: points before it, in rising order; padded with 0
    freezes: Days  # points in the baseline; 0: not frozen
    excluded: NDArray[np.bool_]  # series by points

    def of(self, places: Sequence[int]) -> "SeriesMarkUps":
        """Those of these series alone."""
        rows = np.asarray(places)
        return SeriesMarkUps(self.splits[rows], self.freezes[rows], self.excluded[rows])


def read(stale: Sequence[StaleSeries], points: Points) -> SeriesMarkUps:
    """The marks of these series, in one query."""
    row, kind, day = _standing(stale)
    length, days = points.lengths[row], points.days[row]
    is_there = np.arange(days.shape[1]) < length[:, None]
    before, until = ((is_there & (days < day)).sum(axis=1), (is_there & (days <= day)).sum(axis=1))
    rebase = (kind == "rebase") & (before > 0) & (before < length)
    freeze = (kind == "freeze") & (until < length)
    freezes = np.zeros(len(stale), np.int32)
    freezes[row[freeze]] = until[freeze]
    mark, place = np.nonzero(is_there & (days == day) & (kind == "exclusion")[:, None])
    excluded = np.zeros(points.numbers.shape, np.bool_)
    excluded[row[mark], place] = True
    return SeriesMarkUps(_padded(row[rebase], before[rebase], len(stale)), freezes, excluded)


def _padded(rows: Places, places: Places, series: int) -> Days:
    """Series by places, in rising order, each place once."""
    splits: defaultdict[int, set[int]] = defaultdict(set)
    for row, place in zip(rows.tolist(), places.tolist(), strict=True):
        splits[row].add(place)
    matrix = np.zeros((series, max(map(len, splits.values()), default=0)), np.int32)
    for row, found in splits.items():
        matrix[row, : len(found)] = sorted(found)
    return matrix


def _standing(stale: Sequence[StaleSeries]) -> tuple[Places, NDArray[np.str_], Places]:
    """Row and kind of each mark that was not withdrawn, and its day, in a column."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS, {"measures": literal.numbers([one.pk for one in stale])})
        marks = np.array(cursor.fetchall(), [("row", "i8"), ("kind", "U9"), ("day", "i8")])
    return marks["row"], marks["kind"], marks["day"][:, None]
