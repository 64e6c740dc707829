"""Measures and their definitions: the organization's own and the collaborative's core measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.models import OVERSEERS, Participation, Person, standing_of
from p2.columns.folding import FoldedField
from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from datetime import date

    from organizations.models import Collaborative


class Area(models.TextChoices):
    CLINICAL_OUTCOME = "clinical_outcome", gettext_lazy("Clinical outcome")
    PROCESS = "process", gettext_lazy("Clinical process")
    PATIENT_SAFETY = "patient_safety", gettext_lazy("Patient safety")
    STAFF_SAFETY = "staff_safety", gettext_lazy("Staff safety")
    EXPERIENCE = "experience", gettext_lazy("Experience")
    COST = "cost", gettext_lazy("Cost")
    POPULATION_HEALTH = "population_health", gettext_lazy("Population health")
    ACCESS = "access", gettext_lazy("Access")
    EQUITY = "equity", gettext_lazy("Equity")


class Aim(models.TextChoices):
    """The six aims of Crossing the Quality Chasm (Institute of Medicine, 2001)."""

    SAFE = "safe", gettext_lazy("Safe")
    EFFECTIVE = "effective", gettext_lazy("Effective")
    PATIENT_CENTERED = "patient_centered", gettext_lazy("Patient-centered")
    TIMELY = "timely", gettext_lazy("Timely")
    EFFICIENT = "efficient", gettext_lazy("Efficient")
    EQUITABLE = "equitable", gettext_lazy("Equitable")


class Shape(models.TextChoices):
    """What one number of a series is made of."""

    PROPORTION = "proportion", gettext_lazy("Proportion: so many of so many")
    RATE = "rate", gettext_lazy("Rate: events per volume")
    COUNT = "count", gettext_lazy("Count")
    MEAN = "mean", gettext_lazy("Mean or other measured value")
    TIME_BETWEEN = "time_between", gettext_lazy("Time between events")
    COUNT_BETWEEN = "count_between", gettext_lazy("Cases between events")


RATIOS = frozenset({Shape.PROPORTION, Shape.RATE})
"""Shapes that are a numerator over a denominator."""

EVENT_SHAPES = frozenset({Shape.TIME_BETWEEN, Shape.COUNT_BETWEEN})
"""Shapes with a point for every event, not for every period."""


class Frequency(models.TextChoices):
    WEEK = "week", gettext_lazy("Weekly")
    MONTH = "month", gettext_lazy("Monthly")
    QUARTER = "quarter", gettext_lazy("Quarterly")


class Direction(models.TextChoices):
    UP = "up", gettext_lazy("Higher is better")
    DOWN = "down", gettext_lazy("Lower is better")
    NONE = "", gettext_lazy("Neither is better")


class DefinitionWords(models.Model):
    """The words and numbers that say what a measure is; a core measure and a definition share them."""

    numerator_words = models.CharField(
        "numerator", max_length=300, help_text=gettext_lazy("What is counted or measured.")
    )
    denominator_words = models.CharField(
        "denominator",
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Out of what; empty where nothing is divided."),
    )
    shape = models.CharField(max_length=16, choices=Shape.choices, default=Shape.PROPORTION)
    unit = models.CharField(
        max_length=60, help_text=gettext_lazy("As it is read: % of admissions, per 1,000 doses, days")
    )
    multiplier = models.DecimalField(
        max_digits=12, decimal_places=3, default=1, help_text="100 for percent, 1000 for a rate per 1,000"
    )
    decimals = models.PositiveSmallIntegerField(
        default=1, help_text=gettext_lazy("Decimals shown, the same in every table.")
    )
    direction = models.CharField(max_length=4, choices=Direction.choices, blank=True, default=Direction.NONE)
    goal = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    goal_on = models.DateField("goal date", null=True, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency.choices, default=Frequency.MONTH)

    class Meta:
        abstract = True

    @property
    def is_ratio(self) -> bool:
        return self.shape in RATIOS


class CoreMeasure(DefinitionWords):
    """The office's shared definition. A mandatory one is adopted by every participant."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative", models.CASCADE, related_name="core_measures"
    )
    name = models.CharField(max_length=120)
    folded = FoldedField(of=("name",))
    area = models.CharField(max_length=20, choices=Area.choices)
    aim = models.CharField(gettext_lazy("IOM aim"), max_length=20, choices=Aim.choices)
    care_process = models.CharField(max_length=80, blank=True)
    is_mandatory = models.BooleanField("mandatory", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collaborative", "name"], name="core_measure_name_once"),
            models.CheckConstraint(name="core_measure_multiplier_positive", condition=Q(multiplier__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> Collaborative:
        return self.collaborative


class Benchmark(models.Model):
    """What others reach on a core measure, with its source."""

    core_measure = models.ForeignKey(CoreMeasure, models.CASCADE, related_name="benchmarks")
    label = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["core_measure", "label"], name="benchmark_label_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"

    @property
    def home(self) -> Collaborative:
        return self.core_measure.collaborative


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Person) -> MeasureQuerySet:
        """One's own; a participant's, to office, faculty and funder; the shared ones, to the participants."""
        standing = standing_of(user)
        if standing.is_site_admin:
            return self
        in_phase = Q(organization__in=Participation.objects.values("organization"))
        return self.filter(
            Q(organization__in=standing.organizations)
            | in_phase
            & (
                Q(organization__collaborative__in=standing.appointed_as(*OVERSEERS))
                | Q(organization__collaborative__in=standing.sharing, is_shared=True)
            )
        )

    def kept(self) -> MeasureQuerySet:
        """Those that are still logged."""
        return self.filter(retired_at__isnull=True)


class Measure(models.Model):
    """A series of an organization: the same thing measured again and again."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="measures")
    core_measure = models.ForeignKey(
        CoreMeasure, models.PROTECT, null=True, blank=True, related_name="measures"
    )
    name = models.CharField(max_length=120)
    folded = FoldedField(of=("name",))
    area = models.CharField(max_length=20, choices=Area.choices)
    aim = models.CharField(gettext_lazy("IOM aim"), max_length=20, choices=Aim.choices)
    care_process = models.CharField(max_length=80, blank=True)
    stratum_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="strata")
    stratum_label = models.CharField(
        max_length=80, blank=True, help_text=gettext_lazy("Which part of them it counts: Medicaid families")
    )
    definition = models.OneToOneField(
        "measures.Definition", models.PROTECT, null=True, related_name="current_for", editable=False
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=gettext_lazy("Its place on the sheet."))
    is_shared = models.BooleanField(
        "shared",
        default=True,
        help_text=gettext_lazy("The other participants of the collaborative may see the chart."),
    )
    series_version = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    # only on measures of a query that says so: `selectors.sheet_place.loggable`, `services.recorder`, the portfolio
    due_from: date | None  # the first period that is asked for
    last_day: date | None  # of the last phase that its organization takes part in
    signals: int  # that are new to the reader of the portfolio, of all its measures
    adopters: int  # organizations that the portfolio's core measure could be drawn of

    class Meta:
        ordering: ClassVar = ["position", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "name", "stratum_label"],
                condition=Q(retired_at__isnull=True),
                name="measure_name_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "core_measure", "stratum_label"],
                condition=Q(retired_at__isnull=True, core_measure__isnull=False),
                name="measure_adopts_core_once",
            ),
            models.CheckConstraint(
                name="measure_stratum_has_label",
                condition=Q(stratum_of__isnull=True, stratum_label="")
                | Q(~Q(stratum_label=""), stratum_of__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.stratum_label}" if self.stratum_label else self.name

    def get_absolute_url(self) -> str:
        return reverse("measures:measure", args=[self.organization.collaborative.slug, self.ref])

    @property
    def home(self) -> Collaborative:
        return self.organization.collaborative

    @property
    def words(self) -> Definition:
        """The definition in force; every measure has one from its first moment."""
        definition = self.definition
        if definition is None:
            raise ValueError(f"{self} has no definition: make measures through measures.services.measures.")
        return definition


class Definition(DefinitionWords):
    """One version of what a measure is. Never changed: a new version follows it."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="definitions")
    number = models.PositiveSmallIntegerField("version")
    effective_from = models.DateField(help_text=gettext_lazy("The first period that is counted this way."))
    why = models.CharField("why it changed", max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
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
        return _("%(measure)s, version %(number)s") % {"measure": self.measure, "number": self.number}
