"""Rebases, freezes and exclusions that stand, as places in the series they mark."""

from collections.abc import Sequence
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

    splits: list[list[int]]  # points before each part but the first
    freezes: Days  # points in the baseline; 0: not frozen
    excluded: NDArray[np.bool_]  # series by points


def read(stale: Sequence[StaleSeries], points: Points) -> Marks:
    """The marks of these series, in one query."""
    marks = Marks(
        [[] for _ in stale], np.zeros(len(stale), np.int32), np.zeros(points.numbers.shape, np.bool_)
    )
    for row, kind, day in _standing(stale):
        days = points.days_of(row)
        if kind == "rebase":
            before = int(np.searchsorted(days, day))
            marks.splits[row] += [before] if 0 < before < len(days) else []
        elif kind == "freeze":
            until = int(np.searchsorted(days, day, side="right"))
            marks.freezes[row] = until if until < len(days) else 0
        else:
            marks.excluded[row, : len(days)] |= days == day
    return Marks([sorted(set(one)) for one in marks.splits], marks.freezes, marks.excluded)


def _standing(stale: Sequence[StaleSeries]) -> list[tuple[int, str, int]]:
    """Row, kind and day of each mark that was not withdrawn."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS, {"measures": [one.pk for one in stale]})
        marks: list[tuple[int, str, int]] = cursor.fetchall()
    return marks
