"""What a chart says in words, and that the words follow from its last part."""

from calendar import month_name
from datetime import date
from math import nan

import numpy as np
import pytest
from django.utils import translation

from measures.selectors.readings import GoalLine
from measures.sentences.charts import Verdict, band, signal, verdict
from measures.sentences.periods import label
from measures.sentences.points import why
from measures.spc import ChartResult, Evidence, PointMark, RuleSet, State, analyse, analyse_many
from measures.spc.rules.runs import lean_of_latest_half

SAW = [20, 40] * 6
"""Twelve months that go up and down around 30."""


def months(count: int) -> list[str]:
    return [f"{month_name[at % 12 + 1]} {2002 + at // 12}" for at in range(count)]


def say(result: ChartResult) -> Verdict:
    return verdict(result, months(len(result.value)), show="{:g}%".format)


@pytest.mark.parametrize(
    ("better", "mark", "headline"),
    [
        ("down", "improvement", "Sustained improvement since January 2003: 11 points below the median"),
        ("up", "concern", "A shift in the wrong direction since January 2003: 11 points below the median"),
        (None, "unusual", "A shift since January 2003: 11 points below the median"),
    ],
)
def test_a_current_shift_is_told_by_its_direction(better: str | None, mark: str, headline: str) -> None:
    result = analyse([*SAW, 10, 11, 12, nan, 10, 11, 12, 10, 11, 12, 10, 11], freeze=12, better=better)
    assert say(result) == Verdict(mark, headline, "11 points below the median", since=12)


def test_no_numbers_is_told_as_no_numbers() -> None:
    assert say(analyse([nan, None, nan])) == Verdict("none", "No numbers yet", "No numbers yet")
    assert say(analyse([5, 6], exclude=[0, 1])).headline == "No numbers yet"


@pytest.mark.parametrize(
    ("values", "headline"),
    [
        ([9], "1 point so far. Judged from 10."),
        ([1, 2, 3, 4, 5, 6, nan, 7, 8], "8 points so far. Judged from 10."),
        ([1, 2, 3, 4, 5, 6, 7], "7 points so far, 6 of them off the median. Judged from 10."),
        ([5] * 24, "24 points, all equal, at 5%: nothing varies, so there is nothing to judge."),
    ],
)
def test_too_few_points_say_how_many_there_are(values: list[float], headline: str) -> None:
    said = say(analyse(values, better="up"))
    assert (said.mark, said.headline) == ("too_few", headline)


def test_no_signal_is_said_plainly() -> None:
    assert say(analyse([20, 42] * 12, better="up")) == Verdict(
        "common", "No change yet: 24 points around 31%", "24 points around 31%"
    )


@pytest.mark.parametrize(("better", "mark"), [("up", "concern"), ("down", "improvement"), (None, "unusual")])
def test_few_crossings_take_their_direction_from_the_latest_half(better: str | None, mark: str) -> None:
    slow = [6, 7, 8, 6, 7, 8, 1, 2, 3, 1, 2, 9, 9, 2, 1, 2, 3, 1, 2, 2]
    said = say(analyse(slow, centre=5, better=better))
    seen = "Fewer crossings than chance explains: 3 of at least 6"
    assert said == Verdict(mark, f"{seen}; most of the latest points lie below the centre line", seen)


@pytest.mark.parametrize(
    ("latest", "lean"),
    [
        ([-1, -1, 1, 1, 1, 1], 1),
        ([-1, -1, -1, 1, 1, 1], 0),
        ([1, 1, -1, -1, -1, -1], -1),
        ([1, 1, 1, 1, 1, -1], 0),  # the newest point lies on the other side
    ],
)
@pytest.mark.parametrize("way", [1, -1])
def test_two_thirds_of_the_latest_half_and_the_newest_point_make_a_lean(
    latest: list[int], lean: int, way: int
) -> None:
    sides = way * np.array([-1, 1, 1, -1, -1, 1, *latest])
    up, down = (sides > 0)[:, None], (sides < 0)[:, None]
    assert lean_of_latest_half(up, down, np.array([12], np.int32)).tolist() == [way * lean]


def test_a_shift_that_is_over_is_told_as_earlier() -> None:
    values = [8] * 10 + [2, 8] * 14
    result = analyse(values, centre=5, better="up")
    seen = "An earlier shift, January 2002 to October 2002: 10 points above the centre line"
    assert (result.evidence, say(result)) == (Evidence.PAST_SHIFT, Verdict("unusual", seen, seen))
    assert result.marks == (PointMark.UNUSUAL,) * 10 + (PointMark.COMMON,) * 28


