"""What must hold of any series: the engine against plain Python, and against itself."""

from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.spc import Evidence, RuleSet, State, analyse, analyse_many
from tests.measures.spc.naive import edges, see_part

NUMBERS = st.one_of(st.integers(0, 6).map(float), st.just(nan), st.integers(-(10**6), 10**6).map(float))
SERIES = st.lists(NUMBERS, min_size=1, max_size=60)


@st.composite
def charts(draw: st.DrawFn) -> dict[str, Any]:
    values = draw(SERIES)
    last = len(values) - 1
    positions = st.lists(st.integers(0, last), max_size=4, unique=True)
    splits = draw(st.lists(st.integers(1, last), max_size=3, unique=True)) if last else []
    return {
        "values": values,
        "splits": sorted(splits),
        "exclude": draw(positions),
        "freeze": draw(st.none() | st.integers(1, len(values))),
        "better": draw(st.sampled_from(["up", "down", None])),
        "rules": draw(st.sampled_from(RuleSet)),
    }


def padded(many: list[list[float]]) -> np.ndarray:
    width = max(map(len, many))
    return np.array([[*values, *[nan] * (width - len(values))] for values in many])


@given(charts())
def test_the_engine_agrees_with_plain_python(chart: dict[str, Any]) -> None:
    values = chart.pop("values")
    result = analyse(values, **chart)
    chart.pop("better")
    splits = chart.pop("splits")
    seen = [see_part(values, *edge, **chart) for edge in edges(len(values), splits)]
    assert [(p.centre, p.useful, p.longest_run, p.crossings, p.unusual_runs) for p in result.parts] == [
        (one.centre, one.useful, one.longest, one.crossings, one.unusual) for one in seen
    ]
    assert [at for at, is_in in enumerate(result.in_run) if is_in] == [
        at for one in seen for at in one.in_run
    ]
    bands = [
        (one.runs[-1][0], one.runs[-1][-1], len(one.runs[-1])) for one in seen if one.runs and one.useful > 9
    ]
    assert [(band.first, band.last, band.length) for band in result.shift_bands] == bands


@given(charts())
def test_a_verdict_follows_from_the_last_part(chart: dict[str, Any]) -> None:
    values, better = chart.pop("values"), chart.pop("better")
    result = analyse(values, better=better, **chart)
    first, end = edges(len(values), chart.pop("splits"))[-1]
    seen = see_part(values, first, end, **chart)
    newest = list(seen.sides)
    half = [seen.sides[at] for at in newest[len(newest) - len(newest) // 2 :]]
    is_current = bool(seen.runs) and seen.runs[-1][-1] == newest[-1]
    lean = next(
        (side for side in (1, -1) if 3 * half.count(side) >= 2 * len(half) and half[-1:] == [side]), 0
    )
    is_over = result.evidence is Evidence.PAST_SHIFT  # the points came back: it decides nothing
    assert not is_over or (seen.runs and not is_current)
    side = seen.sides[newest[-1]] if is_current else 0 if is_over else lean
    if all(isnan(values[at]) or at in chart["exclude"] for at in range(first, end)):
        assert result.state is State.NONE
    elif seen.useful < 10:
        assert result.state is State.TOO_FEW
    elif not seen.unusual or not side or better is None:
        assert result.state is State.COMMON
        assert (result.evidence is Evidence.NONE) == (not seen.unusual)
    else:
        good = {"up": 1, "down": -1}[better]
        assert result.state is (State.IMPROVEMENT if side == good else State.CONCERN)
        assert (result.evidence is Evidence.CURRENT_SHIFT) == is_current


@given(st.lists(charts(), min_size=1, max_size=6))
def test_a_batch_says_of_each_series_what_it_says_of_it_alone(many: list[dict[str, Any]]) -> None:
    alone = [analyse(**chart) for chart in many]
    batch = analyse_many(
        padded([chart["values"] for chart in many]),
        lengths=[len(chart["values"]) for chart in many],
        **{
            name: [chart[name] for chart in many]
            for name in ("splits", "exclude", "freeze", "better", "rules")
        },
    )
    assert [batch[position] for position in range(len(batch))] == alone
    assert [State(state) for state in batch.state] == [result.state for result in alone]
    starts = [result.shift_bands[-1].first if has_band(result) else -1 for result in alone]
    assert batch.run_start.tolist() == starts


def has_band(result: Any) -> bool:
    return bool(result.shift_bands) and result.shift_bands[-1].part == len(result.parts) - 1


@given(st.lists(st.lists(NUMBERS, min_size=12, max_size=12), min_size=2, max_size=8), st.randoms())
def test_the_order_of_series_does_not_matter(rows: list[list[float]], random: Any) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    batch, shuffled = analyse_many(rows), analyse_many([rows[at] for at in order])
    assert [shuffled[to] for to in range(len(order))] == [batch[at] for at in order]


@pytest.mark.parametrize("rules", RuleSet)
@given(values=SERIES, shift=st.integers(-1000, 1000), scale=st.sampled_from([0.25, 2.0, 1024.0]))
def test_runs_do_not_depend_on_the_unit(
    rules: RuleSet, values: list[float], shift: int, scale: float
) -> None:
    here = analyse(values, rules=rules)
    there = analyse([value * scale + shift for value in values], rules=rules)
    assert [(p.useful, p.longest_run, p.crossings, p.unusual_runs) for p in here.parts] == [
        (p.useful, p.longest_run, p.crossings, p.unusual_runs) for p in there.parts
    ]
    assert (here.side, here.in_run, here.in_trend) == (there.side, there.in_run, there.in_trend)


@pytest.mark.parametrize("rules", RuleSet)
@given(values=SERIES, gaps=st.lists(st.integers(0, 60), max_size=5))
def test_an_absent_month_neither_counts_nor_breaks_a_run(
    rules: RuleSet, values: list[float], gaps: list[int]
) -> None:
    with_gaps = list(values)
    for gap in gaps:
        with_gaps.insert(gap, nan)
    (here,), (there,) = analyse(values, rules=rules).parts, analyse(with_gaps, rules=rules).parts
    assert (here.centre, here.useful, here.longest_run, here.crossings, here.longest_trend) == (
        there.centre,
        there.useful,
        there.longest_run,
        there.crossings,
        there.longest_trend,
    )
    assert here.unusual_runs == there.unusual_runs


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 60)), min_size=1, max_size=40))
def test_a_multiplier_changes_what_is_shown_and_nothing_else(rows: list[tuple[int, int]]) -> None:
    numerators, denominators = zip(*rows, strict=True)
    plain, percent = (analyse(numerators, denominators, multiplier=multiplier) for multiplier in (1, 100))
    assert percent.value == tuple(100 * value for value in plain.value)
    assert (percent.side, percent.in_run) == (plain.side, plain.in_run)


def test_runs_are_counted_beyond_255_points() -> None:
    result = analyse([1.0] * 300 + [-1.0] * 290, centre=0)
    assert (result.parts[0].useful, result.parts[0].longest_run, result.parts[0].crossings) == (590, 300, 1)
    assert sum(result.in_run) == 590
