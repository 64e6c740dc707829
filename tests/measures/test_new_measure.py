"""The form of a new measure: its whole definition, and the part it takes in a project at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Measure
from measures.services import measures
from p2.errors import RuleViolation
from projects.models import part_key
from projects.services import projects
from tests.actors import LISTED, Cast, make_project
from tests.measures.series import NAMING, WAIT

pytestmark = pytest.mark.django_db

WORDS = {
    "inclusions": "Children under 18; not those who came for one day",
    "data_source": "Incident reports",
    "sampling": "The first 20 charts of each month",
}


def given(**more: str) -> dict[str, Any]:
    named = {"name": "Harm", "area": "patient_safety", "aim": "safe", "care_process": LISTED}
    return {**WAIT, **named, "frequency": "month", **more}


@pytest.fixture
def new(client: Client, cast: Cast) -> str:
    client.force_login(cast.lead)
    return reverse("measures:new", args=["perfection", cast.own.ref])


def test_who_is_counted_where_it_is_read_and_how_it_is_sampled_stand_in_the_definition(
    client: Client, new: str
) -> None:
    client.post(new, given(**WORDS))

    measure = Measure.objects.get()
    assert {field: getattr(measure.words, field) for field in WORDS} == WORDS
    assert measure.care_process == LISTED
    page = client.get(measure.get_absolute_url()).text
    assert [words for words in WORDS.values() if words not in page] == []


def test_a_care_process_that_is_not_listed_is_refused_and_nothing_typed_is_lost(
    client: Client, new: str
) -> None:
    answer = client.post(new, given(care_process="Asthma", **WORDS))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["care_process"]
    assert WORDS["sampling"] in answer.text
    assert not Measure.objects.exists()


def test_a_new_measure_takes_its_part_in_a_running_project_at_once(
    client: Client, cast: Cast, new: str
) -> None:
    project = make_project(cast.own)
    make_project(cast.own, "Over", state="completed")
    make_project(cast.other, "Theirs")
    offered = client.get(new).context["form"].fields["part"].choices
    assert [group for group, _ in offered] == ["", "No child harmed"]
    assert [words for _, words in offered[1][1]] == [
        "Outcome of No child harmed", "Process of No child harmed", "Balancing of No child harmed",
    ]  # fmt: skip

    client.post(new, given(part=part_key(project, "balancing")))

    link = project.project_measures.get()
    assert (link.measure.name, link.role) == ("Harm", "balancing")


@pytest.mark.parametrize("key", ["{other}:outcome", "{own}:leader", "{own}", "none:process"])
def test_a_part_that_is_not_there_makes_no_measure(cast: Cast, key: str) -> None:
    own, other = make_project(cast.own), make_project(cast.other, "Theirs")
    with pytest.raises(RuleViolation, match="no such project"):
        measures.create(
            cast.own,
            naming={**NAMING, "name": "Harm"},
            definition=WAIT,
            part=key.format(own=own.ref, other=other.ref),
            by=cast.lead,
        )
    assert not Measure.objects.exists()


def test_a_project_that_ended_while_the_form_was_open_is_said_in_the_form(
    client: Client, cast: Cast, new: str
) -> None:
    project = make_project(cast.own)
    key = part_key(project, "outcome")
    make_project(cast.own, "Still running")
    projects.complete(project, by=cast.lead)
    answer = client.post(new, given(part=key))
    assert list(answer.context["form"].errors) == ["part"]
    assert not Measure.objects.exists()


def test_an_applicant_without_projects_is_offered_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.applicant_lead)
    address = reverse("measures:new", args=["perfection", cast.applicant.ref])
    assert "part" not in client.get(address).context["form"].fields
    client.post(address, given())
    assert [measure.name for measure in Measure.objects.all()] == ["Harm"]
