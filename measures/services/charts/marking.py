"""Rebases, freezes and exclusions that stand, as places in the series they mark."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from measures.services.charts.reading import Days, Points
from measures.services.charts.stale import StaleSeries

MARKS = """
    SELECT place::int - 1, kind, period - DATE '1970-01-01'
    FROM unnest(%(measures)s::bigint[]) WITH ORDINALITY AS stale (measure_id, place)
    JOIN (
        SELECT 'rebase' AS kind, measure_id, period FROM measures_rebase
        WHERE measure_id = ANY(%(measures)s) AND withdrawn_at IS NULL
        UNION ALL
        SELECT 'freeze', measure_id, period FROM measures_freeze
        WHERE measure_id = ANY(%(measures)s) AND withdrawn_at IS NULL
        UNION ALL
        SELECT 'exclusion', measure_id, period FROM measures_exclusion
        WHERE measure_id = ANY(%(measures)s) AND withdrawn_at IS NULL
    ) AS marks USING (measure_id)
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """As the engine takes them; a mark outside its series marks nothing."""

    splits: Days  # series by parts but the first: points before it, in rising order; padded with 0
    freezes: Days  # points in the baseline; 0: not frozen
    excluded: NDArray[np.bool_]  # series by points


def read(stale: Sequence[StaleSeries], points: Points) -> Marks:
    """The marks of these series, in one query."""
    splits: defaultdict[int, set[int]] = defaultdict(set)
    freezes = np.zeros(len(stale), np.int32)
    excluded = np.zeros(points.numbers.shape, np.bool_)
    for row, kind, day in _standing(stale):
        days = points.days_of(row)
        if kind == "rebase":
            before = int(np.searchsorted(days, day))
            splits[row] |= {before} if 0 < before < len(days) else set()
        elif kind == "freeze":
            until = int(np.searchsorted(days, day, side="right"))
            freezes[row] = until if until < len(days) else 0
        else:
            excluded[row, : len(days)] |= days == day
    return Marks(_padded(splits, len(stale)), freezes, excluded)


def _padded(splits: Mapping[int, set[int]], series: int) -> Days:
    matrix = np.zeros((series, max(map(len, splits.values()), default=0)), np.int32)
    for row, places in splits.items():
        matrix[row, : len(places)] = sorted(places)
    return matrix


def _standing(stale: Sequence[StaleSeries]) -> list[tuple[int, str, int]]:
    """Row, kind and day of each mark that was not withdrawn."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS, {"measures": [one.pk for one in stale]})
        marks: list[tuple[int, str, int]] = cursor.fetchall()
    return marks
