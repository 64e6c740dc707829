"""The list of stale charts, which the database keeps and where the sweep looks."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, Model
from django.test.utils import CaptureQueriesContext

from measures.exchange.entries import Entry
from measures.models import ChartSnapshot, Measure, StaleChart
from measures.services import charts, markups, measures
from measures.services.charts import stale
from measures.services.entry import observations
from organizations.models import Collaborative, Organization
from organizations.services.programme import collaboratives
from tests.actors import Cast
from tests.measures.series import FIRST, log, make_measure

pytestmark = pytest.mark.django_db

CAUSES: dict[str, Callable[[Measure, Cast], Any]] = {
    "a number": lambda measure, cast: log(measure, [9], first=date(2020, 7, 1)),
    "a new median": lambda measure, cast: markups.rebase(measure, date(2020, 3, 1), why="New", by=cast.lead),
    "a definition": lambda measure, cast: measures.define(
        measure, definition={"direction": "up"}, effective_from=FIRST, why="More is better", by=cast.lead
    ),
    "other rules": lambda measure, cast: collaboratives.edit(
        cast.collaborative, run_rules="perla", by=cast.office
    ),
    "a snapshot taken away": lambda measure, cast: measure.snapshot.delete(),
    "a snapshot set back": lambda measure, cast: ChartSnapshot.objects.update(version=0),
    "a snapshot by other rules": lambda measure, cast: ChartSnapshot.objects.update(rules="perla"),
    "all snapshots taken away at once": lambda measure, cast: _emptied(ChartSnapshot),
    "an organization moved to other rules": lambda measure, cast: _moved(cast),
}


def _emptied(rows: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {rows._meta.db_table}")


def _moved(cast: Cast) -> None:
    """No verb does it; an operator may, by hand."""
    home = cast.elsewhere_organization.collaborative
    Collaborative.objects.filter(pk=home.pk).update(run_rules="perla")
    Organization.objects.filter(pk=cast.own.pk).update(collaborative=home)


@pytest.fixture
def measure(cast: Cast) -> Measure:
    """A measure with an up-to-date chart."""
    found = make_measure(cast.own)
    log(found, [12, 11, 13])
    charts.refresh_stale()
    return found


@pytest.mark.parametrize("cause", CAUSES)
def test_whatever_makes_a_chart_stale_lists_it_until_it_is_computed(
    cause: str, measure: Measure, cast: Cast
) -> None:
    assert stale.listed() == []
    CAUSES[cause](measure, cast)
    assert stale.listed() == [measure.pk]
    assert charts.refresh_stale() == 1
    assert stale.listed() == []


def test_a_snapshot_given_to_another_measure_lists_the_one_that_lost_it(measure: Measure, cast: Cast) -> None:
    loser = make_measure(cast.own, "Loser")
    charts.refresh_stale()
    measure.snapshot.delete()
    stale.take([measure.pk])
    ChartSnapshot.objects.filter(measure=loser).update(measure=measure, version=measure.series_version + 1)
    assert stale.listed() == [loser.pk]


def test_a_measure_given_to_an_organization_of_other_rules_is_listed(measure: Measure, cast: Cast) -> None:
    collaboratives.edit(cast.elsewhere, run_rules="perla", by=cast.elsewhere_office)
    charts.refresh_stale()
    Measure.objects.filter(pk=measure.pk).update(organization=cast.elsewhere_organization)
    assert stale.listed() == [measure.pk]
    assert charts.refresh_stale() == 1


def test_new_rules_list_their_charts_once_and_not_again_when_they_are_computed(
    measure: Measure, cast: Cast
) -> None:
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office)
    assert charts.refresh([measure.pk]) == 1
    assert stale.listed() == []


def test_the_list_emptied_by_hand_names_what_is_stale_again(measure: Measure, cast: Cast) -> None:
    log(measure, [9], first=date(2020, 7, 1))
    _emptied(StaleChart)
    assert stale.listed() == [measure.pk]


def test_a_new_measure_is_listed(cast: Cast) -> None:
    charts.refresh_stale()
    new = make_measure(cast.own)
    assert stale.listed() == [new.pk]


def test_other_rules_list_the_measures_of_their_collaborative_alone(measure: Measure, cast: Cast) -> None:
    make_measure(cast.elsewhere_organization)
    charts.refresh_stale()
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office)
    assert stale.listed() == [measure.pk]


def test_a_change_after_a_worker_took_the_chart_lists_it_again(measure: Measure, cast: Cast) -> None:
    observations.record(measure, FIRST, Entry(value=Decimal(5)), by=cast.lead, why="recount")
    assert [one.pk for one in stale.take([measure.pk])] == [measure.pk]
    observations.record(measure, FIRST, Entry(value=Decimal(6)), by=cast.lead, why="recount")
    assert stale.listed() == [measure.pk]


def test_a_sweep_that_finds_nothing_reads_the_list_alone_whatever_the_site_s_size(cast: Cast) -> None:
    for number in range(30):
        log(make_measure(cast.own, f"Wait {number}"), [12, 11, 13])
    charts.refresh_stale()
    with CaptureQueriesContext(connection) as captured:
        assert charts.refresh_stale() == 0
    (asked,) = captured.captured_queries
    assert _tables_of(asked["sql"]) == {"measures_stalechart"}
    assert not StaleChart.objects.exists()


def _tables_of(query: str) -> set[str]:
    """What PostgreSQL reads for this query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
        ((((plan,)),),) = cursor.fetchall()
    steps, tables = [plan["Plan"]], set()
    for step in steps:
        steps += step.get("Plans", [])
        tables |= {step["Relation Name"]} if "Relation Name" in step else set()
    return tables


def test_a_site_that_is_upgraded_finds_its_stale_charts_listed(measure: Measure, cast: Cast) -> None:
    fresh, behind = measure, make_measure(cast.own, "Behind")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _migrate("0005_index_observations_by_period")
    assert "measures_stalechart" not in connection.introspection.table_names()
    _migrate("0006_list_stale_charts")
    assert stale.listed() == [behind.pk]
    Measure.objects.filter(pk=fresh.pk).update(series_version=F("series_version") + 1)
    assert stale.listed() == sorted([fresh.pk, behind.pk])


def _migrate(name: str) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("measures", name)])
