"""Mark-ups of a chart, as forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from measures.models import Annotation, Measure
from measures.sentences.periods import label as period_label
from p2.web.forms import CHOICE_GONE, WatchedForm


class PeriodField(forms.ChoiceField):
    """One of the measure's periods, newest first."""

    def set_periods(
        self, known: tuple[date, ...], frequency: str, counts: Mapping[date, int] | None = None
    ) -> None:
        """`counts` are points that a median up to each period would rest on, where that matters."""
        self.choices = [
            (period.isoformat(), _named(period, frequency, (counts or {}).get(period)))
            for period in reversed(known)
        ]

    def clean(self, value: Any) -> date:
        return date.fromisoformat(super().clean(value))


def _named(period: date, frequency: str, count: int | None) -> str:
    label = period_label(period, frequency, long=True)
    if count is None:
        return label
    words = ngettext("%(period)s (%(count)d point)", "%(period)s (%(count)d points)", count)
    return words % {"period": label, "count": count}


class MarkUpForm(WatchedForm):
    """A period and the words that explain it."""

    period = PeriodField(label=gettext_lazy("Period"), error_messages={"invalid_choice": CHOICE_GONE})
    text = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "In a sentence. Everyone who reads the chart sees it. No patient's name or number."
        ),
    )

    def __init__(
        self,
        *args: Any,
        measure: Measure,
        known: tuple[date, ...],
        counts: Mapping[date, int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        if isinstance(field, PeriodField):
            field.set_periods(known, measure.words.named_by, counts)


class AnnotationForm(MarkUpForm):
    """Words on the chart."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Annotation.Kind.choices,
        initial=Annotation.Kind.CHANGE,
        help_text=gettext_lazy("A change you made, an event from outside, or a note."),
    )
    field_order = ("period", "kind", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = gettext_lazy("What happened")
