"""Series that tools of this kind judge wrongly, and what must be said of them: `../shared/cases`, where it is there."""

import json

import pytest

from measures.sentences.charts import Verdict, verdict
from measures.spc import ChartResult, State, analyse
from tests.measures.shared_cases import shared_case


def judged(name: str) -> tuple[ChartResult, Verdict]:
    given = json.loads(shared_case(name, suffix=".json").read_text(encoding="utf-8"))
    is_share = given.get("multiplier") == 100
    result = analyse(given.pop("values"), given.pop("denominators"), **given)
    labels = [f"month {number}" for number in range(1, len(result.value) + 1)]
    return result, verdict(result, labels, show="{:g}%".format if is_share else "{:g}".format)


@pytest.mark.parametrize(
    ("name", "state", "since", "headline"),
    [
        (
            "01",
            State.IMPROVEMENT,
            11,
            "Improvement since month 11: the latest 14 points rank lower than those before. "
            "The median lies at 0, the lowest value there is: ranks decide.",
        ),
        (
            "02",
            State.IMPROVEMENT,
            11,
            "Improvement since month 11: the latest 14 points rank higher than those before. "
            "The median lies at 100, the highest value there is: ranks decide.",
        ),
        (
            "03",
            State.NO_RULES,
            None,
            "No shift is seen, and the run rules do not apply: the median lies at 0, the lowest value there is. "
            "The time or the cases between events show more.",
        ),
        (
            "04",
            State.TOO_FEW,
            None,
            "24 points, all equal, at 100%: nothing varies, so there is nothing to judge.",
        ),
        (
            "43",
            State.CONCERN,
            13,
            "A change in the wrong direction since month 13: the latest 12 points rank higher than those before. "
            "The median lies at 0, the lowest value there is: ranks decide.",
        ),
        (
            "44",
            State.NO_RULES,
            None,
            "No shift is seen, and the run rules do not apply: each point is 0% or 100%, as of one patient, and that "
            "is too few for a percent. Longer periods show more.",
        ),
        (
            "46",
            State.IMPROVEMENT,
            11,
            "Improvement since month 11: the latest 11 points rank lower than those before. "
            "The median lies at 0, the lowest value there is: ranks decide.",
        ),
        (
            "92",
            State.CONCERN,
            15,
            "A change in the wrong direction since month 15: the latest 10 points rank higher than those before. "
            "The median lies at 0, the lowest value there is: ranks decide.",
        ),
        (
            "93",
            State.IMPROVEMENT,
            11,
            "Sustained improvement since month 11: 14 points below the median",
        ),
    ],
)
def test_a_series_that_others_judge_wrongly_is_judged_right(
    name: str, state: State, since: int | None, headline: str
) -> None:
    result, said = judged(name)

    assert (result.state, said.headline) == (state, headline)
    assert said.since == (None if since is None else since - 1)


def test_the_runs_figures_stay_as_they_are_defined() -> None:
    (part,) = judged("01")[0].parts
    assert (part.useful, part.longest_run, part.crossings) == (10, 10, 0)


@pytest.mark.parametrize("name", ["01", "46"])
def test_the_points_without_harm_are_marked_and_those_with_harm_are_not(name: str) -> None:
    result, said = judged(name)
    assert said.since == 10
    assert [mark.mark for mark in result.marks] == ["no_rules"] * 10 + ["improvement"] * (
        len(result.marks) - 10
    )


def test_where_the_rules_do_not_apply_nothing_is_drawn_and_no_rule_is_said_to_fire() -> None:
    result, said = judged("03")
    assert (result.shift_bands, result.signals, {mark.mark for mark in result.marks}) == (
        (),
        (),
        {"no_rules"},
    )
    assert said.short == "32 points, rules not applicable"
