"""What a measure is: its words and numbers, and the versions of them that an organization keeps."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures import periods
from p2.columns.keys import KeyField


class Area(models.TextChoices):
    CLINICAL_OUTCOME = "clinical_outcome", _("Clinical outcome")
    PROCESS = "process", _("Clinical process")
    PATIENT_SAFETY = "patient_safety", _("Patient safety")
    STAFF_SAFETY = "staff_safety", _("Staff safety")
    EXPERIENCE = "experience", _("Experience")
    COST = "cost", _("Cost")
    POPULATION_HEALTH = "population_health", _("Population health")
    ACCESS = "access", _("Access")
    EQUITY = "equity", _("Equity")


class Aim(models.TextChoices):
    """The six aims of Crossing the Quality Chasm (Institute of Medicine, 2001)."""

    SAFE = "safe", _("Safe")
    EFFECTIVE = "effective", _("Effective")
    PATIENT_CENTERED = "patient_centered", _("Patient-centered")
    TIMELY = "timely", _("Timely")
    EFFICIENT = "efficient", _("Efficient")
    EQUITABLE = "equitable", _("Equitable")


class Shape(models.TextChoices):
    """What one number of a series is made of."""

    PROPORTION = "proportion", _("Proportion: so many of so many")
    RATE = "rate", _("Rate: events per volume")
    COUNT = "count", _("Count")
    MEAN = "mean", _("Mean or other measured value")
    TIME_BETWEEN = "time_between", _("Time between events")
    COUNT_BETWEEN = "count_between", _("Cases between events")


RATIOS = frozenset({Shape.PROPORTION, Shape.RATE})
"""Shapes that are a numerator over a denominator."""

EVENT_SHAPES = frozenset({Shape.TIME_BETWEEN, Shape.COUNT_BETWEEN})
"""Shapes with a point for every event, not for every period."""


class Frequency(models.TextChoices):
    DAY = "day", _("Daily")
    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")


def has_gaps(shape: str, frequency: str) -> bool:
    """Whether a chart has a point for each number alone: of events, and of days, of which many may be without one.

    Elsewhere a period without a number is a gap that the chart shows.
    """
    return shape in EVENT_SHAPES or frequency == Frequency.DAY


class Direction(models.TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    NONE = "", _("Neither is better")


class DefinitionWords(models.Model):
    """The words and numbers that say what a measure is; a core measure and a definition share them."""

    numerator_words = models.CharField(
        _("numerator"), max_length=300, help_text=_("What is counted or measured.")
    )
    denominator_words = models.CharField(
        _("denominator"),
        max_length=300,
        blank=True,
        help_text=_("Out of what; empty where nothing is divided."),
    )
    inclusions = models.CharField(
        _("inclusions"),
        max_length=300,
        blank=True,
        help_text=_("Who or what is counted, and who is left out."),
    )
    data_source = models.CharField(
        _("data source"),
        max_length=300,
        blank=True,
        help_text=_("Where the numbers are read: incident reports, pharmacy system."),
    )
    sampling = models.CharField(
        _("sampling"),
        max_length=300,
        blank=True,
        help_text=_("Everybody, or how they are chosen: the first 20 charts of a month."),
    )
    shape = KeyField(_("shape"), max_length=16, choices=Shape.choices, default=Shape.PROPORTION)
    unit = models.CharField(
        _("unit"), max_length=60, help_text=_("As it is read: % of admissions, per 1,000 doses, days")
    )
    multiplier = models.DecimalField(
        _("multiplier"),
        max_digits=12,
        decimal_places=3,
        default=1,
        help_text=_("100 for percent, 1000 for a rate per 1,000"),
    )
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), default=1, help_text=_("Decimals shown, the same in every table.")
    )
    direction = KeyField(
        _("direction"), max_length=4, choices=Direction.choices, blank=True, default=Direction.NONE
    )
    goal = models.DecimalField(_("goal"), max_digits=18, decimal_places=6, null=True, blank=True)
    goal_on = models.DateField(_("goal date"), null=True, blank=True)
    frequency = KeyField(_("frequency"), max_length=8, choices=Frequency.choices, default=Frequency.MONTH)

    class Meta:
        abstract = True

    @property
    def is_ratio(self) -> bool:
        return self.shape in RATIOS

    @property
    def is_dated(self) -> bool:
        """Whether it is logged by the dates of its events."""
        return self.shape == Shape.TIME_BETWEEN

    @property
    def named_by(self) -> str:
        """What its points are named by: their period, or the day of an event."""
        return periods.EVENT if self.is_dated else self.frequency

    @property
    def has_gaps(self) -> bool:
        """Whether its chart leaves out what has no number."""
        return has_gaps(self.shape, self.frequency)


class Definition(DefinitionWords):
    """One version of what a measure is. Never changed: a new version follows it."""

    measure = models.ForeignKey(
        "measures.Measure", models.CASCADE, verbose_name=_("measure"), related_name="definitions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    effective_from = models.DateField(
        _("effective from"), help_text=_("The first period that is counted this way.")
    )
    why = models.CharField(_("why it changed"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["recorded_at"], condition=Q(number__gt=1), name="definition_by_change")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "number"], name="definition_number_once"),
            models.CheckConstraint(name="definition_multiplier_positive", condition=Q(multiplier__gt=0)),
            models.CheckConstraint(name="definition_decimals_kept", condition=Q(decimals__lte=6)),
            models.CheckConstraint(
                name="definition_goal_date_has_goal",
                condition=Q(goal_on__isnull=True) | Q(goal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(measure)s, version %(number)s") % {"measure": self.measure, "number": self.number}
