"""What must hold of any series: the engine against plain Python, and against itself."""

from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.spc import Evidence, RuleSet, State, analyse, analyse_many
from measures.spc.rules.limits import PERLA_TREND
from tests.measures.spc.naive import claimed, do_rules_apply, edges, scanned, see_part

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
        (one.runs[-1][0], one.runs[-1][-1], len(one.runs[-1]))
        for one, part in zip(seen, result.parts, strict=True)
        if one.runs and part.is_judged
    ]
    by_runs = [band for band in result.shift_bands if not band.is_by_ranks]
    if len(by_runs) < len(result.shift_bands):  # the last part's may stand in place of the one by runs
        bands = [band for band in bands if band[0] < result.parts[-1].first]
    assert [(band.first, band.last, band.length) for band in by_runs] == bands


@given(charts())
def test_a_rule_fires_where_its_count_passes_its_limit_and_nowhere_else(chart: dict[str, Any]) -> None:
    """The page names the rules that fired and shows count and limit beside them."""
    result = analyse(chart.pop("values"), **chart)
    for number, part in enumerate(result.parts):
        fired = {signal.rule for signal in result.signals if signal.part == number}
        is_few = part.crossings < part.crossings_limit
        is_many = part.crossings_upper is not None and part.crossings > part.crossings_upper
        assert ("shift" in fired) == (part.is_judged and part.longest_run > part.longest_run_limit)
        assert bool(fired & {"crossings", "few_runs"}) == (part.is_judged and is_few)
        assert ("many_runs" in fired) == (part.is_judged and is_many)
        assert ("trend" in fired) == (part.is_judged and part.longest_trend >= PERLA_TREND)


@given(charts())
def test_a_verdict_follows_from_the_last_part(chart: dict[str, Any]) -> None:
    values, better = chart.pop("values"), chart.pop("better")
    result = analyse(values, better=better, **chart)
    first, end = edges(len(values), chart.pop("splits"))[-1]
    seen = see_part(values, first, end, **chart)
    chart.pop("rules")
    applies = do_rules_apply(values, (first, end), seen, **chart)
    known = [at for at in range(first, end) if at not in chart["exclude"] and not isnan(values[at])]
    frozen = chart["freeze"] if chart["freeze"] is not None and first < chart["freeze"] < end else first
    last = [values[at] if at in known else nan for at in range(first, end)]
    side = scanned(last, frozen - first, alone=not applies)[1] if len(known) >= 10 else 0
    assert result.parts[-1].rules_apply == applies
    is_seen = bool(side)
    if applies and seen.unusual:
        is_past = result.evidence in {Evidence.PAST_SHIFT, Evidence.RANKS}
        side, is_seen = claimed(seen, side, is_past_shift=is_past), True
    is_seen = is_seen or result.far is not None
    if not known:
        assert result.state is State.NONE
    elif (seen.useful if applies else len(known)) < 10:
        assert result.state is State.TOO_FEW
    elif side and better:
        good = {"up": 1, "down": -1}[better]
        assert result.state is (State.IMPROVEMENT if side == good else State.CONCERN)
    else:
        assert result.state is (State.UNUSUAL if is_seen else State.COMMON if applies else State.NO_RULES)
        assert (result.evidence is Evidence.NONE) == (not is_seen)


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
