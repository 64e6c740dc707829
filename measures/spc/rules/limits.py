"""Limits of the run rules by number of useful points: exact, in whole numbers, built when first asked for."""

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from measures.spc.result import JUDGED_FROM, RuleSet
from measures.spc.rules.boxes import BOXES

Counts = NDArray[np.int32]

NO_UPPER_LIMIT = 2**30
RULE_CODES: dict[str, int] = {rules: code for code, rules in enumerate(RuleSet)}
PERLA_SHIFT = 6
"""Consecutive useful points on one side that make a shift (Perla, Provost & Murray 2011)."""
PERLA_TREND = 5
"""Points all going up or all going down, repeats ignored, that make a trend (the same)."""


def longest_run_limit(useful: int) -> int:
    """Longest run that chance explains among `useful` points, none on the centre line.

    `round(log2(useful)) + 3`, in whole numbers; 0 when there are none.

    References
    ----------
    Schilling MF. The surprising predictability of long runs. Mathematics Magazine 2012;85:141-149.

    >>> [longest_run_limit(useful) for useful in (10, 11, 12, 24, 36)]
    [6, 6, 7, 8, 8]
    """
    return (useful * useful).bit_length() // 2 + 3 if useful else 0


def crossings_limit(useful: int) -> int:
    """Fewest crossings of the centre line that chance explains: the 5 % quantile of B(useful - 1, 1/2).

    References
    ----------
    Chen Z. A note on the runs test. Model Assisted Statistics and Applications 2010;5:73-77.
    Anhøj J, Olesen AV. Run charts revisited. PLoS ONE 2014;9:e113825. doi:10.1371/journal.pone.0113825

    >>> [crossings_limit(useful) for useful in (10, 11, 12, 24, 36)]
    [2, 2, 3, 8, 13]
    """
    return crossings_limits(useful)[useful]


@lru_cache(maxsize=32)
def crossings_limits(most: int) -> tuple[int, ...]:
    """`crossings_limit` for 0 .. `most` useful points.

    With one coin more, the sum of the first binomials grows by Pascal's rule: S(m+1, k) = 2 S(m, k) - C(m, k). Each
    binomial follows from the one before, so that the limits of a very long series do not hold up the others.
    """
    limits, quantile = [0, 0], 0
    below = last = 1  # below: C(coins, 0) + ... + C(coins, quantile) of 2**coins; last: the last of them
    for coins in range(1, most):
        below = 2 * below - last
        last = last * coins // (coins - quantile)
        while 20 * below < 1 << coins:
            last = last * (coins - quantile) // (quantile + 1)
            quantile += 1
            below += last
        limits.append(quantile)
    return tuple(limits[: most + 1])


@lru_cache(maxsize=4096)
def runs_limits(useful: int) -> tuple[int, int]:
    """Fewest and most runs about the median that are usual: 5 % in each tail of the exact distribution.

    `useful` points are split floor and ceiling about the median. The lower limit is the largest r with
    P(runs <= r) <= 5 %, the upper the smallest with P(runs >= r) <= 5 %; fewer or more are unusual. The
    table printed by Perla and others differs from this in some odd rows, so ours is called exact.
    Under ten useful points there is no limit: (0, NO_UPPER_LIMIT).

    References
    ----------
    Swed FS, Eisenhart C. Tables for testing randomness of grouping in a sequence of alternatives.
    Annals of Mathematical Statistics 1943;14:66-87.
    Perla RJ, Provost LP, Murray SK. The run chart: a simple analytical tool for learning from variation
    in healthcare processes. BMJ Quality & Safety 2011;20:46-51. doi:10.1136/bmjqs.2009.037895

    >>> [runs_limits(useful) for useful in (10, 15, 20, 24, 30)]
    [(3, 9), (4, 13), (6, 16), (8, 18), (11, 21)]
    """
    if useful < JUDGED_FROM:
        return 0, NO_UPPER_LIMIT
    few = useful // 2
    sides = _binomials(few - 1), _binomials(useful - few - 1)
    allowed = comb(useful, few)
    low, below = 1, _arrangements(*sides, 2)
    while 20 * below <= allowed:
        low += 1
        below += _arrangements(*sides, low + 1)
    high, above = useful + 1, _arrangements(*sides, useful)
    while 20 * above <= allowed:
        high -= 1
        above += _arrangements(*sides, high - 1)
    return low, high


