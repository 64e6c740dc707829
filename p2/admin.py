"""Django's admin as a window: rows are shown, and deleted nowhere (docs/why/006-read-only-admin.md)."""

from typing import TYPE_CHECKING, Any

import allauth.account.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401 (both register their models, taken out again below)
from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from p2 import trail
from p2.models import AuditEntry, Letter

admin.site.site_header = admin.site.site_title = "P2"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.logout = account.logout  # type: ignore[method-assign] # the site's own verbs leave rows in the trail
admin.site.password_change = account.password_change  # type: ignore[method-assign]
admin.site.unregister([Group, EmailAddress])  # rights hang on memberships; a person has one address

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class OwnFilters(ChangeList):
    """A list that its own filters narrow, each by the look-ups that its links make, and nothing else.

    Any other look-up would read what the page does not show, letter by letter, by whether a row is still listed.
    """

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        """What Django answers; its third part is what no filter of this list took out of the address."""
        answer: tuple[Any, ...] = super().get_filters(request)
        if answer[2]:
            raise DisallowedModelAdminLookup(
                f"No filter of this list asks for {', '.join(sorted(answer[2]))}"
            )
        return answer


class NothingDeleted(ModelAdmin):
    """Seen and changed by site admins, who hold no Django permissions; no row is made or deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OwnFilters

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Django compares a look-up's first words alone; here the list looks at all of it."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(NothingDeleted):
    """For rows that only verbs change: they are shown and not edited."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def as_code(key: str) -> SafeString | str:
    """A key of a row, which is the same in every language."""
    return format_html("<code>{}</code>", key) if key else ""


class CollaborativeFilter(admin.SimpleListFilter):
    """The trail of one collaborative, by its address."""

    title = _("collaborative slug")
    parameter_name = "collaborative_slug"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kept = AuditEntry.objects.exclude(collaborative_slug="").order_by("collaborative_slug")
        return [
            (slug, as_code(slug)) for slug in kept.values_list("collaborative_slug", flat=True).distinct()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(collaborative_slug=self.value()) if self.value() else queryset


class SubjectTypeFilter(admin.SimpleListFilter):
    """The kinds of rows that the trail speaks of, by their names."""

    title = _("subject type")
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = AuditEntry.objects.order_by("subject_type").values_list("subject_type", flat=True).distinct()
        return [(kind, trail.kind_words(kind)) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """What was done in the reader's words: the row holds keys."""

    list_display = ["at", "by", "done", "kind", "subject_label", "place"]
    list_filter = [CollaborativeFilter, SubjectTypeFilter]
    search_fields = ["subject_label", "subject_ref"]
    list_select_related = ["by"]
    fields = ["at", "by", "done", "kind", "subject_label", "ref", "place", "changed"]
    readonly_fields = ["done", "kind", "ref", "place", "changed"]

    @admin.display(description=_("verb"), ordering="verb")
    def done(self, entry: AuditEntry) -> str:
        return trail.verb_words(entry.verb)

    @admin.display(description=_("subject type"), ordering="subject_type")
    def kind(self, entry: AuditEntry) -> str:
        return trail.kind_words(entry.subject_type)

    @admin.display(description=_("subject ref"))
    def ref(self, entry: AuditEntry) -> str:
        return as_code(entry.subject_ref)

    @admin.display(description=_("collaborative slug"), ordering="collaborative_slug")
    def place(self, entry: AuditEntry) -> str:
        return as_code(entry.collaborative_slug)

    @admin.display(description=_("changes"))
    def changed(self, entry: AuditEntry) -> str:
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in trail.changes_of(entry)))


@admin.register(Letter)
class LetterAdmin(ReadOnly):
    """Without the text: it may hold a link that opens an account."""

    list_display = ["queued_at", "state", "subject", "address"]
    list_filter = ["state"]
    search_fields = ["subject", "address"]
    fields = ["state", "subject", "address", "queued_at", "sending_at", "sent_at", "failure"]
