"""The letter with which a person comes in."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models.collaborative import Collaborative
from organizations.models.organization import Organization
from organizations.models.roles import Appointment, Membership, Place
from organizations.models.standing import Person, standing_of
from p2.columns.refs import new_ref


def hash_of(token: str) -> str:
    """What is kept of an invitation's key: its SHA-256, so that nobody comes in by reading the database."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Person) -> InvitationQuerySet:
        """Those of the organizations one leads, of the collaboratives whose office one is, and to a site admin all."""
        standing = standing_of(user)
        if standing.is_site_admin:
            return self
        led = [
            organization for organization, roles in standing.roles.items() if Membership.Role.LEAD in roles
        ]
        return self.filter(
            Q(organization__in=led) | Q(collaborative__in=standing.appointed_as(Appointment.Role.OFFICE))
        )


class Invitation(models.Model):
    """A letter with a single-use key that makes a person a member or appoints them."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        Collaborative, models.CASCADE, verbose_name=_("collaborative"), related_name="invitations"
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        related_name="invitations",
    )
    email = models.EmailField(_("email"))
    role = models.CharField(
        _("role"), max_length=12, choices=[*Membership.Role.choices, *Appointment.Role.choices]
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("invited by"), related_name="+"
    )
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("accepted by"), null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("withdrawn by"), null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar = ["-invited_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="invitation_role_fits_its_place",
                condition=Q(organization__isnull=False, role__in=Membership.Role.values)
                | Q(organization__isnull=True, role__in=Appointment.Role.values),
            ),
            models.CheckConstraint(
                name="invitation_accepted_has_person",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_withdrawn_has_person",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(person)s, %(role)s of %(place)s") % {
            "person": self.email,
            "role": self.get_role_display(),
            "place": self.place,
        }

    @property
    def place(self) -> Place:
        """What the person is invited to."""
        return self.organization or self.collaborative

    @property
    def home(self) -> Collaborative:
        return self.collaborative
