"""The portfolio: what stands where, and what it costs."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import ChartSnapshot, Measure
from measures.services import core_measures, measures
from organizations.models import Collaborative, Phase, User
from projects.models import Project
from projects.pages.portfolio.page import MapAsked, portfolio
from projects.pages.portfolio.rows import Portfolio
from tests.actors import Cast, make_appointee, make_organization, make_phase
from tests.measures.series import NAMING, WAIT
from tests.projects.landscape import CORES, PROCESSES, Landscape, make_landscape


@pytest.fixture
def small(db: None) -> Landscape:
    """Two organizations with seven projects of one measure each; nothing is news."""
    landscape = make_landscape(organizations=2, measures=1)
    quiet()
    return landscape


def quiet() -> None:
    """All charts common cause since long ago."""
    ChartSnapshot.objects.update(
        state="common",
        state_since=timezone.now() - timedelta(days=300),
        signal_completed=None,
        run_length=0,
        run_side=0,
        evidence=0,
    )


def state(measure: Measure, kind: str, *, days: int = 1) -> Measure:
    """Set a chart's state as a computation so many days ago would have."""
    since = timezone.now() - timedelta(days=days)
    ChartSnapshot.objects.filter(measure=measure).update(
        state=kind, state_since=since, run_length=9, run_side=1 if kind == "concern" else -1
    )
    return measure


def outcome(organization: object, process: str) -> Measure:
    return Measure.objects.get(
        organization=organization,
        project_measures__role="outcome",
        project_measures__project__care_process=process,
    )


def seen(landscape: Landscape, **asked: object) -> Portfolio:
    faculty = User.objects.filter(appointments__role="faculty").first() or make_appointee(
        landscape.collaborative, "faculty"
    )
    at = timezone.now()
    return portfolio(
        faculty,
        landscape.collaborative,
        previous=at - timedelta(days=7),
        at=at,
        asked=MapAsked(**asked),  # type: ignore[arg-type]
    )


def test_the_most_need_stands_on_top(small: Landscape) -> None:
    first, second = small.organizations
    state(outcome(second, "Cost"), "concern")
    state(outcome(first, "Cost"), "improvement")

    assert [row.name for row in seen(small).rows] == ["Hospital 01", "Hospital 00"]
    assert [row.name for row in seen(small, sort="name").rows] == ["Hospital 00", "Hospital 01"]


def test_among_equal_concerns_the_fewer_improvements_need_more(small: Landscape) -> None:
    state(outcome(small.organizations[0], "Cost"), "improvement")

    assert [row.name for row in seen(small).rows] == ["Hospital 01", "Hospital 00"]


def test_each_care_process_is_a_column_with_its_counts(small: Landscape) -> None:
    first, second = small.organizations
    state(outcome(first, "Cost"), "concern")
    state(outcome(second, "Cost"), "improvement")

    columns = {
        column.name: (column.concern, column.improvement, column.common) for column in seen(small).columns
    }

    assert columns == {**dict.fromkeys(PROCESSES, (0, 0, 2)), "Cost": (1, 1, 0)}


@pytest.mark.parametrize("not_judged", ["too_few", "none"])
def test_a_column_counts_every_chart_of_it(small: Landscape, not_judged: str) -> None:
    first, second = small.organizations
    state(outcome(first, "Cost"), "no_rules")
    state(outcome(second, "Cost"), not_judged)

    (cost,) = (column for column in seen(small).columns if column.name == "Cost")

    assert (cost.no_rules, cost.not_judged, cost.common) == (1, 1, 0)


def test_a_cell_leads_to_the_chart_in_one_click(small: Landscape) -> None:
    measure = outcome(small.organizations[0], "Cost")

    cells = dict(seen(small, sort="name").rows[0].cells)

    assert [cell.url for cell in cells["Cost"]] == [measure.get_absolute_url()]


def test_two_projects_of_a_care_process_share_a_cell_and_none_leaves_it_empty(small: Landscape) -> None:
    Project.objects.filter(organization=small.organizations[0], care_process="Staff").update(
        care_process="Cost"
    )

    cells = dict(seen(small, sort="name").rows[0].cells)

    assert (len(cells["Cost"]), len(cells["Staff"])) == (2, 0)


def test_a_stopped_project_is_not_on_the_map(small: Landscape) -> None:
    Project.objects.filter(care_process="Cost").update(state="stopped")

    shown = seen(small)

    assert [column.name for column in shown.columns] == [name for name in PROCESSES if name != "Cost"]
    assert shown.facts.startswith("2 organizations, 12 projects.")


def test_the_core_measures_are_the_other_map(small: Landscape) -> None:
    shown = seen(small, view="core")

    assert [column.name for column in shown.columns] == sorted(CORES)
    assert [len(cells) for _, cells in shown.rows[0].cells] == [1, 1, 1, 1, 1]


def test_the_queue_holds_what_changed_since_the_visit_concern_first(small: Landscape) -> None:
    first, second = small.organizations
    state(outcome(first, "Cost"), "improvement", days=1)
    state(outcome(first, "Staff"), "concern", days=3)
    state(outcome(second, "Staff"), "concern", days=2)
    state(outcome(second, "Experience"), "concern", days=8)
    ChartSnapshot.objects.filter(measure=outcome(first, "Cost")).update(signal_completed=date(2025, 3, 1))

    shown = seen(small)

    assert [(item.kind, item.place, item.when) for item in shown.queue] == [
        ("concern", "Hospital 01", "2 days"),
        ("concern", "Hospital 00", "3 days"),
        ("improvement", "Hospital 00", "signal of Mar 2025"),
    ]
    assert [item.is_open for item in shown.queue] == [True, False, False]
    assert "3 new signals." in shown.facts


