"""The organizations of a collaborative, with their units."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models.phase import Participation, last_day_of
from organizations.models.standing import Person, Standing, standing_of
from p2.columns.folding import FoldedField
from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from organizations.models.collaborative import Collaborative

OVERSEERS = ("office", "faculty", "funder")
"""Appointments that read every participant of the collaborative."""


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: Person) -> OrganizationQuerySet:
        """One's own; the participants, to each other and to the overseers; all of a collaborative, to its office."""
        standing = standing_of(user)
        if standing.is_site_admin:
            return self
        insiders = standing.sharing | standing.appointed_as(*OVERSEERS)
        return self.filter(
            Q(pk__in=standing.organizations)
            | Q(collaborative__in=standing.appointed_as("office"))
            | Q(
                collaborative__in=insiders,
                pk__in=Participation.objects.values("organization"),
            )
        )


class Organization(models.Model):
    """Who takes part, or applies to: a hospital, a medical group, a health community."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", _("Hospital")
        SYSTEM = "system", _("Health system")
        MEDICAL_GROUP = "medical_group", _("Medical group")
        COMMUNITY = "community", _("Health community")
        COUNTY = "county", _("County or region")
        PRIMARY_CARE = "primary_care", _("Primary care")
        OTHER = "other", _("Other")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative",
        models.PROTECT,
        verbose_name=_("collaborative"),
        related_name="organizations",
    )
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("For tables: Cincinnati Children’s")
    )
    code = models.CharField(
        _("code"), max_length=20, blank=True, help_text=_("The organization's code in imported files: R1H")
    )
    folded = FoldedField(of=("name", "short_name", "code"))
    name_is_invented = models.BooleanField(
        _("name is invented"),
        default=False,
        help_text=_("The name is made up; pages mark it with an asterisk."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.HOSPITAL)
    size = models.PositiveIntegerField(
        _("size"), null=True, blank=True, help_text=_("Beds, or people served where there are no beds.")
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters: US, SE"))
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    running: int  # projects: only on organizations that the portfolio found

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collaborative", "name"], name="organization_name_once"),
            models.UniqueConstraint(
                fields=["collaborative", "code"], condition=~Q(code=""), name="organization_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("projects:organization", args=[self.collaborative.slug, self.ref])

    @property
    def home(self) -> Collaborative:
        """The collaborative that it belongs to."""
        return self.collaborative

    def last_day(self) -> date | None:
        """The end of the last phase that it takes part in; None for an applicant. One query."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {last_day_of('%s')}", [self.pk])
            last: date | None = cursor.fetchone()[0]
        return last

    def is_led_by(self, standing: Standing) -> bool:
        """Whether such a person leads it. An applicant's lead prepares the application, and leads nothing yet."""
        return self.pk in standing.participants and standing.is_in(self.pk, "lead")

    @property
    def label(self) -> str:
        """The short name where there is one; an invented name carries its asterisk."""
        return label_of(self.name, self.short_name, is_invented=self.name_is_invented)


def label_of(name: str, short_name: str, *, is_invented: bool) -> str:
    """What an organization is called in lists."""
    return (short_name or name) + ("*" if is_invented else "")


class Unit(models.Model):
    """A site, ward or clinic of an organization."""

    class Kind(models.TextChoices):
        SITE = "site", _("Site")
        WARD = "ward", _("Ward")
        CLINIC = "clinic", _("Clinic")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("organization"), related_name="units"
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.WARD)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="unit_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> Collaborative:
        return self.organization.collaborative
