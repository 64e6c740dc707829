"""Django admin is a window: a site admin looks, changes people, collaboratives and phases, and deletes nothing."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.test import Client, RequestFactory
from django.urls import reverse

from p2.models import AuditEntry, Letter
from tests.actors import Cast
from tests.shown_forms import fields_in


def names(cast: Cast, right: str) -> set[str]:
    """The models on which a site admin has this right in the admin."""
    request = RequestFactory().get("/admin/")
    request.user = cast.site_admin
    registry: dict[type, ModelAdmin] = admin.site._registry  # type: ignore[type-arg]
    return {model.__name__ for model, window in registry.items() if getattr(window, right)(request)}


def test_only_people_collaboratives_and_phases_are_changed(cast: Cast) -> None:
    assert names(cast, "has_change_permission") == {"User", "Collaborative", "Phase"}


def test_nothing_is_added_or_deleted(cast: Cast) -> None:
    assert (names(cast, "has_add_permission"), names(cast, "has_delete_permission")) == (set(), set())


def test_the_text_of_a_letter_is_not_shown(cast: Cast) -> None:
    letter = Letter.objects.create(
        key="k",
        address="a@example.org",
        subject="Reset",
        text="the secret link",
        queued_at=cast.lead.date_joined,
    )
    client = Client()
    client.force_login(cast.site_admin)
    page = client.get(reverse("admin:p2_letter_change", args=[letter.pk]))
    assert (page.status_code, b"the secret link" in page.content) == (200, False)


def test_every_list_of_the_admin_opens(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.site_admin)
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    assert {url: client.get(url).status_code for url in lists} == dict.fromkeys(lists, 200)


def test_a_person_closed_in_the_admin_is_in_the_audit_trail(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.site_admin)
    page = reverse("admin:organizations_user_change", args=[cast.member.pk])
    kept = fields_in(client.get(page).text, css="user_form")
    client.post(page, {name: value for name, value in kept.items() if name != "is_active"})
    cast.member.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert cast.member.is_active is False
    assert (entry.verb, entry.by, entry.changes) == (
        "edited",
        cast.site_admin,
        {"is_active": [True, False]},
    )