def _binomials(whole: int) -> list[int]:
    """C(whole, 0) .. C(whole, whole), each from the one before, and the two that follow, which are 0."""
    row = [1]
    for part in range(whole + 2):
        row.append(row[-1] * (whole - part) // (part + 1))
    return row


def _arrangements(few: list[int], many: list[int], runs: int) -> int:
    """Orders of points of two sides that make this number of runs, by the binomials of each side's points less one."""
    half, odd = divmod(runs, 2)
    if odd:
        return few[half] * many[half - 1] + few[half - 1] * many[half]
    return 2 * few[half - 1] * many[half - 1]


@dataclass(frozen=True)
class LimitTables:
    """Limits by rule code and number of useful points; int32 arrays, rule sets by (most + 1).

    A part is unusual if its longest run exceeds `longest`, its crossings are below `fewest`, or it lies in a
    cut corner: exactly `fewest` crossings with a run over `corner_run`, or a run of exactly `longest` with
    crossings under `corner_crossings`. Perla's crossings come from `perla_crossings_limits`.
    """

    longest: Counts
    fewest: Counts
    corner_run: Counts
    corner_crossings: Counts


@lru_cache(maxsize=32)
def limit_tables(most: int) -> LimitTables:
    """The limits of every rule set for 0 .. `most` useful points.

    >>> tables = limit_tables(24)
    >>> tables.longest[:, 24].tolist(), tables.fewest[:, 24].tolist()
    ([8, 7, 7, 5], [8, 6, 6, 8])
    """
    shape = (len(RULE_CODES), most + 1)
    longest = np.empty(shape, np.int32)
    fewest = np.empty(shape, np.int32)
    longest[:] = [longest_run_limit(useful) for useful in range(most + 1)]
    fewest[:] = crossings_limits(most)
    corner_run = np.full(shape, NO_UPPER_LIMIT, np.int32)
    corner_crossings = np.full(shape, -1, np.int32)
    tables = LimitTables(longest, fewest, corner_run, corner_crossings)
    longest[RULE_CODES[RuleSet.PERLA], 1:] = PERLA_SHIFT - 1
    _fill_boxes(tables, most)
    return tables


def _fill_boxes(tables: LimitTables, most: int) -> None:
    best, cut = RULE_CODES[RuleSet.BEST_BOX], RULE_CODES[RuleSet.CUT_BOX]
    for useful, box in BOXES.items():
        if useful > most:
            break
        tables.fewest[[best, cut], useful] = box.crossings
        tables.longest[[best, cut], useful] = box.longest
        if box.corner_run is not None and box.corner_crossings is not None:
            tables.corner_run[cut, useful] = box.corner_run
            tables.corner_crossings[cut, useful] = box.corner_crossings


def perla_crossings_limits(useful: Counts) -> tuple[Counts, Counts]:
    """Fewest and most usual crossings by the runs table, for an array of useful points: runs less one.

    >>> [limit.tolist() for limit in perla_crossings_limits(np.array([9, 24, 10]))]
    [[0, 7, 2], [1073741824, 17, 8]]
    """
    counts, place = np.unique(useful, return_inverse=True)
    limits = np.array([runs_limits(int(count)) for count in counts], np.int64).reshape(-1, 2)
    fewest = np.maximum(limits[:, 0] - 1, 0)
    most = np.where(limits[:, 1] < NO_UPPER_LIMIT, limits[:, 1] - 1, NO_UPPER_LIMIT)
    return fewest[place].astype(np.int32), most[place].astype(np.int32)
