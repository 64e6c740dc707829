"""What somebody removed in another tab: the second press is told so, on its page; what never was there is 404."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Annotation
from organizations.models import User
from organizations.services.programme import units
from projects.services import projects, teams
from tests.actors import Cast, make_project, make_unit
from tests.measures.series import log, make_measure

pytestmark = pytest.mark.django_db

Scene = tuple[User, str, str, str]
"""Who, the page, the address of the button, and what is said the second time."""


def unit(cast: Cast) -> Scene:
    found = make_unit(cast.own)
    where = ["perfection", cast.own.ref]
    page, button = (
        reverse("organizations:units", args=where),
        reverse("organizations:remove_unit", args=[*where, found.ref]),
    )
    return cast.lead, page, button, "This unit was removed meanwhile."


def team_member(cast: Cast) -> Scene:
    project = make_project(cast.own)
    found = teams.add(project, cast.member.memberships.get(), by=cast.lead)
    where = ["perfection", project.ref]
    page = reverse("projects:team", args=where)
    button = reverse("projects:remove_team_member", args=[*where, found.ref])
    return cast.lead, page, button, "This person was taken out of the team meanwhile."


def link(cast: Cast) -> Scene:
    project = make_project(cast.own)
    found = projects.link_measure(project, make_measure(cast.own), role="outcome", by=cast.lead)
    where = ["perfection", project.ref]
    page = reverse("projects:project_measures", args=where)
    button = reverse("projects:unlink_measure", args=[*where, found.ref])
    return cast.lead, page, button, "This measure was taken out of the project meanwhile."


def care_process(cast: Cast) -> Scene:
    found = cast.collaborative.care_processes.get()
    page = reverse("measures:care_processes", args=["perfection"])
    button = reverse("measures:remove_care_process", args=["perfection", found.ref])
    return cast.office, page, button, "This care process was taken off the list meanwhile."


def mark(cast: Cast) -> Scene:
    measure = make_measure(cast.own)
    log(measure, [10, 11])
    address = reverse("measures:annotation", args=["perfection", measure.ref])
    client = Client()
    client.force_login(cast.lead)
    period = client.get(address).context["form"].fields["period"].choices[0][0]
    client.post(address, {"period": period, "kind": "note", "text": "A strike"})
    button = reverse(
        "measures:withdraw_annotation", args=["perfection", measure.ref, Annotation.objects.get().ref]
    )
    return cast.lead, measure.get_absolute_url(), button, "This was withdrawn before."


Question = tuple[User, str, str, str]
"""Who, the page that the button belongs to, the question, and what its second answer is told."""


def a_care_process(cast: Cast) -> Question:
    return care_process(cast)


def a_measure(cast: Cast) -> Question:
    measure = make_measure(cast.own)
    question = reverse("measures:retire", args=["perfection", measure.ref])
    return cast.lead, measure.get_absolute_url(), question, "Wait is already retired."


def a_project(cast: Cast, verb: str = "complete", words: str = "completed") -> Question:
    project = make_project(cast.own)
    question = reverse(f"projects:{verb}_project", args=["perfection", project.ref])
    said = f"This project is {words}: it no longer changes."
    return cast.lead, project.get_absolute_url(), question, said


def a_stopped_project(cast: Cast) -> Question:
    return a_project(cast, "stop", "stopped")


def a_role(cast: Cast) -> Question:
    role = cast.member.memberships.get()
    where = ["perfection", cast.own.ref]
    page = reverse("organizations:organization_people", args=where)
    said = "Mia Member’s role in Own Hospital has ended already: Member."
    return cast.lead, page, reverse("organizations:end_membership", args=[*where, role.ref]), said


QUESTIONS: list[Callable[[Cast], Question]] = [
    a_care_process,
    a_measure,
    a_project,
    a_stopped_project,
    a_role,
]


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_question_answered_in_another_tab_lands_once_on_its_page(
    cast: Cast, asked: Callable[[Cast], Question]
) -> None:
    person, page, question, said = asked(cast)
    client = Client(headers={"Referer": f"http://testserver{question}"})
    client.force_login(person)
    client.get(client.post(question)["Location"])  # the first tab, its word read

    answer = client.post(question, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert [str(one) for one in answer.context["messages"]] == [said]
    asked_anew = client.get(question, follow=True)
    assert asked_anew.redirect_chain == [(page, 302)]
    assert len(asked_anew.context["messages"]) == 1


SCENES: list[Callable[[Cast], Scene]] = [unit, team_member, link, care_process, mark]


@pytest.mark.parametrize("scene", SCENES)
def test_the_second_press_is_told_that_it_is_gone(cast: Cast, scene: Callable[[Cast], Scene]) -> None:
    person, page, button, said = scene(cast)
    client, heads = Client(), {"Referer": f"http://testserver{page}"}
    client.force_login(person)
    assert client.post(button, headers=heads).status_code == 302

    answer = client.post(button, headers=heads)

    assert (answer.status_code, answer["Location"].removeprefix("http://testserver")) == (302, page)
    assert [str(one) for one in client.get(page).context["messages"]][-1] == said
    ref = button.rsplit("/", 2)[1]
    assert client.post(button.replace(ref, "never-there")).status_code == 404


def test_nor_can_a_unit_be_renamed_that_is_gone(cast: Cast) -> None:
    found = make_unit(cast.own)
    units.remove(found, by=cast.lead)
    client = Client()
    client.force_login(cast.lead)
    address = reverse("organizations:rename_unit", args=["perfection", cast.own.ref, found.ref])
    answer = client.get(address, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.text) == (409, "This unit was removed meanwhile.")
