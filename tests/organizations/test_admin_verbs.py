"""What a site admin changes in the admin goes through the verbs: the same rules, the same trail, the same jobs."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import models
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from organizations.admin import ChangedByVerb
from organizations.models import Phase, Unit
from organizations.services.programme import phases
from p2 import jobs
from p2.models import AuditEntry
from tests.actors import Cast
from tests.shown_forms import fields_in


def saved(cast: Cast, row: models.Model, **facts: Any) -> HttpResponse:
    """The form of a row in the admin, sent with these facts changed, as a browser does."""
    client = Client()
    client.force_login(cast.site_admin)
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    have = {"have": form["have"].value()}
    sent = {**model_to_dict(row, [name for name in form.fields if name != "as_it_is"]), **have, **facts}
    kept = {name: value for name, value in sent.items() if value is not None and value is not False}
    return client.post(address, kept, headers={"referer": f"http://testserver{address}"})


def sentences(answer: HttpResponse) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)]


def trail() -> set[tuple[str, str, str]]:
    return set(AuditEntry.objects.values_list("verb", "subject_type", "collaborative_slug"))


def test_an_unknown_time_zone_is_refused(cast: Cast) -> None:
    answer = saved(cast, cast.collaborative, time_zone="Mars/Phobos")
    cast.collaborative.refresh_from_db()
    assert (answer.status_code, cast.collaborative.time_zone) == (200, "UTC")
    assert list(answer.context["adminform"].form.errors) == ["time_zone"]


def test_an_unknown_language_is_refused(cast: Cast) -> None:
    saved(cast, cast.collaborative, language="tlh")
    cast.collaborative.refresh_from_db()
    assert cast.collaborative.language == "en"


def test_a_phase_number_that_is_taken_is_said_above_the_form(cast: Cast) -> None:
    answer = saved(cast, cast.implementation, ordinal=1)
    cast.implementation.refresh_from_db()
    assert (answer.status_code, cast.implementation.ordinal) == (302, 2)
    assert sentences(answer) == ["There is a phase number 1 already."]
    assert answer["Location"].endswith(f"/phase/{cast.implementation.pk}/change/")


def test_a_phase_of_the_year_1000_is_said_above_the_form(cast: Cast) -> None:
    answer = saved(cast, cast.planning, starts_on="1000-01-01")
    assert sentences(answer) == ["A phase lies between 1990 and 2100. Look at the years again."]
    assert Phase.objects.filter(starts_on__year=1000).count() == 0


def test_what_a_verb_enqueues_is_enqueued(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(jobs, "_send", lambda name, args: asked.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        saved(cast, cast.implementation, name="Doing")
    with django_capture_on_commit_callbacks(execute=True):
        saved(cast, cast.collaborative, run_rules="perla")
    assert asked == ["measures.open_months", "measures.refresh_charts"]


def test_a_change_stands_in_the_trail_of_the_collaborative(cast: Cast) -> None:
    saved(cast, cast.implementation, name="Doing")
    saved(cast, cast.collaborative, purpose="Better care")
    assert trail() == {("edited", "phase", "perfection"), ("edited", "collaborative", "perfection")}


def test_a_closed_account_stands_in_the_trail_of_every_collaborative_of_the_person(cast: Cast) -> None:
    cast.elsewhere.roles.create(user=cast.member, role="faculty", since=cast.member.date_joined)
    saved(cast, cast.member, is_active=False)
    assert trail() == {("edited", "user", "perfection"), ("edited", "user", "elsewhere")}
    assert set(AuditEntry.objects.values_list("by__name")) == {("Sita Admin",)}


def test_a_person_without_a_role_is_in_the_trail_of_the_site(cast: Cast) -> None:
    saved(cast, cast.stranger, name="Stella Stranger")
    cast.stranger.refresh_from_db()
    assert (trail(), cast.stranger.folded) == (
        {("edited", "user", "")},
        f"stella stranger {cast.stranger.email}",
    )


def test_the_only_site_admin_stays_one(cast: Cast) -> None:
    answer = saved(cast, cast.site_admin, is_staff=False)
    cast.site_admin.refresh_from_db()
    assert cast.site_admin.is_staff is True
    assert sentences(answer) == ["Sita Admin is the only site admin. Make somebody else one first."]


def test_of_two_site_admins_one_may_go(cast: Cast) -> None:
    cast.stranger.is_staff = True
    cast.stranger.save()
    saved(cast, cast.site_admin, is_staff=False)
    cast.site_admin.refresh_from_db()
    assert cast.site_admin.is_staff is False


def test_a_form_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    saved(cast, cast.implementation)
    saved(cast, cast.collaborative)
    saved(cast, cast.member)
    assert trail() == set()


def test_the_older_of_two_saves_is_refused_and_both_are_shown(cast: Cast) -> None:
    seen = Client()
    seen.force_login(cast.site_admin)
    address = reverse("admin:organizations_phase_change", args=[cast.planning.pk])
    opened = fields_in(seen.get(address).content.decode(), css="phase_form")
    phases.edit(cast.planning, name="Plan", min_projects=9, by=cast.office)

    answer = seen.post(address, opened | {"name": "Plans"})

    told, *both = answer.context["adminform"].form.non_field_errors()
    assert told.startswith("Ofelia Fice saved this after you opened it")
    assert both == [
        "Name: “Plan” stands, you typed “Plans”.",
        "Fewest projects per organization: “9” stands, and you did not change it.",
        "Save once more to save yours on top of it, or open the page anew to keep what is saved.",
    ]
    cast.planning.refresh_from_db()
    assert cast.planning.name == "Plan"
    again = fields_in(answer.content.decode(), css="phase_form")
    assert seen.post(address, again).status_code == 302
    cast.planning.refresh_from_db()
    assert (cast.planning.name, cast.planning.min_projects) == ("Plans", 9)


def test_no_admin_changes_rows_without_naming_its_verb() -> None:
    class VerblessAdmin(ChangedByVerb):
        pass

    with pytest.raises(TypeError, match="abstract method"):
        VerblessAdmin(Unit, admin.site)  # type: ignore[abstract]
