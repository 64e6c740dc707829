"""Measures: the organization's own and the collaborative's core measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from measures.models.definition import Aim, Area, Definition, DefinitionWords
from organizations.models import OVERSEERS, Participation, Person, standing_of
from p2.columns.folding import FoldedField
from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from datetime import date

    from organizations.models import Collaborative

AREAS = dict(Area.choices)


class CoreMeasure(DefinitionWords):
    """The office's shared definition. A mandatory one is adopted by every participant."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative",
        models.CASCADE,
        verbose_name=_("collaborative"),
        related_name="core_measures",
    )
    name = models.CharField(_("name"), max_length=120)
    folded = FoldedField(of=("name",))
    area = models.CharField(_("area"), max_length=20, choices=Area.choices)
    aim = models.CharField(_("IOM aim"), max_length=20, choices=Aim.choices)
    care_process = models.CharField(_("care process"), max_length=80, blank=True)
    is_mandatory = models.BooleanField(_("mandatory"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("core measure")
        verbose_name_plural = _("core measures")
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

    core_measure = models.ForeignKey(
        CoreMeasure, models.CASCADE, verbose_name=_("core measure"), related_name="benchmarks"
    )
    label = models.CharField(_("label"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("benchmark")
        verbose_name_plural = _("benchmarks")
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

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, verbose_name=_("organization"), related_name="measures"
    )
    core_measure = models.ForeignKey(
        CoreMeasure,
        models.PROTECT,
        verbose_name=_("core measure"),
        null=True,
        blank=True,
        related_name="measures",
    )
    name = models.CharField(_("name"), max_length=120)
    folded = FoldedField(of=("name",))
    area = models.CharField(_("area"), max_length=20, choices=Area.choices)
    aim = models.CharField(_("IOM aim"), max_length=20, choices=Aim.choices)
    care_process = models.CharField(_("care process"), max_length=80, blank=True)
    stratum_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("stratum of"), null=True, blank=True, related_name="strata"
    )
    stratum_label = models.CharField(
        _("stratum label"),
        max_length=80,
        blank=True,
        help_text=_("Which part of them it counts: Medicaid families"),
    )
    definition = models.OneToOneField(
        "measures.Definition",
        models.PROTECT,
        verbose_name=_("definition"),
        null=True,
        related_name="current_for",
        editable=False,
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Its place on the sheet.")
    )
    is_shared = models.BooleanField(
        _("shared"),
        default=True,
        help_text=_("The other participants of the collaborative may see the chart."),
    )
    series_version = models.PositiveBigIntegerField(_("series version"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    # only on measures of a query that says so: `selectors.sheet_place.loggable`, `services.recorder`, the portfolio
    due_from: date | None  # the first period that is asked for
    last_day: date | None  # of the last phase that its organization takes part in

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
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
    def area_words(self) -> str:
        """The area of care in the reader's language; Django's own `get_area_display` says all of them each time."""
        return str(AREAS.get(self.area, self.area))

    @property
    def home(self) -> Collaborative:
        return self.organization.collaborative

    @property
    def is_mandatory(self) -> bool:
        """Whether every participant logs it. A query where its core measure is not at hand."""
        return bool(self.core_measure and self.core_measure.is_mandatory)

    @property
    def words(self) -> Definition:
        """The definition in force; every measure has one from its first moment."""
        definition = self.definition
        if definition is None:
            raise ValueError(f"{self} has no definition: make measures through measures.services.measures.")
        return definition
