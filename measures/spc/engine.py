"""The one implementation of the run chart; `analyse` is a batch of one."""

from collections.abc import Iterator, Sequence
from typing import Any, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from measures.spc.arrays import NUMBERS_AT_A_TIME
from measures.spc.batch import ChartBatch
from measures.spc.given.reading import Options, read_series
from measures.spc.given.refused import RefusedInputError
from measures.spc.given.series import SeriesSet
from measures.spc.parts import Rows, read_part
from measures.spc.result import ChartResult
from measures.spc.verdicts import judge


def analyse(
    values: Sequence[Any] | NDArray[Any],
    denominators: Sequence[Any] | NDArray[Any] | None = None,
    **options: Unpack[Options],
) -> ChartResult:
    """One run chart.

    Parameters
    ----------
    values : numbers in time order, NaN or None where missing
        Measured values, or numerators where `denominators` are given: the value charted is then
        numerator / denominator * `multiplier`, and missing where the denominator is missing or both are 0.
    **options
        `Options`, each with one value.

    Raises
    ------
    RefusedInputError
        A ValueError with a key and its values, for text, infinities, negative denominators, a zero denominator
        under a value, positions outside the series, unequal lengths and unknown words.

    References
    ----------
    Anhøj J, Olesen AV. Run charts revisited: a simulation study of run chart rules for detection of non-random
    variation in health care processes. PLoS ONE 2014;9(11):e113825. The other rule sets name theirs in
    `measures.spc.rules`.

    >>> analyse([3, 1, 2, None], [10, 10, 10, 10], multiplier=100).centre
    (20.0, 20.0, 20.0, 20.0)
    """
    below = None if denominators is None else _one_series(denominators, "denominators")
    return analyse_many(_one_series(values, "values"), below, **options)[0]


def _one_series(numbers: Sequence[Any] | NDArray[Any], name: str) -> NDArray[Any]:
    array = np.asarray(numbers)
    if array.ndim != 1:
        raise RefusedInputError("several_series", name=name)
    return array[None, :]


def analyse_many(
    matrix: ArrayLike,
    denominators: ArrayLike | None = None,
    lengths: ArrayLike | None = None,
    **options: Unpack[Options],
) -> ChartBatch:
    """Run charts of many series at once; `analyse` is this for one of them.

    `matrix` and `denominators` are series by points, NaN where missing; what comes back is series by points, too.

    `lengths` says where series end that are shorter than the matrix is wide; `periods` names the points of all
    series. `rules`, `freeze`, `centre`, `multiplier`, `target` and `better` are one value for all series, or a
    sequence or array of one each (None, NaN, or 0 in an array of freezes: none). `splits` is one flat list for
    all, a list of lists, or a whole-number matrix padded with 0; `exclude` one flat list of positions for all, a
    list of lists, or a bool matrix, series by points.

    Raises
    ------
    RefusedInputError
        As `analyse`, and where matrix, denominators, lengths or a list for each series do not fit each other.

    >>> batch = analyse_many([[1, 2, 3, 9], [4, 5, 6, 7]], splits=[[2], []], freeze=[None, 3])
    >>> batch.part_centre.tolist()
    [[1.5, 6.0], [5.0, nan]]
    """
    series = read_series(matrix, denominators, lengths, **options)
    batch = ChartBatch.blank(series)
    for part in range(series.starts.shape[1]):
        for rows in _stretches(series, part):
            read_part(batch, part, rows)
    judge(batch)
    return batch


def _stretches(series: SeriesSet, part: int) -> Iterator[Rows]:
    """The series that have this part, as many at a time as fit the cache."""
    count, points = series.raw.shape
    step = max(1, NUMBERS_AT_A_TIME // max(points, 1))
    having = np.flatnonzero(series.part_counts > part)
    for at in range(0, len(having), step):
        yield slice(at, min(at + step, count)) if len(having) == count else having[at : at + step]
