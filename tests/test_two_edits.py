"""Two people save one form of facts: the older of two saves is refused, and both are shown.

Every form that a person can send is walked: it makes something new (MAKES, with what), or it holds facts that stand,
and then it has its scene here. A new form without either fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from measures.services import measures
from organizations.models import User
from p2 import audit
from p2.models import AuditEntry
from p2.web.forms import FactsForm
from projects.services import projects
from tests.actors import Cast, make_project, make_unit
from tests.house.test_free_words import DOORS, forms_of_the_site
from tests.measures.series import make_measure
from tests.shown_forms import fields_in, shown

pytestmark = pytest.mark.django_db

MAKES = {
    "AdmitForm": "a participation",
    "AnnotationForm": "a mark-up, which is never edited",
    "AppointmentInvitationForm": "an invitation",
    "AskForPasswordForm": "a question for a letter",
    "CareProcessForm": "a care process, which is never renamed",
    "ChangePasswordForm": "a password, after the old one",
    "CollaborativeForm": "a collaborative; CollaborativeEditForm changes one",
    "LinkForm": "a link to a measure",
    "MarkUpForm": "a mark-up, which is never edited",
    "MeasureForm": "a measure",
    "MemberInvitationForm": "an invitation",
    "NameForm": "nothing by itself: RenameForm and MeasureForm stand on it",
    "NewPasswordForm": "a password, by the key of a letter",
    "NewPersonForm": "an account",
    "TeamForm": "a member of a team",
}
WINDOWS = {"CollaborativeWindowForm", "PhaseWindowForm"}
"""The admin's, which draws them: tests/organizations/test_admin_verbs.py."""
GROUND = {"WatchedForm", "FactsForm", "WithLabels", "WindowForm"} | DOORS | WINDOWS


@dataclass(frozen=True)
class Scene:
    """A form at an address: the row whose facts it changes, who saves first, who later, and what each of them types."""

    address: str
    row: models.Model
    first: User
    second: User
    theirs: dict[str, Any]
    yours: dict[str, Any]
    shows: list[tuple[str, str, str | None]]
    told_of: models.Model | None = None  # under which the trail tells of it, where that is another row


def collaborative(cast: Cast) -> Scene:
    address = reverse("organizations:edit_collaborative", args=[cast.collaborative.slug])
    shows = [
        ("Name", "Theirs", None),
        ("Purpose", "nothing", "No harm"),
        ("Months come due", "Yes", "No"),
    ]
    return Scene(
        address, cast.collaborative, cast.office, cast.site_admin, {"name": "Theirs"},
        {"purpose": "No harm", "keeps_months": None}, shows,
    )  # fmt: skip


def organization(cast: Cast) -> Scene:
    address = reverse("organizations:edit_organization", args=["perfection", cast.own.ref])
    shows = [("Kind", "Health system", None), ("Size", "nothing", "240")]
    return Scene(address, cast.own, cast.office, cast.lead, {"kind": "system"}, {"size": "240"}, shows)


def unit(cast: Cast) -> Scene:
    row = make_unit(cast.own)
    address = reverse("organizations:rename_unit", args=["perfection", cast.own.ref, row.ref])
    shows = [("Name", "Ward A5", "Ward A6")]
    return Scene(address, row, cast.office, cast.lead, {"name": "Ward A5"}, {"name": "Ward A6"}, shows)


def phase(cast: Cast) -> Scene:
    row = cast.implementation
    address = reverse("organizations:edit_phase", args=["perfection", row.ref])
    shows = [("Name", "Doing", None), ("Fewest projects per organization", "7", "5")]
    return Scene(address, row, cast.office, cast.site_admin, {"name": "Doing"}, {"min_projects": "5"}, shows)


def profile(cast: Cast) -> Scene:
    shows = [("Your name", "Leah", None), ("Send me what changed, on Mondays", "Yes", "No")]
    return Scene(
        reverse("organizations:me"),
        cast.lead,
        cast.lead,
        cast.lead,
        {"name": "Leah"},
        {"wants_digest": None},
        shows,
    )


def project(cast: Cast) -> Scene:
    first, second = make_unit(cast.own, "Ward A4"), make_unit(cast.own, "Ward B2")
    row = make_project(cast.own)
    projects.edit(row, units=[first], by=cast.lead)
    address = reverse("projects:edit_project", args=["perfection", row.ref])
    shows = [
        ("Aim", "None harmed by a medicine", "Fewer than 1.30"),
        ("Where it is done", "Ward B2", None),
    ]
    return Scene(
        address, row, cast.lead, cast.lead, {"units": str(second.pk)}, {"aim": "Fewer than 1.30"}, shows
    )


def definition(cast: Cast) -> Scene:
    row = make_measure(cast.own)
    address = reverse("measures:define", args=["perfection", row.ref])
    why = {"why": "Counted anew", "effective_from": str(row.words.effective_from)}
    shows = [
        ("Numerator", "Days to the next appointment", None),
        ("Goal", "nothing", "2.5"),
    ]
    return Scene(
        address, row.words, cast.lead, cast.lead, {"numerator_words": "Days to the next appointment", **why},
        {"goal": "2.5", **why}, shows, told_of=row,
    )  # fmt: skip


