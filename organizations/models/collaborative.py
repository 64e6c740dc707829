"""A Collaborative is one programme; a site can run several. Everything belongs to one.

See docs/why/001-tenancy-and-refs.md.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models.standing import Person, Standing, standing_of
from p2.columns.folding import FoldedField
from p2.columns.keys import KeyField
from p2.columns.refs import new_ref


class CollaborativeQuerySet(models.QuerySet["Collaborative"]):
    def visible_to(self, user: Person) -> CollaborativeQuerySet:
        """Those in which the person has a role of any kind; a site admin sees all."""
        standing = standing_of(user)
        if standing.is_site_admin:
            return self
        return self.filter(pk__in=standing.collaboratives)


class Collaborative(models.Model):
    """One improvement programme with its phases, organizations, measures and meetings."""

    class Rules(models.TextChoices):
        ANHOEJ = "anhoej", _("Anhøj")
        BEST_BOX = "best_box", _("Best box")
        CUT_BOX = "cut_box", _("Cut box")
        PERLA = "perla", _("Perla, Provost and Murray")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    slug = models.SlugField(
        _("slug"),
        max_length=40,
        unique=True,
        help_text=_("Its place in addresses: /c/…/"),
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens."))],
    )
    name = models.CharField(_("name"), max_length=120)
    folded = FoldedField(of=("name",))
    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("What the programme sets out to do, in a few sentences.")
    )
    banner_title = models.CharField(
        _("banner title"), max_length=60, blank=True, help_text=_("Shown on every page: Simulated data")
    )
    banner_text = models.CharField(
        _("banner text"), max_length=200, blank=True, help_text=_("The sentence after it.")
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    language = models.CharField(
        _("language"),
        max_length=10,
        default="en",
        help_text=_("For letters to people who chose none, and for browsers that ask for none known here."),
    )
    run_rules = KeyField(
        max_length=10,
        choices=Rules.choices,
        default=Rules.ANHOEJ,
        verbose_name=_("rules for run charts"),
        help_text=_("Which rules call a run unusual, for every run chart of the programme."),
    )
    closing_day = models.PositiveSmallIntegerField(
        _("closing day"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("A month closes on this day of the month after it, 1 to 28."),
    )
    keeps_months = models.BooleanField(
        _("months come due"),
        default=True,
        help_text=_("Numbers are due every month and months close. Off for an archive of published data."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = CollaborativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("collaborative")
        verbose_name_plural = _("collaboratives")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="collaborative_closing_day_in_every_month", condition=Q(closing_day__range=(1, 28))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:collaborative", args=[self.slug])

    @property
    def home(self) -> Collaborative:
        """The collaborative that it belongs to, as every row answers: itself."""
        return self

    def closes_on(self, month: date) -> date:
        """The day after which a month's numbers are late: the closing day of the month that follows it."""
        return (month.replace(day=1) + timedelta(days=31)).replace(day=self.closing_day)

    def last_day(self) -> date | None:
        """None: it is organizations whose part comes to an end."""
        return None

    def is_led_by(self, standing: Standing) -> bool:
        """Whether such a person runs it: its office."""
        return standing.is_appointed(self.pk, "office")

    @property
    def banner(self) -> str:
        """The line on every page that shows its numbers: its title, then a sentence; empty for none."""
        return f"{self.banner_title}. {self.banner_text}".strip() if self.banner_title else ""
