"""How many of 100 stable series are called an improvement, a concern or unusual, by rules, baseline and length.

Drawn by `python -m benchmarks alarms`: 40,000 normal series a cell, so that a share of 10 of 100 is right within
0.6. What the numbers mean, and what other shapes of series do, is in docs/why/012.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from measures.spc import RuleSet

LENGTHS = (12, 18, 24, 30, 36, 48, 60, 90, 120)
BASELINES = (0, 10, 12, 15, 20, 24, 36)
"""Points that the median is taken from; 0: from all."""

NONE = -1.0
"""A baseline of all points, or of more, is no freeze."""

ALARMS: dict[RuleSet, tuple[tuple[float, ...], ...]] = {
    RuleSet.ANHOEJ: (
        (4.0, 4.0, 5.4, 4.5, 5.6, 5.0, 5.8, 8.8, 8.3),  # own median
        (1.8, 7.3, 11.1, 14.0, 18.0, 18.7, 22.7, 31.4, 32.2),  # 10
        (NONE, 4.3, 9.1, 11.7, 15.7, 16.2, 19.8, 29.0, 28.9),  # 12
        (NONE, 2.7, 5.4, 9.8, 11.9, 13.1, 18.4, 25.2, 25.3),  # 15
        (NONE, NONE, 3.5, 5.7, 9.4, 10.6, 12.9, 21.1, 21.5),  # 20
        (NONE, NONE, NONE, 3.7, 7.3, 8.4, 11.3, 18.4, 19.0),  # 24
        (NONE, NONE, NONE, NONE, NONE, 5.3, 7.5, 14.1, 14.5),  # 36
    ),
    RuleSet.BEST_BOX: (
        (4.2, 3.9, 4.2, 6.3, 4.8, 6.8, 5.9, 7.3, 8.3),  # own median
        (1.9, 7.5, 12.4, 12.5, 14.7, 16.7, 22.3, 24.5, 32.4),  # 10
        (NONE, 4.3, 9.9, 10.9, 12.6, 14.6, 19.7, 22.0, 29.3),  # 12
        (NONE, 2.8, 6.4, 9.9, 11.9, 12.9, 14.6, 19.2, 25.5),  # 15
        (NONE, NONE, 2.0, 6.8, 7.1, 10.0, 13.2, 15.1, 21.5),  # 20
        (NONE, NONE, NONE, 5.6, 5.7, 8.8, 11.2, 13.2, 19.0),  # 24
        (NONE, NONE, NONE, NONE, NONE, 6.6, 7.6, 10.1, 14.4),  # 36
    ),
    RuleSet.CUT_BOX: (
        (3.9, 4.2, 4.4, 6.5, 5.2, 6.6, 5.9, 7.1, 8.4),  # own median
        (1.9, 8.1, 13.3, 13.0, 16.0, 17.1, 22.2, 24.7, 32.2),  # 10
        (NONE, 4.8, 10.1, 10.9, 13.5, 14.8, 19.6, 21.8, 28.9),  # 12
        (NONE, 2.7, 7.0, 10.0, 11.8, 15.4, 16.5, 20.2, 26.0),  # 15
        (NONE, NONE, 2.4, 7.0, 7.9, 10.0, 13.3, 15.2, 21.2),  # 20
        (NONE, NONE, NONE, 5.7, 6.2, 8.9, 11.3, 13.2, 19.1),  # 24
        (NONE, NONE, NONE, NONE, NONE, 6.7, 7.4, 10.2, 14.1),  # 36
    ),
    RuleSet.PERLA: (
        (14.5, 26.8, 38.0, 48.7, 56.7, 70.1, 79.7, 92.1, 96.9),  # own median
        (12.8, 33.8, 48.7, 60.3, 69.1, 80.3, 88.1, 96.1, 98.6),  # 10
        (NONE, 30.8, 45.6, 58.2, 66.9, 79.2, 87.0, 95.7, 98.5),  # 12
        (NONE, 24.2, 42.1, 54.5, 64.5, 77.3, 85.9, 95.5, 98.5),  # 15
        (NONE, NONE, 37.7, 51.5, 60.6, 75.2, 84.1, 94.7, 98.1),  # 20
        (NONE, NONE, NONE, 49.7, 58.8, 73.8, 83.4, 94.2, 98.1),  # 24
        (NONE, NONE, NONE, NONE, NONE, 70.8, 81.5, 93.3, 97.8),  # 36
    ),
}
"""Rules, then a row a baseline and a column a length."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """One cell of the table: which length and baseline it is of, and how many of 100."""

    length: int
    baseline: int
    of_hundred: int


def alarms_at(rules: RuleSet, length: int, baseline: int) -> Alarms:
    """The nearest cell at or above this length, and at or below this baseline.

    A longer series than the table has is told by its last column.

    >>> alarms_at(RuleSet.ANHOEJ, 23, 0), alarms_at(RuleSet.ANHOEJ, 33, 14)
    (Alarms(length=24, baseline=0, of_hundred=5), Alarms(length=36, baseline=12, of_hundred=16))
    >>> alarms_at(RuleSet.ANHOEJ, 500, 20).length, alarms_at(RuleSet.ANHOEJ, 24, 24).length
    (120, 30)
    """
    row = max(1, bisect_right(BASELINES, baseline) - 1) if baseline else 0
    shares = ALARMS[rules][row]
    least = bisect_left(LENGTHS, max(length, BASELINES[row] + 1))
    column = min(least, len(LENGTHS) - 1)
    return Alarms(LENGTHS[column], BASELINES[row], round(shares[column]))