@pytest.mark.parametrize(
    ("after", "state", "said"),
    [
        ([], State.IMPROVEMENT, ""),
        ([30], State.IMPROVEMENT, "; the point since then lies on the other side"),
        ([30, 10], State.IMPROVEMENT, "; of the 2 points since then 1 on the other side"),
        (
            [30, 10, 10, 31, 10, 11, 12],
            State.IMPROVEMENT,
            "; of the 7 points since then 2 on the other side",
        ),
        ([30, 31], State.UNUSUAL, None),
        ([30, 10, 31], State.UNUSUAL, None),
    ],
)
def test_a_shift_holds_until_two_points_and_half_as_many_as_stayed_lie_on_the_other_side(
    after: list[float], state: State, said: str | None
) -> None:
    result = analyse([*[21, 23, 22] * 4, *[10, 11, 12] * 3, *after], centre=20, better="down")
    assert result.state is state
    if said is None:
        assert result.evidence is not Evidence.HELD_SHIFT
    else:
        shift = "Sustained improvement since January 2003: 9 points below the centre line"
        assert (say(result).headline, say(result).since) == (shift + said, 12)


def test_a_shift_that_is_over_decides_nothing_though_the_latest_points_lean() -> None:
    result = analyse([8] * 10 + [2, 8, 8] * 12, centre=5, better="up")
    assert (result.evidence, result.lean, result.state.name) == (Evidence.PAST_SHIFT, None, "UNUSUAL")


def test_a_far_number_is_named_by_its_own_month_when_others_came_after_it() -> None:
    seen = say(analyse([*[86, 88, 87] * 8, 61, 87, 86], better="up"))
    assert (seen.headline, seen.about) == (
        "Unusual, one number: 61% in January 2004 lies far below the other points", 24,
    )  # fmt: skip


def test_perla_names_the_trend_and_the_number_of_runs() -> None:
    trend = analyse([1, 9, 1, 9, 1, 9, 2, 3, 6, 7, 8, 1, 9, 1, 9], centre=5, rules=RuleSet.PERLA)
    assert say(trend).short == "Trend: 5 points going up"
    few = analyse([1, 1, 1, 9, 9, 9, 1, 1, 1, 9, 9, 9, 1, 1, 1, 9, 9, 9], centre=5, rules=RuleSet.PERLA)
    assert say(few).headline == "No change yet: 18 points around 5%"
    fewer = analyse(
        [1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9], centre=5, rules=RuleSet.PERLA
    )
    assert say(fewer).headline == "Fewer runs than chance explains: 4 of at least 6"
    many = analyse([1, 9] * 10, rules=RuleSet.PERLA)
    assert say(many).headline == "More runs than chance explains: 20 of at most 16"


def test_the_cut_corner_of_the_cut_box_names_both_counts() -> None:
    ups = [7, 1, 1, 1, 4, 5, 5]  # seven in a row with six crossings: in the corner for 24 points
    values = [9.0 if run % 2 else 1.0 for run, length in enumerate(ups) for _ in range(length)]
    result = analyse(values, centre=5, rules=RuleSet.CUT_BOX)
    assert (result.parts[0].useful, result.parts[0].crossings, result.parts[0].longest_run) == (24, 6, 7)
    seen = "Longest run and crossings are unusual together: 7 points in a row with 6 crossings"
    assert say(result).short == seen
    assert [fired.rule for fired in result.signals] == ["cut_box"]
    assert say(analyse(values, centre=5, rules=RuleSet.BEST_BOX)).mark == "common"


def test_only_the_later_half_of_one_shift_is_drawn() -> None:
    result = analyse([9] * 10 + [1] * 10, better="down")
    assert [(band.first, band.last, band.is_improvement) for band in result.shift_bands] == [(10, 19, True)]
    assert result.marks == (PointMark.COMMON,) * 10 + (PointMark.IMPROVEMENT,) * 10
    assert [signal(result, fired) for fired in result.signals] == [
        "Earlier shift: 10 points above the median",
        "Shift: 10 points below the median",
        "Fewer crossings than chance explains: 1 of at least 6",
    ]


def test_a_headline_of_now_stands_over_a_band_of_then_that_is_told_as_earlier() -> None:
    values = [*[9] * 10, *[1, 1, 1, 9, 9, 9] * 2, *[1, 1, 1, 1, 9, 1, 1, 1]]
    result = analyse(values, centre=5, better="down")
    assert (result.evidence, say(result).mark) == (Evidence.FEW_CROSSINGS, "improvement")
    (drawn,) = result.shift_bands
    assert (drawn.is_past, drawn.is_improvement, band(drawn, line=result.line)) == (
        True, False, "Earlier shift: 10 points above the centre line",
    )  # fmt: skip
    assert [fired.is_past for fired in result.signals if fired.rule == "shift"] == [True]
    assert result.marks == (PointMark.UNUSUAL,) * 10 + (PointMark.COMMON,) * 20


