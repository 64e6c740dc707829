"""The rank scan and the number far off, against plain Python and against themselves."""

from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.spc import Evidence, State, analyse, analyse_many
from measures.spc.completing import completed_at
from measures.spc.rules import ranks
from measures.spc.rules.far import distances, far_limit, latest_far
from measures.spc.rules.ranks import mid_ranks, scan_ranks
from tests.measures.spc.naive import scanned

NUMBERS = st.one_of(st.integers(0, 4).map(float), st.just(nan))
NONE = np.zeros(1, np.int32)
BESIDE = np.zeros(1, bool)
"""Beside other rules."""


@given(st.lists(NUMBERS, min_size=10, max_size=40), st.integers(0, 20), st.booleans())
@example([0.0, nan, 1.0, 1.0, 1.0, nan, nan, 1.0, 1.0, nan, 0.0, 0.0, 0.0, 0.0, 0.0], 10, False)
def test_the_scan_agrees_with_plain_python(values: list[float], from_point: int, alone: bool) -> None:
    found = scan_ranks(np.array([values]).T, np.array([from_point], np.int32), np.array([alone]))
    assert (int(found.first[0]), int(found.side[0])) == scanned(values, from_point, alone=alone)


@given(st.lists(NUMBERS, min_size=1, max_size=30))
def test_sorting_and_pairing_give_the_same_ranks(values: list[float]) -> None:
    column = np.array([values]).T
    assert mid_ranks(column).tolist() == ranks._by_sorting(column).tolist()


def test_a_long_series_is_ranked_as_a_short_one() -> None:
    step = np.repeat([1.0, 2.0], 200)[:, None]
    assert [
        one.tolist() for one in (scan_ranks(step, NONE, BESIDE).first, scan_ranks(step, NONE, BESIDE).side)
    ] == [
        [200],
        [1],
    ]


def test_events_in_a_few_months_only_are_no_shift_wherever_they_fall() -> None:
    assert scan_ranks(np.array([[0.0] * 20 + [1.0] * 4]).T, NONE, BESIDE).side.tolist() == [0]
    assert scan_ranks(np.array([[0.0] * 20 + [1.0] * 5]).T, NONE, BESIDE).side.tolist() == [1]


def test_a_stretch_that_the_newest_points_left_again_claims_nothing() -> None:
    there_and_back = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, *[9] * 12, *[5, 6] * 3]
    assert analyse(there_and_back, better="down").evidence is not Evidence.RANKS


def test_with_a_frozen_baseline_a_stretch_begins_after_it() -> None:
    values = [*[3, 4] * 6, *[9, 8] * 8]
    assert scan_ranks(np.array([values], float).T, NONE, BESIDE).first.tolist() == [12]
    later = scan_ranks(np.array([values], float).T, np.array([14], np.int32), BESIDE)
    assert (later.first.tolist(), later.side.tolist()) == ([14], [1])


@given(st.lists(st.integers(0, 9).map(float), min_size=12, max_size=30), st.integers(0, 2))
def test_a_distance_is_from_the_mean_of_the_others_in_their_spread(values: list[float], back: int) -> None:
    at = len(values) - 1 - back
    others = [value for position, value in enumerate(values) if position != at]
    mean = sum(others) / len(others)
    squares = sum((value - mean) ** 2 for value in others) / (len(others) - 1)
    beside = [(value - mean) ** 2 for value in others if (value - mean) * (values[at] - mean) > 0]
    spread = sqrt(max(squares, sum(beside) / len(beside) if beside else 0) * (1 + 1 / len(others)))
    expected = (values[at] - mean) / spread if squares else 0.0
    assert distances(np.array([values]), np.array([at]))[0] == pytest.approx(expected)


@given(st.lists(st.one_of(st.integers(0, 30).map(float), st.just(nan)), min_size=12, max_size=30))
@example([6.0, 1.0, nan])
def test_the_cheap_look_loses_no_far_number(values: list[float]) -> None:
    row = np.array([values])
    known = [at for at, value in enumerate(values) if not isnan(value)]
    limit = float(far_limit(np.array([len(known)]))[0])
    far = (
        [at for at in known[-3:] if abs(float(distances(row, np.array([at]))[0])) > limit]
        if len(known) > 2
        else []
    )
    assert latest_far(row)[0].tolist() == [far[-1] if far else -1]


