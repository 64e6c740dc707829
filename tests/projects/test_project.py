"""The page of a project: what it shows, at what cost, and its forms."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from projects.models import Project
from projects.services import teams
from tests.actors import LISTED, Cast, make_project, make_unit
from tests.measures.series import make_measure
from tests.projects.linked import link, signed_in


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
            "care_process": LISTED,
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
        {"name": "S", "aim": "A", "care_process": LISTED, "starts_on": "2004-06-30", "aim_on": "2004-06-30"},
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


def test_a_form_that_comes_back_stands_under_the_name_that_is_kept(cast: Cast) -> None:
    project = make_project(cast.own)
    sent = {
        "name": "Typed",
        "aim": "A",
        "care_process": LISTED,
        "starts_on": "2004-06-30",
        "aim_on": "2004-01-01",
    }
    page = signed_in(cast.lead).post(reverse("projects:edit_project", args=["perfection", project.ref]), sent)
    assert [words for words, _ in page.context["trail"]][-2:] == [project.name, "Edit"]
    assert 'value="Typed"' in page.content.decode()


@pytest.mark.parametrize("page", ["projects:new_project", "measures:new"])
@pytest.mark.parametrize("came_from_itself", [False, True])
def test_a_past_participant_is_told_before_it_fills_in_a_form(
    cast: Cast, page: str, came_from_itself: bool
) -> None:
    form = reverse(page, args=["perfection", cast.past.ref])
    back = form if came_from_itself else cast.past.get_absolute_url()
    answer = signed_in(cast.past_lead).get(form, headers={"referer": f"http://testserver{back}"})
    assert answer["Location"] == (reverse("today") if came_from_itself else f"http://testserver{back}")
    (message,) = get_messages(answer.wsgi_request)
    assert str(message).endswith("What it has here stays as it is.")
