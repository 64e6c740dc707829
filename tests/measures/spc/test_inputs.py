"""What the engine refuses, and the cure that its sentence names."""

import re
from datetime import date
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from measures import spc
from measures.sentences.refusals import REFUSALS, refusal
from measures.spc import RefusedInputError, RuleSet, analyse, analyse_many

FIVE = [1, 2, 3, 4, 5]
UNEQUAL = "Values and denominators are of unequal lengths: give one denominator for each value."
NEGATIVE = "A denominator is negative (series 0, point 1, counted from 0): correct it."
ZERO = "A denominator is zero under a value (series 0, point 0, counted from 0): correct one of them."
DISORDER = "The periods are not in time order: sort the points and merge those of one period."
OUTSIDE = "An excluded point lies outside its series: name positions counted from 0."
SPLIT = "A split lies outside its series: it needs at least one point before it and one after it."
TEXT = "The values hold text or dates: give numbers, and NaN where one is missing."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"values": ["1", "2"]}, TEXT),
        ({"values": [1, "two"]}, TEXT),
        ({"values": [1, None, "2"]}, TEXT),
        (
            {"values": [1, inf]},
            "The values hold an infinite number: correct it, or give NaN for a missing one.",
        ),
        (
            {"values": [1, -inf]},
            "The values hold an infinite number: correct it, or give NaN for a missing one.",
        ),
        (
            {"values": [[1, 2]]},
            "The values of one chart are one list of numbers: give several to analyse_many.",
        ),
        ({"values": [1, 2], "denominators": [1]}, UNEQUAL),
        ({"values": [1, 2], "denominators": [1, -2]}, NEGATIVE),
        ({"values": [1, 2], "denominators": [0, 2]}, ZERO),
        ({"freeze": 6}, "The freeze lies outside the series: give the number of points in its baseline."),
        ({"freeze": 0}, "The freeze lies outside the series: give the number of points in its baseline."),
        ({"freeze": -1}, "The freeze lies outside the series: give the number of points in its baseline."),
        ({"freeze": 2.5}, "freeze counts points: give whole numbers."),
        ({"splits": [5]}, SPLIT),
        ({"splits": [0]}, SPLIT),
        ({"splits": [3, 2]}, "The splits are not in rising order: sort them and name each once."),
        ({"splits": [2, 2]}, "The splits are not in rising order: sort them and name each once."),
        ({"splits": [1.5]}, "splits counts points: give whole numbers."),
        ({"exclude": [5]}, OUTSIDE),
        ({"exclude": [-1]}, OUTSIDE),
        ({"centre": "high"}, "centre is not a number: give one for all series or one each."),
        ({"target": inf}, "target is infinite: give a number, or None for none."),
        ({"multiplier": 0}, "A multiplier is not above zero: give 1, 100, 1000 or the like."),
        ({"multiplier": None}, "A multiplier is not above zero: give 1, 100, 1000 or the like."),
        ({"better": "higher"}, 'better says which way is better: give "up", "down" or None.'),
        ({"rules": "nelson"}, "Unknown rules: give one of anhoej, best_box, cut_box, perla."),
        ({"chart": "xbar"}, "Unknown chart xbar: give one of run."),
        ({"subgroup_sizes": [1] * 5}, "A run chart takes no subgroup sizes or deviations: leave them out."),
        ({"periods": [1, 2]}, "The periods are 2, the points 5: give one for each point."),
        ({"periods": [1, 2, 2, 3, 4]}, DISORDER),
    ],
)
def test_wrong_input_is_refused_with_its_cure(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RefusedInputError) as refused:
        analyse(**{"values": FIVE, **given})
    assert refusal(refused.value) == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"matrix": [[1, 2], [1]]}, "The values are of unequal lengths: pad the shorter series with NaN."),
        ({"matrix": [1, 2]}, "The values have 1 dimension: give series by points."),
        ({"lengths": [3, 1]}, "A length lies outside 0 to 2, the width of the matrix: correct it."),
        ({"lengths": [1]}, "lengths has the shape (1,), and the series are 2: give one for all or one each."),
        (
            {"freeze": [1, 1, 1]},
            "freeze has the shape (3,), and the series are 2: give one for all or one each.",
        ),
        (
            {"better": ["up"]},
            "better has the shape (1,), and the series are 2: give one for all or one each.",
        ),
        ({"splits": [[1]]}, "splits needs one list for all series, or one for each of them; they are 2."),
        ({"splits": [[1], 1]}, "splits needs one list for all series, or one for each of them; they are 2."),
        (
            {"splits": np.ones((1, 1), int)},
            "The matrix of splits needs whole numbers and 2 rows, padded with 0.",
        ),
        (
            {"exclude": np.ones((1, 2), bool)},
            "The exclusions are (1, 2), the values (2, 2): make them equal.",
        ),
        ({"exclude": [1], "lengths": [2, 1]}, OUTSIDE),
    ],
)
def test_wrong_input_for_many_is_refused_with_its_cure(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RefusedInputError) as refused:
        analyse_many(**{"matrix": [[1, 2], [3, 4]], **given})
    assert refusal(refused.value) == sentence


