"""How the reference puts raw rows together: several rows to an x, any order, gaps and empty denominators."""

from typing import Any

import pytest

from tests.reference.adapter import evaluate

RUN = {"chart": "run", "method": "anhoej", "agg_fun": "mean", "multiply": 1, "use_n": False}


def given(x: list[Any], y: list[Any], n: list[Any] | None = None) -> dict[str, Any]:
    kind = "date" if x and isinstance(x[0], str) else "number"
    return {"x_type": kind, "x": x, "y": y, "n": n}


@pytest.mark.parametrize(("agg_fun", "y"), [("mean", [4, 9]), ("median", [5, 9]), ("sum", [12, 9])])
def test_rows_of_one_x_become_one_point_and_x_is_put_in_order(agg_fun: str, y: list[float]) -> None:
    charted = evaluate(given([2, 1, 1, 1], [9, 1, 5, 6]), {**RUN, "agg_fun": agg_fun})
    assert charted["points"]["y"] == y


def test_a_ratio_of_several_rows_is_the_ratio_of_their_sums() -> None:
    charted = evaluate(
        given([1, 1, 2, 2], [1, 2, 5, 7], [10, 20, 10, None]), {**RUN, "use_n": True, "multiply": 100}
    )
    assert charted["points"]["y"] == [10, 50]


@pytest.mark.parametrize(
    ("x_period", "y"),
    [("week", [1, 2, 6]), ("month", [1.5, 6]), ("quarter", [1.5, 6]), ("year", [3])],
)
def test_days_are_put_together_by_the_period_they_lie_in(x_period: str, y: list[float]) -> None:
    days = given(["2024-03-31", "2024-03-24", "2024-04-02"], [2, 1, 6])
    assert evaluate(days, {**RUN, "x_period": x_period})["points"]["y"] == y


def test_nothing_over_nothing_is_missing_and_something_over_nothing_lies_above_all() -> None:
    charted = evaluate(given([1, 2, 3, 4], [0, 3, 1, 2], [0, 0, 9, 9]), {**RUN, "use_n": True})
    assert charted["points"]["y"] == [None, None, 1 / 9, 2 / 9]
    assert charted["points"]["cl"] == [2 / 9] * 4
    assert (charted["parts"][0]["n_obs"], charted["parts"][0]["n_useful"]) == (4, 2)


@pytest.mark.parametrize("y", [[None, None], [None]])
@pytest.mark.parametrize(
    "args", [{}, {"exclude": [1, 2, 9]}, {"part": [1, 2, 5], "freeze": 1}, {"freeze": 7}]
)
def test_a_series_without_numbers_has_no_centre_and_no_runs(y: list[None], args: dict[str, Any]) -> None:
    charted = evaluate(given(list(range(len(y))), y), {**RUN, **args})
    assert charted["points"]["cl"] == [None] * len(y)
    assert {part["longest_run_max"] for part in charted["parts"]} == {None}
    assert {part["runs_signal"] for part in charted["parts"]} == {False}


def test_a_freeze_is_ignored_where_parts_are_given() -> None:
    series = given([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])
    assert evaluate(series, {**RUN, "freeze": 2})["points"]["cl"] == [1.5] * 6
    assert evaluate(series, {**RUN, "freeze": 2, "part": [3]})["points"]["cl"] == [2, 2, 2, 5, 5, 5]


def test_a_chart_that_is_not_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="'xbar' is not a valid Chart"):
        evaluate(given([1], [1]), {**RUN, "chart": "xbar"})
