"""The numbers: one row a period, one Correction a change, one Month that says when they are due."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models.reasons import EVENT_KEYS, NoData
from p2.columns.refs import new_ref
from p2.words import wording
from p2.words.days import Pattern, written
from p2.words.zones import zone_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from measures.models.definition import DefinitionWords
    from organizations.models import Collaborative


def number_field(words: _StrOrPromise) -> models.DecimalField[Decimal | None, Decimal | None]:
    """A number as logged: up to a million million, six decimals, or none."""
    return models.DecimalField(words, max_digits=18, decimal_places=6, null=True, blank=True)


class Observation(models.Model):
    """What was observed in one period. `version` grows by one with each change: two editors see each other by it."""

    measure = models.ForeignKey(
        "measures.Measure",
        models.CASCADE,
        verbose_name=_("measure"),
        related_name="observations",
        db_index=False,
    )
    period = models.DateField(
        _("period"), help_text=_("First day of the period, weeks are ISO weeks; of an event its day.")
    )
    ordinal = models.PositiveSmallIntegerField(
        _("ordinal"),
        default=0,
        help_text=_("Several values of one period, in order; events of a day from 1."),
    )
    numerator = number_field(_("numerator"))
    denominator = number_field(_("denominator"))
    value = number_field(_("value"))
    sd = number_field(_("standard deviation"))
    size = models.PositiveIntegerField(_("subgroup size"), null=True, blank=True)
    no_data = models.CharField(
        _("no data"), max_length=16, choices=NoData.choices, blank=True, default=NoData.NONE
    )
    note = models.CharField(_("note"), max_length=1000, blank=True)
    is_late = models.BooleanField(
        _("is late"), default=False, help_text=_("First logged after its month closed.")
    )
    is_confirmed = models.BooleanField(
        _("is confirmed"), default=False, help_text=_("Outside its limits, and a person said it is right.")
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering: ClassVar = ["period", "ordinal"]
        indexes: ClassVar = [
            models.Index(
                fields=["period"],
                include=["measure"],
                condition=Q(ordinal=0),
                name="observation_by_period",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "period", "ordinal"], name="observation_once_a_period"
            ),
            models.CheckConstraint(
                name="observation_is_number_or_no_data",
                condition=Q(
                    no_data="", numerator__isnull=False, denominator__isnull=False, value__isnull=True
                )
                | Q(no_data="", numerator__isnull=True, denominator__isnull=True, value__isnull=False)
                | Q(~Q(no_data=""), numerator__isnull=True, denominator__isnull=True, value__isnull=True),
            ),
            models.CheckConstraint(
                name="observation_denominator_positive",
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
            ),
            models.CheckConstraint(
                name="observation_numerator_not_negative",
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period:%Y-%m-%d}: {self.words}"

    @property
    def words(self) -> str:
        """As a person says it: 14 of 9310, 8, no data (vendor late)."""
        return number_words(self.numerator, self.denominator, self.value, self.no_data)

    @property
    def is_point(self) -> bool:
        """Whether a chart has a point of it: not of a month's own row beside its events."""
        return self.no_data not in {NoData.EVENTS, NoData.NO_EVENTS}

    def shown(self, definition: DefinitionWords) -> Decimal | None:
        """The number that the chart shows: after division and multiplier; None without data."""
        if self.no_data:
            return None
        if self.numerator is not None and self.denominator:
            return self.numerator / self.denominator * definition.multiplier
        return None if self.value is None else self.value * definition.multiplier


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def of_numbers(self) -> CorrectionQuerySet:
        """Without those of a note alone."""
        old = Q(old_numerator=None, old_value=None, old_no_data="")
        return self.exclude(old, new_numerator=None, new_value=None, new_no_data="")


