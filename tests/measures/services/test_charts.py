"""Stale series become snapshots; a snapshot says what the engine says of the numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from measures.models import ChartSnapshot, Measure, Observation, packing
from measures.pages.measure.chart import reading
from measures.pages.measure.marks import every_mark, standing_marks
from measures.pages.measure.page import proofs
from measures.selectors import charts as chart_values
from measures.selectors.readings import Glyph
from measures.services import charts, markups
from measures.services.charts import stale
from measures.services.entry import observations
from measures.services.entry.observations import Entry
from measures.spc import analyse
from measures.tasks import refresh_charts
from organizations.services.programme import collaboratives
from p2.celery import app
from p2.errors import RuleViolation
from p2.jobs import hints
from tests.actors import Cast
from tests.measures.series import FIRST, SHARE, log, make_measure

pytestmark = pytest.mark.django_db

FELL = [12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 13, 12, 7, 6, 8, 7, 6, 5, 7, 6, 7, 5, 6, 7]
LATER = datetime(2026, 2, 2, tzinfo=UTC)


def charted(measure: Measure) -> Measure:
    charts.refresh_stale()
    return chart_values.with_charts(Measure.objects).get(pk=measure.pk)


def test_a_logged_series_is_stale_until_the_worker_has_computed_it(cast: Cast) -> None:
    measure = make_measure(cast.own)
    charts.refresh_stale()
    log(measure, FELL)
    assert chart_values.is_stale(chart_values.with_charts(Measure.objects).get(pk=measure.pk))
    assert not chart_values.is_stale(charted(measure))


def test_the_job_may_run_twice_and_finds_nothing_left(cast: Cast) -> None:
    log(make_measure(cast.own), FELL)
    charts.refresh_stale()
    assert charts.refresh_stale() == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [([30] * 24, "24 points, all equal"), ([30], "1 point so far"), ([30, 31, 30], "3 points so far")],
)
def test_a_list_says_of_equal_numbers_that_they_are_equal(cast: Cast, values: list[int], words: str) -> None:
    measure = make_measure(cast.own)
    log(measure, values)
    assert chart_values.short_words(charted(measure)) == words


def test_a_snapshot_says_what_the_engine_says(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    expected = analyse(FELL, better="down")
    found = charted(measure)
    chart = reading(found, private=True)
    assert [point.centre for point in chart.points] == list(expected.centre)
    assert chart.parts[0].longest_run == expected.parts[0].longest_run
    assert chart.parts[0].crossings == expected.parts[0].crossings
    assert found.snapshot.state == "improvement"
    assert found.snapshot.signal_from == date(2021, 1, 1)
    assert chart.verdict.headline == "Sustained improvement since January 2021: 12 points below the median"
    assert [point.mark for point in chart.points] == [Glyph.COMMON] * 12 + [Glyph.IMPROVEMENT] * 12


def test_a_snapshot_keeps_the_median_of_all_points_of_its_last_part(cast: Cast) -> None:
    measure = make_measure(cast.own)
    assert charted(measure).snapshot.median is None
    log(measure, FELL)
    assert charted(measure).snapshot.median == 9.5
    markups.freeze(measure, date(2020, 12, 1), why="Baseline", by=cast.lead)
    assert (charted(measure).snapshot.median, chart_values.Drawn.of(charted(measure)).centre[-1]) == (9.5, 12)  # type: ignore[union-attr]
    markups.rebase(measure, date(2021, 1, 1), why="New", by=cast.lead)
    assert charted(measure).snapshot.median == 6.5


def test_a_month_without_a_number_is_a_point_without_value(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [12, None, 13])
    chart = reading(charted(measure), private=True)
    assert [(point.label, point.value, point.mark) for point in chart.points] == [
        ("Jan 2020", 12.0, Glyph.TOO_FEW),
        ("Feb 2020", None, Glyph.NO_DATA),
        ("Mar 2020", 13.0, Glyph.TOO_FEW),
    ]


def test_a_ratio_is_charted_after_its_multiplier(cast: Cast) -> None:
    measure = make_measure(cast.own, "Seen in time", **SHARE)
    log(measure, [(12, 48), (24, 48)])
    assert [point.value for point in reading(charted(measure), private=True).points] == [25.0, 50.0]


def test_series_of_several_multipliers_keep_their_own_numbers_in_one_go(cast: Cast) -> None:
    logged = {"Wait": [12, 11], "Seen in time": [(57, 200)], "Unlogged": [], "Stay": [4], "Harm": [(1, 3)]}
    multipliers = {"Seen in time": 100, "Harm": 1000}
    for name, values in logged.items():
        words = SHARE | {"multiplier": multipliers[name]} if name in multipliers else {}
        log(make_measure(cast.own, name, **words), values)
    ChartSnapshot.objects.all().delete()
    assert charts.refresh_stale() == len(logged)
    assert {
        chart.measure.name: packing.unpack_numbers(chart.numbers)
        for chart in ChartSnapshot.objects.select_related("measure")
    } == {
        "Wait": (12.0, 11.0),
        "Seen in time": (28.5,),
        "Unlogged": (),
        "Stay": (4.0,),
        "Harm": (float(Decimal(1000) / 3),),
    }


def test_a_freeze_extends_the_median_of_the_first_year(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    markups.freeze(measure, date(2020, 12, 1), why="The first year is the baseline", by=cast.lead)
    chart = reading(charted(measure), private=True)
    assert {point.centre for point in chart.points} == {12.0}
    assert [point.baseline for point in chart.points] == [True] * 12 + [False] * 12


def test_a_freeze_ends_with_its_part(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    markups.freeze(measure, date(2021, 1, 1), why="Until the change", by=cast.lead)
    new = markups.rebase(measure, date(2021, 1, 1), why="Two clinics, one waiting list", by=cast.lead)
    charted_so = reading(charted(measure), private=True)
    assert [(part.centre, part.points) for part in charted_so.parts] == [(12.0, 12), (6.5, 12)]
    assert not charted_so.is_frozen
    assert [(mark.kind, mark.has_ended) for mark in standing_marks(every_mark(measure), "month")] == [
        ("freeze", True),
        ("rebase", False),
    ]

    markups.withdraw(new, by=cast.lead)
    assert reading(charted(measure), private=True).is_frozen
    assert [(mark.kind, mark.has_ended) for mark in standing_marks(every_mark(measure), "month")] == [
        ("freeze", False)
    ]


def test_a_median_is_frozen_from_ten_points_of_its_part_on(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    with pytest.raises(RuleViolation, match="Up to here it is 2 points"):
        markups.freeze(measure, date(2020, 2, 1), why="The baseline", by=cast.lead)
    markups.rebase(measure, date(2020, 6, 1), why="Two clinics", by=cast.lead)
    markups.exclude(measure, date(2020, 7, 1), why="The roof was open", by=cast.lead)
    with pytest.raises(RuleViolation, match="Up to here it is 9 points"):
        markups.freeze(measure, date(2021, 3, 1), why="The baseline", by=cast.lead)
    markups.freeze(measure, date(2021, 4, 1), why="The baseline", by=cast.lead)


def test_a_rebase_begins_a_part_of_its_own(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    markups.rebase(measure, date(2021, 1, 1), why="Two clinics, one waiting list", by=cast.lead)
    chart = reading(charted(measure), private=True)
    assert [part.centre for part in chart.parts] == [12.0, 6.5]
    assert chart.verdict.headline == "Steady since January 2021: 12 points around 6.5"


def test_an_excluded_point_stays_and_leaves_the_median(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [10, 11, 99, 10, 12])
    markups.exclude(measure, date(2020, 3, 1), why="The roof was open", by=cast.lead)
    chart = reading(charted(measure), private=True)
    assert chart.points[2].mark == Glyph.EXCLUDED
    assert chart.points[2].centre == 10.5


def test_a_withdrawn_mark_up_no_longer_counts(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    mark = markups.rebase(measure, date(2021, 1, 1), why="Two clinics", by=cast.lead)
    markups.withdraw(mark, by=cast.lead)
    assert len(reading(charted(measure), private=True).parts) == 1


def test_the_state_keeps_the_moment_it_was_first_found(cast: Cast) -> None:
    measure = make_measure(cast.own)
    monday = datetime(2026, 2, 2, tzinfo=UTC)
    log(measure, FELL[:-1])
    ChartSnapshot.objects.all().delete()
    charts.refresh_stale(at=monday)
    log(measure, FELL[-1:], first=date(2021, 12, 1))
    Measure.objects.filter(pk=measure.pk).update(series_version=50)
    charts.refresh_stale(at=monday + timedelta(days=1))
    found = ChartSnapshot.objects.get(measure=measure)
    assert (found.state_since, found.computed_at) == (monday, monday + timedelta(days=1))


def test_other_rules_make_every_chart_stale_until_it_is_judged_by_them(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [10, 20] * 9 + [10] * 6 + [20] * 6)
    assert charted(measure).snapshot.state == "common"
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office)
    found = charted(measure)
    assert (found.snapshot.rules, found.snapshot.state) == ("perla", "concern")
    shown = proofs(reading(found, private=True))
    assert [(proof.rule, proof.limit) for proof in shown] == [
        ("Longest run", "at most 5"),
        ("Runs", "11 to 21"),
        ("Longest trend", "at most 4"),
    ]


def test_queries_do_not_grow_with_the_series(cast: Cast) -> None:
    def queries(count: int, name: str) -> int:
        for number in range(count):
            log(make_measure(cast.own, f"{name} {number}"), FELL)
        ChartSnapshot.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            charts.refresh_stale()
        return len(captured)

    assert queries(1, "few") == queries(30, "many")


def test_a_change_while_the_chart_is_computed_leaves_it_stale(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    found = stale.among([measure.pk])
    observations.record(measure, FIRST, Entry(value=Decimal(12)), by=cast.lead, why="recount")
    observations.record(measure, FIRST, Entry(value=Decimal(13)), by=cast.lead, why="recount")
    charts._compute(found, datetime(2026, 2, 2, tzinfo=UTC))
    assert chart_values.is_stale(chart_values.with_charts(Measure.objects).get(pk=measure.pk))


def test_a_chart_of_an_older_version_never_replaces_a_newer_one(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    found = stale.among([measure.pk])
    ChartSnapshot.objects.create(
        measure=measure, version=99, rules="anhoej", computed_at=LATER, state_since=LATER, state="concern"
    )
    charts._compute(found, LATER + timedelta(days=1))
    assert ChartSnapshot.objects.values_list("version", "state", "computed_at").get() == (
        99,
        "concern",
        LATER,
    )


def test_a_series_that_the_engine_refuses_leaves_the_others_their_charts(cast: Cast) -> None:
    endless, *others = (make_measure(cast.own, name, frequency="week") for name in "abcd")
    for measure in others:
        log(measure, [12, 11, 13], first=date(2020, 1, 6))
    Observation.objects.bulk_create(
        Observation(measure=endless, period=period, value=1, recorded_at=LATER)
        for period in (date(1, 1, 1), date(9999, 1, 4))
    )
    ChartSnapshot.objects.all().delete()
    assert charts.refresh_stale() == len(others)
    assert {chart.measure for chart in ChartSnapshot.objects.all()} == set(others)
    assert stale.listed() == [endless.pk]


def test_a_hint_computes_what_it_names_and_the_sweep_the_rest(cast: Cast) -> None:
    named, other = make_measure(cast.own, "Named"), make_measure(cast.own, "Other")
    for measure in (named, other):
        log(measure, FELL)
    ChartSnapshot.objects.all().delete()
    assert charts.refresh([named.pk]) == 1
    assert ChartSnapshot.objects.get().measure == named
    assert charts.refresh([named.pk]) == 0
    assert charts.refresh_stale() == 1


def test_what_a_killed_worker_had_taken_is_computed_by_the_sweep(
    cast: Cast,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    measure = make_measure(cast.own)
    charts.refresh_stale()
    with django_capture_on_commit_callbacks(execute=True):
        log(measure, FELL)
    assert next(hints.taken("measures.refresh_changed_charts")) == [measure.pk]  # and then it was killed
    refresh_charts()
    assert ChartSnapshot.objects.get(measure=measure).version == Measure.objects.get().series_version
