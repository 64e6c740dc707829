"""The limits of the run rules, against the reference and the printed tables."""

import json
from math import comb
from pathlib import Path

import pytest

from measures.spc.rules import limits
from measures.spc.rules.boxes import BOXES
from measures.spc.rules.limits import crossings_limit, crossings_limits, longest_run_limit, runs_limits

LIMITS = json.loads((Path(__file__).parents[2] / "reference/golden/limits_runs.json").read_text())
PRINTED = """10:3-9 11:3-10 12:3-11 13:4-11 14:4-12 15:4-13 16:5-13 17:5-14 18:6-14 19:6-15 20:6-16 21:7-16 22:7-17
23:8-17 24:8-18 25:9-18 26:9-19 27:9-20 28:10-20 29:10-21 30:11-21"""


def test_anhoej_limits_are_those_of_the_reference_from_1_to_120_useful_points() -> None:
    ours = [
        {"n_useful": n, "longest_run_max": longest_run_limit(n), "n_crossings_min": crossings_limit(n)}
        for n in range(1, 121)
    ]
    assert ours == LIMITS["anhoej"]


def test_boxes_are_those_of_the_reference_from_10_to_100_useful_points() -> None:
    ours = [
        {
            "n": n,
            "cb": box.crossings,
            "lb": box.longest,
            "cbord": box.corner_crossings,
            "lbord": box.corner_run,
        }
        for n, box in BOXES.items()
    ]
    assert ours == LIMITS["boxes"]


@pytest.mark.parametrize("line", PRINTED.split())
def test_runs_table_leaves_at_most_five_percent_in_each_tail(line: str) -> None:
    useful, limits = line.split(":")
    assert runs_limits(int(useful)) == tuple(map(int, limits.split("-")))


def test_runs_are_not_judged_under_ten_useful_points() -> None:
    assert {runs_limits(useful)[0] for useful in range(10)} == {0}


def test_limits_of_a_thousand_points_agree_with_the_normal_distribution() -> None:
    assert crossings_limit(1000) == round(999 / 2 - 1.6449 * 999**0.5 / 2)
    low, high = runs_limits(1000)
    assert low + high == 1002


def test_the_limits_of_a_very_long_series_need_no_binomial_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # one number of 1700 makes a weekly series of 17,000 points: to compute 17,000 binomials took a minute
    monkeypatch.setattr(limits, "comb", None)
    every = crossings_limits.__wrapped__(17_000)
    assert len(every) == 17_001
    assert all(
        every[useful] == round((useful - 1) / 2 - 1.6449 * (useful - 1) ** 0.5 / 2)
        for useful in (1000, 5000, 17_000)
    )


def test_the_runs_table_of_a_very_long_series_computes_one_binomial(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[int] = []

    def counted(whole: int, part: int) -> int:
        computed.append(whole)
        return comb(whole, part)

    monkeypatch.setattr(limits, "comb", counted)
    low, high = runs_limits.__wrapped__(3000)
    assert (computed, low + high) == ([3000], 3002)
