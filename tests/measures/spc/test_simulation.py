"""What the verdicts cost and find: `python -m benchmarks verdicts` with fewer series, and room for chance."""

import numpy as np
import pytest

from benchmarks.verdicts import (
    CHANGES,
    FROZEN,
    MOST_DIRECTED,
    MOST_FIRED,
    POINTS,
    SHAPES,
    Change,
    changed,
    said_of,
)
from measures.spc.rules.ranks import LENGTHS, critical, largest_deviates

SERIES = 1_500
ROOM = 2.0
"""Of 100: three standard errors of a share of 8 of 100."""


@pytest.mark.parametrize("shape", SHAPES)
def test_stable_series_are_rarely_called_anything(shape: str) -> None:
    generator = np.random.default_rng(11)
    said = {points: said_of(SHAPES[shape](generator, (SERIES, points))) for points in POINTS}

    assert {points: one for points, one in said.items() if one.directed > MOST_DIRECTED + ROOM} == {}
    assert {points: one for points, one in said.items() if one.fired > MOST_FIRED + ROOM} == {}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_change_is_found_as_often_as_is_promised(change: Change) -> None:
    numbers = changed(change, np.random.default_rng(12), SERIES)

    assert said_of(numbers).concern >= change.least - ROOM
    assert said_of(numbers, frozen=FROZEN).concern >= change.least_frozen - ROOM


@pytest.mark.parametrize("points", [length for length in LENGTHS if 12 <= length <= 60])
def test_the_rank_scan_exceeds_its_table_as_rarely_as_it_says(points: int) -> None:
    deviates = largest_deviates(np.random.default_rng(13).normal(size=(points, 4_000)))
    assert 1.3 <= 100 * float((deviates > critical(np.array([points]))).mean()) <= 3.8
