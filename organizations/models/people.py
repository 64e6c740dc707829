"""People and what they may be: User, Membership in an organization, Appointment to a collaborative, Invitation."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from organizations.models.standing import standing_of
from p2.folding import FoldedField
from p2.refs import new_ref

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from organizations.models.collaborative import Collaborative
    from organizations.models.organization import Organization


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known to the whole site by e-mail address. Roles hang on Membership and Appointment."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=120)
    folded = FoldedField(of=("name", "email"))
    time_zone = models.CharField(max_length=60, default="UTC")
    is_staff = models.BooleanField("site admin", default=False)
    is_active = models.BooleanField(default=True)
    wants_digest = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """One or two capital letters: AO for Amara Okafor."""
        words = [word for word in self.name.split() if word[0].isalpha() and not word.endswith(".")]
        named = [word for word in words if word not in {"Dr", "Prof", "Mr", "Ms", "Mrs"}] or ["?"]
        return (named[0][0] + (named[-1][0] if len(named) > 1 else "")).upper()


class Membership(models.Model):
    """A person's role in an organization. Several rows add up; an ended one stays as history."""

    class Role(models.TextChoices):
        LEAD = "lead", "Lead"
        DATA_ENTRY = "data_entry", "Data entry"
        MEMBER = "member", "Member"
        SPONSOR = "sponsor", "Sponsor"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey("organizations.Organization", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.organization}"


class Appointment(models.Model):
    """A person's role in a whole collaborative."""

    class Role(models.TextChoices):
        OFFICE = "office", "Program office"
        FACULTY = "faculty", "Faculty"
        COMMITTEE = "committee", "Advisory committee"
        FUNDER = "funder", "Funder"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    collaborative = models.ForeignKey(
        "organizations.Collaborative", models.CASCADE, related_name="appointments"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "collaborative", "role"],
                condition=Q(ended_at__isnull=True),
                name="appointment_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.collaborative}"


def hash_of(token: str) -> str:
    """What is kept of an invitation's key: its SHA-256, so that the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User | AnonymousUser) -> InvitationQuerySet:
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

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative", models.CASCADE, related_name="invitations"
    )
    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=[*Membership.Role.choices, *Appointment.Role.choices])
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
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
        return f"{self.email}, {self.get_role_display()} of {self.place}"

    @property
    def place(self) -> Organization | Collaborative:
        """What the person is invited to."""
        return self.organization or self.collaborative


class Visit(models.Model):
    """When a person last looked at a collaborative, and the visit before: what is new to them lies between."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits")
    collaborative = models.ForeignKey("organizations.Collaborative", models.CASCADE, related_name="+")
    latest_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "collaborative"], name="visit_one_row_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.collaborative}"
