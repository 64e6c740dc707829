"""What a person is: a member of an organization, appointed to a collaborative."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models.collaborative import Collaborative
from organizations.models.organization import Organization
from p2.columns.refs import new_ref

Place = Organization | Collaborative
"""Where a person holds a role and is invited to: both answer `home`, `roles`, `invitations` and `is_led_by`."""


class HeldRole(models.Model):
    """What every role that a person holds has. Several rows add up; an ended one stays as history."""

    KEEPER: ClassVar[str]
    """The role without which no place is."""

    LISTED_BY: ClassVar[tuple[str, str]]
    """The order of a list of who holds it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("user"), related_name="%(class)ss"
    )
    role = models.CharField(_("role"), max_length=12)
    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        abstract = True

    if TYPE_CHECKING:  # what both kinds of it answer

        @property
        def place(self) -> Place: ...

        def get_role_display(self) -> str: ...


class Membership(HeldRole):
    """A person's role in an organization."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        DATA_ENTRY = "data_entry", _("Data entry")
        MEMBER = "member", _("Member")
        SPONSOR = "sponsor", _("Sponsor")

    KEEPER, LISTED_BY = Role.LEAD, ("user__name", "role")

    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("organization"), related_name="roles"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(person)s, %(role)s of %(place)s") % {
            "person": self.user,
            "role": self.get_role_display(),
            "place": self.organization,
        }

    @property
    def place(self) -> Place:
        return self.organization

    @property
    def home(self) -> Collaborative:
        return self.organization.collaborative


class Appointment(HeldRole):
    """A person's role in a whole collaborative."""

    class Role(models.TextChoices):
        OFFICE = "office", _("Program office")
        FACULTY = "faculty", _("Faculty")
        COMMITTEE = "committee", _("Advisory committee")
        FUNDER = "funder", _("Funder")

    KEEPER, LISTED_BY = Role.OFFICE, ("role", "user__name")

    collaborative = models.ForeignKey(
        Collaborative, models.CASCADE, verbose_name=_("collaborative"), related_name="roles"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "collaborative", "role"],
                condition=Q(ended_at__isnull=True),
                name="appointment_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(person)s, %(role)s of %(place)s") % {
            "person": self.user,
            "role": self.get_role_display(),
            "place": self.collaborative,
        }

    @property
    def place(self) -> Place:
        return self.collaborative

    @property
    def home(self) -> Collaborative:
        return self.collaborative