def test_a_month_far_below_two_steady_years_is_unusual_and_named() -> None:
    seen = [
        87,
        84,
        89,
        86,
        88,
        85,
        87,
        90,
        86,
        83,
        88,
        87,
        85,
        89,
        86,
        87,
        84,
        88,
        86,
        90,
        85,
        87,
        88,
        86,
        69.3,
    ]
    result = analyse(seen, better="up")
    assert (result.state, result.evidence, result.far) == (State.UNUSUAL, Evidence.FAR_NUMBER, 24)
    assert [(fired.rule, fired.points, fired.direction) for fired in result.signals] == [
        ("far", (24,), "down")
    ]
    assert result.marks[24].mark == "unusual"
    assert analyse([*seen, 86, 87, 88], better="up").state is State.COMMON  # three months later it is history


def test_a_far_number_does_not_hide_a_shift() -> None:
    values = [*[20, 22] * 6, *[10, 11, 12] * 4, 40]
    assert (
        analyse([*[20, 22, 21] * 4, *[30, 31, 32] * 4, 90], freeze=12, better="down").state is State.CONCERN
    )
    assert analyse(values, freeze=12, better="down").evidence is not Evidence.FAR_NUMBER


def test_ranks_judge_sooner_where_no_other_rule_does() -> None:
    rare = [*([0] * 6 + [1] + [0] * 5) * 2, *[1, 0] * 9]
    steps = [*[10, 20] * 12, *[11, 21] * 9]
    found = [analyse(values, better="down") for values in (rare, steps)]
    assert [one.parts[-1].rules_apply for one in found] == [False, True]
    assert [one.state for one in found] == [State.CONCERN, State.COMMON]


@pytest.mark.parametrize(
    ("below", "above", "apply"), [(6, 10, True), (5, 11, False), (6, 12, True), (6, 13, False)]
)
def test_the_rules_apply_up_to_a_difference_of_the_root_of_twice_the_useful_points(
    below: int, above: int, apply: bool
) -> None:
    assert analyse([1] * below + [2] * 9 + [3] * above).parts[0].rules_apply == apply


def test_a_frozen_baseline_on_one_side_of_its_median_judges_nothing_by_runs() -> None:
    one_sided, both = [2] * 7 + [3] * 5, [1] * 3 + [2] * 4 + [3] * 5
    later = [1, 3] * 6
    found = [analyse([*base, *later], freeze=12).parts[0] for base in (one_sided, both)]
    assert [(part.centre, part.rules_apply) for part in found] == [(2, False), (2, True)]


STEADY = [87, 84, 89, 86, 88, 85, 87, 90, 86, 83, 88, 87, 85, 89, 86, 87, 84, 88, 86, 90, 85, 87, 88, 86]


def test_a_number_is_far_beyond_its_limit_and_not_before_it() -> None:
    rows = np.array([[*STEADY, 79], [*STEADY, 80]], float)
    assert distances(rows, np.array([24, 24])).round(2).tolist() == [-3.98, -3.46]
    assert far_limit(np.array([25])).tolist() == [3.8]
    assert latest_far(rows)[0].tolist() == [24, -1]


def test_of_two_far_numbers_the_newest_is_named_and_completes_the_signal() -> None:
    batch = analyse_many([[*STEADY, *STEADY[:14], 61, 87, 112]], better="up")
    assert (batch.far.tolist(), batch.far_side.tolist()) == ([40], [1])
    assert completed_at(batch).tolist() == [40]


def test_where_runs_lean_one_way_and_ranks_the_other_no_direction_is_claimed() -> None:
    values = [5, 5, 5, 1, 3, 3, 3, 3, 3, 7, 7, 6, 6, 6, 6, 10, 10, 5, 5, 5]
    batch = analyse_many([values], centre=6.5, better="up")
    assert (batch[0].side.count(-1), batch.rank_side.tolist()) == (16, [1])
    assert (batch[0].evidence, batch[0].lean, batch[0].state) == (
        Evidence.FEW_CROSSINGS, None, State.UNUSUAL,
    )  # fmt: skip


def test_a_shift_is_not_held_where_the_latest_points_rank_the_other_way() -> None:
    values = [8, 2, 2, 2, 2, 3, 2, 3, 3, 1, 2, 3, 1, 2, 1, 4, 4, 3, 9, 4]
    batch = analyse_many([values], centre=5, better="down")
    assert (batch.run_side.tolist(), batch.rank_side.tolist()) == ([-1], [1])
    assert (batch[0].evidence, batch[0].state) == (Evidence.FEW_CROSSINGS, State.UNUSUAL)
