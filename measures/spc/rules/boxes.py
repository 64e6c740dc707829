"""Best box and cut box: bounds on crossings and longest run chosen to spend one false-alarm rate well.

A part of `n` useful points is usual in the best box if crossings >= `crossings` and longest run <= `longest`.
The cut box also cuts a corner off: with exactly `crossings` the longest run may be `corner_run` at most, and
a run of exactly `longest` needs `corner_crossings` crossings. None: the corner is whole.

References
----------
Anhøj J, Wentzel-Larsen T. Smooth operator: modifying the Anhøj rules to improve runs analysis in statistical
process control. PLoS ONE 2020;15:e0233920. doi:10.1371/journal.pone.0233920

>>> BOXES[24]
Box(crossings=6, longest=7, corner_crossings=7, corner_run=6)
"""

from typing import NamedTuple


class Box(NamedTuple):
    """Bounds for one number of useful points."""

    crossings: int
    longest: int
    corner_crossings: int | None
    corner_run: int | None


# fmt: off
_BOUNDS: tuple[tuple[int, int, int | None, int | None], ...] = (  # for 10 .. 100 useful points
    (2, 6, 3, 5), (3, 7, 4, 6), (3, 6, None, None), (3, 6, None, None), (3, 6, None, None), (4, 7, 6, 6),
    (5, 8, 6, 7), (5, 7, None, None), (5, 7, 6, 6), (5, 7, 6, 5), (6, 7, None, None), (7, 8, None, None),
    (6, 7, 7, 6), (6, 7, 7, 6), (6, 7, 7, 6), (6, 7, None, None), (9, 9, 10, 7), (9, 8, 10, 7),
    (9, 8, 11, 7), (10, 8, None, None), (11, 10, 12, 9), (11, 9, 14, 8), (11, 8, None, None),
    (11, 8, 12, 7), (11, 8, 13, 7), (12, 8, None, None), (13, 9, 15, 8), (14, 10, None, None),
    (13, 8, None, None), (15, 11, None, None), (15, 9, None, None), (15, 9, 17, 8), (14, 8, None, None),
    (14, 8, None, None), (17, 10, None, None), (17, 9, None, None), (17, 9, 19, 8), (17, 9, 20, 7),
    (19, 12, 20, 11), (19, 10, 21, 9), (19, 9, None, None), (19, 9, 21, 8), (19, 9, 21, 7),
    (21, 11, 23, 9), (21, 10, 23, 8), (21, 9, None, None), (21, 9, 23, 8), (23, 12, 25, 11),
    (23, 10, 24, 9), (23, 10, 26, 8), (23, 9, None, None), (23, 9, 24, 8), (25, 11, 27, 9),
    (25, 10, 27, 9), (26, 11, 27, 10), (26, 10, 27, 9), (27, 12, 29, 10), (27, 10, None, None),
    (27, 10, 29, 8), (28, 11, 29, 8), (29, 14, 30, 13), (29, 11, 31, 9), (29, 10, 30, 9),
    (30, 11, 31, 10), (30, 10, None, None), (31, 12, 32, 9), (31, 11, 34, 8), (31, 10, 33, 9),
    (32, 11, 33, 8), (33, 13, 37, 11), (33, 11, 35, 9), (33, 10, None, None), (34, 11, 36, 10),
    (33, 10, 36, 7), (35, 11, None, None), (35, 11, 38, 8), (35, 10, 36, 9), (35, 10, 38, 8),
    (37, 12, 38, 10), (37, 11, 39, 9), (38, 12, None, None), (37, 10, 39, 9), (39, 13, 41, 12),
    (39, 11, 40, 10), (39, 11, 42, 8), (39, 10, None, None), (39, 10, 41, 8), (41, 12, 42, 9),
    (41, 11, 44, 9), (42, 12, 43, 10), (41, 10, 42, 9),
)
# fmt: on

BOXES = {useful: Box(*bounds) for useful, bounds in enumerate(_BOUNDS, start=10)}
"""Bounds by number of useful points. Outside 10 .. 100 the Anhøj limits hold."""