def test_a_band_of_an_earlier_part_is_past_whatever_the_last_part_says() -> None:
    result = analyse([9] * 8 + [1] * 8 + [5, 6] * 8, splits=[16], better="down")
    assert [(drawn.part, drawn.is_past) for drawn in result.shift_bands] == [(0, True)]


def test_each_part_has_its_own_band() -> None:
    half = [9] * 8 + [1] * 8
    result = analyse(half + half[::-1], splits=[16], better="up")
    assert [(band.part, band.first, band.last, band.side) for band in result.shift_bands] == [
        (0, 8, 15, "below"),
        (1, 24, 31, "above"),
    ]
    assert (result.state, result.variation) == (State.IMPROVEMENT, "improvement")


def test_a_part_with_too_few_points_draws_and_signals_nothing() -> None:
    result = analyse([0] * 9, centre=5, better="down")
    assert (result.parts[0].unusual_runs, result.shift_bands, result.signals) == (True, (), ())
    assert set(result.marks) == {PointMark.TOO_FEW}


def test_every_point_says_why() -> None:
    values = [2, 8, 2, 8, 2, 8, 2, 8, nan, 8, 9, 5, 8, 9, 8, 9, 8, 70]
    result = analyse(values, centre=5, exclude=[17], better="up")
    assert [why(result, at) for at in (6, 7, 8, 11, 16, 17)] == [
        "",
        "Point 1 of 8 in a row above the centre line",
        "No number",
        "On the centre line: it neither counts nor breaks the run",
        "Point 8 of 8 in a row above the centre line",
        "Excluded: shown, but not used for the centre line or the rules",
    ]
    assert [result.marks[at].mark for at in (6, 7, 8, 11, 16, 17)] == [
        "common", "improvement", "no_data", "common", "improvement", "excluded",
    ]  # fmt: skip


def test_repeats_belong_to_a_trend_and_are_not_counted() -> None:
    result = analyse([9, 1, 9, 1, 9, 1, 2, 2, 3, 4, 5, 0, 9, 1, 9], rules=RuleSet.PERLA)
    (trend,) = (fired for fired in result.signals if fired.rule == "trend")
    assert (trend.points, trend.direction, signal(result, trend)) == (
        (5, 6, 7, 8, 9, 10), "up", "Trend: 5 points going up",
    )  # fmt: skip
    assert why(result, 7) == "Trend: 5 points going up"


def test_labels_and_points_must_be_equally_many() -> None:
    with pytest.raises(ValueError, match="2 labels for 3 points: give one for each point"):
        verdict(analyse([1, 2, 3]), ["a", "b"])


def test_codes_of_many_are_what_each_chart_says() -> None:
    generator = np.random.default_rng(7)
    steps = generator.normal(size=(400, 30)) + (np.arange(30) >= 15) * generator.normal(0, 2, (400, 1))
    better = generator.integers(-1, 2, 400)
    batch = analyse_many(steps, freeze=generator.integers(8, 31, 400), better=better)
    charts = [batch[position] for position in range(len(batch))]
    said = [say(chart) for chart in charts]
    assert [State(code).mark for code in batch.state] == [one.mark for one in said]
    current = np.isin(batch.evidence, [evidence for evidence in Evidence if evidence.is_shift])
    assert [
        start if is_now else None for start, is_now in zip(batch.run_start.tolist(), current, strict=True)
    ] == [one.since for one in said]
    assert [tuple(row) for row in batch.marks.tolist()] == [chart.marks for chart in charts]
    assert batch.part.shape == batch.value.shape == (400, 30)
    assert {State(code) for code in batch.state} >= {State.COMMON, State.IMPROVEMENT, State.CONCERN}


def test_a_verdict_speaks_the_readers_language() -> None:
    result = analyse([*SAW, *[10, 11, 12] * 4], freeze=12, better="down")
    with translation.override("sv"):
        said = verdict(result, [f"månad {number}" for number in range(1, 25)])
        assert said.headline == "Bestående förbättring sedan månad 13: 12 punkter under medianen"
        assert why(result, 13) == "Punkt 2 av 12 i rad under medianen"
        assert label(date(2004, 1, 1), "month", long=True) == "januari 2004"


@pytest.mark.parametrize(
    ("value", "better", "is_met"),
    [
        (5, "down", True),
        (5.1, "down", False),
        (4, "down", True),
        (5, "up", True),
        (4.9, "up", False),
        (5, "", None),
    ],
)
def test_a_goal_is_met_on_it_and_on_its_better_side(value: float, better: str, is_met: bool | None) -> None:
    assert GoalLine(5, None).is_met(value, better) is is_met
