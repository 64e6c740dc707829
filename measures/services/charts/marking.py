"""Rebases, freezes and exclusions that stand, as places in the series they mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.models import Exclusion, Freeze, Rebase, packing
from measures.services.charts.reading import Days, Points
from measures.services.charts.stale import StaleSeries


@dataclass(frozen=True, slots=True)
class Marks:
    """As the engine takes them; a mark outside its series marks nothing."""

    splits: list[list[int]]  # points before each part but the first
    freezes: Days  # points in the baseline; 0: not frozen
    excluded: NDArray[np.bool_]  # series by points


def read(stale: Sequence[StaleSeries], points: Points) -> Marks:
    """The marks of these series, in three queries."""
    splits: list[set[int]] = [set() for _ in stale]
    freezes = np.zeros(len(stale), np.int32)
    excluded = np.zeros(points.numbers.shape, np.bool_)
    for row, period in _standing(Rebase, stale):
        before = int(np.searchsorted(points.days_of(row), period))
        if 0 < before < points.lengths[row]:
            splits[row].add(before)
    for row, period in _standing(Freeze, stale):
        until = int(np.searchsorted(points.days_of(row), period, side="right"))
        freezes[row] = until if until < points.lengths[row] else 0
    for row, period in _standing(Exclusion, stale):
        excluded[row, : points.lengths[row]] |= points.days_of(row) == period
    return Marks([sorted(one) for one in splits], freezes, excluded)


def _standing(
    kind: type[Rebase] | type[Freeze] | type[Exclusion], stale: Sequence[StaleSeries]
) -> Iterator[tuple[int, int]]:
    """Row and day of each mark that was not withdrawn."""
    rows = {one.pk: row for row, one in enumerate(stale)}
    marks = kind.objects.filter(measure__in=list(rows), withdrawn_at__isnull=True).order_by()
    for measure, period in marks.values_list("measure", "period"):
        yield rows[measure], (period - packing.EPOCH).days
