"""A sheet signed off: a person said that its numbers are all in. It closes nothing, and a later change lifts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.definition import Frequency
from measures.sentences.periods import label
from p2.columns.keys import KeyField
from p2.columns.refs import new_ref
from p2.words.listing import listed

if TYPE_CHECKING:
    from datetime import date

    from organizations.models import Collaborative


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def of_sheet(self, period: date, frequency: str) -> SignOffQuerySet:
        """Those of one sheet, newest first, with the names that a page says."""
        return self.filter(period=period, frequency=frequency).select_related("by", "lifted_by")

    def latest_of_sheets(self, since: date) -> SignOffQuerySet:
        """The latest of each sheet from a day on, the newest sheet first, with the names that a page says."""
        newest = self.filter(period__gte=since).order_by("frequency", "period", "-at", "-id")
        ordered = self.filter(pk__in=newest.distinct("frequency", "period").values("pk"))
        return ordered.order_by("-period", "frequency").select_related("by", "lifted_by")

    def standing(self) -> SignOffQuerySet:
        """Those that nobody took back and no change has lifted."""
        return self.filter(withdrawn_at__isnull=True, lifted_at__isnull=True)


class SignOff(models.Model):
    """One sheet, of an organization, a period and a frequency, said to be complete. Never edited, never deleted:
    taken back by a person, or lifted by the next change of any of its numbers.
    """

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        models.CASCADE,
        verbose_name=_("organization"),
        related_name="sign_offs",
        db_index=False,
    )
    period = models.DateField(_("period"))
    frequency = KeyField(_("frequency"), max_length=8, choices=Frequency.choices)
    missing = models.PositiveSmallIntegerField(
        _("missing"), default=0, help_text=_("Numbers that were not there when it was signed off.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    at = models.DateTimeField(_("at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("withdrawn by"), null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("lifted by"),
        null=True,
        related_name="+",
        help_text=_("Who changed a number of the sheet; nobody where P2 itself did."),
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["organization", "frequency", "period", "-at"], name="sign_off_of_sheet")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "frequency", "period"],
                condition=Q(withdrawn_at__isnull=True, lifted_at__isnull=True),
                name="sign_off_one_open_a_sheet",
            ),
            models.CheckConstraint(
                name="sign_off_withdrawn_by_and_at_together",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sign_off_lifted_by_has_its_moment",
                condition=Q(lifted_by__isnull=True) | Q(lifted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sign_off_ends_once",
                condition=Q(withdrawn_at__isnull=True) | Q(lifted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return listed((self.organization, label(self.period, self.frequency, long=True)))

    @property
    def home(self) -> Collaborative:
        return self.organization.collaborative
