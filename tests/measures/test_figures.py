"""The run chart as a plain figure: the chart grammar, element by element."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import orjson
from django.utils import translation

from measures.figures import run_chart
from measures.figures.labels import push_apart
from measures.selectors.readings import Band, BenchmarkLine, Glyph, GoalLine, Note, Ramp, RampCycle
from tests.measures.drawn import LIGHT, lines, look, marks, reading, with_points, words


def test_each_mark_is_drawn_as_the_grammar_says() -> None:
    figure = run_chart(
        with_points(
            reading([1.0, 2.0, 3.0, 4.0]),
            p1={"mark": Glyph.IMPROVEMENT},
            p2={"mark": Glyph.CONCERN},
            p3={"mark": Glyph.EXCLUDED},
        )
    )
    assert look(figure, 0) == ("circle", 6, LIGHT.common, LIGHT.common, 0)
    assert look(figure, 1) == ("diamond", 7.7, LIGHT.better, LIGHT.canvas, 1)
    assert look(figure, 2) == ("square", 7, LIGHT.canvas, LIGHT.concern, 2)
    assert look(figure, 3) == ("circle", 6, LIGHT.canvas, LIGHT.common, 1.25)


def test_the_line_breaks_where_a_month_is_missing_and_a_cross_stands_near_the_axis() -> None:
    figure = run_chart(reading([1.0, None, 3.0]))
    [connection] = lines(figure, LIGHT.common_line)
    assert (connection["y"], connection["connectgaps"]) == ([1.0, None, 3.0], False)
    assert look(figure, 1)[0] == "x-thin"
    low, high = figure["layout"]["yaxis"]["range"]
    assert 0 < marks(figure)["y"][1] - low < (high - low) * 0.03


def test_the_line_runs_through_an_excluded_point() -> None:
    figure = run_chart(with_points(reading([1.0, 9.0, 3.0]), p1={"mark": Glyph.EXCLUDED, "included": False}))
    assert lines(figure, LIGHT.common_line)[0]["y"] == [1.0, 9.0, 3.0]


def test_points_too_few_to_judge_are_dotted_rings_without_a_verdict_colour() -> None:
    few = reading([1.0, 2.0])
    few = replace(few, points=tuple(replace(point, mark=Glyph.TOO_FEW) for point in few.points))
    text = orjson.dumps(run_chart(few)).decode()
    rings = [shape for shape in run_chart(few)["layout"]["shapes"] if shape["type"] == "circle"]
    assert [(ring["xanchor"], ring["yanchor"]) for ring in rings] == [(0, 1.0), (1, 2.0)]
    assert {ring["line"]["dash"] for ring in rings} == {"1.5px,1.6px"}
    assert [colour in text for colour in (LIGHT.better, LIGHT.concern, LIGHT.better_ink)] == [False] * 3


def test_a_point_outside_a_limit_gets_a_ring_of_its_colour() -> None:
    limits = {"lower": 0.5, "upper": 3.0}
    outside = with_points(reading([1.0, 4.0]), p0=limits, p1=limits | {"mark": Glyph.CONCERN})
    [ring] = [trace for trace in run_chart(outside)["data"] if trace.get("marker", {}).get("size") == 14]
    assert (ring["x"], ring["y"], ring["marker"]["line"]["color"]) == ([1], [4.0], [LIGHT.concern])


def test_limits_step_with_the_denominator() -> None:
    stepped = with_points(reading([1.0, 2.0]), p0={"upper": 3.0}, p1={"upper": 4.0})
    [limit] = lines(run_chart(stepped), LIGHT.ink_3, "2px,3px")
    assert (limit["x"], limit["y"]) == ([-0.5, 0.5, 0.5, 1.5], [3.0, 3.0, 4.0, 4.0])


def test_the_median_is_solid_over_its_base_and_dotted_where_extended() -> None:
    frozen = with_points(reading([1.0, 2.0, 3.0, 4.0]), p2={"baseline": False}, p3={"baseline": False})
    figure = run_chart(frozen)
    [solid], [dotted] = lines(figure, LIGHT.ink_2, "solid"), lines(figure, LIGHT.ink_2, "1.5px,3px")
    assert (solid["x"], solid["y"]) == ([-0.5, 1.5, None], [2.0, 2.0, None])
    assert (dotted["x"], dotted["y"]) == ([1.5, 3.5, None], [2.0, 2.0, None])


def test_an_excluded_month_inside_the_base_does_not_interrupt_the_median() -> None:
    excluded = with_points(reading([1.0, 2.0, 3.0]), p1={"baseline": False, "mark": Glyph.EXCLUDED})
    figure = run_chart(excluded)
    assert lines(figure, LIGHT.ink_2, "solid")[0]["x"] == [-0.5, 2.5, None]
    assert lines(figure, LIGHT.ink_2, "1.5px,3px") == []


def test_a_rebase_steps_the_median_and_the_old_one_stays() -> None:
    rebased = with_points(reading([3.0, 3.0, 1.0]), p2={"part": 1, "centre": 1.0})
    [solid] = lines(run_chart(rebased), LIGHT.ink_2, "solid")
    assert (solid["x"], solid["y"]) == (
        [-0.5, 1.5, None, 1.5, 2.5, None],
        [2.0, 2.0, None, 1.0, 1.0, None],
    )


def test_goal_and_benchmark_are_dashed_over_all_months_and_labelled_at_their_end() -> None:
    aimed = reading(
        [3.0, 2.5], goal=GoalLine(1.5, date(2002, 12, 31)), benchmarks=(BenchmarkLine("Top tenth", 1.0),)
    )
    figure = run_chart(aimed)
    assert lines(figure, LIGHT.ink, "5px,4px")[0]["y"] == [1.5, 1.5]
    assert lines(figure, LIGHT.ink_2, "8px,3px,1.5px,3px")[0]["y"] == [1.0, 1.0]
    assert words(figure)["Goal 1.5 by Dec"]["y"] == 1.5
    assert words(figure)["Top tenth 1.0"]["xshift"] == 8


def test_a_goal_more_than_a_year_away_names_its_year() -> None:
    assert "Goal 1.5 by Dec 2005" in words(run_chart(reading([3.0], goal=GoalLine(1.5, date(2005, 12, 31)))))


def test_a_narrow_chart_leaves_the_goal_date_to_the_page() -> None:
    assert "Goal 1.5" in words(run_chart(reading([3.0], goal=GoalLine(1.5, date(2002, 12, 31))), width=328))


def test_the_newest_value_is_labelled_in_650_with_its_month_in_the_ink_of_its_mark() -> None:
    figure = run_chart(with_points(reading([1.0, 2.0, None]), p1={"mark": Glyph.IMPROVEMENT}))
    assert words(figure)["2.0 Mar"]["font"] == {"color": LIGHT.better_ink, "size": 12, "weight": 650}


def test_labels_stand_at_least_17_px_apart_in_the_order_of_their_lines() -> None:
    crowded = reading([2.0, 2.05], goal=GoalLine(2.1, None), benchmarks=(BenchmarkLine("Top", 1.95),))
    figure = run_chart(crowded)
    low, high = figure["layout"]["yaxis"]["range"]
    margin = figure["layout"]["margin"]
    tall = figure["layout"]["height"] - margin["t"] - margin["b"]
    ends = [one for one in figure["layout"]["annotations"] if one["xref"] == "paper"]
    placed = sorted((one["y"] / (high - low) * tall + one["yshift"], one["text"]) for one in ends)
    assert [text for _, text in placed] == ["Top 2.0", "Median 2.0", "2.1 Mar", "Goal 2.1"]
    assert min(b[0] - a[0] for a, b in pairwise(placed)) >= 16.9


def test_labels_that_do_not_collide_stay_at_their_lines() -> None:
    assert push_apart([10, 60, 90], 0, 100) == (10, 60, 90)


def test_labels_are_pushed_back_into_the_plot() -> None:
    assert push_apart([98, 99], 0, 100) == (83, 100)
    assert push_apart([1, 0], 0, 100) == (17, 0)


def test_a_shift_is_a_tint_with_a_bar_on_top_and_its_sentence_above() -> None:
    base = reading([3.0, 1.0, 1.0, 1.0])
    periods = [point.period for point in base.points]
    shift = Band(periods[1], periods[3], Glyph.IMPROVEMENT, "Shift: 3 points below the median")
    figure = run_chart(replace(base, bands=(shift,)))
    tint, bar = figure["layout"]["shapes"]
    assert (tint["type"], tint["fillcolor"], tint["y0"], tint["y1"]) == ("rect", LIGHT.better_tint, 0, 1)
    assert (bar["type"], bar["line"], bar["y0"]) == ("line", {"color": LIGHT.better, "width": 2}, 1)
    assert (tint["x0"], tint["x1"]) == (bar["x0"], bar["x1"])
    assert 0.5 <= tint["x0"] < 1
    assert 3 < tint["x1"] <= 3.5
    sentence = words(figure)["Shift: 3 points below the median"]
    assert (sentence["font"]["color"], sentence["yanchor"], sentence["y"]) == (LIGHT.better_ink, "bottom", 1)


def test_sentences_of_neighbouring_shifts_stand_in_rows() -> None:
    base = reading([1.0] * 12)
    day = [point.period for point in base.points]
    bands = tuple(Band(day[i], day[i + 2], Glyph.COMMON, f"Shift number {i} says very much") for i in (0, 3))
    figure = run_chart(replace(base, bands=bands), width=400)
    shifts = [one["yshift"] for text, one in words(figure).items() if text.startswith("Shift")]
    assert shifts == [2, 19]
    assert figure["layout"]["margin"]["t"] == 38


def test_a_note_is_a_hairline_with_its_number_at_the_top() -> None:
    base = reading([1.0, 2.0, 3.0])
    note = Note(1, base.points[1].period, "Mar 2002", "change", "smart pumps")
    figure = run_chart(replace(base, notes=(note,)))
    hairline, square = figure["layout"]["shapes"]
    assert (hairline["x0"], hairline["x1"], hairline["line"]) == (
        1.0,
        1.0,
        {"color": LIGHT.line_2, "width": 1},
    )
    assert (square["type"], square["xanchor"], square["yanchor"]) == ("path", 1.0, 1)
    assert words(figure)["1"]["yshift"] == -8


def test_two_notes_of_one_month_stand_one_below_the_other() -> None:
    base = reading([1.0, 2.0, 3.0])
    notes = tuple(Note(i, base.points[1].period, "Mar 2002", "note", "") for i in (1, 2))
    figure = run_chart(replace(base, notes=notes))
    assert (words(figure)["1"]["yshift"], words(figure)["2"]["yshift"]) == (-8, -26)


def test_a_question_stands_24_px_above_its_point() -> None:
    base = reading([1.0, 2.0])
    figure = run_chart(replace(base, questions=(base.points[1].period,)))
    mark = words(figure)["?"]
    assert (mark["x"], mark["y"], mark["yshift"]) == (1, 2.0, 24)


def test_a_ramp_gets_a_lane_under_the_same_months_with_steps_rising_7_px() -> None:
    steps = (
        RampCycle(date(2002, 2, 1), "testing"),
        RampCycle(date(2002, 3, 1), "abandoned"),
        RampCycle(date(2002, 4, 1), "adopted"),
    )
    plain, ramped = reading([1.0] * 24), reading([1.0] * 24, ramps=(Ramp("Rounds", steps, "adopted"),))
    figure = run_chart(ramped)
    ring, disc = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "circle"]
    assert figure["layout"]["height"] - run_chart(plain)["layout"]["height"] == 40
    assert (ring["xanchor"], disc["xanchor"], disc["y0"] - ring["y0"]) == (0.0, 2.0, 14)
    assert (ring["fillcolor"], disc["fillcolor"]) == (LIGHT.canvas, LIGHT.ink)
    assert words(figure)["Rounds, adopted"]["xanchor"] == "left"


def test_words_of_a_ramp_that_ends_at_the_edge_stand_before_it() -> None:
    ramp = Ramp("Order sets with weight-based doses", (RampCycle(date(2004, 1, 1), "testing"),), "running")
    figure = run_chart(reading([1.0] * 24, ramps=(ramp,)), width=600)
    assert words(figure)["Order sets with weight-base…, running"]["xanchor"] == "right"


def test_a_figure_names_the_signs_of_the_readers_numbers() -> None:
    assert run_chart(reading([1.0]))["layout"]["separators"] == ".,"
    with translation.override("sv"):
        assert run_chart(reading([1.0]))["layout"]["separators"] == ",\N{NO-BREAK SPACE}"
