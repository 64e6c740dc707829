"""The phases of a collaborative and who takes part in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from organizations.models.collaborative import Collaborative


class Phase(models.Model):
    """One stretch of the programme: planning, implementation, … Months are due only inside its dates."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative", models.CASCADE, verbose_name=_("collaborative"), related_name="phases"
    )
    ordinal = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("purpose"), blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    min_projects = models.PositiveSmallIntegerField(_("fewest projects per organization"), default=0)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering: ClassVar = ["ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collaborative", "ordinal"], name="phase_number_once"),
            models.CheckConstraint(
                name="phase_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return gettext("Phase %(number)s, %(name)s") % {"number": self.roman, "name": self.name}

    @property
    def home(self) -> Collaborative:
        return self.collaborative

    @property
    def roman(self) -> str:
        """The number as the programme writes it: I to X, else digits."""
        numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
        return numerals[self.ordinal - 1] if 1 <= self.ordinal <= len(numerals) else str(self.ordinal)


def last_day_of(organization: str) -> str:
    """In SQL, the end of the last phase that the organization with this key takes part in; null for an applicant."""
    return f"""(
        SELECT max(phase.ends_on)
        FROM organizations_participation AS part JOIN organizations_phase AS phase ON phase.id = part.phase_id
        WHERE part.organization_id = {organization}
    )"""  # noqa: S608 - a column or a place of our own


class Participation(models.Model):
    """An organization in a phase."""

    class Funding(models.TextChoices):
        GRANT = "grant", _("Grant")
        SELF_FUNDED = "self_funded", _("Self-funded")
        SPONSORED = "sponsored", _("Sponsored")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        models.CASCADE,
        verbose_name=_("organization"),
        related_name="participations",
    )
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name=_("phase"), related_name="participations")
    funding = models.CharField(_("funding"), max_length=12, choices=Funding.choices, default=Funding.GRANT)
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering: ClassVar = ["phase__ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "phase"], name="participation_once_a_phase"),
        ]

    def __str__(self) -> str:
        return gettext("%(organization)s in %(phase)s") % {
            "organization": self.organization,
            "phase": self.phase,
        }

    @property
    def home(self) -> Collaborative:
        return self.phase.collaborative
