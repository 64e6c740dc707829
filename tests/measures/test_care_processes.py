"""The office keeps the care processes that measures and projects choose from."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from measures.models import CareProcess, Measure
from measures.services import care_processes, core_measures, measures
from p2.errors import RuleViolation
from p2.models import AuditEntry
from projects.models import Project
from projects.services import projects
from tests.actors import LISTED, Cast, make_project
from tests.measures.series import NAMING, WAIT, make_measure

pytestmark = pytest.mark.django_db

LIST = reverse("measures:care_processes", args=["perfection"])


def listed(cast: Cast) -> list[str]:
    return [process.name for process in cast.collaborative.care_processes.all()]


def test_the_office_adds_one_and_takes_it_off_again(client: Client, cast: Cast) -> None:
    client.force_login(cast.office)

    assert "Asthma is added." in client.post(LIST, {"name": "Asthma"}, follow=True).text
    assert listed(cast) == ["Asthma", LISTED]
    added = cast.collaborative.care_processes.get(name="Asthma")
    address = reverse("measures:remove_care_process", args=["perfection", added.ref])
    assert "Asthma is off the list." in client.post(address, follow=True).text

    assert listed(cast) == [LISTED]
    told = AuditEntry.objects.filter(subject_type="careprocess").order_by("id")
    assert [(entry.verb, entry.by) for entry in told] == [("added", cast.office), ("removed", cast.office)]


def test_one_that_is_listed_in_other_letters_is_refused_beside_the_form(client: Client, cast: Cast) -> None:
    client.force_login(cast.office)
    answer = client.post(LIST, {"name": "medicines  and HARM"})
    assert f"“{LISTED}” is on the list already." in answer.context["form"].non_field_errors()
    assert listed(cast) == [LISTED]


@pytest.mark.parametrize("actor", ["lead", "data_entry", "faculty", "funder", "elsewhere_office"])
def test_nobody_but_the_office_and_a_site_admin_keeps_the_list(cast: Cast, actor: str) -> None:
    person, process = getattr(cast, actor), cast.collaborative.care_processes.get()
    with pytest.raises(PermissionDenied):
        care_processes.add(cast.collaborative, name="Asthma", by=person)
    with pytest.raises(PermissionDenied):
        care_processes.remove(process, by=person)
    care_processes.remove(process, by=cast.site_admin)
    with pytest.raises(RuleViolation, match="was taken off the list meanwhile"):
        care_processes.remove(process, by=cast.office)


def test_what_is_not_on_the_list_is_taken_by_no_verb(cast: Cast) -> None:
    asthma = {"care_process": "Asthma"}
    measure, project = make_measure(cast.own), make_project(cast.own)
    facts = {"name": "Another", "aim": "None", "starts_on": project.starts_on, "aim_on": project.aim_on}
    for verb in (
        lambda: measures.create(
            cast.own, naming={**NAMING, "name": "New", **asthma}, definition=WAIT, by=cast.lead
        ),
        lambda: measures.rename(measure, naming=asthma, by=cast.lead),
        lambda: core_measures.create(
            collaborative=cast.collaborative,
            naming={**NAMING, "name": "Core", **asthma},
            definition=WAIT,
            by=cast.office,
        ),
        lambda: projects.create(cast.own, by=cast.lead, **facts, **asthma),
        lambda: projects.edit(project, by=cast.lead, **asthma),
    ):
        with pytest.raises(RuleViolation, match="has no care process “Asthma” on its list"):
            verb()
    assert not Measure.objects.filter(**asthma).exists()
    assert not Project.objects.filter(**asthma).exists()


def test_what_names_one_that_is_taken_off_keeps_it_and_offers_it_to_itself_alone(
    client: Client, cast: Cast
) -> None:
    core = core_measures.create(
        collaborative=cast.collaborative,
        naming={**NAMING, "name": "Core", "is_mandatory": False},
        definition=WAIT,
        by=cast.office,
    )
    measure, project = make_measure(cast.own), make_project(cast.own)
    care_processes.remove(cast.collaborative.care_processes.get(), by=cast.office)
    client.force_login(cast.lead)
    page = {"slug": "perfection", "ref": measure.ref}
    own = client.get(reverse("measures:rename", kwargs=page)).context["form"]
    other = client.get(reverse("measures:new", args=["perfection", cast.own.ref])).context["form"]
    assert [value for value, _ in own.fields["care_process"].choices] == ["", LISTED]
    assert [value for value, _ in other.fields["care_process"].choices] == [""]

    assert measures.rename(measure, naming={"name": "Days"}, by=cast.lead).care_process == LISTED
    assert projects.edit(project, aim="Fewer", by=cast.lead).care_process == LISTED
    assert core_measures.adopt(cast.own, core, by=cast.lead).care_process == LISTED


def test_the_list_costs_the_same_whatever_its_length(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.office)
    make_measure(cast.own)
    client.get(LIST)
    with django_assert_num_queries(6):
        assert ">1</td>" in client.get(LIST).text
    CareProcess.objects.bulk_create(
        CareProcess(collaborative=cast.collaborative, name=f"Process {number}") for number in range(30)
    )
    with django_assert_num_queries(6):
        assert len(client.get(LIST).context["kept"].rows) == 31


def test_what_rows_named_before_there_was_a_list_is_put_on_it_once(cast: Cast) -> None:
    CareProcess.objects.all().delete()
    for name, process in (("A", "Asthma"), ("B", "asthma"), ("C", "")):
        Measure.objects.create(
            organization=cast.own, name=name, area="access", aim="timely", care_process=process
        )
    make_project(cast.other, care_process="Falls")
    make_project(cast.own, care_process="Asthma")
    for app, migration, fill in (
        ("measures", "0019_keep_care_processes_and_say_where_numbers_come_from", "list_of_measures"),
        ("projects", "0005_list_the_care_processes_of_projects", "list_of_projects"),
    ):
        getattr(import_module(f"{app}.migrations.{migration}"), fill)(apps, None)

    assert listed(cast) == ["Asthma", "Falls"]
    assert not cast.elsewhere.care_processes.exists()


def removal(process: CareProcess) -> str:
    return reverse("measures:remove_care_process", args=["perfection", process.ref])


def test_before_one_is_taken_off_the_page_asks_and_says_how_many_name_it(client: Client, cast: Cast) -> None:
    make_project(cast.own)
    for name in ("A", "B"):
        make_measure(cast.own, name)
    Measure.objects.update(care_process=LISTED)
    process = cast.collaborative.care_processes.get()
    unused = care_processes.add(cast.collaborative, name="Asthma", by=cast.office)
    client.force_login(cast.office)
    page = client.get(LIST).text
    assert (f'href="{removal(process)}"' in page, f'action="{removal(process)}"' in page) == (True, True)
    assert "<button" not in page.split(f'action="{removal(process)}"')[1].split("</form>")[0]

    asked = client.get(removal(process)).text

    assert f"Take “{LISTED}” off the list?" in asked
    assert f'<a href="{LIST}">Care processes</a>' in asked.partition('class="crumbs"')[2]
    assert "Named by 2 measures and 1 project. They keep it; no other can choose it any more." in asked
    assert "No measure and no project names it." in client.get(removal(unused)).text
    assert listed(cast) == ["Asthma", LISTED]


def test_one_that_is_still_named_comes_back_in_the_spelling_that_it_had(client: Client, cast: Cast) -> None:
    make_project(cast.own)
    care_processes.remove(cast.collaborative.care_processes.get(), by=cast.office)
    client.force_login(cast.office)
    for other in (LISTED.lower(), LISTED.upper(), LISTED.replace("and", "ánd")):
        answer = client.post(LIST, {"name": other})
        assert answer.context["form"].non_field_errors() == [
            f"“{LISTED}” is named by 1 project. Write it so, and it is theirs again."
        ]
    client.post(LIST, {"name": LISTED.replace(" ", "  ")})
    assert listed(cast) == [LISTED]
