"""What the engine is given, checked and put into arrays. Everything refused is refused here.

One value for all series or one per series: a scalar holds for all; a sequence or array of as many items as
there are series holds one each, where None (or NaN, or 0 in an array of whole numbers) means none. `splits`
and `exclude`, being lists already, take one flat list for all, or a list of lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from measures.spc.given.refused import RefusedInputError
from measures.spc.result import BETTER_CODES, RuleSet
from measures.spc.rules.limits import RULE_CODES, Counts
from measures.spc.rules.runs import Flags

Matrix = NDArray[np.float64]
PerSeries: TypeAlias = Any  # a value for all series or a sequence of one each
LARGEST = 1e300
MOST_POINTS = 65_535


@dataclass(frozen=True)
class SeriesSet:
    """Checked input: series by points, series by parts, or one a series.

    `raw` are the values before the multiplier, NaN where missing and after a series' end. Part k of a series
    is `raw[starts[k]:ends[k]]`, its baseline `raw[starts[k]:base_ends[k]]`; parts a series lacks are empty.
    `centre` and `target` are NaN where none is given, `better` is 1, -1 or 0, `rules` a code of `RULE_CODES`.
    """

    raw: Matrix
    lengths: Counts
    starts: Counts
    ends: Counts
    base_ends: Counts
    part_counts: Counts
    excluded: Flags | None
    centre: Matrix
    multiplier: Matrix
    target: Matrix
    better: NDArray[np.int8]
    rules: NDArray[np.int8]


def read_numbers(numbers: ArrayLike, *, name: str) -> Matrix:
    """A float matrix, series by points; NaN or None where a number is missing.

    Raises RefusedInputError for text, infinities and anything that is not series by points.
    """
    try:
        given = np.asarray(numbers)
    except ValueError:
        raise RefusedInputError("unequal_series", name=name) from None
    if given.dtype.kind in "USMmcV" or (
        given.dtype == object and any(isinstance(n, str | bytes) for n in given.flat)
    ):
        raise RefusedInputError("text", name=name)
    try:
        matrix = given.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        raise RefusedInputError("not_numbers", name=name) from None
    if matrix.ndim != 2:
        raise RefusedInputError("dimensions", name=name, dimensions=matrix.ndim)
    if matrix.shape[1] > MOST_POINTS:
        raise RefusedInputError("too_many_points", points=matrix.shape[1], most=MOST_POINTS)
    if matrix.size and max(np.fmax.reduce(matrix, None), -np.fmin.reduce(matrix, None)) > LARGEST:
        raise RefusedInputError("infinite", name=name)
    return matrix


def divide(values: Matrix, denominators: Matrix) -> Matrix:
    """Values over denominators; missing where either is, or where both are zero.

    Raises RefusedInputError for unequal shapes, a negative denominator, and a zero one under a value.
    """
    if values.shape != denominators.shape:
        raise RefusedInputError("unequal_denominators")
    if (denominators < 0).any():
        raise RefusedInputError("negative_denominator", **_place(denominators < 0))
    empty = denominators == 0
    if empty.any():
        lost = empty & ~np.isnan(values) & (values != 0)
        if lost.any():
            raise RefusedInputError("zero_denominator", **_place(lost))
        denominators = np.where(empty, np.nan, denominators)
    return values / denominators


def _place(wrong: Flags) -> dict[str, int]:
    series, point = np.argwhere(wrong)[0].tolist()
    return {"series": series, "point": point}


def read_lengths(lengths: ArrayLike | None, raw: Matrix) -> tuple[Counts, Matrix]:
    """Lengths of the series and the matrix with everything after a series' end made missing."""
    count, points = raw.shape
    if lengths is None:
        return np.full(count, points, np.int32), raw
    given = per_series_counts(lengths, count, "lengths")
    if (given > points).any() or (given < 0).any():
        raise RefusedInputError("length_outside", points=points)
    if (given < points).any():
        raw = np.where(np.arange(points) < given[:, None], raw, np.nan)
    return given, raw


def per_series_counts(given: PerSeries, count: int, name: str) -> Counts:
    """Whole numbers, one a series; 0 for None."""
    if given is None:
        return np.zeros(count, np.int32)
    numbers = [0 if one is None else one for one in given] if isinstance(given, Sequence) else given
    array = np.asarray(numbers)
    if array.size and array.dtype.kind not in "iu":
        raise RefusedInputError("not_whole", name=name)
    return _spread(array, count, name).astype(np.int32)


def per_series_numbers(given: PerSeries, count: int, name: str) -> Matrix:
    """Numbers, one a series; NaN for None. Raises RefusedInputError for text and infinities."""
    if given is None:
        return np.full(count, np.nan)
    numbers = [np.nan if one is None else one for one in given] if isinstance(given, Sequence) else given
    try:
        array = np.asarray(numbers, np.float64)
    except (TypeError, ValueError):
        raise RefusedInputError("not_a_number", name=name) from None
    if np.isinf(array).any():
        raise RefusedInputError("infinite_option", name=name)
    return _spread(array, count, name)


def _spread(array: NDArray[Any], count: int, name: str) -> NDArray[Any]:
    if array.ndim > 1 or (array.ndim == 1 and len(array) != count):
        raise RefusedInputError("items", name=name, items=array.shape, series=count)
    return np.broadcast_to(array, count)


def per_series_better(better: PerSeries, count: int) -> NDArray[np.int8]:
    """1 where up is better, -1 where down is, 0 where neither."""
    if isinstance(better, np.ndarray) and better.dtype.kind in "i":
        return _spread(np.sign(better).astype(np.int8), count, "better")
    is_for_all = better is None or isinstance(better, str)
    try:
        codes = BETTER_CODES[better] if is_for_all else [BETTER_CODES[one] for one in better]
    except (KeyError, TypeError):
        raise RefusedInputError("unknown_better") from None
    return _spread(np.array(codes, np.int8), count, "better")


def per_series_rules(rules: PerSeries, count: int) -> NDArray[np.int8]:
    """Codes of `RULE_CODES`, one a series."""
    try:
        codes = RULE_CODES[rules] if isinstance(rules, str) else [RULE_CODES[one] for one in rules]
    except (TypeError, KeyError):
        raise RefusedInputError("unknown_rules", known=", ".join(RuleSet)) from None
    return _spread(np.array(codes, np.int8), count, "rules")
