"""What a measure is, as a form."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from measures import periods
from measures.forms.markups import PeriodField
from measures.forms.measures import check_denominator, check_goal, kept_decimals
from measures.forms.numbers import NumberField, NumberInput
from measures.models import Definition, Frequency, Measure, today_in
from measures.selectors.months import first_counted
from p2.web.forms import FactsForm

MOST_OFFERED = 1000
"""Periods before the last one from which a new version may count: years of days."""


class DefinitionForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    """A new version of a measure's definition, from a period on."""

    effective_from = PeriodField(label=gettext_lazy("Counted this way from"))
    why = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Readers of the chart see this beside the definition."),
    )

    class Meta:
        model = Definition
        fields = (
            "numerator_words", "denominator_words", "inclusions", "data_source", "sampling", "unit", "multiplier",
            "decimals", "direction", "goal", "goal_on", "shape", "frequency",
        )  # fmt: skip
        field_classes = {"multiplier": NumberField, "goal": NumberField}
        widgets = {
            "multiplier": NumberInput,
            "goal": NumberInput,
            "goal_on": forms.DateInput(attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, measure: Measure, at: datetime | None = None, **kwargs: Any) -> None:
        self.measure = measure
        super().__init__(*args, **{"instance": _copy(measure.words), **kwargs})
        field = self.fields["effective_from"]
        if isinstance(field, PeriodField):
            self._offer(field, at or timezone.now())

    def _offer(self, field: PeriodField, at: datetime) -> None:
        """From where the version in force begins up to the next period. Chosen at first is the one that runs now, or
        where the version in force begins later, that one: so whoever mends it again can stay in the same period."""
        frequency = self.measure.words.frequency or Frequency.MONTH
        running = periods.start_of(today_in(self.measure.organization.time_zone, at), frequency)
        first = periods.start_of(first_counted(self.measure), frequency)
        last = max(first, periods.following(running, frequency))
        oldest = max(first, periods.following(last, frequency, -MOST_OFFERED))
        field.set_periods(periods.between(oldest, last, frequency), frequency)
        field.initial = max(first, running).isoformat()

    def made_from(self) -> Definition:
        return self.measure.words

    def clean_decimals(self) -> int:
        return kept_decimals(self.cleaned_data["decimals"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        check_denominator(self, given)
        check_goal(self, given)
        return given

    def words(self) -> dict[str, Any]:
        """The defining fields as the verb takes them."""
        return {field: self.cleaned_data[field] for field in self._meta.fields or ()}


def _copy(version: Definition) -> Definition:
    """An unsaved copy, so that the form never writes into the version in force."""
    fields = {field.attname: getattr(version, field.attname) for field in Definition._meta.concrete_fields}
    return Definition(**{**fields, "id": None, "why": "", "effective_from": None})
