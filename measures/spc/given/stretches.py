"""Parts, baselines and exclusions: which points of a series are looked at, and for what."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from measures.spc.given.refused import RefusedInputError
from measures.spc.given.series import PerSeries, per_series_counts
from measures.spc.rules.limits import Counts
from measures.spc.rules.runs import Flags


def split_parts(splits: PerSeries, lengths: Counts) -> tuple[Counts, Counts, Counts]:
    """Starts and ends of parts (series by parts) and the number of parts of each series.

    `splits` is a flat list for all series, a list of lists, or a whole-number matrix padded with 0; each
    split counts the points of the series before it: 24 ends a part after point 24. Raises RefusedInputError for
    splits that are not in rising order, or that leave a part without points.

    >>> starts, ends, counts = split_parts([[2], []], np.array([5, 4], np.int32))
    >>> starts.tolist(), ends.tolist(), counts.tolist()
    ([[0, 2], [0, 4]], [[2, 5], [4, 4]], [2, 1])
    """
    inner = _split_matrix(splits, len(lengths))
    present = inner > 0
    counts = present.sum(axis=1, dtype=np.int32) + 1
    if (inner < 0).any() or ((inner >= lengths[:, None]) & present).any():
        raise RefusedInputError("split_outside")
    edges = np.where(present, inner, lengths[:, None])
    if (edges[:, 1:] < edges[:, :-1]).any() or ((edges[:, 1:] == edges[:, :-1]) & present[:, 1:]).any():
        raise RefusedInputError("splits_unordered")
    zero, end = np.zeros((len(lengths), 1), np.int32), lengths[:, None]
    starts = np.concatenate([zero, edges], axis=1, dtype=np.int32)
    ends = np.concatenate([edges, end], axis=1, dtype=np.int32)
    return starts, ends, counts


def _split_matrix(splits: PerSeries, count: int) -> Counts:
    if isinstance(splits, np.ndarray) and splits.ndim == 2:
        if len(splits) != count or splits.dtype.kind not in "iu":
            raise RefusedInputError("splits_matrix", series=count)
        return splits.astype(np.int32)
    listed = _list_of_lists(splits, count, "splits")
    if any(split <= 0 for one in listed for split in one):
        raise RefusedInputError("split_outside")
    rows = np.array(list(zip_longest(*listed, fillvalue=0)), np.int32).reshape(-1, len(listed)).T
    return np.broadcast_to(rows, (count, rows.shape[1]))


def _list_of_lists(given: PerSeries, count: int, name: str) -> list[list[int]]:
    """Lists of whole numbers: one for each series, or a single one for all."""
    items = list(given)
    nested = [one for one in items if one is None or isinstance(one, Sequence | set | frozenset | np.ndarray)]
    if not nested:
        return [_whole_numbers(items, name)]
    if len(nested) != len(items) or len(items) != count:
        raise RefusedInputError("lists", name=name, series=count)
    return [_whole_numbers([] if one is None else one, name) for one in items]


def _whole_numbers(given: Any, name: str) -> list[int]:
    numbers = list(given)
    if not all(isinstance(number, int | np.integer) and not isinstance(number, bool) for number in numbers):
        raise RefusedInputError("not_whole", name=name)
    return [int(number) for number in numbers]


def base_ends(freeze: PerSeries, starts: Counts, ends: Counts, lengths: Counts) -> Counts:
    """Where the baseline of each part ends: at the freeze in the part it falls in, else at the part's end.

    >>> lengths = np.array([9], np.int32)
    >>> starts, ends, counts = split_parts([3], lengths)
    >>> base_ends(5, starts, ends, lengths).tolist()
    [[3, 5]]
    """
    at = per_series_counts(freeze, len(lengths), "freeze")
    if (at < 0).any() or (at > lengths).any() or (np.isscalar(freeze) and freeze == 0):
        raise RefusedInputError("freeze_outside")
    inside = (starts < at[:, None]) & (at[:, None] < ends)
    return np.where(inside, at[:, None], ends).astype(np.int32)


def read_exclusions(exclude: PerSeries, lengths: Counts, points: int) -> Flags | None:
    """True where a point is excluded (series by points); None where nothing is.

    `exclude` is a bool matrix, a flat list of positions for all series, or a list of lists.
    Raises RefusedInputError for a position outside its series.
    """
    count = len(lengths)
    if isinstance(exclude, np.ndarray) and exclude.dtype == np.bool_:
        if exclude.shape != (count, points):
            raise RefusedInputError("exclusions_shape", exclusions=exclude.shape, values=(count, points))
        return exclude if exclude.any() else None
    listed = _list_of_lists(exclude, count, "exclude")
    if not any(listed):
        return None
    rows = np.repeat(np.arange(len(listed)), [len(one) for one in listed])
    positions = np.array([position for one in listed for position in one], np.int64)
    shortest = lengths if len(listed) == count else lengths.min(initial=points, keepdims=True)
    if (positions < 0).any() or (positions >= shortest[rows]).any():
        raise RefusedInputError("exclusion_outside")
    excluded: NDArray[np.bool_] = np.zeros((len(listed), points), np.bool_)
    excluded[rows, positions] = True
    return np.broadcast_to(excluded, (count, points))
