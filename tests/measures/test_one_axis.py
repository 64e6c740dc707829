"""One time axis in every list of sparklines: what ended earlier ends before the right edge, on whatever page."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures import periods
from measures.models import ChartSnapshot, Measure, Observation
from measures.pages.entry.sheet.page import sheet
from measures.pages.measures import listed
from measures.selectors.news import signals
from measures.selectors.readings import Glyph, Spark
from measures.services import charts
from measures.sparklines import sparkline
from projects.models import ProjectMeasure
from projects.pages.all_signals.asked import SignalsAsked
from projects.pages.all_signals.page import all_signals
from projects.pages.organization import measure_rows as of_organization
from projects.pages.organization import page as organization_page
from projects.pages.portfolio.page import MapAsked, portfolio
from projects.selectors.projects import measure_rows as of_project
from tests.actors import Cast, make_project
from tests.measures.series import log, make_measure

pytestmark = pytest.mark.django_db

NEWEST = periods.latest_complete(timezone.localdate(), periods.MONTH)
LOGGED = {"Two years": (24, 0), "Five": (5, 0), "Ended": (5, 10), "Long ago": (5, 30)}
"""How many months each measure has, and how many it lies behind."""


def months_ago(count: int) -> date:
    return periods.following(NEWEST, periods.MONTH, -count)


@pytest.fixture
def four(cast: Cast) -> Cast:
    """The lead's organization with a measure of each kind, all in one project and all signals."""
    project = make_project(cast.own)
    for name, (count, behind) in LOGGED.items():
        measure = make_measure(cast.own, name, by=cast.lead)
        log(measure, [10.0 + step % 2 for step in range(count)], first=months_ago(behind + count - 1))
        ProjectMeasure.objects.create(project=project, measure=measure, role="outcome")
    charts.refresh_stale()
    ChartSnapshot.objects.update(state="concern", state_since=timezone.now() - timedelta(hours=1))
    return cast


def by_sheet(cast: Cast) -> Sequence[Any]:
    return sheet(cast.own, reader=cast.lead, at=timezone.now()).rows


def by_queue(cast: Cast) -> Sequence[Any]:
    at = timezone.now()
    asked = MapAsked()
    return portfolio(
        cast.faculty, cast.collaborative, previous=at - timedelta(days=7), at=at, asked=asked
    ).queue


def by_news(cast: Cast) -> Sequence[Any]:
    at = timezone.now()
    return signals(Measure.objects.all(), cast.faculty, since=at - timedelta(days=7), at=at)


LISTS: dict[str, Callable[[Cast], Sequence[Any]]] = {
    "measures": lambda cast: listed(cast.own, reader=cast.lead),
    "organization": lambda cast: of_organization(cast.own, cast.lead),
    "project": lambda cast: of_project(cast.own.projects.get(), cast.lead),
    "all signals": lambda cast: (
        all_signals(cast.faculty, cast.collaborative, at=timezone.now(), asked=SignalsAsked()).rows
    ),
    "sheet": by_sheet,
    "queue": by_queue,
    "Today": by_news,
}


def first_and_last(spark: Spark) -> tuple[str, str] | None:
    """Where the line of a picture of 124 px begins and ends; its months lie 116 / 23 px apart."""
    found = re.search(r'spark-line" d="M([^"]+)"', sparkline(spark, width=124, height=30))
    places = found[1].split(" ")[::2] if found else []
    return (places[0], places[-1]) if places else None


@pytest.mark.parametrize("name", LISTS)
def test_every_list_draws_its_months_at_the_same_places(name: str, four: Cast) -> None:
    drawn = {row.spark.alt.partition(":")[0]: first_and_last(row.spark) for row in LISTS[name](four)}

    assert drawn == {
        "Two years": ("4", "120"),
        "Five": ("99.8", "120"),
        "Ended": ("49.4", "69.6"),
        "Long ago": None,
    }


def test_the_projects_of_an_organization_are_on_one_axis_with_those_without_an_outcome(four: Cast) -> None:
    make_project(four.own, "Without")
    for name in ("Five", "Ended"):
        link = ProjectMeasure.objects.create(
            project=make_project(four.own, name), measure=Measure.objects.get(name=name), role="outcome"
        )
        assert link.pk

    shown = organization_page(four.own, four.lead, today=timezone.localdate())

    assert {row.name: row.spark and row.spark.behind for row in shown.projects} == {
        "No child harmed": 0,
        "Without": None,
        "Five": 0,
        "Ended": 10,
    }


def test_a_row_of_the_sheet_alone_is_drawn_as_among_the_others(client: Client, four: Cast) -> None:
    client.force_login(four.lead)
    place = [four.collaborative.slug, four.own.ref]
    ended = Measure.objects.get(name="Ended")
    asked = {"period": str(months_ago(3)), "measure": ended.ref, "measures": ended.ref}
    whole = client.get(reverse("measures:sheet", args=place), {"period": str(months_ago(3))}).text

    for name in ("sheet_row", "sheet_trend"):
        answer = client.get(reverse(f"measures:{name}", args=place), asked)
        picture = re.search(r'<svg class="spark.*?</svg>', answer.text)
        assert picture
        assert picture[0] in whole


def test_the_sheet_of_the_running_month_leaves_room_for_its_number(four: Cast) -> None:
    running = periods.following(NEWEST, periods.MONTH)

    rows = sheet(four.own, reader=four.lead, at=timezone.now(), period=running).rows

    assert [row.spark.behind for row in rows if row.name in {"Two years", "Five"}] == [1, 1]


def test_the_preview_of_a_block_draws_on_the_axis_of_its_sheet(client: Client, four: Cast) -> None:
    client.force_login(four.lead)
    ended = Measure.objects.get(name="Ended")
    url = reverse("measures:paste", args=[four.collaborative.slug, four.own.ref])
    block = {"text": "12", "measure": ended.ref, "period": str(NEWEST), "frequency": "month"}

    text = client.post(url, block).text

    (line,) = [one for one in listed(four.own, reader=four.lead) if one.name == "Ended"]
    assert sparkline(line.spark, width=122, height=30) in text
    assert Observation.objects.filter(measure=ended).count() == 5


def test_a_series_that_ended_before_the_axis_says_so_in_its_place() -> None:
    spark = Spark((), (), Glyph.COMMON, alt="Falls: 24 points, no change", span=24, behind=24, newest="3")

    text = Template("{% load charts %}{% sparkline spark 122 30 %}").render(Context({"spark": spark}))

    assert text == (
        '<span class="spark-earlier"><span class="visually-hidden">Falls: 24 points, no change; its numbers end '
        'before the time that is drawn</span><span aria-hidden="true">its numbers end before the time that is '
        "drawn</span></span>"
    )


def test_a_weekly_measure_among_monthly_ones_shows_two_years_too(four: Cast) -> None:
    weekly = make_measure(four.own, "Weekly", by=four.lead, frequency="week")
    last = periods.latest_complete(timezone.localdate(), periods.WEEK)
    log(weekly, [5.0 + step % 3 for step in range(120)], first=periods.following(last, periods.WEEK, -119))
    charts.refresh_stale()

    rows = {row.name: row.spark for row in listed(four.own, reader=four.lead)}

    assert (rows["Weekly"].span, len(rows["Weekly"].values)) == (104, 104)
    assert first_and_last(rows["Weekly"]) == ("4", "120")
    assert rows["Five"].span == 24
