"""The rows that several pages of this app show."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.gains import Gain, gain_of
from measures.selectors.readings import Spark
from p2.words.days import Pattern, written


@dataclass(frozen=True, slots=True)
class MeasureRow:
    name: str
    url: str
    role: str  # "Outcome", or the area of care on an organization's page
    unit: str
    goal: str  # "1.30 by 31 Dec 2004", empty without one
    spark: Spark
    says: str  # "11 points below the median"
    gain: Gain | None  # of the last part over the part before
    ref: str  # of the link to a project, empty on an organization's page


def measure_row(measure: Measure, *, role: str, slug: str, ref: str = "") -> MeasureRow:
    """One measure of a list; it comes `with_charts`, so that nothing is asked here."""
    return MeasureRow(
        name=str(measure),
        url=reverse("measures:measure", args=[slug, measure.ref]),
        role=role,
        unit=measure.words.unit,
        goal=_goal(measure),
        spark=charts.spark(measure),
        says=charts.short_words(measure),
        gain=gain_of(measure),
        ref=ref,
    )


def _goal(measure: Measure) -> str:
    words = measure.words
    if words.goal is None:
        return ""
    goal = charts.figure(measure, words.goal)
    return (
        goal
        if words.goal_on is None
        else _("%(goal)s by %(day)s") % {"goal": goal, "day": written(words.goal_on, Pattern.SHORT)}
    )
