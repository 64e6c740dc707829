"""The pages of organizations and projects: what they show, to whom, and at what cost."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures.models import Measure
from organizations.models import User
from projects.models import Project, ProjectMeasure
from projects.services import teams
from tests.actors import Cast, make_project, make_unit
from tests.measures.series import make_measure


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link(project: Project, measure: Measure, role: str = "outcome") -> ProjectMeasure:
    return ProjectMeasure.objects.create(project=project, measure=measure, role=role)


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


def test_the_page_of_a_project_costs_the_same_with_thirty_measures(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    project = make_project(cast.own)
    client, url = signed_in(cast.faculty), project.get_absolute_url()
    link(project, make_measure(cast.own, "First"))
    with django_assert_max_num_queries(100) as queries:
        client.get(url)
    before = len(queries)
    for number in range(29):
        link(project, make_measure(cast.own, f"M{number}"))
    teams.add(project, cast.member.memberships.get(), by=cast.lead)
    teams.add(project, cast.sponsor.memberships.get(), by=cast.lead)
    with django_assert_max_num_queries(before):
        page = client.get(url).context["page"]
    assert (len(page.measures), len(page.team)) == (30, 2)


def test_the_title_is_the_aim_and_the_days_left_stand_beside_it(cast: Cast) -> None:
    project = make_project(cast.own, aim_on=timezone.now().date() + timedelta(days=12))
    html = signed_in(cast.lead).get(project.get_absolute_url()).content.decode()
    assert '<h1 class="aim">No child harmed: None harmed by a medicine</h1>' in html
    assert '<p class="days-left"><b>12</b> days left</p>' in html


def test_a_lead_starts_a_project_from_the_form(cast: Cast) -> None:
    unit = make_unit(cast.own)
    answer = signed_in(cast.lead).post(
        reverse("projects:new_project", args=["perfection", cast.own.ref]),
        {
            "name": "Sepsis",
            "aim": "Half the deaths by June",
            "care_process": "Sepsis",
            "starts_on": "2004-01-01",
            "aim_on": "2004-06-30",
            "units": [unit.pk],
        },
    )
    project = Project.objects.get()
    assert answer["Location"] == project.get_absolute_url()
    assert (project.name, list(project.units.all())) == ("Sepsis", [unit])


def test_an_aim_before_the_start_is_said_beside_its_field(cast: Cast) -> None:
    answer = signed_in(cast.lead).post(
        reverse("projects:new_project", args=["perfection", cast.own.ref]),
        {"name": "S", "aim": "A", "care_process": "C", "starts_on": "2004-06-30", "aim_on": "2004-06-30"},
    )
    assert answer.context["form"].errors == {"aim_on": ["The aim date lies after the start."]}
    assert Project.objects.count() == 0


def test_a_past_participant_is_told_that_its_projects_stay(cast: Cast) -> None:
    project = make_project(cast.past)
    answer = signed_in(cast.past_lead).post(
        reverse("projects:stop_project", args=["perfection", project.ref]),
        headers={"referer": "http://testserver" + project.get_absolute_url()},
        follow=True,
    )
    until = f"{cast.planning.ends_on:%-d %B %Y}"
    assert [str(message) for message in answer.context["messages"]] == [
        f"Past Hospital took part until {until}. What it has here stays as it is."
    ]
    assert Project.objects.get().state == "running"


def test_a_measure_is_linked_and_unlinked_from_the_page(cast: Cast) -> None:
    project, measure = make_project(cast.own), make_measure(cast.own, "Infections")
    client, url = (
        signed_in(cast.lead),
        reverse("projects:project_measures", args=["perfection", project.ref]),
    )
    client.post(url, {"measure": measure.pk, "role": "balancing"})
    linked = project.project_measures.get()
    assert (linked.measure, linked.role) == (measure, "balancing")
    client.post(reverse("projects:unlink_measure", args=["perfection", project.ref, linked.ref]))
    assert project.project_measures.count() == 0


def test_only_those_not_yet_in_the_team_are_offered(cast: Cast) -> None:
    project = make_project(cast.own)
    url = reverse("projects:team", args=["perfection", project.ref])
    client = signed_in(cast.lead)
    client.post(
        url, {"membership": cast.member.memberships.get().pk, "task": "Pharmacist", "is_leader": "on"}
    )
    offered = client.get(url).context["form"].fields["membership"].queryset
    assert [membership.user.name for membership in offered] == ["Dan Entry", "Lea Lead", "Sam Sponsor"]
    assert list(project.team.values_list("membership__user__name", "task", "is_leader")) == [
        ("Mia Member", "Pharmacist", True)
    ]


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
