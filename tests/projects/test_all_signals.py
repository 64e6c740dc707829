"""All signals: every measure on which one stands, found by what it is; and what the page costs."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import ChartSnapshot, Measure
from measures.periods import last_day
from organizations.models import Participation, User
from projects.models import Project, ProjectMeasure
from projects.pages.all_signals.asked import SignalsAsked
from projects.pages.all_signals.page import all_signals
from projects.pages.all_signals.rows import Signals
from tests.actors import make_appointee
from tests.projects.landscape import Landscape, make_landscape
from tests.projects.test_portfolio import outcome, quiet, state

URL = "/c/landscape/portfolio/signals/"


@pytest.fixture
def landscape(db: None) -> Landscape:
    """Two organizations with seven projects of two measures, five core measures each; no signals."""
    made = make_landscape(organizations=2, measures=2, months=8)
    quiet()
    return made


def seen(landscape: Landscape, **asked: object) -> Signals:
    faculty = User.objects.filter(appointments__role="faculty").first() or make_appointee(
        landscape.collaborative, "faculty"
    )
    return all_signals(faculty, landscape.collaborative, at=timezone.now(), asked=SignalsAsked(**asked))  # type: ignore[arg-type]


def of_role(landscape: Landscape, role: str, process: str = "Cost", place: int = 0) -> Measure:
    return Measure.objects.get(
        organization=landscape.organizations[place],
        project_measures__role=role,
        project_measures__project__care_process=process,
    )


def core(landscape: Landscape, name: str = "Mortality", place: int = 0) -> Measure:
    return Measure.objects.get(organization=landscape.organizations[place], core_measure__name=name)


def refs(shown: Signals) -> list[str]:
    return [row.ref for row in shown.rows]


def test_what_stands_in_neither_map_nor_queue_stands_here(landscape: Landscape) -> None:
    process = state(of_role(landscape, "process"), "concern", days=100)
    unlinked = state(core(landscape), "improvement", days=100)
    drawn = state(outcome(landscape.organizations[1], "Staff"), "concern", days=200)

    shown = seen(landscape)

    assert refs(shown) == [process.ref, drawn.ref, unlinked.ref]
    assert shown.facts == "3 signals: 2 concern, 1 improvement"
    assert [[one.role for one in row.belongs] for row in shown.rows] == [["Process"], ["Outcome"], []]
    assert [row.known_for for row in shown.rows] == ["100 days", "200 days", "100 days"]


def test_a_retired_measure_and_another_collaboratives_are_not_listed(landscape: Landscape) -> None:
    other = make_landscape(organizations=1, projects=1, measures=1, months=8, slug="elsewhere")
    ChartSnapshot.objects.update(state="concern")
    ours = Measure.objects.filter(organization__collaborative=landscape.collaborative)
    ours.update(retired_at=timezone.now())
    stays = ours.earliest("pk")
    Measure.objects.filter(pk=stays.pk).update(retired_at=None)

    assert refs(seen(landscape)) == [stays.ref]
    assert Measure.objects.filter(organization__in=other.organizations).exists()


def test_an_applicants_signals_are_its_own(landscape: Landscape) -> None:
    applicant, participant = landscape.organizations
    state(core(landscape, place=0), "concern")
    stays = state(core(landscape, place=1), "concern")
    Participation.objects.filter(organization=applicant).delete()

    shown = seen(landscape)

    assert refs(shown) == [stays.ref]
    places = next(one for one in shown.filters if one.name == "organization")
    assert [one.key for one in places.choices] == [participant.ref]


def test_what_is_unusual_stands_last(landscape: Landscape) -> None:
    unusual = state(core(landscape), "unusual", days=2)
    better = state(core(landscape, place=1), "improvement", days=9)

    shown = seen(landscape)

    assert refs(shown) == [better.ref, unusual.ref]
    assert shown.facts == "2 signals: 1 improvement, 1 unusual, direction unclear"


def test_it_is_filtered_by_what_is_asked(landscape: Landscape) -> None:
    process = state(of_role(landscape, "process"), "concern", days=10)
    unlinked = state(core(landscape), "improvement", days=31)
    drawn = state(outcome(landscape.organizations[1], "Staff"), "concern", days=400)
    Measure.objects.filter(pk=drawn.pk).update(area="cost")
    ref = landscape.organizations[1].ref

    assert refs(seen(landscape, state="improvement")) == [unlinked.ref]
    assert refs(seen(landscape, area="cost")) == [drawn.ref]
    assert refs(seen(landscape, role="process")) == [process.ref]
    assert refs(seen(landscape, role="none")) == [unlinked.ref]
    assert refs(seen(landscape, organization=ref)) == [drawn.ref]
    assert refs(seen(landscape, age="month")) == [process.ref]
    assert refs(seen(landscape, age="quarter")) == [unlinked.ref]
    assert refs(seen(landscape, age="year")) == []
    assert refs(seen(landscape, age="older")) == [drawn.ref]
    assert refs(seen(landscape, age="older", role="process")) == []


def test_a_signal_is_as_old_as_the_period_that_completed_it(landscape: Landscape, client: Client) -> None:
    old = state(core(landscape), "concern", days=1)
    new = state(core(landscape, place=1), "concern", days=90)
    today = timezone.localdate()
    period = (today.replace(day=1) - timedelta(days=100)).replace(day=1)
    ChartSnapshot.objects.filter(measure=old).update(signal_completed=period)
    days = (today - last_day(period, "month")).days

    shown = seen(landscape)

    assert refs(shown) == [new.ref, old.ref]
    assert (shown.rows[1].days, shown.rows[1].known_for) == (days, f"{days} days")
    assert shown.rows[1].completed == f"signal of {period:%b %Y}"
    assert refs(seen(landscape, age="quarter")) == [one.ref for one in (new, old) if one is new or days <= 90]
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    assert f"signal of {period:%b %Y}" in client.get(URL).text


def test_the_count_of_each_state_is_that_under_the_other_filters(landscape: Landscape) -> None:
    state(of_role(landscape, "process"), "concern")
    state(core(landscape), "improvement")
    state(core(landscape, place=1), "improvement")

    shown = seen(landscape, state="concern", organization=landscape.organizations[0].ref)

    states = next(one for one in shown.filters if one.name == "state")
    assert [one.label for one in states.choices] == [
        "concern (1)",
        "improvement (1)",
        "unusual, direction unclear (0)",
    ]
    assert (shown.facts, shown.pages.rows) == ("1 signal: 1 concern", 1)


def test_a_measure_of_two_projects_stands_once_with_both(landscape: Landscape) -> None:
    measure = state(of_role(landscape, "process"), "concern")
    second = Project.objects.get(organization=landscape.organizations[0], care_process="Staff")
    ProjectMeasure.objects.create(project=second, measure=measure, role="balancing")

    shown = seen(landscape)

    assert refs(shown) == [measure.ref]
    assert [(one.role, one.project) for one in shown.rows[0].belongs] == [
        ("Process", "Cost for everybody 3"),
        ("Balancing", second.name),
    ]
    assert refs(seen(landscape, role="balancing")) == [measure.ref]


def test_it_is_sorted_as_asked(landscape: Landscape) -> None:
    first = state(core(landscape), "improvement", days=40)
    second = state(core(landscape, place=1), "concern", days=3)
    third = state(core(landscape, "Readmission", place=1), "concern", days=9)

    assert refs(seen(landscape)) == [second.ref, third.ref, first.ref]
    assert refs(seen(landscape, sort="old")) == [first.ref, third.ref, second.ref]
    assert refs(seen(landscape, sort="organization")) == [first.ref, second.ref, third.ref]


def test_fifty_stand_on_a_page_and_all_in_the_table(client: Client, db: None) -> None:
    landscape = make_landscape(organizations=11, projects=1, measures=1, months=8)
    ChartSnapshot.objects.update(state="concern", state_since=timezone.now() - timedelta(days=3))
    client.force_login(make_appointee(landscape.collaborative, "faculty"))

    first, second = client.get(URL).text, client.get(URL, {"page": "2", "role": "none"}).text

    assert first.count("data-item") == 50
    assert "1\u201350 of 66 signals" in first
    assert "51\u201355 of 55 signals" in second
    assert 'href="?page=1&amp;role=none"' in second
    assert refs(seen(landscape, page=9)) == refs(seen(landscape, page=2))
    table = client.get(reverse("projects:signals_csv", args=["landscape"]), {"role": "none"}).text
    lines = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len(lines) == 55
    assert {line["State"] for line in lines} == {"concern"}
    assert {(line["Role"], line["Project"], line["Days"]) for line in lines} == {("", "", "3")}


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_as_many_queries_however_many_signals_there_are(
    client: Client, landscape: Landscape, count: int, django_assert_num_queries: object
) -> None:
    chosen = Measure.objects.order_by("pk").values("pk")[:count]
    ChartSnapshot.objects.filter(measure__in=list(chosen.values_list("pk", flat=True))).update(
        state="concern"
    )
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    client.get(URL)

    with django_assert_num_queries(8):  # type: ignore[operator]
        answer = client.get(URL)

    assert answer.text.count("data-item") == count


def test_nothing_is_said_to_stand_where_nothing_does(client: Client, landscape: Landscape) -> None:
    client.force_login(make_appointee(landscape.collaborative, "faculty"))

    assert "No signals" in client.get(URL).text
    filtered = client.get(URL, {"area": "cost", "age": "nonsense", "page": "x"}).text
    assert "No such signal" in filtered
    assert '<option value="cost" selected>' in filtered


def test_map_and_queue_lead_here(client: Client, landscape: Landscape) -> None:
    client.force_login(make_appointee(landscape.collaborative, "faculty"))

    assert client.get(reverse("projects:portfolio", args=["landscape"])).text.count(f'href="{URL}"') == 2
