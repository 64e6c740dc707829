"""The interval of a median, against the printed table and by drawing."""

import numpy as np
import pytest

from measures.spc import RuleSet, analyse_many
from measures.spc.parts import medians_of_last_parts
from measures.spc.rules.intervals import LEAST, interval_rank, median_interval

SIGN_TEST = """6:0 7:0 8:0 9:1 10:1 11:1 12:2 13:2 14:2 15:3 16:3 17:4 18:4 19:4 20:5 21:5 22:5 23:6 24:6 25:7 30:9
35:11 40:13 45:15 50:17"""
"""Fewest signs at 5 % on both sides (Dixon WJ, Mood AM. The statistical sign test. JASA 1946;41:557-566)."""


@pytest.mark.parametrize("line", SIGN_TEST.split())
def test_the_interval_begins_after_as_many_numbers_as_the_sign_test_refuses(line: str) -> None:
    points, refused = map(int, line.split(":"))
    assert interval_rank(points) == refused + 1


def test_of_five_numbers_or_fewer_there_is_no_interval() -> None:
    assert [interval_rank(points) for points in range(LEAST)] == [0] * LEAST
    assert [median_interval(range(points)) for points in range(LEAST)] == [None] * LEAST


def test_the_ends_are_numbers_of_the_series_in_whatever_order() -> None:
    numbers = [31, 5, 17, 2, 23, 11, 29, 3, 13, 7, 19, 37]
    assert median_interval(numbers) == (5, 29)
    assert median_interval([4.0] * 9) == (4, 4)


@pytest.mark.parametrize("points", [6, 12, 24])
def test_of_a_hundred_skewed_series_the_interval_holds_the_median_in_95_at_least(points: int) -> None:
    drawn = np.random.default_rng(17).exponential(size=(4000, points))
    ends = np.array([median_interval(one) for one in drawn])
    held = (ends[:, 0] <= np.log(2)) & (np.log(2) <= ends[:, 1])
    assert held.mean() > 0.95


def test_the_median_of_the_last_part_is_of_all_its_points_whatever_is_frozen() -> None:
    rows = [[9, 9, 9, 9, 1, 2, 3, 4], [9, 9, 9, 9, 1, 2, 3, 4], [9, 9, 9, 9, 1, 2, 30, np.nan], [np.nan] * 8]
    batch = analyse_many(
        rows, rules=RuleSet.ANHOEJ, splits=[[], [4], [4], []], freeze=[4, 6, 0, 0], exclude=[[], [], [6], []]
    )
    assert batch.of_last_part(batch.part_centre)[:3].tolist() == [9, 1.5, 1.5]
    assert medians_of_last_parts(batch)[:3].tolist() == [6.5, 2.5, 1.5]
    assert np.isnan(medians_of_last_parts(batch)[3])


def test_what_is_left_out_is_no_part_of_how_a_frozen_series_is_now() -> None:
    batch = analyse_many([[*range(1, 13), 5, 100, 100]], freeze=12, exclude=[13, 14])
    assert (float(medians_of_last_parts(batch)[0]), batch[0].parts[0].centre) == (6, 6.5)