class Correction(models.Model):
    """One change of a number (first entry, correction, clearing) or, with empty numbers, of the note beside it.
    Append-only, by a database trigger."""

    measure = models.ForeignKey(
        "measures.Measure",
        models.CASCADE,
        verbose_name=_("measure"),
        related_name="corrections",
        db_index=False,
    )
    period = models.DateField(_("period"))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), default=0)
    old_numerator = number_field(_("old numerator"))
    old_denominator = number_field(_("old denominator"))
    old_value = number_field(_("old value"))
    old_sd = number_field(_("old standard deviation"))
    old_size = models.PositiveIntegerField(_("old size"), null=True)
    old_no_data = models.CharField(_("old no data"), max_length=16, choices=NoData.choices, blank=True)
    new_numerator = number_field(_("new numerator"))
    new_denominator = number_field(_("new denominator"))
    new_value = number_field(_("new value"))
    new_sd = number_field(_("new standard deviation"))
    new_size = models.PositiveIntegerField(_("new size"), null=True)
    new_no_data = models.CharField(_("new no data"), max_length=16, choices=NoData.choices, blank=True)
    old_note = models.CharField(_("old note"), max_length=1000, blank=True, default="", db_default="")
    new_note = models.CharField(_("new note"), max_length=1000, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(
        _("version"), help_text=_("Of the observation after this change; 0 when it was cleared.")
    )
    why = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["measure", "period", "ordinal"], name="correction_by_period"),
            models.Index(fields=["measure", "-at"], name="correction_newest_first"),
        ]

    def __str__(self) -> str:
        nothing = gettext("nothing")
        said = {"old": self.old_words or nothing, "new": self.new_words or nothing}
        return gettext("%(day)s: %(old)s to %(new)s") % {"day": f"{self.period:%Y-%m-%d}", **said}

    @property
    def old_words(self) -> str:
        return number_words(self.old_numerator, self.old_denominator, self.old_value, self.old_no_data)

    @property
    def new_words(self) -> str:
        return number_words(self.new_numerator, self.new_denominator, self.new_value, self.new_no_data)

    @property
    def is_first_entry(self) -> bool:
        return not self.old_words and bool(self.new_words)

    @property
    def is_of_note(self) -> bool:
        """Whether the note alone changed."""
        return not (self.old_words or self.new_words)


class Month(models.Model):
    """A month of a collaborative: when its numbers are due and when it closes."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    collaborative = models.ForeignKey(
        "organizations.Collaborative", models.CASCADE, verbose_name=_("collaborative"), related_name="months"
    )
    period = models.DateField(_("period"))
    due_on = models.DateField(_("due on"))
    closes_on = models.DateField(
        _("closes on"),
        help_text=_("Closed from the midnight that ends this day, in each organization's zone."),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("closed by"), null=True, related_name="+"
    )
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("reopened by"), null=True, related_name="+"
    )

    organization: int  # that it binds: only on months that `selectors.months.binding` found

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")
        ordering: ClassVar = ["period"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collaborative", "period"], name="month_once"),
            models.CheckConstraint(name="month_begins_on_its_first_day", condition=Q(period__day=1)),
            models.CheckConstraint(
                name="month_closed_by_and_at_together",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="month_reopened_by_and_at_together",
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return written(self.period, Pattern.MONTH)

    @property
    def home(self) -> Collaborative:
        return self.collaborative

    def is_closed(self, at: datetime, zone: str) -> bool:
        """Whether it is closed at this instant for an organization in this time zone."""
        if self.reopened_at:
            return False
        return bool(self.closed_at and self.closed_at <= at) or self.days_left(at, zone) < 0

    def days_left(self, at: datetime, zone: str) -> int:
        """Whole days until its closing day there; 0 on that day, negative afterwards."""
        return (self.closes_on - today_in(zone, at)).days


def today_in(zone: str, at: datetime) -> date:
    """The calendar day at an instant in a time zone."""
    return at.astimezone(zone_of(zone)).date()


def number_words(
    numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None, no_data: str
) -> str:
    """One entry as a person says it; empty when there is none."""
    if no_data in EVENT_KEYS:
        return str(NoData(no_data).label)
    if no_data:
        return gettext("no data (%(reason)s)") % {"reason": NoData(no_data).label}
    if numerator is not None and denominator is not None:
        said = {"numerator": plain(numerator), "denominator": plain(denominator)}
        return gettext("%(numerator)s of %(denominator)s") % said
    return "" if value is None else plain(value)


def plain(number: Decimal) -> str:
    """A decimal with the language's separators and without trailing zeros: 9,310, 0.25."""
    return wording.in_language(plain_digits(number))


def plain_digits(number: Decimal) -> str:
    """A decimal with commas and a point, whatever the language, and without trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
