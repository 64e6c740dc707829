"""The page of an organization: what it shows, to whom, and at what cost; and the tables to take away."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures.models import Measure
from tests.actors import Cast, make_project, make_unit
from tests.measures.series import make_measure
from tests.projects.linked import link, signed_in


def test_the_page_counts_projects_against_the_fewest_of_the_running_phase(cast: Cast) -> None:
    for number in range(5):
        make_project(cast.own, f"Project {number}")
    make_project(cast.own, "Given up", state="stopped")
    page = signed_in(cast.lead).get(cast.own.get_absolute_url()).context["page"]
    assert (page.plan, len(page.projects)) == ("5 of at least 7 projects", 6)


def test_nothing_is_asked_of_an_applicant(cast: Cast) -> None:
    page = signed_in(cast.applicant_lead).get(cast.applicant.get_absolute_url()).context["page"]
    assert (page.plan, page.phases, page.projects) == ("", (), ())


def test_an_unshared_measure_is_left_out_for_another_organization(cast: Cast) -> None:
    project = make_project(cast.own)
    measure = make_measure(cast.own, "Infections")
    link(project, measure)
    Measure.objects.filter(pk=measure.pk).update(is_shared=False)
    seen_by = {}
    for actor in ("lead", "other_lead", "faculty"):
        client = signed_in(getattr(cast, actor))
        whole = client.get(cast.own.get_absolute_url()).context["page"]
        part = client.get(project.get_absolute_url()).context["page"]
        seen_by[actor] = (len(whole.measures), whole.projects[0].outcome, len(part.measures))
    assert seen_by == {
        "lead": (1, "Infections", 1),
        "other_lead": (0, "", 0),
        "faculty": (1, "Infections", 1),
    }


def test_the_page_of_an_organization_costs_the_same_with_thirty_projects(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = signed_in(cast.faculty), cast.own.get_absolute_url()
    link(make_project(cast.own, "First"), make_measure(cast.own, "First"))
    with django_assert_max_num_queries(100) as queries:
        client.get(url)
    before = len(queries)
    for number in range(29):
        link(make_project(cast.own, f"P{number}"), make_measure(cast.own, f"M{number}"))
        make_unit(cast.own, f"U{number}")
    with django_assert_max_num_queries(before):
        page = client.get(url).context["page"]
    assert (len(page.projects), len(page.measures), len(page.units)) == (30, 30, 29)


def test_tables_are_taken_away_as_csv(cast: Cast) -> None:
    project = make_project(cast.own, aim_on=timezone.now().date() + timedelta(days=3))
    link(project, make_measure(cast.own, "Infections", goal=2, goal_on="2004-12-31"))
    client = signed_in(cast.lead)

    def lines(name: str, ref: str) -> list[str]:
        answer = client.get(reverse(f"projects:{name}", args=["perfection", ref]))
        return answer.content.decode("utf-8-sig").splitlines()[1:]

    assert lines("projects_csv", cast.own.ref) == [
        f'"No child harmed","Medicines and harm","running","{project.aim_on}","Infections"'
    ]
    assert lines("project_measures_csv", project.ref) == [
        '"Outcome","Infections","days","2.0 by 31 Dec 2004"'
    ]
