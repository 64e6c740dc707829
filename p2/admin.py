"""Django admin, read-only: it shows rows and changes none, and nothing is deleted in it (docs/build/roles.md)."""

from typing import TYPE_CHECKING, Any

import allauth.account.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401 (both register their models, taken out again below)
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from p2.models import AuditEntry, Letter

admin.site.site_header = admin.site.site_title = "P2"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister([Group, EmailAddress])  # rights hang on memberships; a person has one address

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class NothingDeleted(ModelAdmin):
    """Seen and changed by site admins, who hold no Django permissions; no row is made or deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the page filters by: a lookup of its own would read what the page does not show, by guessing."""
        return lookup.partition("__")[0] in {"p", "o", "e", *self.list_filter}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(NothingDeleted):
    """For rows that only verbs change: they are shown and not edited."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    list_display = ["at", "by", "verb", "subject_type", "subject_label", "collaborative_slug"]
    list_filter = ["collaborative_slug", "subject_type"]
    search_fields = ["subject_label", "subject_ref"]
    list_select_related = ["by"]


@admin.register(Letter)
class LetterAdmin(ReadOnly):
    """Without the text: it may hold a link that opens an account."""

    list_display = ["queued_at", "state", "subject", "address"]
    list_filter = ["state"]
    search_fields = ["subject", "address"]
    fields = ["state", "subject", "address", "queued_at", "sending_at", "sent_at", "failure"]