def test_an_unknown_kind_of_number_is_refused() -> None:
    with pytest.raises(RefusedInputError, match="not_numbers: name values"):
        analyse([1, object()])
    with pytest.raises(RefusedInputError, match="text: name values"):
        analyse(np.array([date(2024, 1, 1)], "datetime64[D]"))


def test_a_ratio_is_missing_where_either_number_is_or_both_are_zero() -> None:
    assert analyse([1, None, 3, 0], [2, 2, nan, 0], multiplier=10).value == (5.0, None, None, None)


def test_a_chart_without_points_has_one_empty_part() -> None:
    result = analyse([])
    assert (result.value, result.marks, len(result.parts), result.parts[0].useful) == ((), (), 1, 0)


def test_one_value_for_all_series_and_one_each_say_the_same() -> None:
    rows = [[1, 5, 2, 4, 3], [9, 8, 7, 6, 5]]
    for_all = analyse_many(
        rows, rules=RuleSet.PERLA, freeze=2, splits=[3], exclude=[4], centre=3.5, multiplier=2, better="up"
    )
    each = analyse_many(
        rows,
        rules=[RuleSet.PERLA] * 2,
        freeze=np.array([2, 2]),
        splits=np.array([[3, 0], [3, 0]]),
        exclude=np.array([[False] * 4 + [True]] * 2),
        centre=[3.5, 3.5],
        multiplier=np.array([2.0, 2.0]),
        better=np.array([1, 1]),
    )
    assert [for_all[0], for_all[1]] == [each[0], each[1]]


def test_a_freeze_holds_in_the_part_it_falls_in_and_in_no_other() -> None:
    result = analyse([1, 2, 3, 4, 5, 6, 7, 8, 9], splits=[3, 6], freeze=4)
    assert [part.centre for part in result.parts] == [2, 4, 8]
    assert result.baseline == (True, True, True, True, False, False, True, True, True)


def test_an_excluded_point_is_shown_and_counts_for_nothing() -> None:
    result = analyse([1, 2, 3, 90], exclude=[3])
    assert (result.value[3], result.included[3], result.centre) == (90.0, False, (2.0,) * 4)
    assert (result.parts[0].points, result.parts[0].included, result.parts[0].observed) == (4, 3, 3)


def test_a_given_centre_line_is_in_the_unit_shown() -> None:
    result = analyse([1, 2, 3], [10, 10, 10], multiplier=100, centre=20)
    assert (result.centre, result.side, result.line) == ((20.0,) * 3, (-1, 0, 1), "centre line")


def test_every_refusal_of_the_engine_has_its_sentence() -> None:
    source = "".join(path.read_text() for path in (Path(spc.__file__).parent).rglob("*.py"))
    keys = set(re.findall(r'raise RefusedInputError\(\s*"(\w+)"', source))
    assert keys == set(REFUSALS)
