"""A chart as the worker computed it: packed arrays, and what lists ask of it as columns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.sentences.lists import STATES
from organizations.models import Collaborative
from p2.columns.keys import KeyField


class ChartSnapshot(models.Model):
    """The newest computed chart of a measure. Stale when `version` is below the measure's `series_version`,
    or when other rules or another method hold than `rules` and `method`.

    The arrays hold one item per plotted period, oldest first: `periods` as days since 1970-01-01 (int32),
    `numbers` as shown and `centre` as float64 (NaN is missing), `part` as uint8 from 0, `flags` as uint8 bits
    (see `Flag`). All little-endian, see `measures.models.packing`. They are what a page needs to draw the chart
    and to ask the engine for its sentences again; the columns are what lists ask.
    """

    class State(models.TextChoices):
        IMPROVEMENT = "improvement", STATES["improvement"]
        CONCERN = "concern", STATES["concern"]
        UNUSUAL = "unusual", STATES["unusual"]
        COMMON = "common", STATES["common"]
        NO_RULES = "no_rules", STATES["no_rules"]
        TOO_FEW = "too_few", STATES["too_few"]
        NONE = "none", STATES["none"]

    measure = models.OneToOneField(
        "measures.Measure", models.CASCADE, verbose_name=_("measure"), related_name="snapshot"
    )
    version = models.PositiveBigIntegerField(_("version"))
    computed_at = models.DateTimeField(_("computed at"))
    rules = KeyField(_("rules"), max_length=10, keys=Collaborative.Rules.values)
    method = models.PositiveSmallIntegerField(
        _("method"), default=0, help_text=_("The number of the way in which it was judged, see measures.spc.")
    )

    periods = models.BinaryField(default=b"")
    numbers = models.BinaryField(default=b"")
    centre = models.BinaryField(default=b"")
    part = models.BinaryField(default=b"")
    flags = models.BinaryField(default=b"")

    state = KeyField(_("state"), max_length=12, choices=State.choices, default=State.NONE)
    state_since = models.DateTimeField(
        _("state since"),
        help_text=_("When numbers, mark-ups or a definition brought this state: a change of rules does not."),
    )
    rejudged_at = models.DateTimeField(
        _("judged otherwise at"), null=True, help_text=_("When other rules alone last changed the state.")
    )
    signal_completed = models.DateField(
        _("signal completed"),
        null=True,
        help_text=_(
            "The period from which on the chart said so without a break; empty where no signal stands."
        ),
    )
    evidence = models.PositiveSmallIntegerField(
        _("evidence"), default=0, help_text=_("The rule that decided it, see measures.spc.")
    )
    lean = models.SmallIntegerField(
        _("lean"), default=0, help_text=_("1: the latest half lies above the median; -1: below.")
    )
    signal_from = models.DateField(
        _("signal from"), null=True, help_text=_("First period of the shift in force.")
    )
    run_length = models.PositiveIntegerField(
        _("run length"), default=0, help_text=_("Useful points of that shift.")
    )
    run_side = models.SmallIntegerField(
        _("run side"), default=0, help_text=_("1 above the median, -1 below.")
    )
    useful = models.PositiveIntegerField(
        _("useful"), default=0, help_text=_("Useful points of the last part.")
    )
    median = models.FloatField(
        _("median"),
        null=True,
        help_text=_("Of all points of the last part that are not left out, whatever of it is frozen."),
    )
    newest = models.FloatField(_("newest"), null=True)
    newest_period = models.DateField(_("newest period"), null=True)

    class Meta:
        verbose_name = _("chart snapshot")
        verbose_name_plural = _("chart snapshots")
        indexes: ClassVar = [
            models.Index(fields=["state", "state_since"], include=["measure"], name="snapshot_by_state"),
            models.Index(
                fields=["rejudged_at"],
                include=["measure"],
                condition=models.Q(rejudged_at__isnull=False),
                name="snapshot_judged_otherwise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} at version {self.version}: {self.state}"


class StaleChart(models.Model):
    """A measure whose chart became stale since it was computed, listed by the database itself (migrations
    0006 and 0008).

    The sweep looks in this list, so that it reads nothing else where nothing changed. Whether a chart is stale is told
    by the measure and its snapshot alone; the list may name a measure twice, or one that is gone (docs/why/003).
    """

    id = models.BigAutoField(primary_key=True)
    measure = models.ForeignKey(
        "measures.Measure", models.DO_NOTHING, related_name="+", db_constraint=False, editable=False
    )

    def __str__(self) -> str:
        return f"{self.measure_id}"


class Flag:
    """The bits of `ChartSnapshot.flags`."""

    INCLUDED = 1
    BASELINE = 2
    IN_BAND = 4
    IN_RUN = 8
    IN_TREND = 16
    ABOVE = 32
    BELOW = 64
