"""What a state refuses is not offered: no button is drawn for it, and its form opens with the sentence alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import Measure
from organizations.models import Organization, Phase, User
from organizations.services.people import invitations
from projects.models import Project, ProjectMeasure
from tests.actors import Cast, make_project, make_unit
from tests.measures.series import log, make_measure
from tests.permissions.places import make_marks

pytestmark = pytest.mark.django_db


def offers(client: Client, user: User, address: str) -> set[str]:
    """The last words of the addresses that the page's buttons, links and forms lead to, of the organization's own."""
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert main
    found = re.findall(r'(?:href|action|formaction)="([^"?]+)', main[0])
    return {one.rstrip("/").rpartition("/")[2] for one in found}


def place(of: Measure | Project | Organization, route: str, **more: str) -> str:
    return reverse(route, kwargs={"slug": of.home.slug, "ref": of.ref, **more})


@pytest.fixture
def measure(cast: Cast) -> Measure:
    made = make_measure(cast.own)
    log(made, [10, 11, 12] * 4)
    make_marks(made)
    return made


CHANGES = {"annotation", "rebase", "freeze", "exclusion", "define", "share", "withdraw"}


def test_a_retired_measure_offers_its_name_and_to_be_logged_again(
    client: Client, cast: Cast, measure: Measure
) -> None:
    page = place(measure, "measures:measure")
    assert CHANGES | {"retire", "rename", "sheet"} <= offers(client, cast.lead, page)
    Measure.objects.update(retired_at=timezone.now())

    found = offers(client, cast.lead, page)

    assert found & (CHANGES | {"retire", "rename", "resume", "sheet"}) == {"rename", "resume"}
    assert offers(client, cast.data_entry, page) & {"annotation", "withdraw"} == set()


def test_a_mandatory_measure_is_not_offered_to_be_retired(
    client: Client, cast: Cast, measure: Measure
) -> None:
    core = measure.home.core_measures.create(
        name="Infections", numerator_words="Infections", unit="infections", shape="count", is_mandatory=True
    )
    Measure.objects.update(core_measure=core)

    assert "retire" not in offers(client, cast.lead, place(measure, "measures:measure"))


def end(cast: Cast, *, days_ago: int) -> None:
    Phase.objects.filter(collaborative=cast.collaborative).update(
        starts_on=timezone.localdate() - timedelta(days=900),
        ends_on=timezone.localdate() - timedelta(days=days_ago),
    )


def test_a_past_participant_is_offered_no_change_of_a_measure(
    client: Client, cast: Cast, measure: Measure
) -> None:
    end(cast, days_ago=200)
    mine = CHANGES | {"retire", "rename", "resume", "sheet", "new"}

    assert offers(client, cast.lead, place(measure, "measures:measure")) & mine == set()
    assert offers(client, cast.lead, place(cast.own, "measures:measures")) & mine == set()


def test_who_has_just_ended_still_logs_the_last_month(client: Client, cast: Cast, measure: Measure) -> None:
    end(cast, days_ago=1)

    assert "sheet" in offers(client, cast.lead, place(measure, "measures:measure"))


def test_a_past_participant_is_offered_no_change_of_its_projects_and_facts(
    client: Client, cast: Cast, measure: Measure
) -> None:
    project = make_project(cast.own)
    ProjectMeasure.objects.create(project=project, measure=measure, role="outcome")
    changes = {"edit", "complete", "stop", "team", "measures", "units", "projects"}
    assert {"edit", "complete", "stop", "team"} <= offers(
        client, cast.lead, place(project, "projects:project")
    )
    before = offers(client, cast.lead, cast.own.get_absolute_url())
    end(cast, days_ago=1)

    assert offers(client, cast.lead, place(project, "projects:project")) & changes == set()
    gone = before - offers(client, cast.lead, cast.own.get_absolute_url())
    assert gone == {"edit", "units", "new"}


@pytest.mark.parametrize("state", ["completed", "stopped"])
def test_a_project_that_has_ended_offers_no_change(client: Client, cast: Cast, state: str) -> None:
    project = make_project(cast.own, state=state)

    found = offers(client, cast.lead, place(project, "projects:project"))

    assert found & {"edit", "complete", "stop", "team"} == set()


def test_a_unit_that_a_project_names_is_not_offered_for_removal(client: Client, cast: Cast) -> None:
    used, free = make_unit(cast.own, "Ward 1"), make_unit(cast.own, "Ward 2")
    make_project(cast.own).units.add(used)
    make_project(cast.own, name="Another").units.add(used)
    client.force_login(cast.lead)
    page = client.get(place(cast.own, "organizations:units")).text

    assert f"units/{free.ref}/remove" in page
    assert page.count("Remove Ward 1") == 0
    assert (page.count("Remove Ward 2"), page.count("Named in a project")) == (1, 1)


def test_a_past_lead_ends_roles_and_withdraws_letters_and_invites_nobody(client: Client, cast: Cast) -> None:
    invitations.invite(cast.own, email="new@example.org", role="member", by=cast.lead)
    page = place(cast.own, "organizations:organization_people")
    assert {"renew", "withdraw", "end", "people"} <= offers(client, cast.lead, page)
    end(cast, days_ago=1)

    assert offers(client, cast.lead, page) & {"renew", "withdraw", "end", "people"} == {"withdraw", "end"}
    assert "Roles can be ended here, and invitations withdrawn." in client.get(page).content.decode()
    assert "renew" in offers(client, cast.office, page)


def test_a_past_lead_without_others_is_told_of_no_verb(client: Client, cast: Cast) -> None:
    client.force_login(cast.past_lead)
    said = client.get(place(cast.past, "organizations:organization_people")).text
    assert "Nobody else is invited." in said
    found = [
        words
        for words in ("Invite a person", "can be ended", "be withdrawn", "withdrawn here")
        if words in said
    ]
    assert found == []


def test_the_end_of_the_only_lead_is_not_offered(client: Client, cast: Cast) -> None:
    client.force_login(cast.lead)
    page = client.get(place(cast.own, "organizations:organization_people")).content.decode()

    assert "the role of Lea Lead, Lead" not in page
    assert "the role of Dan Entry, Data entry" in page


def refused(client: Client, user: User, address: str) -> str:
    """The sentence with which a form does not open."""
    client.force_login(user)
    answer = client.get(address, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409, address
    return answer.content.decode()


@pytest.mark.parametrize("route", ["define", "annotation", "rebase", "freeze", "exclusion", "retire"])
def test_a_form_of_a_retired_measure_does_not_open(
    client: Client, cast: Cast, measure: Measure, route: str
) -> None:
    Measure.objects.update(retired_at=timezone.now())

    assert refused(client, cast.lead, place(measure, f"measures:{route}")) == (
        "Wait is retired: what it has stays as it is. Log it again to change it."
    )


def test_a_form_of_a_past_participant_does_not_open(client: Client, cast: Cast, measure: Measure) -> None:
    project, unit = make_project(cast.own), make_unit(cast.own)
    end(cast, days_ago=1)
    forms = [
        *(
            place(measure, f"measures:{one}")
            for one in ("define", "rename", "retire", "annotation", "rebase")
        ),
        *(place(project, f"projects:{one}") for one in ("edit_project", "complete_project", "stop_project")),
        place(project, "projects:team"),
        place(project, "projects:project_measures"),
        place(cast.own, "organizations:edit_organization"),
        place(cast.own, "organizations:units"),
        place(cast.own, "organizations:rename_unit", unit=unit.ref),
    ]

    for address in forms:
        assert refused(client, cast.lead, address).startswith("Own Hospital took part until ")


def test_a_form_of_a_project_that_has_ended_does_not_open(client: Client, cast: Cast) -> None:
    project = make_project(cast.own, state="stopped")

    for one in ("edit_project", "complete_project", "team", "project_measures"):
        said = refused(client, cast.lead, place(project, f"projects:{one}"))
        assert said == "This project is stopped: it no longer changes."


@pytest.mark.parametrize("page", ["sheet", "paste"])
def test_a_sheet_whose_last_month_has_closed_opens_the_list_with_the_reason(
    client: Client, cast: Cast, measure: Measure, page: str
) -> None:
    end(cast, days_ago=200)
    client.force_login(cast.lead)

    answer = client.get(place(cast.own, f"measures:{page}"), follow=True)

    assert answer.redirect_chain == [(place(cast.own, "measures:measures"), 302)]
    assert "Its numbers stay as they are." in answer.content.decode()
