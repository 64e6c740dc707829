"""Best first: one core measure in the order of its current medians, as far as those can be told."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import mean

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import ChartSnapshot, CoreMeasure, Measure
from measures.services import charts, core_measures, markups, measures
from organizations.models import Collaborative
from projects.pages.portfolio.page import MapAsked, portfolio
from projects.pages.portfolio.rows import Multiple, Multiples
from tests.actors import make_appointee, make_collaborative, make_organization, make_phase
from tests.measures.series import FIRST, NAMING, WAIT, log

LEVELS = (0.4, -0.5, 0.2, -0.1, 0.5, -0.3, 0.1, -0.4, 0.3, -0.2, 0.0, 0.05)
"""A year around a level: twelve months of a median of 0.025 above it."""

Series = Sequence[float | None]


@pytest.fixture
def home(db: None) -> Collaborative:
    made = make_collaborative("landscape", name="Pursuing Perfection")
    make_phase(made, 1, FIRST, timezone.localdate() + timedelta(days=100))
    return made


def year(level: float) -> list[float]:
    return [round(level + off, 2) for off in LEVELS]


def core_of(
    home: Collaborative, series: Mapping[str, Series], *, first: date = FIRST, **words: object
) -> CoreMeasure:
    """A core measure that these organizations log; lower is better unless `words` say otherwise."""
    core = core_measures.create(
        collaborative=home,
        naming={**NAMING, "name": "Deaths"},
        definition={**WAIT, "decimals": 2, **words},
        by=None,
    )
    for name, values in series.items():
        place = make_organization(home, name, phases=(home.phases.get(),))
        log(core_measures.adopt(place, core, by=None), values, first=first)
    charts.refresh_stale()
    return core


def drawn(home: Collaborative) -> Multiples:
    reader = make_appointee(home, "faculty")
    shown = portfolio(reader, home, previous=None, at=timezone.now(), asked=MapAsked()).multiples
    assert shown is not None
    return shown


def order(home: Collaborative) -> list[str]:
    return [one.name for one in drawn(home).charts]


def of(home: Collaborative, name: str) -> Multiple:
    return next(one for one in drawn(home).charts if one.name == name)


def test_one_good_month_does_not_make_the_twelfth_of_thirteen_the_fourth(home: Collaborative) -> None:
    series = {f"Hospital {number:02}": year(2 * number) for number in range(1, 14)}
    series["Hospital 12"][-1] = 7.0
    core_of(home, series)
    by_newest = sorted(series, key=lambda name: series[name][-1])
    by_rate = sorted(series, key=lambda name: mean(series[name]))
    assert (by_newest[3], by_rate[11]) == ("Hospital 12", "Hospital 12")

    shown = drawn(home)

    assert [one.name for one in shown.charts] == by_rate
    assert [one.alike for one in shown.charts] == [""] * 13
    assert shown.note == "Core measure, lower is better, best median first"
    assert shown.order.startswith("In order of the median of each chart’s last part, all of its points.")
    assert (shown.charts[11].median, shown.charts[11].span, shown.charts[11].interval) == (
        "23.95",
        "median of 12 points, Jan 2020 to Dec 2020",
        "95% interval 23.60 to 24.30",
    )


def test_a_part_of_the_patients_is_not_ranked_among_the_organizations(home: Collaborative) -> None:
    core_of(home, {"Small": year(10), "Large": year(20)})
    whole = Measure.objects.get(organization__name="Large")
    women = measures.create(
        whole.organization,
        naming={**NAMING, "name": whole.name, "stratum_of": whole, "stratum_label": "Women"},
        definition={**WAIT, "decimals": 2},
        core_measure=whole.core_measure,
        by=None,
    )
    log(women, year(1))
    charts.refresh_stale()
    assert order(home) == ["Small", "Large"]


@pytest.mark.parametrize(
    ("direction", "expected", "note"),
    [
        ("down", ["Low", "Middle", "High", "Nothing"], "Core measure, lower is better, best median first"),
        ("up", ["High", "Middle", "Low", "Nothing"], "Core measure, higher is better, best median first"),
        ("", ["High", "Low", "Middle", "Nothing"], "Core measure, neither is better, by name"),
    ],
)
def test_the_better_median_comes_first_and_who_has_none_last(
    home: Collaborative, direction: str, expected: list[str], note: str
) -> None:
    core_of(
        home,
        {"Nothing": [], "Middle": year(6), "High": year(6.1), "Low": year(2)},
        direction=direction,
    )

    shown = drawn(home)

    assert [one.name for one in shown.charts] == expected
    assert shown.note == note
    assert bool(shown.order) == bool(direction)
    assert [bool(one.alike) for one in shown.charts].count(True) == (1 if direction else 0)
    last = shown.charts[-1]
    assert (last.median, last.span, last.interval) == ("", "no numbers yet", "")


def test_whoever_has_an_interval_that_overlaps_one_before_it_is_not_told_apart(home: Collaborative) -> None:
    core_of(
        home,
        {"First": year(2), "Second": year(2.1), "Third": year(2.2), "Fourth": year(2.7), "Last": year(9)},
    )

    assert [(one.name, one.alike) for one in drawn(home).charts] == [
        ("First", ""),
        ("Second", "not told apart from First"),
        ("Third", "not told apart from any of those before it"),
        ("Fourth", "not told apart from 2 of those before it"),
        ("Last", ""),
    ]


def test_equal_medians_stand_by_name_and_are_not_told_apart(home: Collaborative) -> None:
    core_of(home, {"Beta": year(4), "Alpha": year(4)})

    assert [(one.name, one.alike) for one in drawn(home).charts] == [
        ("Alpha", ""),
        ("Beta", "not told apart from Alpha"),
    ]


@pytest.mark.parametrize(
    ("count", "span"),
    [(1, "median of 1 point, Jan 2020"), (5, "median of 5 points, Jan 2020 to May 2020")],
)
def test_of_a_few_points_the_place_is_said_to_be_chance(home: Collaborative, count: int, span: str) -> None:
    core_of(home, {"Few": year(1)[:count], "Many": year(3)})

    few = of(home, "Few")

    assert order(home) == ["Few", "Many"]
    assert (few.span, few.interval) == (span, "too few points for an interval: its place may be chance")
    assert of(home, "Many").alike == ""


def test_where_nothing_is_ranked_few_points_have_no_place_to_doubt(home: Collaborative) -> None:
    core_of(home, {"Few": [1.0]}, direction="")

    assert of(home, "Few").interval == "too few points for an interval"


def test_the_median_is_of_the_last_part_and_of_its_points_that_are_not_left_out(home: Collaborative) -> None:
    core_of(home, {"Rebased": [*year(9), *year(2), 50.0], "Steady": year(4)})
    rebased = Measure.objects.get(organization__name="Rebased")
    markups.rebase(rebased, date(2021, 1, 1), why="New ward", by=None)
    markups.exclude(rebased, date(2022, 1, 1), why="Flood", by=None)
    charts.refresh_stale()

    one = of(home, "Rebased")

    assert order(home) == ["Rebased", "Steady"]
    assert (one.median, one.span, one.remark) == ("2.025", "median of 12 points, Jan 2021 to Dec 2021", "")


def test_a_frozen_median_tells_how_it_was_and_ranks_nobody(home: Collaborative) -> None:
    core_of(home, {"Frozen": [*year(9), *year(1), *year(1.2)], "Steady": year(4)})
    markups.freeze(Measure.objects.get(organization__name="Frozen"), date(2020, 12, 1), why="Base", by=None)
    charts.refresh_stale()

    one = of(home, "Frozen")

    assert order(home) == ["Frozen", "Steady"]
    assert (one.spark.centre[-1], one.span) == (9.025, "median of 36 points, Jan 2020 to Dec 2022")
    assert float(one.median) < 2
    assert one.remark == "its level shifted within them; the grey line is a frozen median"


def test_who_is_left_out_is_left_out_by_chance_too(home: Collaborative) -> None:
    core_of(home, {f"Hospital {number:02}": year(number)[:6] for number in range(25)})

    shown = drawn(home)

    assert (len(shown.charts), shown.unshown) == (24, 1)
    assert shown.order.endswith("Who comes last here and who is left out may be chance, too.")


def test_until_its_chart_is_computed_anew_an_organization_comes_last(home: Collaborative) -> None:
    core_of(home, {"Upgraded": year(1), "Other": year(5)})
    ChartSnapshot.objects.filter(measure__organization__name="Upgraded").update(median=None, method=1)

    assert order(home) == ["Other", "Upgraded"]
    assert (of(home, "Upgraded").median, of(home, "Upgraded").span) == ("", "its median is being computed")


def test_the_page_says_in_words_whose_order_may_be_chance(client: Client, home: Collaborative) -> None:
    core_of(home, {"First": year(2), "Second": year(2.1)})
    client.force_login(make_appointee(home, "faculty"))

    text = client.get(reverse("projects:portfolio", args=["landscape"])).text

    assert "In order of the median of each chart’s last part" in text
    assert '<span aria-hidden="true">≈</span> not told apart from First</small>' in text
    assert "<small>median of 12 points, Jan 2020 to Dec 2020</small>" in text
    assert "<small>95% interval 1.70 to 2.30</small>" in text


def test_the_table_carries_each_median_with_its_interval_and_its_points(
    client: Client, home: Collaborative
) -> None:
    core_of(home, {"Few": [3.0], "Many": year(2)})
    client.force_login(make_appointee(home, "faculty"))

    answer = client.get(reverse("projects:portfolio_csv", args=["landscape"]), {"view": "core"})

    heads, *lines = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert heads[-6:] == [
        "Median",
        "95% interval from",
        "95% interval to",
        "Points of the median",
        "First of them",
        "Last of them",
    ]
    assert {line[0]: line[-6:] for line in lines} == {
        "Few": ["3.00", "", "", "1", "2020-01-01", "2020-01-01"],
        "Many": ["2.025", "1.70", "2.30", "12", "2020-01-01", "2020-12-01"],
    }
