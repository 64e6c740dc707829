"""People, collaboratives and phases may be changed by a site admin, through their verbs; the rest is read-only."""

from abc import ABCMeta, abstractmethod
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.forms.programme import CollaborativeEditForm, PhaseForm
from organizations.models import (
    Appointment,
    Collaborative,
    Invitation,
    Membership,
    Organization,
    Participation,
    Phase,
    Unit,
    User,
)
from organizations.services.people import persons
from organizations.services.programme import collaboratives, phases
from p2 import edits
from p2.admin import NothingDeleted, ReadOnly, as_code
from p2.web.forms import HAVE, KEEP, FactsForm, TwoWords


class WindowForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    """The form of a row in the admin, which draws it: the choice to keep the words is a box, and where somebody saved
    other facts meanwhile, both are said above it."""

    editor: User  # of each request's own class
    have = forms.CharField(required=False, widget=forms.HiddenInput, label="")
    as_it_is = forms.BooleanField(
        required=False,
        label=_("Save as it is"),
        help_text=_("Only after a warning that words look like a patient’s identifier."),
    )

    @property
    def facts(self) -> list[str]:
        return [name for name in self.fields if name not in (KEEP, HAVE)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get(KEEP):
            for name, found in self.seen_in(given).items():
                self.add_error(name, [one.sentence for one in found])
        wanted = {name: given[name] for name in self.facts if name in given}
        try:
            edits.changes_of(self.instance, wanted, given.get(HAVE) or "", by=self.editor)
        except edits.TwoEdits as older:
            self.show_both(older)
            cure = gettext(
                "Save once more to save yours on top of it, or open the page anew to keep what is saved."
            )
            self.add_error(None, [str(older), *map(_both, self.two_edits), cure])
        return given

    def is_valid(self) -> bool:
        return forms.BaseForm.is_valid(self)


def _both(one: TwoWords) -> str:
    if one.yours is None:
        return gettext("%(field)s: “%(theirs)s” stands, and you did not change it.") % {
            "field": one.label, "theirs": one.theirs,
        }  # fmt: skip
    return gettext("%(field)s: “%(theirs)s” stands, you typed “%(yours)s”.") % {
        "field": one.label, "theirs": one.theirs, "yours": one.yours,
    }  # fmt: skip


class CollaborativeWindowForm(WindowForm, CollaborativeEditForm):
    """The office's form: the same choices, the same checks."""


class PhaseWindowForm(WindowForm, PhaseForm):
    """The office's form."""


class AbstractAdmin(ABCMeta, forms.MediaDefiningClass):
    """What makes an admin whose abstract methods its subclasses write: Django's own way to make one knows none."""


class ChangedByVerb(NothingDeleted, metaclass=AbstractAdmin):
    """Changed by the verb that the pages call: it checks, audits and enqueues what follows. A rule that it finds broken
    is said above the form."""

    form = WindowForm

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in form.facts if name in form.cleaned_data}
        self.act(obj, request.user, facts | {HAVE: form.cleaned_data[HAVE]})

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change, **kwargs)
        made.editor = request.user
        return made

    @abstractmethod
    def act(self, row: Any, by: User, facts: dict[str, Any]) -> None:
        """Call the verb."""


@admin.register(User)
class UserAdmin(ChangedByVerb):
    """A person's name, whether they may sign in, and whether they are a site admin."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "is_active", "is_staff", "time_zone", "date_joined", "last_login", KEEP, HAVE]
    readonly_fields = ["email", "time_zone", "date_joined", "last_login"]

    def act(self, row: User, by: User, facts: dict[str, Any]) -> None:
        persons.edit(row, by=by, **facts)


@admin.register(Collaborative)
class CollaborativeAdmin(ChangedByVerb):
    form = CollaborativeWindowForm
    list_display = ["name", "address", "run_rules", "keeps_months"]
    exclude = ["slug"]
    readonly_fields = ["address"]

    @admin.display(description=_("slug"), ordering="slug")
    def address(self, collaborative: Collaborative) -> str:
        return as_code(collaborative.slug)

    def act(self, row: Collaborative, by: User, facts: dict[str, Any]) -> None:
        collaboratives.edit(row, by=by, **facts)


@admin.register(Phase)
class PhaseAdmin(ChangedByVerb):
    form = PhaseWindowForm
    list_display = ["name", "collaborative", "ordinal", "starts_on", "ends_on"]
    list_filter = ["collaborative"]
    readonly_fields = ["collaborative"]

    def act(self, row: Phase, by: User, facts: dict[str, Any]) -> None:
        phases.edit(row, by=by, **facts)


@admin.register(Organization)
class OrganizationAdmin(ReadOnly):
    list_display = ["name", "collaborative", "kind", "country"]
    list_filter = ["collaborative"]
    search_fields = ["folded"]


@admin.register(Unit)
class UnitAdmin(ReadOnly):
    list_display = ["name", "organization", "kind"]


@admin.register(Participation)
class ParticipationAdmin(ReadOnly):
    list_display = ["organization", "phase", "funding", "since"]


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ["user", "organization", "role", "since", "ended_at"]
    search_fields = ["user__name", "user__email"]


@admin.register(Appointment)
class AppointmentAdmin(ReadOnly):
    list_display = ["user", "collaborative", "role", "since", "ended_at"]
    search_fields = ["user__name", "user__email"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ["email", "role", "collaborative", "organization", "invited_at", "accepted_at"]
    exclude = ["token_hash"]
