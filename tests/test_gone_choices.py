"""A form offers a row, and it leaves the choices before the form is sent: our own sentence says what happened."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.services import care_processes
from organizations.models import Organization, User
from organizations.services.people import roles
from organizations.services.programme import phases, units
from projects.services import projects, teams
from tests.actors import LISTED, Cast, make_project, make_unit
from tests.house.test_free_words import forms_of_the_site
from tests.measures.series import make_measure
from tests.shown_forms import shown

pytestmark = pytest.mark.django_db


def sent(person: User, address: str, fields: dict[str, Any]) -> list[str]:
    """What the form says, all of it."""
    client = Client()
    client.force_login(person)
    form = client.post(address, fields).context["form"]
    assert [name for name in fields if name not in form.fields] == []
    return [error for errors in form.errors.values() for error in errors]


def test_an_organization_that_was_admitted_in_another_tab(cast: Cast) -> None:
    address = reverse("organizations:admit", args=["perfection", cast.implementation.ref])
    fields = {"organization": cast.applicant.pk, "funding": "grant"}
    phases.admit(cast.applicant, cast.implementation, by=cast.office)
    assert sent(cast.office, address, fields) == [
        "Applicant Hospital takes part in Phase II, Implementation already."
    ]
    assert sent(cast.office, address, {**fields, "organization": cast.elsewhere_organization.pk}) == [
        "What you chose is not there any more. Choose again."
    ]
    assert Organization.objects.get(pk=cast.elsewhere_organization.pk).participations.count() == 1


def test_a_person_who_has_left_or_is_in_the_team_already(cast: Cast) -> None:
    project, membership = make_project(cast.own), cast.member.memberships.get()
    address = reverse("projects:team", args=["perfection", project.ref])
    teams.add(project, membership, by=cast.lead)
    assert sent(cast.lead, address, {"membership": membership.pk}) == ["Mia Member is in this team already."]
    teams.remove(project.team.get(), by=cast.lead)
    roles.end(membership, by=cast.lead)
    assert sent(cast.lead, address, {"membership": membership.pk}) == ["Mia Member has left Own Hospital."]


def test_a_measure_that_is_linked_or_retired(cast: Cast) -> None:
    project, measure = make_project(cast.own), make_measure(cast.own)
    address = reverse("projects:project_measures", args=["perfection", project.ref])
    fields = {"measure": measure.pk, "role": "outcome"}
    link = projects.link_measure(project, measure, role="outcome", by=cast.lead)
    assert sent(cast.lead, address, fields) == ["Wait is linked to this project already."]
    projects.unlink_measure(link, by=cast.lead)
    type(measure).objects.update(retired_at=timezone.now())
    assert sent(cast.lead, address, fields) == ["Wait is no longer logged."]


def test_a_unit_that_was_removed_and_a_care_process_that_was_taken_off(cast: Cast) -> None:
    project, gone = make_project(cast.own, care_process=""), make_unit(cast.own, "Ward A4")
    make_unit(cast.own, "Ward B2")
    address = reverse("projects:edit_project", args=["perfection", project.ref])
    client = Client()
    client.force_login(cast.lead)
    fields = {**shown(client, address), "units": str(gone.pk), "care_process": LISTED}
    units.remove(gone, by=cast.lead)
    care_processes.remove(cast.collaborative.care_processes.get(), by=cast.office)
    assert sent(cast.lead, address, fields) == [
        f"“{LISTED}” is not on the list any more. Choose one that is there.",
        "A unit that you chose was removed meanwhile. Look at the others again.",
    ]


def test_every_choice_of_rows_says_it_in_words_of_ours() -> None:
    django = "Select a valid choice"
    found = {
        f"{form.__name__}.{name}"
        for form in forms_of_the_site()
        for name, field in vars(form).get("base_fields", {}).items()
        if hasattr(field, "queryset") and str(field.error_messages["invalid_choice"]).startswith(django)
    }
    assert found == set()