def naming(cast: Cast) -> Scene:
    row = make_measure(cast.own)
    address = reverse("measures:rename", args=["perfection", row.ref])
    shows = [("Area", "Access", "Equity"), ("Care process", "nothing", None)]
    return Scene(
        address, row, cast.lead, cast.lead, {"area": "access", "care_process": ""}, {"area": "equity"}, shows
    )


SCENES: dict[str, Callable[[Cast], Scene]] = {
    "CollaborativeEditForm": collaborative,
    "DefinitionForm": definition,
    "OrganizationForm": organization,
    "PhaseForm": phase,
    "ProfileForm": profile,
    "ProjectForm": project,
    "RenameForm": naming,
    "UnitForm": unit,
}


def test_every_form_makes_something_new_or_carries_the_version_that_it_was_made_from() -> None:
    found = {form.__name__: form for form in forms_of_the_site() if form.__name__ not in GROUND}
    assert set(found) == set(MAKES) | set(SCENES)
    assert [name for name in SCENES if not issubclass(found[name], FactsForm)] == []


def typed(fields: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """The fields with these changed; None: a box that is not ticked."""
    return {name: value for name, value in {**fields, **changed}.items() if value is not None}


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(params=sorted(SCENES))
def scene(request: pytest.FixtureRequest, cast: Cast) -> Scene:
    return SCENES[request.param](cast)


def stands(scene: Scene, names: set[str]) -> dict[str, Any]:
    row = type(scene.row)._default_manager.get(pk=scene.row.pk)
    if scene.told_of:
        row = type(scene.told_of)._default_manager.get(pk=scene.told_of.pk).words
    return {name: audit.held(row, name) for name in names if hasattr(row, name)}


def test_the_older_of_two_saves_is_refused_and_both_are_shown(scene: Scene) -> None:
    first, second = browser(scene.first), browser(scene.second)
    before, after = shown(first, scene.address), shown(second, scene.address)
    assert first.post(scene.address, typed(before, scene.theirs)).status_code == 302
    kept = stands(scene, set(before))

    answer = second.post(scene.address, typed(after, scene.yours))

    form = answer.context["form"]
    assert stands(scene, set(before)) == kept
    assert [(row.label, row.theirs, row.yours) for row in form.two_edits] == scene.shows
    (told,) = form.non_field_errors()
    assert told.startswith(
        "You saved this in another" if scene.first == scene.second else f"{scene.first} saved this after"
    )
    html = answer.content.decode()
    beside = html.partition('class="form-errors" role="alert" tabindex="-1" autofocus')[2].partition(
        'class="field'
    )[0]
    assert [beside.count(verb) for verb in ("Save mine on top of it", "Keep what is saved")] == [1, 1]
    again = fields_in(html)
    assert typed(again, {"have": None}) == typed(after, {**scene.theirs, **scene.yours, "have": None})


def test_with_one_press_yours_is_saved_on_top_and_takes_nothing_back_that_you_left_alone(
    scene: Scene,
) -> None:
    first, second = browser(scene.first), browser(scene.second)
    before, after = shown(first, scene.address), shown(second, scene.address)
    first.post(scene.address, typed(before, scene.theirs))
    answer = second.post(scene.address, typed(after, scene.yours))

    assert second.post(scene.address, fields_in(answer.content.decode())).status_code == 302

    row = scene.told_of or scene.row
    newest = AuditEntry.objects.filter(subject_type=row._meta.model_name)[0]
    yours = [one for one in scene.shows if one[2] is not None]
    assert (newest.by, len(newest.changes)) == (scene.second, len(yours))
    opened = typed(shown(second, scene.address), {"have": None, "why": None, "effective_from": None})
    wanted = typed(after, {**scene.theirs, **scene.yours, "have": None, "why": None, "effective_from": None})
    assert opened == wanted


def test_a_form_without_a_version_is_held_against_what_stands(scene: Scene) -> None:
    client = browser(scene.second)
    kept = shown(client, scene.address)
    before = stands(scene, set(kept))
    answer = client.post(scene.address, typed(kept, {**scene.yours, "have": None}))
    assert len(answer.context["form"].two_edits) > 0
    assert stands(scene, set(kept)) == before


def test_the_same_saved_twice_is_no_second_edit(cast: Cast) -> None:
    scene = organization(cast)
    client = browser(cast.lead)
    opened = typed(shown(client, scene.address), scene.yours)
    assert [client.post(scene.address, opened).status_code for _ in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(verb="edited").count() == 1


def test_who_sees_no_form_writes_last(cast: Cast) -> None:
    measure = make_measure(cast.own)
    measures.rename(measure, naming={"area": "access"}, by=cast.lead)
    measures.rename(measure, naming={"area": "equity"}, by=cast.lead)
    measure.refresh_from_db()
    assert measure.area == "equity"


def test_the_page_around_a_refused_profile_shows_the_name_that_stands(cast: Cast) -> None:
    client, address = browser(cast.lead), reverse("organizations:me")
    opened = shown(client, address)
    for name in ("Someone Else", "MRN 1234567"):
        sent = {**opened, "name": name, "have": "name:0"}
        answer = client.post(address, sent)
        assert (answer.context["user"].name, answer.context["form"]["name"].value()) == ("Lea Lead", name)