def test_a_changed_definition_is_heard_of(small: Landscape) -> None:
    measure = outcome(small.organizations[0], "Cost")
    measures.define(
        measure,
        definition={"unit": "hours"},
        effective_from=timezone.now().date(),
        why="Counted in hours",
        by=None,
    )

    (item,) = seen(small).queue

    assert (item.kind, item.name, item.words) == ("definition", measure.name, "version 2. Counted in hours")
    assert "1 changed definition." in seen(small).facts


def test_the_chosen_item_opens_and_its_cell_is_outlined(small: Landscape) -> None:
    first, second = (state(outcome(place, "Cost"), "concern") for place in small.organizations)

    shown = seen(small, open=second.ref, sort="name")

    assert [item.ref for item in shown.queue if item.is_open] == [second.ref]
    assert [[cell.is_open for cell in dict(row.cells)["Cost"]] for row in shown.rows] == [[False], [True]]
    assert first.ref != second.ref


def test_completeness_is_a_share_a_month_and_a_percentage(db: None) -> None:
    landscape = make_landscape(organizations=3, measures=1, months=4)
    newest = max(Measure.objects.values_list("observations__period", flat=True))  # type: ignore[type-var]
    Measure.objects.first().observations.filter(period=newest).delete()  # type: ignore[union-attr]
    complete = landscape.organizations[2]

    shown = seen(landscape, sort="name")

    assert shown.rows[2].name == complete.name
    assert shown.rows[2].months == (1.0, 1.0, 1.0, 1.0)
    assert shown.rows[2].percent == 100
    assert shown.rows[0].months[-1] < 1.0  # type: ignore[operator]
    assert shown.month is not None
    assert shown.month.missing[0][0].endswith(("numbers", "number"))


def test_small_multiples_stand_best_first_on_one_scale(small: Landscape) -> None:
    for place, median in zip(small.organizations, (30.0, 10.0), strict=True):
        ChartSnapshot.objects.filter(
            measure__organization=place, measure__core_measure__name="Mortality"
        ).update(median=median)
    core = Measure.objects.filter(core_measure__name="Mortality").first()
    assert core
    assert core.core_measure

    shown = seen(small, core=core.core_measure.ref).multiples

    assert shown is not None
    assert [(one.name, one.median) for one in shown.charts] == [
        ("Hospital 01", "10.0"),
        ("Hospital 00", "30.0"),
    ]
    assert len({(one.spark.low, one.spark.high) for one in shown.charts}) == 1
    assert shown.charts[0].spark.low == 0.0


def test_an_applicant_is_not_on_the_map(small: Landscape) -> None:
    make_organization(small.collaborative, "Applicant")

    assert [row.name for row in seen(small, sort="name").rows] == ["Hospital 00", "Hospital 01"]


def test_who_took_part_in_an_earlier_phase_alone_is_not_on_the_map(small: Landscape) -> None:
    today = timezone.localdate()
    over = make_phase(small.collaborative, 9, today - timedelta(days=900), today - timedelta(days=800))
    make_organization(small.collaborative, "Past", phases=(over,))

    assert [row.name for row in seen(small, sort="name").rows] == ["Hospital 00", "Hospital 01"]


def test_after_the_last_phase_its_organizations_stay_on_the_map(small: Landscape) -> None:
    Phase.objects.update(ends_on=timezone.localdate() - timedelta(days=30))

    assert [row.name for row in seen(small, sort="name").rows] == ["Hospital 00", "Hospital 01"]


def test_a_collaborative_without_anything_has_a_page(client: Client, db: None) -> None:
    empty = Collaborative.objects.create(slug="empty", name="Empty")
    client.force_login(make_appointee(empty, "faculty"))

    text = client.get(reverse("projects:portfolio", args=["empty"])).content.decode()

    assert "No organizations yet" in text
    assert "0 organizations, 0 projects. In the last 30 days: nothing new." in text
    assert "Changed in the last 30 days</h2>" in text


def test_the_table_downloads_with_a_line_a_project(client: Client, small: Landscape) -> None:
    client.force_login(make_appointee(small.collaborative, "funder"))

    answer = client.get(reverse("projects:portfolio_csv", args=["landscape"]))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == 1 + 2 * 7
    assert lines[0].startswith(
        '"Organization","Country","Complete closed months %","Column","Project","Measure","State"'
    )


def test_another_core_measure_is_answered_alone(client: Client, cast: Cast) -> None:
    for name in ("Falls", "Harm"):
        core = core_measures.create(
            collaborative=cast.collaborative, naming={**NAMING, "name": name}, definition=WAIT, by=cast.office
        )
        core_measures.adopt(cast.own, core, by=cast.lead)
    client.force_login(cast.faculty)
    url = reverse("projects:portfolio", args=["perfection"])
    answer = client.get(url, {"core": core.ref}, headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<section class="section" id="core-measure"')
    assert '<h2 id="multiples">Harm, days</h2>' in answer.text
    assert "<html" in client.get(url, {"core": core.ref}).text


def test_every_link_of_the_queue_works_without_scripts(client: Client, small: Landscape) -> None:
    measure = state(outcome(small.organizations[0], "Cost"), "concern")
    client.force_login(make_appointee(small.collaborative, "faculty"))

    text = client.get(reverse("projects:portfolio", args=["landscape"]) + "?sort=name").content.decode()

    assert f'href="?sort=name&amp;open={measure.ref}#since"' in text
