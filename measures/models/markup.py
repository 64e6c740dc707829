"""Mark-ups of a chart: never edited, never deleted, but withdrawn, so that it can be drawn as known on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from p2.columns.keys import KeyField
from p2.columns.refs import new_ref
from p2.words.days import Pattern, written
from p2.words.listing import told

if TYPE_CHECKING:
    from datetime import date, datetime

    from measures.models.measure import Measure
    from organizations.models import Collaborative


class Made(Protocol):
    """A mark-up, or a row of one: when it was made, of which period."""

    @property
    def period(self) -> date: ...

    @property
    def at(self) -> datetime: ...


class MarkUp(models.Model):
    """What every mark-up has: its period, its words, who and when, and who withdrew it."""

    measure: models.ForeignKey[Measure, Measure]
    measure_id: int

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    period = models.DateField(_("period"))
    text = models.CharField(_("text"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("withdrawn by"), null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["period", "at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_withdrawn_by_and_at_together",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return told(written(self.period, Pattern.SHORT_MONTH), self.text)

    @property
    def home(self) -> Collaborative:
        return self.measure.organization.collaborative


class Annotation(MarkUp):
    """Words on the chart at a period: a note, a change to the process, an event from outside."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        CHANGE = "change", _("Change")
        EVENT = "event", _("Event")

    measure = models.ForeignKey(
        "measures.Measure", models.CASCADE, verbose_name=_("measure"), related_name="annotations"
    )
    kind = KeyField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.CHANGE)

    class Meta(MarkUp.Meta):
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")


class Rebase(MarkUp):
    """A new median from this period on; the text says why the process changed."""

    measure = models.ForeignKey(
        "measures.Measure", models.CASCADE, verbose_name=_("measure"), related_name="rebases"
    )

    class Meta(MarkUp.Meta):
        verbose_name = _("rebase")
        verbose_name_plural = _("rebases")
        constraints: ClassVar = [
            *MarkUp.Meta.constraints,
            models.UniqueConstraint(
                fields=["measure", "period"],
                condition=Q(withdrawn_at__isnull=True),
                name="rebase_once_a_period",
            ),
        ]


class Freeze(MarkUp):
    """The median is taken from the points up to this period and extended over the rest of its part.

    It ends with its part: a rebase made after it, at this period or before, leaves nothing to extend.
    """

    measure = models.ForeignKey(
        "measures.Measure", models.CASCADE, verbose_name=_("measure"), related_name="freezes"
    )

    class Meta(MarkUp.Meta):
        verbose_name = _("freeze")
        verbose_name_plural = _("freezes")
        constraints: ClassVar = [
            *MarkUp.Meta.constraints,
            models.UniqueConstraint(
                fields=["measure"], condition=Q(withdrawn_at__isnull=True), name="freeze_one_at_a_time"
            ),
        ]

    @staticmethod
    def is_ended(freeze: Made, rebase: Made) -> bool:
        """Whether this new median, where it stands, ended the part that was frozen."""
        return rebase.period <= freeze.period and rebase.at >= freeze.at


class Exclusion(MarkUp):
    """A point that stays on the chart and leaves its median; the text says why."""

    measure = models.ForeignKey(
        "measures.Measure", models.CASCADE, verbose_name=_("measure"), related_name="exclusions"
    )

    class Meta(MarkUp.Meta):
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints: ClassVar = [
            *MarkUp.Meta.constraints,
            models.UniqueConstraint(
                fields=["measure", "period"],
                condition=Q(withdrawn_at__isnull=True),
                name="exclusion_once_a_period",
            ),
        ]
