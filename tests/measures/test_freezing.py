"""What a chart costs in false alarms, by its own rules, baseline and length; and where a freeze alone decides."""

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from benchmarks.alarms import alarms, error
from measures.models import Measure
from measures.pages.measure.chart import reading
from measures.selectors.readings import Glyph
from measures.sentences.alarms import ALARMS, BASELINES, LENGTHS, NONE, alarms_at
from measures.services import charts, markups
from measures.spc import RuleSet
from organizations.services.programme import collaboratives
from tests.actors import Cast
from tests.measures.series import FIRST, log, make_measure

SERIES = 4_000
LUCKY = [
    11.6, 7.3, 8.7, 8.8, 13.2, 7.5, 11.8, 11.8, 10.3, 11.4, 14.0, 10.5,
    9.7, 12.2, 11.3, 8.4, 10.4, 10.6, 8.4, 8.7, 9.1, 8.3, 10.9, 10.6,
]  # fmt: skip
"""Drawn as a stable series; the median of the first twelve is off by chance."""


@pytest.mark.parametrize(
    ("rules", "baseline", "length"),
    [
        (RuleSet.ANHOEJ, 0, 24),
        (RuleSet.ANHOEJ, 12, 24),
        (RuleSet.ANHOEJ, 12, 36),
        (RuleSet.ANHOEJ, 20, 36),
        (RuleSet.CUT_BOX, 24, 60),
        (RuleSet.PERLA, 0, 24),
    ],
)
def test_the_table_is_what_a_small_simulation_draws(rules: RuleSet, baseline: int, length: int) -> None:
    told = ALARMS[rules][BASELINES.index(baseline)][LENGTHS.index(length)]
    drawn = alarms(rules, baseline, length, generator=np.random.default_rng(7), series=SERIES)

    assert abs(drawn - told) <= error(told, SERIES)


def test_the_table_has_a_cell_for_every_baseline_that_is_shorter_than_its_series() -> None:
    for rules in RuleSet:
        cells = {
            (baseline, length): share
            for baseline, row in zip(BASELINES, ALARMS[rules], strict=True)
            for length, share in zip(LENGTHS, row, strict=True)
        }
        assert {at for at, share in cells.items() if share == NONE} == {
            (baseline, length) for baseline, length in cells if length <= baseline
        }
        assert alarms_at(rules, 10, 0).length == 12


@pytest.mark.django_db
def test_the_sentence_is_of_this_charts_rules_baseline_and_length(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [10 + step % 3 for step in range(33)])
    assert said(measure) == (
        "Of 100 stable series of 36 points, these rules call 6 an improvement, a concern or unusual."
    )
    markups.freeze(measure, FIRST.replace(year=2021, month=1), why="The first year", by=cast.lead)
    assert said(measure) == (
        "Of 100 stable series of 36 points with the first 12 frozen, these rules call 16 an improvement, a concern "
        "or unusual; with the median of all points 6."
    )
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office)
    assert said(measure).startswith(
        "Of 100 stable series of 36 points with the first 12 frozen, these rules call 67 "
    )


@pytest.mark.django_db
def test_after_a_new_median_the_sentence_is_of_the_new_part_and_nothing_is_frozen(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [10 + step % 3 for step in range(42)])
    markups.freeze(measure, FIRST.replace(month=12), why="The first year", by=cast.lead)
    markups.rebase(measure, FIRST.replace(year=2022), why="A new way", by=cast.lead)
    assert said(measure) == (
        "Of 100 stable series of 18 points, these rules call 4 an improvement, a concern or unusual."
    )
    assert not reading(Measure.objects.get(pk=measure.pk), private=False).is_frozen


@pytest.mark.django_db
def test_after_a_new_median_its_own_first_points_may_be_frozen(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [10 + step % 3 for step in range(42)])
    markups.rebase(measure, FIRST.replace(year=2021), why="A new way", by=cast.lead)
    markups.freeze(measure, FIRST.replace(year=2021, month=12), why="Its first year", by=cast.lead)
    assert said(measure).startswith("Of 100 stable series of 30 points with the first 12 frozen, ")


@pytest.mark.django_db
def test_a_median_that_was_taken_back_leaves_the_points_before_it_to_a_freeze(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [10 + step % 3 for step in range(42)])
    begun = markups.rebase(measure, FIRST.replace(year=2022), why="A new way", by=cast.lead)
    markups.withdraw(begun, by=cast.lead)
    markups.freeze(measure, FIRST.replace(year=2022, month=3), why="Before the move", by=cast.lead)
    assert said(measure).startswith("Of 100 stable series of 48 points with the first 24 frozen, ")


def said(measure: Measure) -> str:
    charts.refresh_stale()
    return reading(Measure.objects.get(pk=measure.pk), private=False).false_alarms


@pytest.mark.django_db
def test_where_the_frozen_median_alone_decides_the_page_says_so_and_shows_both(
    client: Client, cast: Cast
) -> None:
    measure = make_measure(cast.own)
    log(measure, LUCKY)
    markups.freeze(measure, FIRST.replace(month=12), why="The first year", by=cast.lead)
    charts.refresh_stale()
    chart = reading(Measure.objects.get(pk=measure.pk), private=False)
    assert chart.verdict.mark is Glyph.IMPROVEMENT
    assert chart.by_freeze_alone
    assert (chart.by_freeze_alone.mark, chart.by_freeze_alone.sentence) == (
        Glyph.COMMON,
        "This rests on the frozen median of 10.95 alone. By the median of all 24 points, 10.45, the chart says: "
        "No change yet: 24 points around 10.45",
    )
    client.force_login(cast.faculty)
    assert chart.by_freeze_alone.sentence in client.get(measure.get_absolute_url()).text


@pytest.mark.django_db
def test_where_both_medians_say_the_same_nothing_is_added(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 13, 12, 7, 6, 8, 7, 6, 5, 7, 6, 7, 5, 6, 7])
    markups.freeze(measure, FIRST.replace(month=12), why="The first year", by=cast.lead)
    charts.refresh_stale()
    assert reading(Measure.objects.get(pk=measure.pk), private=False).by_freeze_alone is None


@pytest.mark.django_db
def test_before_one_freezes_the_form_says_what_it_costs_and_how_many_points_are_recommended(
    client: Client, cast: Cast
) -> None:
    measure = make_measure(cast.own)
    log(measure, [10, 11, None, *[10 + step % 3 for step in range(20)]])
    markups.exclude(measure, FIRST, why="Half of a month", by=cast.lead)
    charts.refresh_stale()
    client.force_login(cast.lead)
    page = client.get(reverse("measures:freeze", args=[cast.collaborative.slug, measure.ref])).text
    assert (
        "Of 100 stable series of 36 points, 6 are called changed by mistake without a freeze, 16 with the first 12 "
        "frozen and 9 with the first 20. Recommended: 20 points or more (Provost and Murray 2011)."
    ) in page
    assert '<option value="2020-12-01">December 2020 (10 points)</option>' in page
